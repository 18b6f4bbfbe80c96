"""Where plans and outputs are, and that they can be: asked before anything long is begun."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cluster_geo.errors import Fault, InputError, OutputError
from cluster_geo.export import folder as folders
from cluster_geo.export import require_comparison_folder, require_own_folder
from cluster_geo.plan import PLAN_FILE

__all__ = [
    "PLAN_FILE",
    "claimed",
    "folders_of",
    "plan_file",
    "require_outside",
    "require_plan",
    "require_writable",
]


def plan_file(path: str | Path) -> Path:
    """Return the file of a plan: itself, or the clusters.csv of an output folder."""
    path = Path(path)
    return path / PLAN_FILE if path.is_dir() else path


def require_plan(*paths: str | Path) -> None:
    """Refuse plans that are not there, before anything long is begun.

    Raises
    ------
    InputError
        Where there is no such file.
    """
    fix = "Give a table with the columns urn and cluster, or an output folder"
    missing = [path for path in paths if not plan_file(path).is_file()]
    if missing:
        raise InputError([Fault(str(path), "there is no plan here", fix) for path in missing])


def require_outside(folder: str | Path, plan_folders: Iterable[Path]) -> None:
    """Refuse to write into the folder of a plan that something is made from.

    Raises
    ------
    InputError
        Where it is one of these folders, or lies in one.
    """
    folder = Path(folder)
    for source in plan_folders:
        if folder.resolve().is_relative_to(source.resolve()):
            found, fix = "the plan that this is made from is there", "Choose another folder"
            raise InputError([Fault(str(folder), found, fix)])


def folders_of(*plans: str | Path) -> tuple[Path, ...]:
    """Return the output folders that plans are in; a list by itself is in none."""
    files = map(plan_file, plans)
    return tuple(file.parent for file in files if file.name == PLAN_FILE)


@contextmanager
def claimed(folder: str | Path) -> Iterator[None]:
    """Refuse a folder that cannot be written, and keep other runs out of it for the time being.

    Raises
    ------
    OutputError
        As `require_writable`, and where another run has claimed it.
    """
    require_writable(folder)
    with folders.claimed(Path(folder)):
        yield


def require_writable(folder: str | Path, *, compared: bool = False) -> None:
    """Refuse a folder that cannot be written, before a search of minutes is begun.

    Parameters
    ----------
    folder : path
    compared : bool
        Whether it is to hold a comparison, not a plan's outputs.

    Raises
    ------
    OutputError
        Where it is a file, holds somebody's files and no earlier run's, or neither it nor its
        nearest parent can be written.
    """
    folder = Path(folder)
    if compared:
        require_comparison_folder(folder)
    else:
        require_own_folder(folder)
    parent = next(p for p in (folder, *folder.absolute().parents) if p.exists())
    if not parent.is_dir() or not os.access(parent, os.W_OK):
        raise OutputError(f"{parent} cannot be written. Choose another folder with --out.")
