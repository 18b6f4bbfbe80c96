"""Who moves, as everyone counts it: by the clusters of both plans matched one to one.

The rules on movers count, in each cluster, the schools that were not in its main reference cluster:
a rule says something of one cluster, and a matching does not. Where a cluster is split both parts
have it for their main one, so the rules may count too few, and never too many: what they prove of
the fewest holds, and of the plans found the one is kept that moves the fewest by the matching.
"""

from __future__ import annotations

from dataclasses import replace

from cluster_geo.plan import Plan
from cluster_geo.rules import Apart, NumberOfClusters, Rulebook

NAME = "central schools of the earlier plan, apart"


def unsplit(rulebook: Rulebook, reference: Plan) -> Rulebook:
    """Return rules by which each cluster has one of the central schools of an earlier plan.

    No two come together, and there are no more clusters than before, so hardly any is split.
    """
    hubs = frozenset(cluster.hub for cluster in reference.clusters)
    return replace(
        rulebook,
        rules=(*rulebook.rules, Apart((hubs,), name=NAME)),
        plan_rules=(*rulebook.plan_rules, NumberOfClusters(0, len(hubs), f"{NAME}, number")),
    )
