"""Paths of files in the record of a run, which work on other machines and hide the user's name.

A file of the built-in example or of a shipped scenario is recorded by its name, since every
installation has it, and a file in the user's home folder by its path relative to that folder. Any
other path is recorded as the planner gave it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cluster_geo.example import example_folder
from cluster_geo.scenario.files import SHIPPED

EXAMPLE, WITH_PROGRAM, HOME = "example:", "shipped:", "~/"


def recorded_path(path: Path) -> str:
    """Return the path of a file as a record has it."""
    if path.parent == SHIPPED:
        return WITH_PROGRAM + path.name
    # The example's files are made when they are needed, which takes time.
    if "merrowshire" in path.name and path.parent == example_folder():
        return EXAMPLE + path.name
    home = _home()
    if home is not None and path.is_relative_to(home):
        return HOME + path.relative_to(home).as_posix()
    return path.as_posix()


def found(text: str, beside: Path | None = None) -> Path:
    """Return the file of a recorded path.

    Parameters
    ----------
    text : str
        As returned by `recorded_path`.
    beside : Path, optional
        Folder of the record. A relative path that does not exist from the current folder is
        looked for there and in the folders above it, so that a whole project can be moved.
    """
    if text.startswith(WITH_PROGRAM):
        return SHIPPED / Path(text.removeprefix(WITH_PROGRAM)).name
    if text.startswith(EXAMPLE):
        return example_folder() / Path(text.removeprefix(EXAMPLE)).name
    home = _home()
    if text.startswith(HOME) and home is not None:
        return home / text.removeprefix(HOME)
    path = Path(text)
    candidates = (folder / path for folder in _above(beside)) if beside else ()
    return path if path.exists() else next((c for c in candidates if c.is_file()), path)


def _above(folder: Path) -> Iterator[Path]:
    folder = folder.absolute()
    return iter((folder, *folder.parents))


def _home() -> Path | None:
    """Return the user's home folder; some services have none."""
    try:
        return Path.home()
    except RuntimeError:
        return None
