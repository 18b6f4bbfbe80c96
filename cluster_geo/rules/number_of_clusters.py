"""How many clusters a plan has: an exact number, or a range."""

from __future__ import annotations

from dataclasses import dataclass

from cluster_geo.plan import Cluster
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

    def coefficient(self, cluster: Cluster) -> float:  # noqa: ARG002 - every cluster counts
        """One, whatever the cluster."""
        return 1.0

    def formulate(self, model: ClusterModel, price: float) -> None:
        """Charge, or credit, the cluster as such."""
        model.charge_cluster(price)
