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
        Hash of its bytes, in hexadecimal.
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


def source_of(path: str | Path, role: str, attribution: str = "", vintage: str = "") -> Source:
    """Hash the file at `path` and return its record."""
    with Path(path).open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Source(role, str(path), digest, attribution, vintage)
