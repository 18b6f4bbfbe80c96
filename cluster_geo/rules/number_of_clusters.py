"""The number of clusters of a plan: exact, or a range."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from cluster_geo.county import County
from cluster_geo.phrases import amount, counted
from cluster_geo.plan import Cluster
from cluster_geo.rules.change import Loosened
from cluster_geo.rules.clash import Clash, Counting
from cluster_geo.rules.demand import Demand
from cluster_geo.rules.model import ClusterModel
from cluster_geo.rules.plan_rule import PlanRule


@dataclass(frozen=True)
class NumberOfClusters(PlanRule):
    """The plan has `low` to `high` clusters: each cluster counts one."""

    low: float
    high: float
    name: str = "number of clusters"

    @property
    def heading(self) -> str:
        """What the rule is called on a page."""
        return "Number of clusters"

    @property
    def setting(self) -> str:
        """The setting of a scenario that asks for the rule."""
        return "clusters.count"

    def coefficient(self, cluster: Cluster) -> float:  # noqa: ARG002 - every cluster counts
        """One, whatever the cluster."""
        return 1.0

    def formulate(self, model: ClusterModel, price: float) -> None:
        """Charge, or credit, the cluster itself."""
        model.charge_cluster(price)

    def clashes(self, counting: Counting) -> Iterator[Clash]:
        """Compare the number with what the regions can make."""
        if not counting.cut:
            return
        regions, everyone = counting.regions, counting.schools
        fewest = sum(region.fewest for region in regions)
        most = sum(region.most for region in regions)
        if self.low > most:
            asked = f"at least {counted(int(self.low), 'cluster')}"
            words = f"The plan must have {asked}, but the schools can make at most {most}."
            yield Clash((self.name, *counting.sizing, *counting.needing), words, everyone)
        if self.high < fewest:
            asked = f"at most {counted(int(self.high), 'cluster')}"
            words = f"The plan must have {asked}, but the schools need at least {fewest}."
            yield Clash((self.name, *counting.sizing), words, everyone)

    @property
    def counts_clusters(self) -> bool:
        """The sum is the number of clusters."""
        return True

    def less(self, added: float) -> NumberOfClusters:
        """Subtract the frozen clusters."""
        return replace(self, low=self.low - added, high=self.high - added)

    def demands(self) -> Iterator[Demand]:
        """Yield the limits that are set."""
        if self.low > 0:
            words = f"the plan has at least {amount(self.low)} clusters"
            yield Demand(self.name, "low", words)
        if not math.isinf(self.high):
            words = f"the plan has at most {amount(self.high)} clusters"
            yield Demand(self.name, "high", words)

    def only(self, parts: Collection[str]) -> NumberOfClusters | None:
        """Keep one of the limits, both or neither."""
        if not parts:
            return None
        low = self.low if "low" in parts else 0.0
        return replace(self, low=low, high=self.high if "high" in parts else math.inf)

    def loosened(self, demand: Demand, county: County) -> Iterator[Loosened[PlanRule]]:
        """Widen one of the limits cluster by cluster, until there is none."""
        if demand.part == "low":
            # There are never more clusters than schools, however many were asked for.
            for low in range(min(math.ceil(self.low) - 1, len(county.urns)), 0, -1):
                words = f"allow as few as {counted(low, 'cluster')}"
                yield Loosened(words, replace(self, low=float(low)))
            return
        for high in range(math.floor(self.high) + 1, len(county.urns) + 1):
            words = f"allow up to {counted(high, 'cluster')}"
            yield Loosened(words, replace(self, high=float(high)))
