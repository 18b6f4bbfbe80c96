"""The number of schools that a cluster may have."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from cluster_geo.county import County
from cluster_geo.phrases import counted, limits
from cluster_geo.plan import Cluster
from cluster_geo.rules.change import WIDER, Loosened, Turn
from cluster_geo.rules.demand import Demand
from cluster_geo.rules.model import ClusterModel
from cluster_geo.rules.rule import Rule
from cluster_geo.rules.verdict import Verdict

# Other ranges of sizes, tried to see their effect.
SIZES = ((6, 10), (7, 12), (8, 14), (10, 16))


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
        """Count the members; the verdict's count is of those too many or too few."""
        size = len(cluster)
        off = max(self.low - size, size - self.high, 0)
        if not off:
            return Verdict()
        words = f"{counted(size, 'school')} (must be {limits(self.low, self.high)})"
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
            yield f"they are {len(group):,}, and a cluster has at most {self.high}"

    def demands(self, county: County) -> Iterator[Demand]:
        """Yield the limits that can be broken in the county."""
        if self.low > 1:
            words = f"a cluster has at least {counted(self.low, 'school')}"
            yield Demand(self.name, "low", words)
        if self.high < len(county.urns):
            words = f"a cluster has at most {counted(self.high, 'school')}"
            yield Demand(self.name, "high", words)

    def only(self, parts: Collection[str], county: County) -> Size | None:
        """Keep one of the limits, both or neither."""
        if not parts:
            return None
        low = self.low if "low" in parts else 1
        high = self.high if "high" in parts else max(low, len(county.urns))
        return replace(self, low=low, high=high)

    def loosened(self, demand: Demand, county: County) -> Iterator[Loosened[Rule]]:  # noqa: ARG002
        """Widen one of the limits school by school."""
        for more in WIDER:
            if demand.part == "high":
                wider = replace(self, high=self.high + more)
                words = f"allow clusters of up to {counted(wider.high, 'school')}"
            else:
                wider = replace(self, low=max(1, self.low - more))
                words = f"allow clusters of {counted(wider.low, 'school')} or more"
            yield Loosened(words, wider)
            if wider.low == 1 and demand.part == "low":
                return

    def turns(self, county: County) -> Iterator[Turn[Rule]]:  # noqa: ARG002
        """Yield other ranges of sizes."""
        for low, high in SIZES:
            if (low, high) != (self.low, self.high):
                yield Turn(
                    f"{low}:{high}",
                    f"clusters of {low:,} to {high:,} schools",
                    replace(self, low=low, high=high),
                    tighter=self.low <= low and high <= self.high,
                    looser=low <= self.low and self.high <= high,
                    frees_number=True,
                )
