"""The interface of a rule over the plan: a sum over its clusters that must be within limits."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cluster_geo.county import County
from cluster_geo.phrases import amount, heading_of, limits
from cluster_geo.plan import Cluster
from cluster_geo.rules.change import Loosened, Turn
from cluster_geo.rules.clash import Clash, Counting
from cluster_geo.rules.demand import Demand
from cluster_geo.rules.model import ClusterModel
from cluster_geo.tolerances import SAME_SUM


class PlanRule(ABC):
    """A linear statement about a whole plan: a sum over its clusters within limits.

    A rule needs the fields `name`, `low` (smallest sum allowed, may be -inf) and `high` (largest,
    may be inf), and the two abstract methods. Everything else has a default to override.
    """

    if TYPE_CHECKING:  # at run time they are fields, or properties, of each rule

        @property
        def name(self) -> str:
            """Name of the rule in tables and messages."""

        @property
        def low(self) -> float:
            """Smallest sum allowed over the plan (may be -inf)."""

        @property
        def high(self) -> float:
            """Largest sum allowed over the plan (may be inf)."""

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

    @property
    def setting(self) -> str:
        """The setting of a scenario that asks for the rule."""
        return self.name

    def clashes(self, counting: Counting) -> Iterator[Clash]:  # noqa: ARG002
        """Yield the clashes of the rule with the figures about the possible clusters."""
        yield from ()

    @property
    def counts_clusters(self) -> bool:
        """Whether the sum is the number of clusters, which a search treats specially."""
        return False

    def less(self, added: float) -> PlanRule:
        """Return the rule for the rest of a plan whose frozen clusters add `added` to the sum."""
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
        """Return the rule with only these of its demands; None if there are none."""
        if {demand.part for demand in self.demands()} <= {*parts}:
            return self if parts else None
        low = self.low if "low" in parts else -math.inf
        high = self.high if "high" in parts else math.inf
        return Limited(self, low, high) if parts else None

    def loosened(
        self,
        demand: Demand,
        county: County,  # noqa: ARG002 - most know their schools
    ) -> Iterator[Loosened[PlanRule]]:
        """Yield the ways to loosen one of its demands, the mildest first."""
        others = {other.part for other in self.demands()} - {demand.part}
        yield Loosened(f"do not ask that {demand.words}", self.only(others))

    def turns(self) -> Iterator[Turn[PlanRule]]:
        """Yield the rule relaxed and tightened, to see its effect."""
        yield Turn("relaxed", f"“{self.heading}” given up", None, looser=True)


@dataclass(frozen=True)
class Limited(PlanRule):
    """A rule over the plan with limits that replace its own."""

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
    def setting(self) -> str:
        """The setting of a scenario that asks for the rule."""
        return self.rule.setting

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
    """The sum of a rule over the plan over a plan's clusters, compared with its limits.

    Parameters
    ----------
    rule : PlanRule
    total : float
    """

    rule: PlanRule
    total: float

    @property
    def excess(self) -> float:
        """How far the sum is outside the limits; 0 if within."""
        return max(self.rule.low - self.total, self.total - self.rule.high, 0.0)

    @property
    def kept(self) -> bool:
        """Whether the sum is within the limits, but for the rounding of sums."""
        return self.excess <= SAME_SUM

    @property
    def words(self) -> str:
        """The sum, with the limits if it is outside them: "4 (must be at most 3)"."""
        allowed = limits(self.rule.low, self.rule.high)
        return amount(self.total) + ("" if self.kept else f" (must be {allowed})")
