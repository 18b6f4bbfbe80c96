"""How many clusters a plan has: an exact number, or a range."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cluster_geo.plan import Cluster
from cluster_geo.rules.clash import Clash, Counting
from cluster_geo.rules.model import ClusterModel
from cluster_geo.rules.plan_rule import PlanRule
from cluster_geo.rules.words import counted


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

    def coefficient(self, cluster: Cluster) -> float:  # noqa: ARG002 - every cluster counts
        """One, whatever the cluster."""
        return 1.0

    def formulate(self, model: ClusterModel, price: float) -> None:
        """Charge, or credit, the cluster as such."""
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
