"""Figures for each cluster: pure functions of plan and county, without rules or weights.

Every table is indexed by `cluster` (the plan's labels) in their order, unless stated otherwise.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pandas as pd

from cluster_geo.columns import AMOUNT, OwnColumn
from cluster_geo.county import County
from cluster_geo.plan import Cluster, Plan
from cluster_geo.rules import fewest_by_size

COUNTED_PUPILS = ("pupils", "ehcp", "sen_support")
SUMMARIES = ("", "_mean", "_worst")


def measures(plan: Plan, county: County) -> pd.DataFrame:
    """Return every figure about each cluster.

    Columns: those of `phases`, `provision`, `pupils`, `ties`, `travel` and `own`.
    """
    parts = (phases, provision, pupils, ties, travel, own)
    return pd.concat([part(plan, county) for part in parts], axis=1)


def totals(plan: Plan, county: County, largest: int | None = None) -> pd.Series:
    """Return the figures of the whole plan by name; `largest` as in `trust_pieces`.

    `clusters`, `schools`, `smallest` and `largest` (schools in a cluster); `travel` (sum),
    `travel_mean` (per school), `travel_worst` in the unit of the county's travel, and `km`,
    `km_mean`, `km_worst` in straight lines; `srps`, `without_srp` (clusters); `trust_pieces`
    and `trust_pieces_beyond` the fewest possible; `pupils`, `ehcp`, `sen_support`; the planner's
    own columns, as in `own`.
    """
    table = measures(plan, county)
    trusts = trust_pieces(plan, county, largest)
    figures = {
        "clusters": len(table),
        "schools": table["schools"].sum(),
        "smallest": table["schools"].min(),
        "largest": table["schools"].max(),
        "travel": table["travel"].sum(),
        "travel_mean": _mean(table["travel"], table["schools"]),
        "travel_worst": table["travel_worst"].max(),
        "km": table["km"].sum(),
        "km_mean": _mean(table["km"], table["schools"]),
        "km_worst": table["km_worst"].max(),
        "srps": table["srps"].sum(),
        "without_srp": (table["srps"] == 0).sum(),
        "trust_pieces": trusts["clusters"].sum(),
        "trust_pieces_beyond": trusts["beyond"].sum(),
    }
    for name in COUNTED_PUPILS:
        shown = county.schools.may_show_total(name, plan.cluster_of)
        figures[name] = table[name].sum(min_count=1) if shown else np.nan
    placed = tuple(plan.cluster_of)
    figures |= {column.name: own_figure(county, column, placed) for column in county.schools.own}
    return pd.Series(figures, dtype=float, name="plan")


def phases(plan: Plan, county: County) -> pd.DataFrame:
    """Count `schools`, `primaries`, `secondaries` and `all_through`, which count as both."""
    both = county.schools.primaries & county.schools.secondaries
    return _table(
        plan,
        {
            "schools": [len(c) for c in plan.clusters],
            "primaries": _present(plan, county.schools.primaries),
            "secondaries": _present(plan, county.schools.secondaries),
            "all_through": _present(plan, both),
        },
    )


def provision(plan: Plan, county: County) -> pd.DataFrame:
    """Count `srps` (schools with an SRP), `primary_srps`, `secondary_srps`; list their `needs`.

    `srp_places` are the places that are known, missing if none are.
    """
    with_srp = county.schools.where("srp")
    needs = needs_by_cluster(plan, county)
    return _table(
        plan,
        {
            "srps": _present(plan, with_srp),
            "primary_srps": _present(plan, with_srp & county.schools.primaries),
            "secondary_srps": _present(plan, with_srp & county.schools.secondaries),
            "needs": ["|".join(needs.columns[row > 0]) for row in needs.to_numpy()],
            "srp_places": _sums(plan, county, "srp_places"),
        },
    )


def needs_by_cluster(plan: Plan, county: County) -> pd.DataFrame:
    """Count the schools with provision for each need type: one column per need, in order."""
    listed, with_srp = county.schools.table["srp_needs"].astype(str), county.schools.where("srp")
    needs_of = {
        urn: set(text.split("|")) - {""}
        for urn, text in zip(county.urns, listed, strict=True)
        if urn in with_srp
    }
    kinds = sorted(set().union(*needs_of.values()))
    counts = {
        need: _present(plan, frozenset(u for u, found in needs_of.items() if need in found))
        for need in kinds
    }
    return _table(plan, counts)


def pupils(plan: Plan, county: County) -> pd.DataFrame:
    """Sum `pupils`, `ehcp` and `sen_support` over the schools for which they are known.

    Missing if they are known for no school of the cluster, or withheld for one.
    """
    return _table(plan, {name: _sums(plan, county, name) for name in COUNTED_PUPILS})


def own(plan: Plan, county: County) -> pd.DataFrame:
    """Sum each amount of the planner's own columns, and take the mean of each rate.

    As `pupils`, missing if known for no school of the cluster, or withheld for one. A mean is by
    pupils over the schools where these are known, by school if they are known for none.
    """
    return _table(
        plan,
        {
            column.name: [own_figure(county, column, c.members) for c in plan.clusters]
            for column in county.schools.own
        },
    )


def own_figure(county: County, column: OwnColumn, urns: Collection[int]) -> float:
    """Return the figure of some schools in a column of the planner's own, NaN if not known."""
    schools = county.schools
    parts = (column.name,) if column.kind == AMOUNT else (column.name, "pupils")
    if not all(schools.may_show_total(name, urns) for name in parts):
        return math.nan
    rows = schools.table.loc[list(urns)]
    values = rows[column.name].astype(float)
    if column.kind == AMOUNT:
        return float(values.sum(min_count=1))
    values = values.dropna()
    weights = rows["pupils"].astype(float).reindex(values.index)
    if not weights.sum() > 0:
        return float(values.mean()) if len(values) else math.nan
    known = weights.notna()
    return float((values * weights)[known].sum() / weights[known].sum())


def ties(plan: Plan, county: County) -> pd.DataFrame:
    """Count the multi-academy `trusts` and `districts` present, and schools outside main zones.

    `outside_<layer>` is the number of schools outside the cluster's main zone of the layer.
    """
    columns: dict[str, Sequence[object]] = {
        "trusts": _kinds(plan, county, "trust_uid"),
        "districts": _kinds(plan, county, "district_code"),
    }
    for name, layer in county.layers.items():
        columns[f"outside_{name}"] = [
            len(cluster) - _in_main_zone(cluster, layer.zone_of) for cluster in plan.clusters
        ]
    return _table(plan, columns)


def travel(plan: Plan, county: County) -> pd.DataFrame:
    """Measure the members' travel to the hub.

    `travel`, `travel_mean` and `travel_worst` in the unit of the county's travel, `km`,
    `km_mean` and `km_worst` in straight lines; means are over all members, the hub among them.
    """
    place = county.travel.position
    points = county.schools.points
    columns: dict[str, list[float]] = {f"{w}{s}": [] for w in ("travel", "km") for s in SUMMARIES}
    for cluster in plan.clusters:
        rows = [place[urn] for urn in cluster.members]
        hub = place[cluster.hub]
        trips = county.travel.matrix[rows, hub]
        lines = np.linalg.norm(points[rows] - points[hub], axis=1) / 1000.0
        for what, lengths in (("travel", trips), ("km", lines)):
            figures = (math.fsum(lengths), math.fsum(lengths) / len(rows), float(lengths.max()))
            for summary, figure in zip(SUMMARIES, figures, strict=True):
                columns[what + summary].append(figure)
    return _table(plan, columns)


def trust_pieces(plan: Plan, county: County, largest: int | None = None) -> pd.DataFrame:
    """Count the clusters each multi-academy trust sits in, trusts of two or more schools.

    Parameters
    ----------
    plan : Plan
    county : County
    largest : int, optional
        Most schools a cluster may have: a trust with more needs several clusters in any case.

    Returns
    -------
    DataFrame
        Indexed by `trust_uid`: `trust` (its name), `schools`, `clusters`, `fewest` (possible by
        size alone) and `beyond` (the fewest).
    """
    place = plan.cluster_of
    names = dict(zip(county.schools.table["trust_uid"], county.schools.table["trust"], strict=True))
    trusts = {
        uid: schools
        for uid, schools in county.schools.grouped_by("trust_uid").items()
        if len(schools) > 1
    }
    table = pd.DataFrame(
        {
            "trust": [str(names[uid]) for uid in trusts],
            "schools": [len(schools) for schools in trusts.values()],
            "clusters": [len({place[u] for u in s if u in place}) for s in trusts.values()],
            "fewest": [fewest_by_size(len(schools), largest) for schools in trusts.values()],
        },
        index=pd.Index(list(trusts), name="trust_uid", dtype=object),
    )
    table["beyond"] = (table["clusters"] - table["fewest"]).clip(lower=0)
    return table


def _in_main_zone(cluster: Cluster, zone_of: Mapping[int, str]) -> int:
    zones = Counter(zone_of[urn] for urn in cluster.members if urn in zone_of)
    return max(zones.values(), default=0)


def _table(plan: Plan, columns: Mapping[str, Sequence[object]]) -> pd.DataFrame:
    return pd.DataFrame(columns, index=pd.Index(plan.labels, name="cluster", dtype=object))


def _present(plan: Plan, schools: frozenset[int]) -> list[int]:
    return [len(schools.intersection(cluster.members)) for cluster in plan.clusters]


def _sums(plan: Plan, county: County, column: str) -> list[float]:
    values = county.schools.table[column].astype(float)
    return [
        float(values.loc[list(c.members)].sum(min_count=1))
        if county.schools.may_show_total(column, c.members)
        else np.nan
        for c in plan.clusters
    ]


def _kinds(plan: Plan, county: County, column: str) -> list[int]:
    groups = county.schools.grouped_by(column)
    of = {urn: key for key, urns in groups.items() for urn in urns}
    return [len({of[urn] for urn in c.members if urn in of}) for c in plan.clusters]


def _mean(of: pd.Series, schools: pd.Series) -> float:
    """Return the mean for each school; NaN for a plan without any."""
    return float(of.sum() / schools.sum()) if schools.sum() else math.nan
