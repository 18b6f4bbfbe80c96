"""The arithmetic of a certificate, in exact fractions: no sum is rounded where it decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from cluster_geo.certificate.document import Certificate, Leaf, List, Node, Weights
from cluster_geo.errors import ClusterGeoError
from cluster_geo.plan import Cluster
from cluster_geo.rules import PlanRule
from cluster_geo.tolerances import INTEGER_BOUND

Numbers = tuple[int, int]


class RefutedError(ClusterGeoError):
    """A certificate that does not hold: what is wrong with it, in a sentence."""


def earned(weights: Weights, plan_rules: Iterable[PlanRule], numbers: Numbers) -> Fraction:
    """Return the least that weights earn over the schools, cuts and rules of any plan.

    Raises
    ------
    RefutedError
        Where a weight leans on a limit that a rule does not have.
    """
    total = sum(map(Fraction, weights.schools.values()), Fraction())
    total += sum((Fraction(cut.weight) for cut in weights.cuts), Fraction())
    for rule in plan_rules:
        weight = Fraction(weights.plan.get(rule.name, 0.0))
        if not weight:
            continue
        low, high = numbers if rule.counts_clusters else (rule.low, rule.high)
        limit = low if weight > 0 else high
        if limit in (float("inf"), -float("inf")):
            side = "lower" if weight > 0 else "upper"
            raise RefutedError(f'The rule "{rule.name}" has a weight but no {side} limit.')
        total += weight * Fraction(limit)
    return total


def leaf_bound(leaf: Leaf, plan_rules: Iterable[PlanRule], numbers: Numbers) -> Fraction:
    """Return the bound of a leaf: what is earned, and the least reduced costs of a plan's clusters.

    Clusters of a plan have different central schools, so no more than the least of each counts.
    """
    least = sorted(map(Fraction, leaf.least.values()))[: numbers[1]]
    return earned(leaf.weights, plan_rules, numbers) + sum(least, Fraction())


def reduced_cost(
    cluster: Cluster, price: float, weights: Weights, plan_rules: Iterable[PlanRule]
) -> Fraction:
    """Return a cluster's price less the weights of its schools, of the rules and of the cuts."""
    inside = set(cluster.members)
    total = Fraction(price)
    total -= sum((Fraction(weights.schools.get(urn, 0.0)) for urn in inside), Fraction())
    for rule in plan_rules:
        if weight := weights.plan.get(rule.name):
            total -= Fraction(weight) * Fraction(rule.coefficient(cluster))
    met = (cut.weight for cut in weights.cuts if len(inside.intersection(cut.schools)) > 1)
    return total - sum(map(Fraction, met), Fraction())


def missing_above(listed: List, plan_rules: Sequence[PlanRule], numbers: Numbers) -> Fraction:
    """Return the reduced cost from which a cluster makes any plan cost the cutoff or more."""
    return Fraction(listed.cutoff) - leaf_bound(listed.leaf, plan_rules, numbers)


def list_bound(listed: List) -> Fraction:
    """Return what a list proves: no more than its cutoff, of which plans it says nothing."""
    return Fraction(min(listed.bound, listed.cutoff))


def list_slack(listed: List, scale: float) -> Fraction:
    """Return by how much an integer programme over a list may miss its bound and count as exact."""
    return Fraction(INTEGER_BOUND) * max(Fraction(scale), abs(list_bound(listed)))


def tree_bound(certificate: Certificate, bounds: Mapping[int, Fraction]) -> Fraction:
    """Return the bound of the root from those of the leaves, by place in the list of nodes."""
    found = dict(bounds)
    for place in reversed(range(len(certificate.nodes))):
        split = certificate.nodes[place].split
        if split is not None:
            found[place] = min(found[branch] for branch in split.branches)
    return found[0]


def weights_of(node: Node) -> list[Weights]:
    """Return all weights that a node has."""
    if node.leaf is not None:
        return [node.leaf.weights]
    if node.list is None:
        return []
    own = [node.list.leaf.weights]
    return own if node.list.weights is None else [*own, node.list.weights]
