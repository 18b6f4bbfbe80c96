"""The school census: pupils, and those with an EHC plan or on SEN support, by URN.

The DfE publishes it by school each year ("Schools, pupils and their characteristics" and the
performance tables' census download). Its columns: NOR (number on roll), TSENELSE (pupils with
an EHC plan), TSENELK (pupils on SEN support), NUMFSM (eligible for free school meals).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from cluster_geo.delimited import cells, open_delimited, required_columns
from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.records import OGL, Notice
from cluster_geo.schools.headings import URN_PATTERN
from cluster_geo.schools.identity import NO_IDENTITY, Identity
from cluster_geo.schools.links import Links
from cluster_geo.schools.typed import to_number

HEADERS = {
    "URN": "urn",
    "NOR": "pupils",
    "TSENELSE": "ehcp",
    "TSENELK": "sen_support",
    "NUMFSM": "fsm",
}
REQUIRED = {
    "URN": "the URN of each school",
    "NOR": "pupils on roll",
    "TSENELSE": "pupils with an EHC plan",
    "TSENELK": "pupils on SEN support",
}
FIGURES = ("pupils", "ehcp", "sen_support", "fsm")
SCHOOL_YEAR = re.compile(r"(20\d\d)[-_](?:20)?(\d\d)(?!\d)")
ATTRIBUTION = f"School census, Department for Education. {OGL}"


@dataclass(frozen=True, eq=False)
class Census:
    """Figures of the school census.

    Parameters
    ----------
    figures : DataFrame
        Columns of `FIGURES` (pupils), NaN where withheld, indexed by URN.
    year : str
        School year ("2024-25") if it is in the file's name, else "".
    """

    figures: pd.DataFrame
    year: str


def read_census(path: str | Path) -> Census:
    """Read the census by school, only the columns of `HEADERS`.

    Raises
    ------
    InputError
        Missing columns, rows or figures that cannot be read, a URN twice.
    """
    file = open_delimited(path)
    faults = required_columns(file.header, REQUIRED, file.name)
    try:
        raw = file.columns(HEADERS)
    except InputError as error:
        faults += error.faults
    if faults:
        raise InputError(faults)
    # Rows without a URN are national totals.
    raw = raw[raw["urn"].str.fullmatch(URN_PATTERN)]
    urns = raw["urn"].astype("int64")
    for row in urns.index[urns.duplicated()]:
        found = f"URN {urns[row]} appears twice"
        faults.append(Fault(file.name, found, "Keep one row of each school", row, "URN"))
    columns = {
        ours: _figures(raw[ours], file.name, header, faults) if ours in raw else np.nan
        for header, ours in HEADERS.items()
        if ours != "urn"
    }
    if faults:
        raise InputError(faults)
    year = SCHOOL_YEAR.search(file_name(path))
    figures = pd.DataFrame(columns, index=pd.Index(urns, name="urn"))
    return Census(figures, "-".join(year.groups()) if year else "")


def _figures(column: pd.Series, name: str, header: str, faults: list[Fault]) -> np.ndarray:
    known = {text: to_number(text) for text in column.unique()}
    for row, text in cells(column[column.map(lambda text: known[text] is None)]):
        found = f"{text!r} is not a number"
        faults.append(Fault(name, found, "Write a figure or NA", row, header))
    return np.array([known[text] for text in column], dtype=float)


def join_census(
    table: gpd.GeoDataFrame,
    census: Census,
    links: Links | None,
    day: str,
    identity: Identity = NO_IDENTITY,
    *,
    overwrite: bool,
) -> tuple[gpd.GeoDataFrame, list[Notice]]:
    """Give each school its census figures, or those of its predecessors if its URN is new.

    Parameters
    ----------
    table : GeoDataFrame
        Schools, as in `columns.SCHOOL_COLUMNS`.
    census : Census
    links : Links, optional
        Predecessors; None where the planner gave no file.
    day : str
        Planning date (ISO 8601): links of a later date are ignored.
    identity : Identity
        Which schools have become part of others: they are in an earlier census by themselves.
    overwrite : bool
        Whether the census replaces the figures in `table`, as it does for a register, or only
        fills its blanks, as for a planner's own table.

    Returns
    -------
    GeoDataFrame
    list of Notice
        Schools joined through a predecessor, links ignored, schools without any figure.
    """
    known = set(census.figures.index)
    counted = frozenset(int(urn) for urn in table.index)
    taken: dict[int, tuple[int, ...]] = {u: (u,) for u in counted if u in known}
    notices: list[Notice] = []
    for old, found in sorted(identity.successions.items()):
        if old in known and len(found.new) == 1 and found.new[0] in taken:
            urn = found.new[0]
            taken[urn] = (*taken[urn], old)
            name = str(table.loc[urn, "name"])
            text = f"its census figures are its own and those of {old}, which is part of it now"
            notices.append(Notice("census", f"{name} ({urn}): {text}", urn))
    for urn in sorted(counted - known):
        name = str(table.loc[urn, "name"])
        origins: tuple[int, ...] = ()
        if links is not None:
            origins, words = links.origins(urn, known, counted, day)
            notices += [Notice("census", f"{name} ({urn}): {w}", urn) for w in words]
        if origins:
            taken[urn] = origins
        else:
            notices.append(Notice("census", f"{name} ({urn}) is not in the census", urn))
    figures = _summed(census.figures, taken)
    return _filled(table, figures, census.year, overwrite=overwrite), notices


def _summed(figures: pd.DataFrame, taken: dict[int, tuple[int, ...]]) -> pd.DataFrame:
    """Sum the figures of each school's origins; if one is unknown, so is the sum."""
    pairs = [(urn, origin) for urn, origins in taken.items() for origin in origins]
    rows = figures.loc[[origin for _, origin in pairs]]
    rows.index = pd.Index([urn for urn, _ in pairs], name="urn", dtype="int64")
    return rows.groupby(level=0).sum(min_count=1).where(rows.notna().groupby(level=0).all())


def _filled(
    table: gpd.GeoDataFrame, figures: pd.DataFrame, year: str, *, overwrite: bool
) -> gpd.GeoDataFrame:
    aligned = figures.reindex(table.index)
    pupils = aligned["pupils"]
    from_census = pupils.notna() & (overwrite | table["pupils"].isna())
    share = (100 * aligned["fsm"] / pupils.where(pupils > 0)).round(1)
    columns = {
        name: aligned[name].fillna(table[name]) if overwrite else table[name].fillna(aligned[name])
        for name in ("pupils", "ehcp", "sen_support")
    }
    return table.assign(
        **columns,
        # The register's percentage is the DfE's own, on another base, and is kept.
        fsm_pct=table["fsm_pct"].fillna(share),
        census_date=table["census_date"].mask(from_census & (year != ""), year),
    )
