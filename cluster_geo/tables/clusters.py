"""One row per cluster: every measure of it, with the names that a reader needs."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from cluster_geo.county import County
from cluster_geo.measures import measures
from cluster_geo.phrases import by_phase
from cluster_geo.plan import Cluster, Plan, main_zone_words, title_of

WHOLE_NUMBERS = ("pupils", "ehcp", "sen_support", "srp_places")


def cluster_table(county: County, plan: Plan) -> pd.DataFrame:
    """Return one row per cluster, indexed by its code, in the order of the codes.

    First `name`, `phases` (schools by phase in words, each counted once), `hub_urn`, `hub` (its
    name), `furthest` (the school with the longest journey) and, for each layer of zones,
    `main_<layer>` (name of the zone with most of the schools, or that it is evenly split between
    several); then the columns of
    `measures.measures`, whose `primaries` and `secondaries` both count the all-through schools.
    """
    figures = measures(plan, county).astype(dict.fromkeys(WHOLE_NUMBERS, "Int64"))
    schools = county.schools.names
    rows = {
        code: {"name": title_of(code, plan.names), **_names(county, cluster, schools)}
        for code, cluster in zip(plan.labels, plan.clusters, strict=True)
    }
    names = pd.DataFrame.from_dict(rows, orient="index")
    return names.join(figures).sort_index().rename_axis("cluster")


def _names(county: County, cluster: Cluster, names: Mapping[int, str]) -> dict[str, object]:
    trips = {urn: county.travel.between(urn, cluster.hub) for urn in cluster.members}
    found: dict[str, object] = {
        "phases": by_phase(**county.phase_counts(cluster.members)),
        "hub_urn": cluster.hub,
        "hub": names[cluster.hub],
        "furthest": names[max(cluster.members, key=lambda urn: trips[urn])],
    }
    for name, layer in county.layers.items():
        found[f"main_{name}"] = main_zone_words(cluster, layer.zone_of, layer.name_of)
    return found
