"""Specialist resource provision: each cluster should have one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cluster_geo.county import County
from cluster_geo.plan import Cluster
from cluster_geo.rules.change import EXCEPTION, Loosened
from cluster_geo.rules.clash import Need
from cluster_geo.rules.demand import Demand
from cluster_geo.rules.model import ClusterModel
from cluster_geo.rules.priced import PricedOrHard
from cluster_geo.rules.rule import Rule
from cluster_geo.rules.verdict import Verdict


@dataclass(frozen=True)
class SrpCoverage(PricedOrHard):
    """Each cluster has a school with an SRP, or is charged `price`.

    Parameters
    ----------
    with_srp : frozenset of int
        URNs of the schools with an SRP or SEN unit.
    price : float
        Per cluster without one, in the currency of travel; 0 to show only.
    hard : bool
        Whether a cluster without one is refused; then nothing is charged.
    """

    with_srp: frozenset[int]
    price: float = 0.0
    hard: bool = False
    name: str = "srp"

    @property
    def heading(self) -> str:
        """What the rule is called on a page."""
        return "An SRP in each cluster"

    def sentence(self, county: County) -> str:  # noqa: ARG002 - the same in every county
        """Say what the rule asks for."""
        return "each cluster has a school with an SRP"

    def wish(self, county: County) -> str:  # noqa: ARG002 - the same in every county
        """Say the same where it is asked for if possible."""
        return "each cluster has an SRP"

    def judge(self, cluster: Cluster) -> Verdict:
        """Look for a member with an SRP; the count is one where there is none."""
        if any(urn in self.with_srp for urn in cluster.members):
            return Verdict()
        price = 0.0 if self.hard else self.price
        return Verdict(not self.hard, price, count=1, words="no school with an SRP")

    def formulate(self, model: ClusterModel) -> None:
        """Require an SRP, or charge its absence."""
        if self.hard:
            model.require(self.with_srp, 1)
        elif self.price:
            model.charge_absence(self.with_srp, self.price)

    def needs(self) -> Iterator[Need]:
        """Yield the schools with an SRP."""
        yield Need(self.name, self.with_srp, 1, "with an SRP")

    def loosened(self, demand: Demand, county: County) -> Iterator[Loosened[Rule]]:  # noqa: ARG002
        """Allow exceptions, as few as possible."""
        softer = replace(self, hard=False, price=EXCEPTION)
        yield Loosened("allow {found} without an SRP", softer, exception=self.name)
