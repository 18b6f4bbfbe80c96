"""Which cluster of one plan is which of another, and who has moved."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.optimize import linear_sum_assignment

from cluster_geo.plan.plan import Plan


def match(before: Plan, after: Plan, given: Mapping[int, int] | None = None) -> dict[int, int]:
    """Match the clusters of two plans one to one, so that most schools stay put.

    Parameters
    ----------
    before, after : Plan
        They need not hold the same schools.
    given : mapping of int to int, optional
        Matches that are decided already; only the other clusters are matched.

    Returns
    -------
    dict of int to int
        Place in `before.clusters` by place in `after.clusters`; clusters that share no school
        with a match of their own are absent. In a tie the match that keeps more codes is used, and
        then the one that keeps more hubs.
    """
    shared = np.zeros((len(after), len(before)))
    same_hub = np.zeros_like(shared)
    same_code = np.zeros_like(shared)
    if before.codes and after.codes:
        same_code = np.equal.outer(np.array(after.codes), np.array(before.codes)).astype(float)
    old_place = before.cluster_of
    for k, cluster in enumerate(after.clusters):
        for urn in cluster.members:
            if urn in old_place:
                shared[k, old_place[urn]] += 1
        if cluster.hub in old_place:
            old = old_place[cluster.hub]
            same_hub[k, old] = before.clusters[old].hub == cluster.hub
    # All hubs kept together are worth less than one code, all codes than one more school kept.
    many = len(after) + 1
    kept = same_code * many + same_hub
    weight = shared * many**2 + kept * (shared > 0)
    given = dict(given or {})
    weight[list(given), :] = 0
    weight[:, list(given.values())] = 0
    rows, columns = linear_sum_assignment(weight, maximize=True)
    found = {int(k): int(b) for k, b in zip(rows, columns, strict=True) if weight[k, b] > 0}
    return found | given


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
