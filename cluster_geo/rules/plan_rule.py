"""What a rule over the plan is: a sum over its clusters that must lie within limits."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cluster_geo.plan import TOLERANCE, Cluster
from cluster_geo.rules.clash import Clash, Counting
from cluster_geo.rules.model import ClusterModel
from cluster_geo.rules.words import amount, heading_of, limits


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
        return self.excess <= TOLERANCE

    @property
    def words(self) -> str:
        """The sum, and what it may be where it is not that: "4, where at most 3 must be"."""
        allowed = limits(self.rule.low, self.rule.high)
        return amount(self.total) + ("" if self.kept else f", where {allowed} must be")
