"""A limit on the longest journey of a member to its central school."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from cluster_geo.county import County
from cluster_geo.phrases import amount, named
from cluster_geo.plan import Cluster
from cluster_geo.rules.change import Loosened
from cluster_geo.rules.demand import Demand
from cluster_geo.rules.model import ClusterModel
from cluster_geo.rules.rule import Rule
from cluster_geo.rules.verdict import Verdict
from cluster_geo.tolerances import SAME_SUM
from cluster_geo.travel import Travel

# Factors by which the longest trip is raised, tried in this order.
LONGER = (1.1, 1.25, 1.5, 2.0)


@dataclass(frozen=True, eq=False)
class WorstTrip(Rule):
    """Each member travels at most `worst` to the hub.

    The hub is chosen among the members that meet this; a cluster without any is refused.

    Parameters
    ----------
    travel : Travel
        From member to hub.
    worst : float
        Longest trip allowed, in the unit of `travel`.
    names : mapping of int to str, optional
        Schools' names, for the words.
    """

    travel: Travel
    worst: float
    names: Mapping[int, str] = field(default_factory=dict, repr=False)
    name: str = "worst trip"
    hard: bool = True

    @property
    def heading(self) -> str:
        """What the rule is called on a page."""
        return "Longest journey allowed"

    def sentence(self, county: County) -> str:  # noqa: ARG002 - the same in every county
        """Say what the rule asks for."""
        longest = amount(self.worst, self.travel.unit)
        return f"no school travels more than {longest} to its central school"

    def judge(self, cluster: Cluster) -> Verdict:
        """Count the members whose trip is too long."""
        position = self.travel.position
        rows = [position[urn] for urn in cluster.members]
        trips = self.travel.matrix[rows, position[cluster.hub]]
        far = [cluster.members[k] for k in np.flatnonzero(trips > self.worst + SAME_SUM)]
        if not far:
            return Verdict()
        longest = amount(float(trips.max()), self.travel.unit)
        allowed = amount(self.worst, self.travel.unit)
        words = (
            f"{named(far, self.names)} more than {allowed} from any central school: "
            f"the longest journey is {longest}"
        )
        return Verdict(kept=False, count=len(far), words=words)

    def formulate(self, model: ClusterModel) -> None:
        """Forbid every pair of member and hub that is too far apart."""
        model.forbid(np.asarray(self.travel.matrix) > self.worst + SAME_SUM)

    @property
    def longest_trip(self) -> float:
        """Longest trip to a central school allowed."""
        return self.worst

    def against(self, group: frozenset[int], county: County) -> Iterator[str]:  # noqa: ARG002
        """Yield a reason if no school of the county could be the group's central school."""
        rows = [self.travel.position[urn] for urn in group]
        if not (self.travel.matrix[rows].max(axis=0) <= self.worst + SAME_SUM).any():
            yield f"no school is within {amount(self.worst, self.travel.unit)} of all of them"

    def within(self, county: County) -> WorstTrip:
        """Use the travel of the part."""
        return replace(self, travel=county.travel)

    def loosened(self, demand: Demand, county: County) -> Iterator[Loosened[Rule]]:  # noqa: ARG002
        """Allow longer trips."""
        for factor in LONGER:
            worst = round(self.worst * factor, 1)
            words = f"allow journeys of up to {amount(worst, self.travel.unit)}"
            yield Loosened(words, replace(self, worst=worst))
