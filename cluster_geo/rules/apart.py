"""Schools that must not share a cluster."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from cluster_geo.county import County
from cluster_geo.phrases import heading_of, listed, named
from cluster_geo.plan import Cluster
from cluster_geo.rules.demand import Demand
from cluster_geo.rules.model import ClusterModel
from cluster_geo.rules.rule import Rule
from cluster_geo.rules.verdict import Verdict

# Headings of the rules that pins make, by their names.
HEADINGS = {
    "pins.apart": "Pins: schools held apart",
    "pins.fixed apart": "Pins: clusters held apart",
}


@dataclass(frozen=True)
class Apart(Rule):
    """No two schools of a group share a cluster: the sum of x over each group is at most one.

    Parameters
    ----------
    groups : tuple of frozenset of int
    names : mapping of int to str, optional
        Schools' names, for messages.
    """

    groups: tuple[frozenset[int], ...]
    names: Mapping[int, str] = field(default_factory=dict, repr=False)
    name: str = "apart"
    hard: bool = True

    @property
    def heading(self) -> str:
        """What the rule is called on a page."""
        return HEADINGS.get(self.name) or heading_of(self.name)

    def judge(self, cluster: Cluster) -> Verdict:
        """Count the schools beyond the first of each group."""
        crowded = [here for group in self.groups if len(here := group & {*cluster.members}) > 1]
        words = listed([f"{named(here, self.names)} in one cluster" for here in crowded])
        return Verdict(not crowded, count=sum(len(here) - 1 for here in crowded), words=words)

    def formulate(self, model: ClusterModel) -> None:
        """Keep each group apart."""
        for group in self.groups:
            model.keep_apart(group)

    def against(self, group: frozenset[int], county: County) -> Iterator[str]:
        """Yield the schools of the group that must be apart."""
        for parted in self.groups:
            if len(group & parted) > 1:
                yield f"{named(group & parted, county.schools.names)} must be apart"

    def demands(self, county: County) -> Iterator[Demand]:
        """Yield each group with two schools or more in the county."""
        for place, group in enumerate(self.groups):
            if len(here := group & set(county.urns)) > 1:
                words = f"{named(here, county.schools.names)} are in different clusters"
                yield Demand(self.name, str(place), words)

    def only(self, parts: Collection[str], county: County) -> Apart | None:  # noqa: ARG002
        """Keep only some of the groups."""
        if not parts:
            return None
        groups = tuple(g for place, g in enumerate(self.groups) if str(place) in parts)
        return replace(self, groups=groups)
