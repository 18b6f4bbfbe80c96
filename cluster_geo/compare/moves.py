"""Schools that change their cluster from one plan to the other."""

from __future__ import annotations

import pandas as pd

from cluster_geo.county import County
from cluster_geo.plan import Plan, title_of

MOVES = "moves"
JOINS = "only in the second plan"
LEAVES = "only in the first plan"
SCHOOL_COLUMNS = ("name", "phase", "district", "trust", "srp", "pupils", "ehcp", "sen_support")


def find_moves(before: Plan, after: Plan, county: County) -> pd.DataFrame:
    """Return one row for each school that is not in the same cluster in both plans.

    Parameters
    ----------
    before, after : Plan
        Of schools of the county, with common codes: clusters of the same code are the same.
    county : County

    Returns
    -------
    DataFrame
        Indexed by `urn`, in the order of the clusters left and joined, then of URN: the
        school's `name`, `phase`, `district`, `trust`, `srp` (yes or no), `pupils`, `ehcp` and
        `sen_support`; `change` ("moves", "only in the first plan" or "only in the second
        plan"); `from_cluster`, `from_name`, `to_cluster`, `to_name`; `travel_before` and
        `travel_after`, from the school to the hub in the unit of the county's travel.
    """
    codes = before.code_of, after.code_of
    travel = _travel_to_hub(before, county), _travel_to_hub(after, county)
    moved = [urn for urn in county.urns if codes[0].get(urn) != codes[1].get(urn)]
    table = pd.DataFrame(county.schools.table.loc[moved, list(SCHOOL_COLUMNS)])
    table["srp"] = table["srp"].astype(bool).map({True: "yes", False: "no"})
    sides = [[side.get(urn, "") for urn in moved] for side in codes]
    table["change"] = pd.Series(
        [_change(old, new) for old, new in zip(*sides, strict=True)], table.index, dtype=object
    )
    for side, plan, found in zip(("from", "to"), (before, after), sides, strict=True):
        table[f"{side}_cluster"] = pd.Series(found, table.index, dtype=object)
        titles = [title_of(code, plan.names) if code else "" for code in found]
        table[f"{side}_name"] = pd.Series(titles, table.index, dtype=object)
    for suffix, trips in zip(("before", "after"), travel, strict=True):
        lengths = [trips.get(urn, float("nan")) for urn in moved]
        table[f"travel_{suffix}"] = pd.Series(lengths, table.index, dtype=float)
    return table.rename_axis("urn").sort_values(["from_cluster", "to_cluster", "urn"])


def _change(old: str, new: str) -> str:
    if not new:
        return LEAVES
    return MOVES if old else JOINS


def _travel_to_hub(plan: Plan, county: County) -> dict[int, float]:
    return {
        urn: county.travel.between(urn, cluster.hub)
        for cluster in plan.clusters
        for urn in cluster.members
    }
