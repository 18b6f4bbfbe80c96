"""Exceptions that are counted: clusters that do without a kind of school."""

from __future__ import annotations

from dataclasses import dataclass

from cluster_geo.plan import Cluster
from cluster_geo.rules.model import ClusterModel
from cluster_geo.rules.priced import Priced
from cluster_geo.rules.verdict import Verdict


@dataclass(frozen=True)
class Without(Priced):
    """Charge `price` for a cluster that has none of `schools`.

    Parameters
    ----------
    name : str
        Name of the rule ("without a secondary school").
    schools : frozenset of int
    price : float
        Per cluster without one, in the currency of travel.
    """

    name: str
    schools: frozenset[int]
    price: float
    hard: bool = False

    def judge(self, cluster: Cluster) -> Verdict:
        """Look for a member of the kind; the count is one where there is none."""
        if any(urn in self.schools for urn in cluster.members):
            return Verdict()
        return Verdict(price=self.price, count=1, words=self.name)

    def formulate(self, model: ClusterModel) -> None:
        """Charge the absence."""
        if self.price:
            model.charge_absence(self.schools, self.price)
