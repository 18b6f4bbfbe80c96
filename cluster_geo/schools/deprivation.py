"""Deprivation of the area around a school: IDACI, by LSOA.

IDACI, the Income Deprivation Affecting Children Index, is part of the English Indices of
Deprivation (Ministry of Housing, Communities and Local Government, "File 7: all ranks, scores,
deciles"). It describes the area around a school, not its pupils' homes. LSOAs come in
vintages: 2011 codes for the indices of 2019, 2021 codes in the register.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from cluster_geo.delimited import cells, open_delimited
from cluster_geo.errors import Fault, InputError
from cluster_geo.records import OGL, Notice
from cluster_geo.schools.headings import folded
from cluster_geo.schools.typed import to_number

ATTRIBUTION = (
    f"English Indices of Deprivation, Ministry of Housing, Communities and Local Government. {OGL}"
)
LSOA = re.compile(r"(lsoa(20)?(11|21)?(code|cd)?((20)?(11|21))?|areacode)")
# What a column may hold, the most direct first: the fifth, the tenth, or the index itself.
KINDS = {"quintile": 5, "decile": 10, "score": None}
FIFTHS = 5


@dataclass(frozen=True, eq=False)
class Deprivation:
    """Fifth by IDACI of each area, 1 for the most deprived.

    Parameters
    ----------
    quintile_of : mapping of str to int
        By code of the LSOA.
    name : str
        Name of the file in messages.
    national : bool
        Whether they are fifths of all areas of England, as quintiles and deciles are. In a file
        with scores alone they are fifths of its own areas.
    """

    quintile_of: Mapping[str, int]
    name: str
    national: bool


def read_deprivation(path: str | Path) -> Deprivation:
    """Read a CSV with the code of an LSOA and its IDACI decile, quintile or score.

    Raises
    ------
    InputError
        Missing columns, figures that cannot be read, an LSOA twice.
    """
    file = open_delimited(path)
    area = next((h for h in file.header if LSOA.fullmatch(folded(h))), None)
    kind, heading = _index_column(file.header)
    faults = []
    if area is None:
        fix = "Call the column with the code of each LSOA 'lsoa_code'"
        faults.append(Fault(file.name, "no column shows the LSOA", fix, 1))
    if heading is None:
        fix = "Give a column 'IDACI decile', 'IDACI quintile' or 'IDACI score'"
        faults.append(Fault(file.name, "no column shows IDACI", fix, 1))
    if area is None or heading is None:
        raise InputError(faults)
    frame = file.columns({area: "lsoa", heading: "idaci"})
    frame = frame[frame["lsoa"] != ""]
    for row, code in cells(frame.loc[frame["lsoa"].duplicated(), "lsoa"]):
        faults.append(Fault(file.name, f"{code} appears twice", "Keep one row of it", row, area))
    figures = _figures(frame["idaci"], kind, file.name, heading, faults)
    if faults:
        raise InputError(faults)
    known = ~np.isnan(figures)
    codes = frame["lsoa"][known].tolist()
    fifths = _fifths(figures[known], kind)
    return Deprivation(dict(zip(codes, fifths, strict=True)), file.name, kind != "score")


def _index_column(header: tuple[str, ...]) -> tuple[str, str | None]:
    """Find the column of IDACI by the best of `KINDS`; one called IDACI alone is the score."""
    named = {heading: folded(heading) for heading in header if "idaci" in folded(heading)}
    for kind in KINDS:
        for heading, plain in named.items():
            bare = kind == "score" and re.fullmatch(r"idaci(20\d\d)?", plain)
            if kind in plain or bare:
                return kind, heading
    return "score", None


def _figures(
    column: pd.Series, kind: str, name: str, heading: str, faults: list[Fault]
) -> np.ndarray:
    most = KINDS[kind]
    figures = []
    for row, text in cells(column):
        figure = to_number(text)
        if figure is None or (most and not np.isnan(figure) and figure not in range(1, most + 1)):
            fix = f"Write a whole number from 1 to {most}" if most else "Write a number"
            faults.append(Fault(name, f"{text!r} is not a {kind}", fix, row, heading))
        figures.append(np.nan if figure is None else figure)
    return np.array(figures, dtype=float)


def _fifths(figures: np.ndarray, kind: str) -> list[int]:
    """Turn quintiles, deciles or scores (a higher one is more deprived) into fifths."""
    if kind == "quintile":
        return [int(figure) for figure in figures]
    if kind == "decile":
        return [int(figure + 1) // 2 for figure in figures]
    ranks = pd.Series(-figures).rank(method="min").to_numpy() - 1
    return [int(rank * FIFTHS // len(figures)) + 1 for rank in ranks]


def join_deprivation(
    table: gpd.GeoDataFrame, areas: Deprivation
) -> tuple[gpd.GeoDataFrame, list[Notice]]:
    """Give each school the fifth of its LSOA; a planner's own figure stays.

    Returns
    -------
    GeoDataFrame
    list of Notice
        That the fifths are not national, and each school whose LSOA is not in the file.
    """
    found = table["lsoa_code"].map(areas.quintile_of).astype(float)
    notices = []
    if not areas.national:
        text = (
            f"{areas.name} has only IDACI scores, so its fifths are of its own areas, not England's"
        )
        notices.append(Notice("deprivation", text))
    missing = table.index[found.isna() & table["idaci_quintile"].isna()]
    for urn in missing.tolist():
        code = str(table.loc[urn, "lsoa_code"]) or "not known"
        words = f"{table.loc[urn, 'name']} ({urn}): its LSOA ({code}) is not in {areas.name}"
        notices.append(Notice("deprivation", words, int(urn)))
    return table.assign(idaci_quintile=table["idaci_quintile"].fillna(found)), notices
