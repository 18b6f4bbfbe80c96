"""Boundaries: districts, PCN areas, wards; hard (no cluster crosses) or priced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cluster_geo.boundaries import layer_title
from cluster_geo.county import County
from cluster_geo.phrases import listed, named
from cluster_geo.plan import Cluster, is_split, main_zone, main_zone_words
from cluster_geo.rules.model import ClusterModel
from cluster_geo.rules.priced import PricedOrHard
from cluster_geo.rules.verdict import Verdict

# Most zones that a sentence names; for more it names only the layer.
FEW = 4


def crossed_name(layer: str) -> str:
    """Return the name of the rule that counts what crosses a layer's boundaries when allowed."""
    return f"{layer} crossed"


@dataclass(frozen=True)
class Zones(PricedOrHard):
    """Keep each cluster to one zone of a layer, or charge the schools outside its main zone.

    The main zone is the one with most of the cluster's schools; of a tie it is that of the central
    school where it is among them, else the lowest code. The price is the same whichever it is. A
    school in no zone is outside; if the rule is hard, schools in no zone form their own zone.

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

    @property
    def heading(self) -> str:
        """What the rule is called on a page."""
        return f"Clusters follow the boundaries: {layer_title(self.name)}"

    @property
    def setting(self) -> str:
        """The layer's own section."""
        return f"boundaries.{self.name}"

    def sentence(self, county: County) -> str:
        """Say what the rule asks for, naming the zones if they are few."""
        zones = {self.zone_of.get(urn, "") for urn in county.urns}
        titles = [self.zone_title(zone, "the schools in no zone") for zone in sorted(zones)]
        if len(zones) == 1:
            return f"no cluster crosses the boundary of {titles[0]} ({self.name})"
        if len(zones) <= FEW:
            return f"no cluster crosses the boundaries between {listed(titles)} ({self.name})"
        return f"no cluster crosses the boundaries of the layer {self.name!r}"

    def wish(self, county: County) -> str:  # noqa: ARG002 - the same in every county
        """Say what the rule asks for as a preference."""
        title = layer_title(self.name)
        article = "an" if title[0] in "AEIO" else "a"
        return f"no cluster crosses {article} {title} boundary"

    def zone_title(self, code: str, none: str = "no zone") -> str:
        """Return the name of a zone for readers; `none` for the schools in no zone."""
        return self.zone_names.get(code, code) or none

    def judge(self, cluster: Cluster) -> Verdict:
        """Count the schools outside the main zone."""
        main = main_zone(cluster, self.zone_of)
        outside = [u for u in cluster.members if main == "" or self.zone_of.get(u) != main]
        if not outside:
            return Verdict()
        if self.hard:
            found = {self.zone_of.get(urn, "") for urn in cluster.members}
            if len(found) == 1:
                return Verdict()
            zones = listed([self.zone_title(code) for code in sorted(found)])
            words = f"it has schools in {zones}"
            return Verdict(kept=False, count=len(outside), words=words)
        words = f"{named(outside, self.names)} outside {self.zone_title(main)}"
        if is_split(cluster, self.zone_of):
            split = main_zone_words(cluster, self.zone_of, self.zone_title)
            words += f", in a cluster {split}"
        return Verdict(price=self.price * len(outside), count=len(outside), words=words)

    def formulate(self, model: ClusterModel) -> None:
        """Confine the cluster, or charge what is outside."""
        if self.hard:
            model.confine(self.zone_of)
        elif self.price:
            model.charge_outside_main(self.zone_of, self.price)

    @property
    def layer(self) -> Zones:
        """The layer itself."""
        return self

    def against(self, group: frozenset[int], county: County) -> Iterator[str]:  # noqa: ARG002
        """Yield the zones of the group if there are several."""
        zones = sorted({self.zone_of.get(urn, "") for urn in group})
        if len(zones) > 1:
            titles = listed([self.zone_title(zone) for zone in zones])
            yield f"they lie in different zones of {layer_title(self.name)}: {titles}"

    def ties(self, urn: int, cluster: Cluster) -> Iterator[str]:
        """Yield the zone of the school, and that of most of the cluster."""
        main = main_zone(cluster, self.zone_of)
        own = self.zone_of.get(urn, "")
        title = self.zone_title(own)
        if is_split(cluster, self.zone_of):
            split = main_zone_words(cluster, self.zone_of, self.zone_title)
            yield f"{layer_title(self.name)}: in {title}; the cluster is {split}"
        elif own == main:
            yield f"{layer_title(self.name)}: in {title}, like most of the cluster"
        else:
            most = self.zone_names.get(main, main)
            yield f"{layer_title(self.name)}: in {title}, most of the cluster is in {most}"

    def free_where_kept(self, county: County) -> bool:
        """Whether a cluster in one zone is charged nothing.

        It is not if there are schools in no zone: they are charged for if the rule is priced, but
        form their own zone if it is hard.
        """
        return all(map(self.zone_of.get, county.urns))

    def opened(self, zones: Sequence[str]) -> Zones:
        """Let clusters cross the boundaries between these zones."""
        joined = {urn: zones[0] if z in zones else z for urn, z in self.zone_of.items()}
        if "" in zones:
            joined = {urn: z for urn, z in joined.items() if self.zone_of[urn] not in zones}
        return replace(self, zone_of=joined)

    def lent(self, schools: Iterable[int], zone: str) -> Zones:
        """Redraw the boundary around some schools, so that they are in another zone."""
        return replace(self, zone_of={**self.zone_of, **dict.fromkeys(schools, zone)})

    def crossed(self, price: float) -> Zones:
        """Charge the schools across the boundaries, redrawn or not, and refuse nothing."""
        return replace(self, name=crossed_name(self.name), hard=False, price=price)
