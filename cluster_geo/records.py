"""What a run records: its source files, and notices about their data."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from cluster_geo.own_key import own_key

# What a reader calls a kind of notice; others are called as they are.
TOPICS = MappingProxyType(
    {
        "admissions": "Admissions",
        "balance": "Balance of clusters",
        "bridge": "Joined without a crossing",
        "change": "Changes to the register",
        "column": "Columns",
        "crossing": "Crossings",
        "date": "Opening and closing",
        "district": "Districts",
        "encoding": "Spelling",
        "figures": "Your own figures",
        "file": "Files",
        "funding": "Money by cluster",
        "identity": "Schools with another URN",
        "land": "Coast",
        "network": "Networks",
        "pair": "Infant and junior pairs",
        "pcn": "PCNs",
        "piece": "Cut off",
        "place": "Where schools are",
        "reach": "Far apart",
        "repair": "Repaired boundaries",
        "response": "Responses to the consultation",
        "request": "Requests",
        "srp": "SRPs",
        "travel": "Journeys",
        "visits": "Visits",
        "water": "Across water",
        "zone": "Zones",
    }
)


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

    @property
    def heading(self) -> str:
        """What a reader calls its kind."""
        return TOPICS.get(self.topic, self.topic.capitalize())


_collected: ContextVar[list[Notice] | None] = ContextVar("collected", default=None)


@contextmanager
def notices_of_files() -> Iterator[list[Notice]]:
    """Collect what readers of files have to report on how they read them, each notice once."""
    found: list[Notice] = []
    token = _collected.set(found)
    try:
        yield found
    finally:
        _collected.reset(token)


def report(notice: Notice) -> None:
    """Report how a file was read, to whoever collects notices; otherwise nobody hears of it."""
    found = _collected.get()
    if found is not None and notice not in found:
        found.append(notice)


@dataclass(frozen=True, slots=True)
class Source:
    """A file that a run has read.

    Parameters
    ----------
    role : str
        What the run uses it for ("schools", "census", "boundary district" ...).
    path : str
        Path as the user gave it; in a scenario's county, as the run's record states it.
    sha256 : str
        Hash of its bytes, in hexadecimal; for a shapefile, of all its parts (`sha256_of`).
    attribution : str
        Attribution that its licence requires in every output; empty for a planner's own file.
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


# What a keyed hash begins with, then which key it was made with, then the hash.
KEYED = "hmac-sha256"
KEY_NAME_LETTERS = 8


def keyed(source: Source) -> Source:
    """Return the record of a file with a hash that nobody can make who has not this user's key.

    From a plain hash of a small file anybody could confirm a guess at what is in it. Where there
    is no folder that a key could be kept in, there is no hash.
    """
    return replace(source, sha256=keyed_hash(source.sha256))


def keyed_hash(sha256: str) -> str:
    """Return a hash made of a plain one with this user's key; "" where no key can be kept."""
    key = own_key()
    return _keyed(sha256, key) if key else ""


def recorded_as(sha256: str, recorded: str) -> bool | None:
    """Return whether a file of this hash is what a record says, by a plain or a keyed hash.

    None where it cannot be known: it was hashed with another user's key, or not at all.
    """
    if recorded == sha256:
        return True
    if not recorded:
        return None
    if not recorded.startswith(f"{KEYED}:"):
        return False
    key = own_key()
    if not key or recorded.split(":")[1] != _key_name(key):
        return None
    return hmac.compare_digest(recorded, _keyed(sha256, key))


def _keyed(sha256: str, key: bytes) -> str:
    digest = hmac.new(key, sha256.encode(), hashlib.sha256).hexdigest()
    return f"{KEYED}:{_key_name(key)}:{digest}"


def _key_name(key: bytes) -> str:
    """Return what a key is called: enough to know it again, and nothing of it."""
    return hashlib.sha256(b"name of " + key).hexdigest()[:KEY_NAME_LETTERS]


def sha256_of(path: str | Path) -> str:
    """Return the hash of a file's bytes, in hexadecimal.

    The parts of a shapefile are hashed one after the other, in the order of `SHAPEFILE_PARTS`,
    as by ``cat x.cpg x.dbf x.prj x.shp x.shx | sha256sum``: a name or the coordinate system can
    change while the shapes stay the same.

    Raises
    ------
    OSError
        If a file cannot be read.
    """
    digest = hashlib.sha256()
    for part in _parts(Path(path)):
        with part.open("rb") as stream:
            hashlib.file_digest(stream, lambda: digest)
    return digest.hexdigest()


def _parts(path: Path) -> list[Path]:
    """Return the files to read for `path`; a shapefile's endings may be in upper case."""
    if path.suffix.lower() != ".shp" or not path.is_file():
        return [path]
    beside = (p for p in path.parent.iterdir() if p.stem == path.stem)
    parts = {p.suffix.lower(): p for p in sorted(beside)}
    return [parts[suffix] for suffix in SHAPEFILE_PARTS if suffix in parts]
