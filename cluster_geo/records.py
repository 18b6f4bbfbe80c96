"""What a run keeps for the record: where data came from, and what was noticed in it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a planner should know about the data: repaired, left out, or in doubt.

    Parameters
    ----------
    topic : str
        Kind of notice, the same word each time ("date", "repair", "zone", "crossing" ...).
    text : str
        One sentence, with the names and figures it is about.
    urn : int, optional
        The school it is about.
    """

    topic: str
    text: str
    urn: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A file that a run has read.

    Parameters
    ----------
    role : str
        What it is to the run ("schools", "census", "boundary district" ...).
    path : str
        The path as the user gave it; a county's are spelled as in the run's record.
    sha256 : str
        Hash of its bytes, in hexadecimal; of a shapefile's parts together (`sha256_of`).
    attribution : str
        Words its licence asks every output to carry; empty for the planner's own.
    vintage : str
        Date of the data where it is known (ISO 8601), else empty.
    """

    role: str
    path: str
    sha256: str
    attribution: str = ""
    vintage: str = ""


OGL = "Contains public sector information licensed under the Open Government Licence v3.0."
OS_OPEN = "Contains OS data © Crown copyright and database right 2025."
ROYAL_MAIL = "Contains Royal Mail data © Royal Mail copyright and database right 2025."


# A shapefile is several files; these hold its shapes, fields, coordinate system and encoding.
SHAPEFILE_PARTS = (".cpg", ".dbf", ".prj", ".shp", ".shx")


def source_of(path: str | Path, role: str, attribution: str = "", vintage: str = "") -> Source:
    """Hash the file at `path` and return its record."""
    return Source(role, str(path), sha256_of(path), attribution, vintage)


def sha256_of(path: str | Path) -> str:
    """Return the hash of a file's bytes, in hexadecimal.

    Of a shapefile it is that of its parts one after the other, in the order of
    `SHAPEFILE_PARTS`, as ``cat x.cpg x.dbf x.prj x.shp x.shx | sha256sum`` gives it: the shapes
    may stay as they are when a name or the coordinate system changes.

    Raises
    ------
    OSError
        Where a file cannot be read.
    """
    digest = hashlib.sha256()
    for part in _parts(Path(path)):
        with part.open("rb") as stream:
            hashlib.file_digest(stream, lambda: digest)
    return digest.hexdigest()


def _parts(path: Path) -> list[Path]:
    """Return the files that are read where `path` is given; on some systems case is no matter."""
    if path.suffix.lower() != ".shp" or not path.is_file():
        return [path]
    beside = (p for p in path.parent.iterdir() if p.stem == path.stem)
    parts = {p.suffix.lower(): p for p in sorted(beside)}
    return [parts[suffix] for suffix in SHAPEFILE_PARTS if suffix in parts]
