"""Which cluster of one plan is which of another, and who has moved."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment

from cluster_geo.plan.plan import Plan


def match(before: Plan, after: Plan) -> dict[int, int]:
    """Match the clusters of two plans one to one, so that most schools stay put.

    Parameters
    ----------
    before, after : Plan
        They need not hold the same schools.

    Returns
    -------
    dict of int to int
        Place in `before.clusters` by place in `after.clusters`; clusters that share no school
        with a match of their own are absent. In a tie the match that keeps more hubs is used.
    """
    shared = np.zeros((len(after), len(before)))
    same_hub = np.zeros_like(shared)
    old_place = before.cluster_of
    for k, cluster in enumerate(after.clusters):
        for urn in cluster.members:
            if urn in old_place:
                shared[k, old_place[urn]] += 1
        if cluster.hub in old_place:
            old = old_place[cluster.hub]
            same_hub[k, old] = before.clusters[old].hub == cluster.hub
    # All hubs kept together are worth less than one more school kept.
    weight = shared * (len(after) + 1) + same_hub * (shared > 0)
    rows, columns = linear_sum_assignment(weight, maximize=True)
    return {int(k): int(b) for k, b in zip(rows, columns, strict=True) if shared[k, b] > 0}


def movers(before: Plan, after: Plan) -> tuple[int, ...]:
    """URNs of schools in both plans that left the cluster matched to theirs, ascending."""
    matched = match(before, after)
    old_place = before.cluster_of
    return tuple(
        sorted(
            urn
            for urn, k in after.cluster_of.items()
            if urn in old_place and matched.get(k) != old_place[urn]
        )
    )
