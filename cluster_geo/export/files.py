"""Files put into a folder one by one, each whole, where there may be others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from cluster_geo.errors import OutputError
from cluster_geo.export.marking import NOTE, write_note
from cluster_geo.publish.edition import Edition


def write_files(
    folder: Path,
    writers: Mapping[str, Callable[[Path], object]],
    edition: Edition,
    *,
    own: bool = True,
) -> list[Path]:
    """Write files into a folder, each put in place whole; return the paths.

    Parameters
    ----------
    folder : Path
        Made where it does not exist.
    writers : mapping of str to callable
        What writes a file at a path, by the file's name.
    edition : Edition
        Where it is marked, a note that says so is written first.
    own : bool
        Whether the folder's files are those written here: then a note of an earlier time goes
        with what it was about. In a folder of others it stays.

    Raises
    ------
    OutputError
        Where a file cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        notes = write_note(folder, edition)
        for name, write in writers.items():
            draft = folder / f".draft.{name}"
            draft.unlink(missing_ok=True)
            write(draft)
            draft.replace(folder / name)
        if own and not notes:
            (folder / NOTE).unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written ({error.strerror or error}).") from error
    return [*(folder / name for name in writers), *notes]
