"""A planner's own counts of pupils that are so small that they could identify a child."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np

from cluster_geo.records import Notice

if TYPE_CHECKING:
    from cluster_geo.schools.table import Schools

# The DfE withholds figures of fewer pupils than this in what it publishes.
LEAST_SHOWN = 5
COUNTS = ("pupils", "ehcp", "sen_support", "srp_places", "srp_on_roll")
SHARES = {"fsm_pct": "pupils"}


def small_counts(
    table: gpd.GeoDataFrame, columns: Iterable[str], urns: Collection[int] | None = None
) -> dict[str, frozenset[int]]:
    """Return, by column, the schools whose count is below 5.

    Parameters
    ----------
    table : GeoDataFrame
        Schools, as in `columns.SCHOOL_COLUMNS`.
    columns : iterable of str
        Columns of counts, or of shares (per cent) of such a column.
    urns : collection of int, optional
        Schools to look at; default all.
    """
    looked_at = table if urns is None else table.loc[table.index.isin(list(urns))]
    found = {}
    for column in columns:
        figures = looked_at[column].astype(float)
        if column in SHARES:
            # A share reveals the count if the whole is known.
            figures = figures / 100 * looked_at[SHARES[column]].astype(float)
        below = figures.index[figures.to_numpy() < LEAST_SHOWN]
        if len(below):
            found[column] = frozenset(int(urn) for urn in below)
    return found


def without_small_counts(schools: Schools) -> Schools:
    """Return the schools as the public may see them, without the planner's own small counts.

    `withheld` lists these counts, so that totals that include them are not shown either: a total
    less its other parts would reveal the count. Columns of the planner's own that are not for the
    public are withheld whole, and are not among `own`.
    """
    if schools.withheld == schools.small:
        return schools
    table = schools.table.copy()
    for column, urns in schools.small.items():
        table.loc[table.index.isin(list(urns)), column] = np.nan
    inside = {column.name for column in schools.own if not column.public}
    number = sum(len(urns) for name, urns in schools.small.items() if name not in inside)
    notices = schools.notices
    if number:
        text = (
            f"{number} of the planner's own figures are below {LEAST_SHOWN}. They are withheld, "
            "and so is each total that includes them: both are shown as not known."
        )
        notices = (*notices, Notice("withheld", text))
    own = tuple(column for column in schools.own if column.public)
    return replace(schools, table=table, notices=notices, own=own, withheld=schools.small)


def merged(*parts: Mapping[str, frozenset[int]]) -> dict[str, frozenset[int]]:
    """Return the union of the parts by column, without empty columns."""
    found: dict[str, frozenset[int]] = {}
    for part in parts:
        for column, urns in part.items():
            found[column] = found.get(column, frozenset()) | urns
    return {column: urns for column, urns in found.items() if urns}
