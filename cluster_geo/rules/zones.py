"""Boundaries: districts, PCN areas, wards; hard (no cluster crosses) or priced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cluster_geo.plan import Cluster, main_zone
from cluster_geo.rules.model import ClusterModel
from cluster_geo.rules.rule import Verdict
from cluster_geo.rules.words import listed, named


@dataclass(frozen=True)
class Zones:
    """Keep each cluster to one zone of a layer, or charge the schools outside its main zone.

    The main zone is the one with most of the cluster's schools, ties by lowest code; a school
    in no zone is outside. Where the rule is hard, schools in no zone form a zone of their own.

    Parameters
    ----------
    name : str
        Name of the rule, as in the scenario.
    zone_of : mapping of int to str
        Code of each school's zone by URN; a school in no zone is absent.
    price : float
        Per school outside the main zone, in the currency of travel; 0 to show only.
    hard : bool
        Whether a cluster that crosses is refused; then nothing is charged.
    zone_names : mapping of str to str, optional
        Zones' names by code, for the words.
    names : mapping of int to str, optional
        Schools' names, for the words.
    """

    name: str
    zone_of: Mapping[int, str]
    price: float = 0.0
    hard: bool = False
    zone_names: Mapping[str, str] = field(default_factory=dict, repr=False)
    names: Mapping[int, str] = field(default_factory=dict, repr=False)

    def judge(self, cluster: Cluster) -> Verdict:
        """Count the schools outside the main zone."""
        main = main_zone(cluster.members, self.zone_of)
        outside = [u for u in cluster.members if main == "" or self.zone_of.get(u) != main]
        if not outside:
            return Verdict()
        if self.hard:
            found = {self.zone_of.get(urn, "") for urn in cluster.members}
            if len(found) == 1:
                return Verdict()
            zones = listed([self._zone_name(code) for code in sorted(found)])
            return Verdict(kept=False, count=len(outside), words=f"crosses {self.name}: {zones}")
        words = f"{named(outside, self.names)} outside {self._zone_name(main)}"
        return Verdict(price=self.price * len(outside), count=len(outside), words=words)

    def _zone_name(self, code: str) -> str:
        return self.zone_names.get(code, code) or "no zone"

    def formulate(self, model: ClusterModel) -> None:
        """Confine the cluster, or charge what is outside."""
        if self.hard:
            model.confine(self.zone_of)
        elif self.price:
            model.charge_outside_main(self.zone_of, self.price)
