"""Files as a run's record spells them: to be found again elsewhere, and telling no user's name.

A file of the built-in example or of a shipped scenario is spelled by its name, since every
installation has it; a file under the user's home folder by the way from there. Any other file is
spelled as the planner gave it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cluster_geo.example import example_folder
from cluster_geo.scenario.files import SHIPPED

EXAMPLE, WITH_PROGRAM, HOME = "example:", "shipped:", "~/"


def spelled(path: Path) -> str:
    """Return how a record spells the path of a file."""
    if path.parent == SHIPPED:
        return WITH_PROGRAM + path.name
    # Only a file so called is worth the time to make the example's files.
    if "merrowshire" in path.name and path.parent == example_folder():
        return EXAMPLE + path.name
    home = _home()
    if home is not None and path.is_relative_to(home):
        return HOME + path.relative_to(home).as_posix()
    return path.as_posix()


def found(text: str, beside: Path | None = None) -> Path:
    """Return the file that a record spells so.

    Parameters
    ----------
    text : str
        As `spelled` made it.
    beside : Path, optional
        Folder of the record. A relative path that leads nowhere from the current folder is
        looked for there and in the folders above it, so that a project can be moved whole.
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
