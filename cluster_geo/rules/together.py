"""Schools that belong together: federations, infant and junior pairs, networks, pins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from cluster_geo.county import County
from cluster_geo.phrases import heading_of, joined, listed, named
from cluster_geo.plan import Cluster
from cluster_geo.rules.demand import Demand
from cluster_geo.rules.model import ClusterModel
from cluster_geo.rules.priced import PricedOrHard
from cluster_geo.rules.verdict import Verdict

# Headings of the rules, and the word for one of their groups, by their names in a scenario.
HEADINGS = {
    "federations": "Federated schools together",
    "pairs": "Infant and junior schools together",
    "pairs not confirmed": "Infant and junior schools together, pairs not confirmed",
    "networks": "Networks together",
    "pins.together": "Pins: schools held together",
    "pins.fixed": "Pins: schools held in a cluster",
}
KINDS = {
    "federations": "federation",
    "pairs": "infant and junior pair",
    "pairs not confirmed": "infant and junior pair, not confirmed",
    "networks": "network",
    "pins.together": "pin",
    "pins.fixed": "pin",
}
# Rules that a section of another name asks for.
SETTINGS = {"pairs not confirmed": "pairs"}


@dataclass(frozen=True)
class Together(PricedOrHard):
    """Keep each group in one cluster, or charge every cluster beyond its first.

    A cluster that holds part of a group G is charged ``price * (1 - |C & G| / |G|)``, so that
    the charges of a plan add up to `price` for each piece of G beyond the first.

    Parameters
    ----------
    name : str
        Name of the rule, as in the scenario ("federations", "infant-junior" ...).
    groups : mapping of str to frozenset of int
        URNs by group; groups of one school are ignored. A school may be in several.
    price : float or mapping of str to float
        Per extra cluster of a group, in the currency of travel; the same for all, or by group.
        0 to show only.
    hard : bool
        Whether a cluster that holds part of a group is refused; then nothing is charged.
    group_names : mapping of str to str, optional
        Groups' names, for the words.
    names : mapping of int to str, optional
        Schools' names, for the words.
    """

    name: str
    groups: Mapping[str, frozenset[int]]
    price: float | Mapping[str, float] = 0.0
    hard: bool = False
    group_names: Mapping[str, str] = field(default_factory=dict, repr=False)
    names: Mapping[int, str] = field(default_factory=dict, repr=False)
    _groups_of: dict[int, list[str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        groups_of = defaultdict(list)
        for group in sorted(self.groups):
            for urn in self.groups[group]:
                groups_of[urn].append(group)
        object.__setattr__(self, "_groups_of", dict(groups_of))

    @property
    def heading(self) -> str:
        """What the rule is called on a page."""
        return HEADINGS.get(self.name) or super().heading

    @property
    def setting(self) -> str:
        """The setting of a scenario that asks for the rule."""
        return SETTINGS.get(self.name, self.name)

    def wish(self, county: County) -> str:  # noqa: ARG002 - the same in every county
        """Say what the rule asks for as a preference."""
        return f"no {KINDS.get(self.name, f'group of {self.name}')} is split"

    def price_of(self, group: str) -> float:
        """Return the price of each further cluster of this group; 0 if the rule is hard."""
        if self.hard:
            return 0.0
        if isinstance(self.price, Mapping):
            return self.price.get(group, 0.0)
        return self.price

    def judge(self, cluster: Cluster) -> Verdict:
        """Count the parts of groups that are missing, each as a share of its group."""
        here: dict[str, int] = defaultdict(int)
        for urn in cluster.members:
            for group in self._groups_of.get(urn, ()):
                here[group] += 1
        parted = sorted(group for group, n in here.items() if n < len(self.groups[group]))
        if not parted:
            return Verdict()
        missing = {group: 1.0 - here[group] / len(self.groups[group]) for group in parted}
        price = sum(self.price_of(group) * share for group, share in missing.items())
        words = listed([self._parting(group, cluster) for group in parted])
        return Verdict(not self.hard, price, sum(missing.values()), words)

    def _parting(self, group: str, cluster: Cluster) -> str:
        elsewhere = self.groups[group].difference(cluster.members)
        title = self.group_names.get(group, group)
        return f"{title} without {named(elsewhere, self.names)}"

    def formulate(self, model: ClusterModel) -> None:
        """Keep each group together, or charge its presence and credit each member's share."""
        for group in sorted(self.groups):
            schools = self.groups[group]
            if len(schools) <= 1:
                # A single school cannot be split.
                continue
            if self.hard:
                model.keep_together(schools)
            elif price := self.price_of(group):
                model.charge_presence(schools, price)
                model.charge_members(dict.fromkeys(sorted(schools), -price / len(schools)))

    @property
    def tied(self) -> Mapping[str, frozenset[int]]:
        """The groups, if the rule is hard."""
        return self.groups if self.hard else {}

    def ties(self, urn: int, cluster: Cluster) -> Iterator[str]:
        """Say which schools of its groups are in the cluster, and which are not."""
        here = set(cluster.members)
        for group, schools in sorted(self.groups.items()):
            if urn in schools and len(schools) > 1:
                title = self.group_names.get(group) or heading_of(KINDS.get(self.name, self.name))
                inside, outside = schools & here - {urn}, schools - here
                parts = [f"with {named(inside, self.names)} in this cluster"] if inside else []
                parts += [f"without {named(outside, self.names)}"] if outside else []
                yield f"{title}: {joined(parts)}"

    def within(self, county: County) -> Together:
        """Keep only the schools of the part together."""
        here = frozenset(county.urns)
        groups = {name: group & here for name, group in self.groups.items() if group & here}
        return replace(self, groups=groups)

    def demands(self, county: County) -> Iterator[Demand]:
        """Yield each group with two schools or more in the county."""
        here = set(county.urns)
        for key in sorted(self.groups):
            schools = self.groups[key] & here
            if len(schools) > 1:
                title = self.group_names.get(key) or self.name
                words = f"{named(schools, county.schools.names)} are in one cluster ({title})"
                yield Demand(self.name, key, words)

    def only(self, parts: Collection[str], county: County) -> Together | None:  # noqa: ARG002
        """Keep only some of the groups."""
        if not (self.hard and parts):
            return None
        return replace(self, groups={key: g for key, g in self.groups.items() if key in parts})

    def free_where_kept(self, county: County) -> bool:  # noqa: ARG002 - so in every county
        """A cluster that keeps the rule is charged nothing."""
        return True

    @property
    def says_anything(self) -> bool:
        """Whether a group has two schools or more."""
        return any(len(group) > 1 for group in self.groups.values())
