"""One row per multi-academy trust: how many clusters its schools would sit in, and which."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from cluster_geo.county import County
from cluster_geo.measures import trust_pieces
from cluster_geo.phrases import trust_name
from cluster_geo.plan import Plan


def trust_table(county: County, plan: Plan, largest: int | None = None) -> pd.DataFrame:
    """Return `measures.trust_pieces` with `trust_uid` and `where`, the most split trust first.

    It is for readers: `trust` is the name in ordinary case.
    `where` lists the codes of the trust's clusters with its number of schools in each:
    "SEV-01 (2), SEV-03 (1)".
    """
    pieces = trust_pieces(plan, county, largest).reset_index()
    schools, code_of = county.schools.grouped_by("trust_uid"), plan.code_of
    clusters_of = []
    for uid in pieces["trust_uid"]:
        codes = Counter(code_of[urn] for urn in schools[uid] if urn in code_of)
        clusters_of.append(", ".join(f"{code} ({codes[code]})" for code in sorted(codes)))
    order = ["clusters", "schools", "trust", "trust_uid"]
    table = pieces.assign(
        trust=pieces["trust"].map(trust_name), where=pd.Series(clusters_of, dtype=object)
    )
    return table.sort_values(order, ascending=[False, False, True, True], ignore_index=True)
