"""Tables of a plan added up over the zones of a layer, such as a council's Areas.

There are two ways to count, and they differ where a cluster crosses a boundary. A cluster is
counted whole in its main zone, the one with most of its schools: so do teams and budgets that are
organised by cluster. A school is counted in the zone that it lies in. Both are shown, and both add
up to the whole plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from cluster_geo.boundaries import BoundaryLayer
from cluster_geo.county import County
from cluster_geo.measures import measures
from cluster_geo.plan import Cluster, Plan, main_zone
from cluster_geo.tables.clusters import WHOLE_NUMBERS
from cluster_geo.tables.zones import NO_ZONE

BY_CLUSTER, BY_SCHOOL = "clusters mainly in it", "schools that lie in it"
WHOLE = "Whole plan"
# Figures of a cluster that add up, or are counted, over several.
COUNTED = ("schools", "primaries", "secondaries", "all_through", "srps", "srp_places")
PUPILS = ("pupils", "ehcp", "sen_support")


def area_table(county: County, plan: Plan, layer: BoundaryLayer) -> pd.DataFrame:
    """Return the figures of each zone, counted by cluster and by school, with the whole plan's.

    A figure is missing where it is known for no school, or withheld for one: no difference of two
    totals that are shown has a withheld part.

    Parameters
    ----------
    county : County
        As its audience may see it.
    plan : Plan
    layer : BoundaryLayer

    Returns
    -------
    DataFrame
        `zone` (name; "Whole plan" last), `code` ("" for schools in no zone and for the whole), `by`
        (what is counted: `BY_CLUSTER` or `BY_SCHOOL`), `clusters` (missing by school),
        `schools`, `primaries`, `secondaries`, `all_through`, `srps`, `srp_places`, `pupils`,
        `ehcp`, `sen_support`, `without_srp` (clusters), and the planner's own columns.
    """
    main_of = zone_of_clusters(plan, layer)
    rows = []
    for by, zone_of in (
        (BY_CLUSTER, {u: main_of[code] for u, code in plan.code_of.items()}),
        (BY_SCHOOL, {urn: layer.zone_of.get(urn, "") for urn in plan.cluster_of}),
    ):
        zones = _figures(county, _groups(zone_of))
        whole = _figures(county, {"": list(zone_of)})
        own = pd.concat([zones, whole])
        names = [layer.name_of(code) if code else NO_ZONE for code in zones.index]
        own.insert(0, "zone", [*names, WHOLE])
        own.insert(1, "code", [*zones.index, ""])
        own.insert(2, "by", by)
        # A school that lies in a zone is of no cluster there: clusters are counted once.
        counts = _clusters(county, plan, main_of, zones.index) if by == BY_CLUSTER else {}
        for place, name in ((3, "clusters"), (len(own.columns) + 1, "without_srp")):
            own.insert(place, name, counts.get(name, [None] * len(own)))
        rows.append(own)
    table = pd.concat(rows, ignore_index=True)
    whole_numbers = ("clusters", "without_srp", *WHOLE_NUMBERS)
    return table.astype(dict.fromkeys(whole_numbers, "Int64"))


def zone_of_clusters(plan: Plan, layer: BoundaryLayer) -> dict[str, str]:
    """Return the code of each cluster's main zone, by the cluster's code; "" for none."""
    return {
        code: main_zone(cluster, layer.zone_of)
        for code, cluster in zip(plan.labels, plan.clusters, strict=True)
    }


def rolled_up(table: pd.DataFrame, group_of: Mapping[str, str]) -> pd.DataFrame:
    """Add up the columns of any table by cluster over groups of clusters, and over all.

    Parameters
    ----------
    table : DataFrame
        Indexed by the codes of clusters; columns of amounts that add up, such as money, posts and
        visits. Others must be left out.
    group_of : mapping of str to str
        Group of each cluster, by code.

    Returns
    -------
    DataFrame
        Indexed by group, in their order, and `WHOLE` last. A total is missing where one of its
        parts is: what is withheld of a cluster cannot be worked out from its Area.

    Examples
    --------
    >>> money = pd.DataFrame({"gbp": [10.0, 5.0, None]}, index=["A-1", "A-2", "B-1"])
    >>> rolled_up(money, {"A-1": "East", "A-2": "East", "B-1": "West"})["gbp"].tolist()
    [15.0, nan, nan]
    """
    groups = pd.Series([group_of[str(code)] for code in table.index], index=table.index)
    parts = {str(name): part.sum(skipna=False) for name, part in table.groupby(groups)}
    return pd.DataFrame({**parts, WHOLE: table.sum(skipna=False)}).T


def _groups(zone_of: Mapping[int, str]) -> dict[str, list[int]]:
    """Return the schools of each zone; those in no zone last."""
    found: dict[str, list[int]] = {}
    for urn, code in sorted(zone_of.items()):
        found.setdefault(code, []).append(urn)
    return {code: found[code] for code in sorted(found, key=lambda code: (not code, code))}


def _figures(county: County, groups: Mapping[str, list[int]]) -> pd.DataFrame:
    """Measure groups of schools as if each were one cluster: what is withheld stays so."""
    coarse = Plan.coded(
        {code: Cluster(tuple(sorted(urns)), min(urns)) for code, urns in groups.items()}
    )
    own = [column.name for column in county.schools.own]
    table = measures(coarse, county)[[*COUNTED, *PUPILS, *own]]
    return table.loc[list(groups)]


def _clusters(
    county: County, plan: Plan, main_of: Mapping[str, str], zones: Iterable[object]
) -> dict[str, list[int]]:
    """Count the clusters of each zone, and those without an SRP, then those of the whole plan."""
    with_srp = county.schools.where("srp")
    lacking = {
        code
        for code, cluster in zip(plan.labels, plan.clusters, strict=True)
        if with_srp.isdisjoint(cluster.members)
    }
    mains = list(main_of.values())
    without = [zone for code, zone in main_of.items() if code in lacking]
    return {
        name: [*(found.count(str(zone)) for zone in zones), len(found)]
        for name, found in (("clusters", mains), ("without_srp", without))
    }
