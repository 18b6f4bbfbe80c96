"""Where postcodes are: Code-Point Open, or any table of postcodes with easting and northing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from cluster_geo.delimited import open_delimited
from cluster_geo.errors import Fault, InputError, file_name, gathered
from cluster_geo.records import OS_OPEN, ROYAL_MAIL, Source, source_of
from cluster_geo.schools.headings import Synonyms, recognise

POSTCODE_COLUMNS: Synonyms = {
    "postcode": {"pc", "pcd", "pcds", "pcd7", "pcd8"},
    "easting": {"ea", "eastings", "x", "oseast1m", "east1m"},
    "northing": {"no", "northings", "y", "osnrth1m", "north1m"},
    "quality": {"pq", "positionalqualityindicator", "osgrdind"},
}
# Code-Point Open as Ordnance Survey publishes it has no header.
CODE_POINT = {1: "PC", 2: "PQ", 3: "EA", 4: "NO"}
POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}", re.IGNORECASE)
ATTRIBUTION = f"{OS_OPEN} {ROYAL_MAIL}"


@dataclass(frozen=True, eq=False)
class Postcodes:
    """Postcodes and where they are.

    Parameters
    ----------
    frame : DataFrame
        `easting` and `northing` (m, EPSG:27700) by postcode in capitals without blanks.
    sources : tuple of Source
    """

    frame: pd.DataFrame
    sources: tuple[Source, ...]


def plain_postcode(postcodes: pd.Series) -> pd.Series:
    """Return postcodes in capitals without blanks: "ct1 1aa" and "CT1  1AA" are the same."""
    return postcodes.str.upper().str.replace(r"\s+", "", regex=True)


def read_postcodes(paths: Iterable[str | Path], wanted: Collection[str]) -> Postcodes:
    """Find some postcodes in files of postcodes.

    Parameters
    ----------
    paths : iterable of path
        CSV files with or without a header, or folders of them such as Code-Point Open's
        Data/CSV. In a folder whose files are named after postcode areas ("ct.csv") only those
        needed are read.
    wanted : collection of str
        Postcodes as `plain_postcode` writes them.

    Raises
    ------
    InputError
        With the faults of all files.
    """
    faults: list[Fault] = []
    files = [file for path in paths for file in _files(Path(path), wanted, faults)]
    frames: list[pd.DataFrame] = []
    sources: list[Source] = []
    for file in files:
        frame = gathered(file, _read, faults)
        if frame is None:
            continue
        frames.append(frame[frame["key"].isin(wanted)])
        sources.append(source_of(file, "postcodes", ATTRIBUTION))
    if faults:
        raise InputError(faults)
    if not frames:
        return Postcodes(pd.DataFrame(columns=["easting", "northing"], dtype=float), ())
    points = pd.concat(frames).drop_duplicates("key").set_index("key")
    numbers = points.apply(pd.to_numeric, errors="coerce").astype(float)
    return Postcodes(numbers.dropna(), tuple(sources))


def _files(path: Path, wanted: Collection[str], faults: list[Fault]) -> list[Path]:
    """Return the files to read: the path itself, or those of a folder."""
    if not path.is_dir():
        return [path]
    files = sorted(file for file in path.iterdir() if file.suffix.lower() in {".csv", ".gz"})
    if not files:
        fix = "Give the folder Data/CSV of Code-Point Open, or the files themselves"
        faults.append(Fault(file_name(path), "the folder has no CSV file", fix))
    areas = {re.sub(r"\d.*", "", postcode) for postcode in wanted}
    called = [file for file in files if file.name.partition(".")[0].upper() in areas]
    return called or files


def _read(path: str | Path) -> pd.DataFrame:
    """Return key, easting and northing of every located row, as text."""
    file = open_delimited(path)
    if any(POSTCODE.fullmatch(cell) for cell in file.header):
        file = file.without_header(CODE_POINT)
    found, doubts = recognise(file.header, POSTCODE_COLUMNS)
    lacking = [c for c in ("postcode", "easting", "northing") if c not in found.values()]
    faults = [Fault(file.name, doubt, "Keep one of them", 1) for doubt in doubts]
    if lacking:
        fix = "Give Code-Point Open, or a table with postcode, easting and northing"
        faults.append(Fault(file.name, f"there is no column for {', '.join(lacking)}", fix, 1))
    if faults:
        raise InputError(faults)
    frame = file.columns(found)
    frame["key"] = plain_postcode(frame["postcode"])
    # Postcodes without a known location are at 0, 0.
    placed = ~frame["easting"].isin(["", "0"])
    return frame.loc[placed, ["key", "easting", "northing"]]
