"""All the rules of a scenario for a county; every cluster is judged here."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from cluster_geo.plan import Cluster, Plan
from cluster_geo.rules.hub import HubChoice
from cluster_geo.rules.model import ClusterModel
from cluster_geo.rules.plan_rule import PlanRule, PlanSum
from cluster_geo.rules.rule import Rule
from cluster_geo.rules.verdict import Verdict
from cluster_geo.travel import Travel


@dataclass(frozen=True)
class Rulebook:
    """Rules that judge a cluster, rules over the whole plan, and the travel that decides hubs.

    Parameters
    ----------
    rules : tuple of Rule
    plan_rules : tuple of PlanRule
    travel : Travel
        From member to hub. It decides the hub, among the members that keep the hard rules on the
        longest trip.
    """

    rules: tuple[Rule, ...]
    travel: Travel
    plan_rules: tuple[PlanRule, ...] = field(default=())

    def __post_init__(self) -> None:
        names = [r.name for r in self.rules] + [r.name for r in self.plan_rules]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"two rules have the same name: {', '.join(twice)}")

    @cached_property
    def hub(self) -> HubChoice:
        """How the central school of a set of members is chosen."""
        trips = [rule.longest_trip for rule in self.rules if rule.hard]
        longest = min((trip for trip in trips if trip is not None), default=None)
        return HubChoice(self.travel, longest)

    @property
    def headings(self) -> dict[str, str]:
        """Heading of each rule on a page, by the rule's name."""
        found = {rule.name: rule.heading for rule in self.rules}
        return found | {rule.name: rule.heading for rule in self.plan_rules}

    def cluster(self, members: Iterable[int]) -> Cluster:
        """Make the cluster of these members, with its hub."""
        ordered = tuple(sorted(members))
        return Cluster(ordered, self.hub.of(ordered))

    def plan(self, groups: Iterable[Iterable[int]]) -> Plan:
        """Make the plan whose clusters have these members."""
        return Plan.of(self.cluster(group) for group in groups)

    def judge(self, cluster: Cluster) -> dict[str, Verdict]:
        """Judge one cluster by every rule, by the rule's name."""
        return {rule.name: rule.judge(cluster) for rule in self.rules}

    def admits(self, cluster: Cluster) -> bool:
        """Whether the cluster keeps every hard rule."""
        return all(rule.judge(cluster).kept for rule in self.rules if rule.hard)

    def sums(self, clusters: Iterable[Cluster]) -> tuple[PlanSum, ...]:
        """Return the sum of each rule over the plan, in their order."""
        every = tuple(clusters)
        return tuple(
            PlanSum(rule, math.fsum(map(rule.coefficient, every))) for rule in self.plan_rules
        )

    def keeps_sums(self, plan: Plan) -> bool:
        """Whether a plan keeps every rule over the plan; its clusters are not judged."""
        return all(found.kept for found in self.sums(plan.clusters))

    def keeps(self, plan: Plan) -> bool:
        """Whether a plan keeps every hard rule, on its clusters and over the plan."""
        return all(map(self.admits, plan.clusters)) and self.keeps_sums(plan)

    def price(self, cluster: Cluster) -> float:
        """Sum of what the rules charge the cluster."""
        return sum(rule.judge(cluster).price for rule in self.rules if not rule.hard)

    def cost(self, plan: Plan) -> float:
        """Cost of a plan: the sum of the prices of its clusters."""
        return sum(self.price(cluster) for cluster in plan.clusters)

    def formulate(self, model: ClusterModel) -> None:
        """Add every rule to a cluster model."""
        for rule in self.rules:
            rule.formulate(model)
