"""Where a cluster could meet: its central school, or another with a short longest journey."""

from __future__ import annotations

import math

import pandas as pd

from cluster_geo.county import County
from cluster_geo.plan import Cluster, Plan, title_of
from cluster_geo.tolerances import SAME_SUM


def meeting_table(county: County, plan: Plan) -> pd.DataFrame:
    """Return two places for each cluster, in the order of the codes.

    The first is the central school, to which all journeys together are shortest. The alternative
    is another member: the one whose longest journey is shortest, of such the one with the shortest
    in all, then the lowest URN; it is missing in a cluster of one school.

    Returns
    -------
    DataFrame
        `cluster`, `cluster_name`, `urn`, `school`, `longest` and `mean` (journeys of the members to
        it, the school itself among them), and the same of the alternative with `other_` before
        each. Lengths are in the unit of the county's travel.
    """
    names = county.schools.names
    rows = []
    for code, cluster in sorted(zip(plan.labels, plan.clusters, strict=True)):
        row: dict[str, object] = {"cluster": code, "cluster_name": title_of(code, plan.names)}
        row |= _place(county, cluster, cluster.hub, names[cluster.hub])
        other = _alternative(county, cluster)
        found = _place(county, cluster, other, names[other]) if other is not None else {}
        row |= {f"other_{name}": found.get(name) for name in ("urn", "school", "longest", "mean")}
        rows.append(row)
    table = pd.DataFrame(rows)
    lengths = dict.fromkeys(("longest", "mean", "other_longest", "other_mean"), float)
    return table.astype({"other_urn": "Int64", **lengths})


def _journeys(county: County, cluster: Cluster, place: int) -> list[float]:
    return [county.travel.between(urn, place) for urn in cluster.members]


def _place(county: County, cluster: Cluster, urn: int, name: str) -> dict[str, object]:
    trips = _journeys(county, cluster, urn)
    mean = math.fsum(trips) / len(trips)
    return {"urn": urn, "school": name, "longest": max(trips), "mean": mean}


def _alternative(county: County, cluster: Cluster) -> int | None:
    """Return the member with the shortest longest journey, the central school not among them."""
    trips = {urn: _journeys(county, cluster, urn) for urn in cluster.members if urn != cluster.hub}
    if not trips:
        return None
    # Lengths that differ only by rounding are a tie.
    least = min(map(max, trips.values())) + SAME_SUM
    near = [urn for urn, lengths in trips.items() if max(lengths) <= least]
    total = min(math.fsum(trips[urn]) for urn in near) + SAME_SUM
    return next(urn for urn in near if math.fsum(trips[urn]) <= total)
