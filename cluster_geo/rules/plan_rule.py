"""What a rule over the plan is: a sum over its clusters that must lie within limits."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cluster_geo.phrases import amount, heading_of, limits
from cluster_geo.plan import Cluster
from cluster_geo.rules.change import Loosened, Turn
from cluster_geo.rules.clash import Clash, Counting
from cluster_geo.rules.demand import Demand
from cluster_geo.rules.model import ClusterModel
from cluster_geo.tolerances import SAME_SUM


class PlanRule(ABC):
    """A linear statement about a whole plan: a sum over its clusters within limits.

    Fields `name`, `low` (least allowed sum, may be -inf), `high` (greatest, may be inf), and the
    two abstract methods, are a rule. Everything else has a default, which a rule overrides where
    it has more to say.
    """

    if TYPE_CHECKING:  # at run time they are fields, or properties, of each rule

        @property
        def name(self) -> str:
            """Name of the rule in tables and messages."""

        @property
        def low(self) -> float:
            """Least allowed sum over the plan (may be -inf)."""

        @property
        def high(self) -> float:
            """Greatest allowed sum over the plan (may be inf)."""

    @abstractmethod
    def coefficient(self, cluster: Cluster) -> float:
        """What one cluster adds to the sum."""

    @abstractmethod
    def formulate(self, model: ClusterModel, price: float) -> None:
        """Charge a cluster model `price` per unit of the coefficient (price >= 0 or <= 0)."""

    @property
    def heading(self) -> str:
        """What the rule is called on a page."""
        return heading_of(self.name)

    def clashes(self, counting: Counting) -> Iterator[Clash]:  # noqa: ARG002
        """Yield the clashes of the rule with what is counted of each cluster."""
        yield from ()

    @property
    def counts_clusters(self) -> bool:
        """Whether the sum is the number of clusters, which a search treats apart."""
        return False

    def less(self, added: float) -> PlanRule:
        """Return the rule for the rest of a plan of which some clusters add so much."""
        return Limited(self, self.low - added, self.high - added) if added else self

    def demands(self) -> Iterator[Demand]:
        """Yield the limits that the rule sets."""
        if self.low > 0:
            words = f"the plan has at least {amount(self.low)} {self.name}"
            yield Demand(self.name, "low", words)
        if not math.isinf(self.high):
            words = f"the plan has at most {amount(self.high)} {self.name}"
            yield Demand(self.name, "high", words)

    def only(self, parts: Collection[str]) -> PlanRule | None:
        """Return what is left where only these of its demands are asked for; None for nothing."""
        if {demand.part for demand in self.demands()} <= {*parts}:
            return self if parts else None
        low = self.low if "low" in parts else -math.inf
        high = self.high if "high" in parts else math.inf
        return Limited(self, low, high) if parts else None

    def loosened(self, demand: Demand) -> Iterator[Loosened[PlanRule]]:
        """Yield the ways to loosen one of its demands, the mildest first."""
        others = {other.part for other in self.demands()} - {demand.part}
        yield Loosened(f"do not ask that {demand.words}", self.only(others))

    def turns(self) -> Iterator[Turn[PlanRule]]:
        """Yield the rule relaxed and tightened, to see what it is worth."""
        yield Turn("relaxed", f"{self.name} left free", None, looser=True)


@dataclass(frozen=True)
class Limited(PlanRule):
    """A rule over the plan with other limits than its own."""

    rule: PlanRule
    low: float
    high: float

    @property
    def name(self) -> str:
        """Name of the rule."""
        return self.rule.name

    @property
    def heading(self) -> str:
        """What the rule is called on a page."""
        return self.rule.heading

    @property
    def counts_clusters(self) -> bool:
        """Whether the sum is the number of clusters."""
        return self.rule.counts_clusters

    def coefficient(self, cluster: Cluster) -> float:
        """What one cluster adds to the sum."""
        return self.rule.coefficient(cluster)

    def formulate(self, model: ClusterModel, price: float) -> None:
        """Charge what the rule charges."""
        self.rule.formulate(model, price)


@dataclass(frozen=True, slots=True)
class PlanSum:
    """What a rule over the plan finds: the sum over a plan's clusters, against its limits.

    Parameters
    ----------
    rule : PlanRule
    total : float
    """

    rule: PlanRule
    total: float

    @property
    def excess(self) -> float:
        """How far the sum is outside the limits; 0 within them."""
        return max(self.rule.low - self.total, self.total - self.rule.high, 0.0)

    @property
    def kept(self) -> bool:
        """Whether the sum is within the limits, but for the rounding of sums."""
        return self.excess <= SAME_SUM

    @property
    def words(self) -> str:
        """The sum, and what it may be where it is not that: "4, where at most 3 must be"."""
        allowed = limits(self.rule.low, self.rule.high)
        return amount(self.total) + ("" if self.kept else f", where {allowed} must be")
