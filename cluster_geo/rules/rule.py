"""What a rule is: something that judges one cluster, and can say the same to a model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from cluster_geo.plan import TOLERANCE, Cluster
from cluster_geo.rules.model import ClusterModel
from cluster_geo.rules.words import amount, limits


@dataclass(frozen=True, slots=True)
class Verdict:
    """A rule's judgement of one cluster.

    Parameters
    ----------
    kept : bool
        False when a hard rule is broken; a priced rule is always kept.
    price : float
        What the cluster is charged, in the currency of travel (km, or minutes with a matrix
        of minutes); 0 for a hard rule.
    count : float
        The rule's own measure: schools outside, trust pieces, SRPs missing, km of travel.
    words : str
        What was found, with names and figures, where the rule is broken or charges; else "".
    """

    kept: bool = True
    price: float = 0.0
    count: float = 0.0
    words: str = ""


class Rule(Protocol):
    """A statement about a single cluster, hard or priced.

    `judge` and `formulate` say the same thing and are written apart, so that each tests the
    other: the price of the best cluster a model finds must be what the judge charges.
    """

    @property
    def name(self) -> str:
        """Name of the rule in tables and messages, as in the scenario ("size", "trusts")."""

    @property
    def hard(self) -> bool:
        """Whether the rule admits or refuses, rather than charges."""

    def judge(self, cluster: Cluster) -> Verdict:
        """Judge one cluster."""

    def formulate(self, model: ClusterModel) -> None:
        """Say the rule to a cluster model."""


class PlanRule(Protocol):
    """A linear statement about a whole plan: a sum over its clusters within limits."""

    @property
    def name(self) -> str:
        """Name of the rule in tables and messages."""

    @property
    def low(self) -> float:
        """Least allowed sum over the plan (may be -inf)."""

    @property
    def high(self) -> float:
        """Greatest allowed sum over the plan (may be inf)."""

    def coefficient(self, cluster: Cluster) -> float:
        """What one cluster adds to the sum."""

    def formulate(self, model: ClusterModel, price: float) -> None:
        """Charge a cluster model `price` per unit of the coefficient (price >= 0 or <= 0)."""


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
