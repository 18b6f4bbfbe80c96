"""Be unlike earlier plans: what makes a search look for another plan nearly as good."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from cluster_geo.plan import Cluster, Plan
from cluster_geo.rules import ClusterModel, Rule, Verdict


@dataclass(frozen=True)
class Unlike(Rule):
    """Charge each member that an earlier plan has in the cluster of this cluster's hub.

    It only steers a search: how different two plans are is measured by `plan.match`, which
    looks at whole plans and so cannot be a rule on one cluster.

    Parameters
    ----------
    urns : tuple of int
        The county's schools, in the order of its matrices.
    plans : sequence of Plan
        The earlier plans.
    prices : sequence of float
        Of each earlier plan: charge for a member that stays with its hub, >= 0, in the
        currency of travel.
    """

    urns: tuple[int, ...]
    plans: Sequence[Plan]
    prices: Sequence[float]
    name: str = "unlike earlier plans"
    hard: bool = False
    _places: tuple[Mapping[int, int], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_places", tuple(plan.cluster_of for plan in self.plans))

    def judge(self, cluster: Cluster) -> Verdict:
        """Count the members that stay with the hub, over all earlier plans."""
        stays = []
        for place in self._places:
            home = place.get(cluster.hub)
            stays.append(0 if home is None else sum(place.get(u) == home for u in cluster.members))
        price = sum(p * stay for p, stay in zip(self.prices, stays, strict=True))
        return Verdict(price=price, count=float(sum(stays)))

    def formulate(self, model: ClusterModel) -> None:
        """Charge each pair of a member and a hub that an earlier plan has together."""
        amounts = np.zeros((len(self.urns), len(self.urns)))
        for place, price in zip(self._places, self.prices, strict=True):
            homes = np.array([place.get(urn, -1) for urn in self.urns])
            same = (homes[:, None] == homes[None, :]) & (homes[:, None] >= 0)
            amounts += price * same
        model.charge_travel(amounts)
