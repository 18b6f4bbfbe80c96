"""The best plan by brute force: every partition of a handful of schools.

It knows rules only by `judge`, so it holds the models, which know them by `formulate`, to
account.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from cluster_geo.county import County
from cluster_geo.plan import Cluster, Plan
from cluster_geo.rules import Rulebook

MOST_SCHOOLS = 10


def best_plan(county: County, rulebook: Rulebook) -> tuple[float, Plan] | None:
    """Return the least cost of any plan that keeps the rules and such a plan, or None."""
    best = None
    for clusters, cost in all_plans(county, rulebook):
        if (best is None or cost < best[0] - 1e-12) and _keeps_plan_rules(clusters, rulebook):
            best = (cost, Plan.of(clusters))
    return best


def all_plans(county: County, rulebook: Rulebook) -> Iterator[tuple[tuple[Cluster, ...], float]]:
    """Yield every cover of the schools by admissible clusters with its cost; no plan rules."""
    assert len(county.urns) <= MOST_SCHOOLS
    admissible = {
        frozenset(cluster.members): (cluster, rulebook.price(cluster))
        for cluster in all_clusters(county.urns, rulebook)
        if rulebook.admits(cluster)
    }

    def extend(left: frozenset[int]) -> Iterator[tuple[tuple[Cluster, ...], float]]:
        if not left:
            yield (), 0.0
            return
        first = min(left)
        for members in subsets(left - {first}):
            block = members | {first}
            if block in admissible:
                cluster, price = admissible[block]
                for rest, cost in extend(left - block):
                    yield (cluster, *rest), price + cost

    yield from extend(frozenset(county.urns))


def all_clusters(urns: tuple[int, ...], rulebook: Rulebook) -> Iterator[Cluster]:
    """Yield the cluster of every set of schools but the empty one."""
    for members in subsets(frozenset(urns)):
        if members:
            yield rulebook.cluster(members)


def subsets(schools: frozenset[int]) -> Iterator[frozenset[int]]:
    """Yield every subset, small ones first."""
    for size in range(len(schools) + 1):
        yield from map(frozenset, combinations(sorted(schools), size))


def _keeps_plan_rules(clusters: tuple[Cluster, ...], rulebook: Rulebook) -> bool:
    return all(
        rule.low - 1e-9 <= sum(rule.coefficient(c) for c in clusters) <= rule.high + 1e-9
        for rule in rulebook.plan_rules
    )
