"""Where practices are: their postcodes from the NHS register, their points from the postcodes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.spatial import KDTree

from cluster_geo.boundaries.pcn.postcodes import plain_postcode, read_postcodes
from cluster_geo.boundaries.pcn.workbook import PcnList
from cluster_geo.delimited import open_delimited
from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.geometry import in_england_or_wales
from cluster_geo.phrases import in_short
from cluster_geo.records import OGL, Notice, Source, source_of
from cluster_geo.schools.headings import Synonyms, recognise

PRACTICE_COLUMNS: Synonyms = {
    "practice": {"practicecode", "partnerorganisationcode", "organisationcode", "orgcode"},
    "postcode": {"pcd", "pcds"},
    "easting": {"eastings", "x"},
    "northing": {"northings", "y"},
}
# The NHS register of practices, epraccur, has no header: field 1 is the practice's code and
# field 10 its postcode (NHS Digital, "epraccur: file specification").
EPRACCUR = {1: "practice", 10: "postcode"}
PRACTICE_CODE = re.compile(r"[A-Z]\d{5}")
PRACTICES, HEAD_OFFICES = "practice", "head office"


@dataclass(frozen=True, eq=False)
class Points:
    """Points that represent PCNs: their practices, or only their head offices.

    Parameters
    ----------
    frame : DataFrame
        `pcn`, `easting` and `northing` (m, EPSG:27700), ascending by PCN and practice.
    what : str
        "practice" or "head office".
    notices : tuple of Notice
        Those that could not be placed.
    sources : tuple of Source
    """

    frame: pd.DataFrame
    what: str
    notices: tuple[Notice, ...] = field(default=())
    sources: tuple[Source, ...] = field(default=())

    @property
    def places(self) -> np.ndarray:
        """Eastings and northings, shape (points, 2), metres."""
        return self.frame[["easting", "northing"]].to_numpy(float)

    def nearest(self, places: np.ndarray) -> np.ndarray:
        """Return the PCN of the point nearest to each place.

        If several PCNs share a point, such as a health centre, it belongs to the one with most
        practices there, then to the lowest code.

        Parameters
        ----------
        places : ndarray, shape (places, 2)
            Eastings and northings, metres.
        """
        alone = self.one_pcn_per_point()
        _, row = KDTree(alone[["easting", "northing"]].to_numpy(float)).query(places)
        return np.asarray(alone["pcn"].to_numpy(object)[row])

    def distance(self, places: np.ndarray) -> np.ndarray:
        """Return the metres from each place, shape (places, 2), to the nearest point."""
        metres, _ = KDTree(self.places).query(places)
        return np.asarray(metres)

    def one_pcn_per_point(self) -> pd.DataFrame:
        """Return one row for each point, with its PCN."""
        here = ["easting", "northing"]
        counted = self.frame.groupby([*here, "pcn"], as_index=False).size()
        ordered = counted.sort_values(["size", "pcn"], ascending=[False, True], kind="stable")
        return ordered.drop_duplicates(here).sort_values(["pcn", *here]).reset_index(drop=True)


def locate_practices(
    networks: PcnList, path: str | Path, postcodes: Iterable[str | Path] = ()
) -> Points:
    """Find where the practices of some PCNs are.

    Parameters
    ----------
    networks : PcnList
    path : path
        The NHS register epraccur, or a table with the practice's code and either easting and
        northing or postcode.
    postcodes : iterable of path
        Files of postcodes (see `read_postcodes`); not needed where the table has points.

    Raises
    ------
    InputError
        Columns that cannot be found, postcodes needed and not given, no practice located.
    """
    table, name = read_practices(path), file_name(path)
    known = table[table["practice"].isin(networks.practices.index)]
    known = known.drop_duplicates("practice").set_index("practice")
    sources: tuple[Source, ...] = (source_of(path, "practices", OGL),)
    if "easting" in known:
        points = known[["easting", "northing"]].apply(pd.to_numeric, errors="coerce").astype(float)
    else:
        points, more = _at_postcodes(known["postcode"], postcodes, name)
        sources += more
    names = networks.practices["name"]
    found, notices = _placed(networks.practices["pcn"], points, names, "practices", name)
    return Points(found, PRACTICES, notices, sources)


def locate_head_offices(networks: PcnList, postcodes: Iterable[str | Path]) -> Points:
    """Find where the head offices of PCNs are, if the practices are not known.

    Raises
    ------
    InputError
        No file of postcodes, or none of the head offices in it.
    """
    name = file_name(networks.source.path) if networks.source else "PCNs"
    points, sources = _at_postcodes(networks.pcns["postcode"], postcodes, name)
    names = networks.pcns["name"]
    codes = pd.Series(networks.pcns.index, index=networks.pcns.index, dtype=object)
    found, notices = _placed(codes, points, names, "head offices", name)
    return Points(found, HEAD_OFFICES, notices, sources)


def read_practices(path: str | Path) -> pd.DataFrame:
    """Return practice and postcode, or practice, easting and northing, all text.

    Raises
    ------
    InputError
        Not a table, or columns that cannot be found.
    """
    file = open_delimited(path)
    if PRACTICE_CODE.fullmatch(file.header[0]):
        file = file.without_header(EPRACCUR)
    found, doubts = recognise(file.header, PRACTICE_COLUMNS)
    columns = set(found.values())
    faults = [Fault(file.name, doubt, "Keep one of them", 1) for doubt in doubts]
    if "practice" not in columns:
        fix = "Give epraccur, or a table with practice_code, easting and northing"
        faults.append(Fault(file.name, "no column shows the practice's code", fix, 1))
    if not {"easting", "northing"} <= columns and "postcode" not in columns:
        found_words = "no columns show where the practices are"
        faults.append(Fault(file.name, found_words, "Add easting and northing, or postcode", 1))
    if faults:
        raise InputError(faults)
    where = {"easting", "northing"} if {"easting", "northing"} <= columns else {"postcode"}
    wanted = {heading: ours for heading, ours in found.items() if ours in {"practice", *where}}
    return file.columns(wanted)


def _at_postcodes(
    postcodes: pd.Series, files: Iterable[str | Path], name: str
) -> tuple[pd.DataFrame, tuple[Source, ...]]:
    """Return the point of each postcode, NaN if it is in none of the files, by the same index."""
    files = tuple(files)
    if not files:
        fix = "Give --postcodes FILE: Code-Point Open, from Ordnance Survey, has them all"
        raise InputError(
            [Fault(name, "it has only postcodes, and no file shows where they are", fix)]
        )
    keys = plain_postcode(postcodes)
    read = read_postcodes(files, set(keys))
    return read.frame.reindex(keys).set_axis(postcodes.index), read.sources


def _placed(
    pcn_of: pd.Series, points: pd.DataFrame, names: pd.Series, what: str, name: str
) -> tuple[pd.DataFrame, tuple[Notice, ...]]:
    """Keep those with a point in England or Wales and name the rest."""
    frame = points.reindex(pcn_of.index).assign(pcn=pcn_of)[["pcn", "easting", "northing"]]
    inside = in_england_or_wales(frame["easting"].to_numpy(), frame["northing"].to_numpy())
    lost = [f"{names[code]} ({code})" for code in frame.index[~inside]]
    if not inside.any():
        fix = "Check that the files are of the same county as the PCNs"
        raise InputError([Fault(name, f"none of the {len(lost):,} {what} could be placed", fix)])
    notices: tuple[Notice, ...] = ()
    if lost:
        text = f"{len(lost):,} of {len(frame):,} {what} could not be placed: {in_short(lost)}."
        notices = (Notice("pcn", text),)
    placed = frame[inside].rename_axis("code").reset_index()
    return placed.sort_values(["pcn", "code"]).set_index("code"), notices
