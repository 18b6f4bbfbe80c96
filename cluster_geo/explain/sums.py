"""Rules over the whole plan that a change of a few clusters would break."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from cluster_geo.plan import TOLERANCE, Cluster
from cluster_geo.rules import PlanRule, Rulebook


def sums_of(clusters: Collection[Cluster], rulebook: Rulebook) -> dict[str, float]:
    """Sum each rule over the plan, by its name."""
    return {rule.name: _sum(rule, clusters) for rule in rulebook.plan_rules}


def newly_broken(
    rulebook: Rulebook, sums: dict[str, float], before: Iterable[Cluster], after: Iterable[Cluster]
) -> Iterator[tuple[PlanRule, float]]:
    """Yield each rule over the plan that is kept, and would not be, with what its sum would be.

    Parameters
    ----------
    rulebook : Rulebook
    sums : dict of str to float
        Of the plan as it is, from `sums_of`.
    before, after : iterable of Cluster
        The clusters that change, and what they become.
    """
    before, after = tuple(before), tuple(after)
    for rule in rulebook.plan_rules:
        was = sums[rule.name]
        total = was + _sum(rule, after) - _sum(rule, before)
        if _kept(rule, was) and not _kept(rule, total):
            yield rule, total


def _sum(rule: PlanRule, clusters: Iterable[Cluster]) -> float:
    return sum(map(rule.coefficient, clusters))


def _kept(rule: PlanRule, total: float) -> bool:
    return rule.low - TOLERANCE <= total <= rule.high + TOLERANCE
