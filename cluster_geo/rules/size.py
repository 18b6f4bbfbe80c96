"""How many schools a cluster may have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cluster_geo.county import County
from cluster_geo.plan import Cluster
from cluster_geo.rules.model import ClusterModel
from cluster_geo.rules.rule import Rule
from cluster_geo.rules.verdict import Verdict
from cluster_geo.rules.words import counted


@dataclass(frozen=True)
class Size(Rule):
    """Each cluster has `low` to `high` schools: low <= |C| <= high."""

    low: int
    high: int
    name: str = "size"
    hard: bool = True

    @property
    def heading(self) -> str:
        """What the rule is called on a page."""
        return "Size of a cluster"

    def judge(self, cluster: Cluster) -> Verdict:
        """Count the members; the count is of those too many or too few."""
        size = len(cluster)
        off = max(self.low - size, size - self.high, 0)
        if not off:
            return Verdict()
        words = f"{counted(size, 'school')}, where {self.low} to {self.high} may be"
        return Verdict(kept=False, count=off, words=words)

    def formulate(self, model: ClusterModel) -> None:
        """Limit the sum of x."""
        model.limit_size(self.low, self.high)

    @property
    def size_limits(self) -> tuple[int, int]:
        """Fewest and most schools that a cluster may have."""
        return self.low, self.high

    def against(self, group: frozenset[int], county: County) -> Iterator[str]:  # noqa: ARG002
        """Count the group."""
        if len(group) > self.high:
            yield f"they are {len(group)}, and a cluster has at most {self.high}"
