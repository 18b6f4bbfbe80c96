"""One row per school, for a mail merge: its cluster, its central school, its fellow members."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from cluster_geo.county import County
from cluster_geo.plan import Plan, title_of
from cluster_geo.schools.dates import in_words


def letter_table(
    county: County, plan: Plan, starts: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Return what a letter to each school needs, in order of cluster and name.

    Columns: `urn`, `school`, `postcode`, `phase`, `cluster`, `cluster_name`, `hub` (name of the
    central school), `is_hub` (yes or no), `distance` (to it, with its unit), `members` (how many
    schools the cluster has), `fellows_count` and `fellows` (names of the others, joined by "; ").
    Schools in no cluster get no letter.

    Parameters
    ----------
    county : County
    plan : Plan
    starts : mapping of str to str, optional
        When clusters start (ISO 8601, "" where nobody said), by code: a column `starts` more, in
        words.
    """
    schools, names = county.schools.table, county.schools.names
    unit = county.travel.unit
    rows = []
    for code, cluster in sorted(zip(plan.labels, plan.clusters, strict=True)):
        for urn in sorted(cluster.members, key=lambda u: (names[u], u)):
            fellows = sorted(names[u] for u in cluster.members if u != urn)
            trip = county.travel.between(urn, cluster.hub)
            rows.append(
                {
                    "urn": urn,
                    "school": names[urn],
                    "postcode": str(schools.loc[urn, "postcode"]),
                    "phase": str(schools.loc[urn, "phase"]),
                    "cluster": code,
                    "cluster_name": title_of(code, plan.names),
                    "hub": names[cluster.hub],
                    "is_hub": "yes" if urn == cluster.hub else "no",
                    "distance": f"{trip:.1f} km" if unit == "km" else f"{trip:.0f} {unit}",
                    "members": len(cluster),
                    "fellows_count": len(fellows),
                    "fellows": "; ".join(fellows),
                }
            )
    columns = [
        *("urn", "school", "postcode", "phase", "cluster", "cluster_name", "hub", "is_hub"),
        *("distance", "members", "fellows_count", "fellows"),
    ]
    table = pd.DataFrame(rows, columns=columns)
    if starts is None:
        return table
    return table.assign(starts=[_words(starts[code]) for code in table["cluster"]])


def _words(date: str) -> str:
    return in_words(date) if date else ""
