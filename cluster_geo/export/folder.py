"""A folder written whole or not at all.

Files are made in a hidden sibling of the folder, brought safely to disk, and put in place by
renaming. A run that is killed leaves the earlier folder as it was; what it left behind is cleared
by the next run to the same place. A lock keeps two runs from writing the same folder.
"""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from cluster_geo.errors import OutputError

# Of Linux's renameat2: paths as they stand, and that the two change places.
HERE, EXCHANGE = -100, 2


@contextmanager
def replaced_folder(folder: Path, own_names: frozenset[str], mark: str) -> Iterator[Path]:
    """Yield an empty folder to write in; on leaving without an error it becomes `folder`.

    What a planner put into `folder` beside this program's files is kept.

    Parameters
    ----------
    folder : Path
        Where the files are to be.
    own_names : frozenset of str
        Names of the files that this program writes; all else in `folder` is the planner's.
    mark : str
        The own file by which an earlier output is known. A folder that holds things but not
        this file is somebody's, and is refused.

    Raises
    ------
    OutputError
        If the folder is not an output folder, cannot be written, or another run is writing it.
    """
    folder = _resolved(folder)
    draft, previous = _sibling(folder, "draft"), _sibling(folder, "previous")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _lock(folder):
            _recover(folder, draft, previous)
            refuse_strangers(folder, mark)
            draft.mkdir()
            try:
                yield draft
                _keep_planners_files(folder, draft, own_names)
                _to_disk(draft)
                _swap(folder, draft, previous)
            finally:
                shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        raise OutputError(
            f"{folder}: cannot be written ({error.strerror or error}). Nothing there was "
            "changed. Choose another folder with --out, or free this one."
        ) from error


def _exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places at one stroke; False where the system or the disk cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):  # pragma: no cover - Linux alone has it
        return False
    paths = (os.fsencode(one), os.fsencode(other))
    return bool(rename(HERE, paths[0], HERE, paths[1], EXCHANGE) == 0)


def _resolved(folder: Path) -> Path:
    """Return a folder's own path; links that lead to each other are an error of this program's."""
    try:
        return folder.resolve()
    except (RuntimeError, OSError) as error:
        raise OutputError(f"{folder}: its links lead nowhere. Choose another folder.") from error


def _sibling(folder: Path, role: str) -> Path:
    return folder.parent / f".{folder.name}.{role}"


@contextmanager
def replaced_file(path: Path) -> Iterator[Path]:
    """Yield a path to write at; on leaving without an error the file there becomes `path`.

    Raises
    ------
    OutputError
        If it cannot be written, or another run is writing it.
    """
    draft = _sibling(path, "draft")
    try:
        # A folder that is misspelt is not made; the lock would make it.
        path.parent.resolve(strict=True)
        with _lock(path):
            try:
                yield draft
                _file_to_disk(draft)
                draft.replace(path)
            finally:
                draft.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{path} cannot be written ({error.strerror or error}).") from error


@contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Keep other runs from writing a folder, from before a search until its outputs are there.

    Raises
    ------
    OutputError
        If another run has claimed it, or it cannot be written.
    """
    folder = _resolved(folder)
    missing = [parent for parent in folder.parents if not parent.exists()]
    try:
        with ExitStack() as held:
            try:
                folder.parent.mkdir(parents=True, exist_ok=True)
                held.enter_context(_held(folder, "claim", ours=True))
            except OSError as error:
                why = error.strerror or error
                raise OutputError(
                    f"{folder}: cannot be written ({why}). Choose another folder with --out."
                ) from error
            yield
    finally:
        # A run that wrote nothing leaves nothing.
        for parent in missing:
            with suppress(OSError):
                parent.rmdir()


@contextmanager
def _lock(target: Path) -> Iterator[None]:
    """Lock what is to be written; another run that writes or has claimed it is an error at once."""
    with _held(target, "claim", ours=True), _held(target, "lock", ours=False):
        yield


@contextmanager
def _held(target: Path, role: str, *, ours: bool) -> Iterator[None]:
    """Hold a lock file beside what is to be written.

    With `ours`, a lock that this process holds already is as good: a run that has claimed its
    folder may write it.
    """
    path = _sibling(target, role)
    lock = FileLock(path, blocking=False, is_singleton=ours)
    try:
        lock.acquire()
    except Timeout as error:
        raise OutputError(
            f"{target}: another run is writing there. Wait for it to end, or choose another "
            "folder with --out."
        ) from error
    try:
        yield
    finally:
        # While it is held: let go of, it may be the next run's. Windows refuses, and clears up
        # by itself.
        if lock.lock_counter == 1:
            with suppress(OSError):
                path.unlink()
        lock.release()


def _recover(folder: Path, draft: Path, previous: Path) -> None:
    """Clear what a killed run left; one killed between the two renames gets its folder back."""
    shutil.rmtree(draft, ignore_errors=True)
    if previous.exists() and not folder.exists():
        previous.rename(folder)
    shutil.rmtree(previous, ignore_errors=True)


def refuse_strangers(folder: Path, mark: str) -> None:
    """Raise an `OutputError` where `folder` is a file, or holds things but not the file `mark`."""
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder}: is a file. Choose another folder with --out.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / mark).is_file():
        raise OutputError(
            f"{folder}: holds other files and no {mark} of an earlier run. Choose an empty or "
            "new folder with --out, so that nothing of yours is overwritten."
        )


def _keep_planners_files(folder: Path, draft: Path, own_names: frozenset[str]) -> None:
    """Copy what is not this program's from the earlier folder to the new one."""
    for entry in sorted(folder.iterdir()) if folder.is_dir() else ():
        if entry.name in own_names:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.copytree(entry, draft / entry.name, symlinks=True)
        else:
            shutil.copy2(entry, draft / entry.name, follow_symlinks=False)


def _to_disk(folder: Path) -> None:
    """Wait until every file of the folder is on the disk, and its list of names too."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            _file_to_disk(path)
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


def _file_to_disk(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _swap(folder: Path, draft: Path, previous: Path) -> None:
    """Put the draft in the folder's place, at one stroke where the system can.

    Where it cannot, `previous` is the folder between two renames.
    """
    if folder.exists():
        if _exchanged(draft, folder):
            return
        folder.rename(previous)
    try:
        draft.rename(folder)
    except OSError:
        if previous.exists():
            previous.rename(folder)
        raise
    shutil.rmtree(previous, ignore_errors=True)
