"""How many schools a cluster may have."""

from __future__ import annotations

from dataclasses import dataclass

from cluster_geo.plan import Cluster
from cluster_geo.rules.model import ClusterModel
from cluster_geo.rules.rule import Verdict
from cluster_geo.rules.words import counted


@dataclass(frozen=True)
class Size:
    """Each cluster has `low` to `high` schools: low <= |C| <= high."""

    low: int
    high: int
    name: str = "size"
    hard: bool = True

    def judge(self, cluster: Cluster) -> Verdict:
        """Count the members."""
        size = len(cluster)
        kept = self.low <= size <= self.high
        words = "" if kept else f"{counted(size, 'school')}, where {self.low} to {self.high} may be"
        return Verdict(kept, count=size, words=words)

    def formulate(self, model: ClusterModel) -> None:
        """Limit the sum of x."""
        model.limit_size(self.low, self.high)
