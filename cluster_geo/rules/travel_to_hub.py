"""Travel of the members to their central school, whose unit all prices share."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from cluster_geo.county import County
from cluster_geo.phrases import amount
from cluster_geo.plan import Cluster
from cluster_geo.rules.model import ClusterModel
from cluster_geo.rules.rule import Rule
from cluster_geo.rules.verdict import Verdict
from cluster_geo.travel import Travel


@dataclass(frozen=True, eq=False)
class TravelToHub(Rule):
    """Charge `weight` for each unit of travel from a member to the hub.

    Parameters
    ----------
    travel : Travel
        From member to hub; in km or minutes.
    weight : float
        Price of one km or one minute.
    """

    travel: Travel
    weight: float = 1.0
    name: str = "travel"
    hard: bool = False

    @property
    def heading(self) -> str:
        """What the rule is called on a page."""
        return "Journeys to the central school"

    def judge(self, cluster: Cluster) -> Verdict:
        """Sum the trips; the verdict's count is the travel before it is weighted."""
        position = self.travel.position
        rows = [position[urn] for urn in cluster.members]
        total = float(self.travel.matrix[rows, position[cluster.hub]].sum())
        words = f"{amount(total, self.travel.unit)} to the central school"
        return Verdict(price=self.weight * total, count=total, words=words)

    def formulate(self, model: ClusterModel) -> None:
        """Charge each member's trip."""
        if self.weight:
            model.charge_travel(self.weight * np.asarray(self.travel.matrix, dtype=float))

    def within(self, county: County) -> TravelToHub:
        """Use the travel of the part."""
        return replace(self, travel=county.travel)

    def only(self, parts: Collection[str], county: County) -> TravelToHub:  # noqa: ARG002
        """Return the rule itself, since travel guides a search for any plan."""
        return self
