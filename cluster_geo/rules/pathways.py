"""Pathways: a cluster with primary provision for a need has a way on to secondary provision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from cluster_geo.county import County
from cluster_geo.phrases import counted, listed, named
from cluster_geo.plan import Cluster
from cluster_geo.rules.change import EXCEPTION, Loosened
from cluster_geo.rules.demand import Demand
from cluster_geo.rules.model import ClusterModel
from cluster_geo.rules.priced import PricedOrHard
from cluster_geo.rules.rule import Rule
from cluster_geo.rules.verdict import Verdict
from cluster_geo.rules.ways_on import USUAL, PathwayTerms, pathways


@dataclass(frozen=True)
class Pathways(PricedOrHard):
    """For each need: x[p] <= sum of x over the secondary SRPs, for each p without a way on nearby.

    A cluster that holds primary SRPs for a need without a way on, and no secondary SRP for it, is
    charged once for that need, or refused.

    Parameters
    ----------
    starts : mapping of str to frozenset of int
        By need, URNs of the schools with a primary SRP for it from which no secondary SRP outside
        the cluster counts as a way on.
    ends : mapping of str to frozenset of int
        By need, URNs of the schools with a secondary SRP for it.
    price : float
        Per cluster and need without a way on, in the currency of travel; 0 to show only.
    hard : bool
        Whether such a cluster is refused; then nothing is charged.
    terms : PathwayTerms
        By which `starts` were chosen, for the words.
    names : mapping of int to str, optional
        Schools' names, for the words.
    name : str
    """

    starts: Mapping[str, frozenset[int]]
    ends: Mapping[str, frozenset[int]]
    price: float = 0.0
    hard: bool = False
    terms: PathwayTerms = field(default=USUAL, repr=False)
    names: Mapping[int, str] = field(default_factory=dict, repr=False)
    name: str = "pathways"

    def judge(self, cluster: Cluster) -> Verdict:
        """Count the needs without a way on, and name the schools."""
        here = set(cluster.members)
        lacking = {
            need: stranded
            for need, schools in sorted(self.starts.items())
            if (stranded := schools & here) and here.isdisjoint(self.ends.get(need, ()))
        }
        if not lacking:
            return Verdict()
        words = listed([f"{need} ({named(lacking[need], self.names)})" for need in lacking])
        price = 0.0 if self.hard else self.price * len(lacking)
        return Verdict(not self.hard, price, len(lacking), f"no way on for {words}")

    def formulate(self, model: ClusterModel) -> None:
        """Require a secondary SRP beside the primary ones, or charge where it is missing."""
        for need in sorted(self.starts):
            starts, ends = self.starts[need], self.ends.get(need, frozenset())
            if self.hard:
                model.accompany(starts, ends)
            elif self.price:
                model.charge_alone(starts, ends, self.price)

    @property
    def heading(self) -> str:
        """What the rule is called on a page."""
        return "A way on from primary to secondary SRPs"

    def sentence(self, county: County) -> str:
        """Say what the rule asks for."""
        words = "each cluster with a primary SRP for a need has a secondary SRP for it"
        if self.terms.needs:
            words += f" (needs: {', '.join(self.terms.needs)})"
        nearby = self.terms.condition(county.travel.unit)
        return f"{words}, or the primary SRP has one {nearby}" if nearby else words

    @property
    def says_anything(self) -> bool:
        """Whether some primary SRP has no way on but in its cluster."""
        return any(self.starts.values())

    def free_where_kept(self, county: County) -> bool:  # noqa: ARG002 - so in every county
        """A cluster that keeps the rule is charged nothing."""
        return True

    def ties(self, urn: int, cluster: Cluster) -> Iterator[str]:
        """Yield the ways on from a school, or to it, that are in the cluster."""
        onward, back = defaultdict(list), defaultdict(list)
        for need, starts in sorted(self.starts.items()):
            ends = self.ends.get(need, frozenset()).intersection(cluster.members)
            if urn in starts and ends:
                onward[ends].append(need)
            if urn in ends and (from_here := starts.intersection(cluster.members)):
                back[from_here].append(need)
        for schools, needs in onward.items():
            yield f"Way on for {listed(needs)}: to {named(schools, self.names)} in this cluster"
        for schools, needs in back.items():
            yield f"Way on for {listed(needs)}: from {named(schools, self.names)} in this cluster"

    def stranded(self, schools: frozenset[int], county: County) -> Iterator[str]:
        """Yield the primary SRPs of a region for needs without a secondary SRP in it."""
        for need, starts in sorted(self.starts.items()):
            here = starts & schools
            if here and schools.isdisjoint(self.ends.get(need, ())):
                has = "has a primary SRP" if len(here) == 1 else "have primary SRPs"
                who = named(here, county.schools.names)
                yield f"{who} {has} for {need}, and no school has a secondary one"

    def demands(self, county: County) -> Iterator[Demand]:
        """Yield each need for which some primary SRP of the county has no way on nearby."""
        here = set(county.urns)
        for need, starts in sorted(self.starts.items()):
            if number := len(starts & here):
                words = (
                    f"the cluster of a primary SRP for {need} has a secondary one "
                    f"({counted(number, 'primary SRP')} without one nearby)"
                )
                yield Demand(self.name, need, words)

    def only(self, parts: Collection[str], county: County) -> Pathways | None:  # noqa: ARG002
        """Ask for a way on for some of the needs only."""
        return self.without_others(parts) if self.hard and parts else None

    def loosened(self, demand: Demand, county: County) -> Iterator[Loosened[Rule]]:
        """Allow exceptions for one need, for all without any secondary SRP, then for every need."""
        here = frozenset(county.urns)
        asked = [other.part for other in self.demands(county)]
        nowhere = {need for need in asked if here.isdisjoint(self.ends.get(need, ()))}
        for needs in dict.fromkeys(
            tuple(need for need in asked if need in given_up)
            for given_up in ({demand.part}, {demand.part} | nowhere, set(asked))
        ):
            beside = replace(
                self.without_others(needs),
                hard=False,
                price=EXCEPTION,
                name=f"{self.name} {' '.join(needs)}",
            )
            # The rule counts needs, so only of one need does it count clusters.
            found, exception = ("{found}", beside.name) if len(needs) == 1 else ("clusters", "")
            yield Loosened(
                f"allow {found} without a way on for {listed(needs)}",
                self.only(set(asked) - set(needs), county),
                beside,
                exception=exception,
            )

    def without_others(self, needs: Collection[str]) -> Pathways:
        """Return the rule about some of its needs alone."""
        return replace(self, starts={n: urns for n, urns in self.starts.items() if n in needs})


def pathway_rule(
    county: County,
    terms: PathwayTerms = USUAL,
    price: float = 0.0,
    *,
    hard: bool = False,
    name: str = "pathways",
) -> Pathways:
    """Make the rule from the provision of a county.

    Parameters
    ----------
    county : County
    terms : PathwayTerms
    price : float
        Per cluster and need without a way on, in the currency of travel; 0 to show only.
    hard : bool
        Whether such a cluster is refused; then nothing is charged.
    name : str
    """
    starts: dict[str, set[int]] = defaultdict(set)
    ends: dict[str, set[int]] = defaultdict(set)
    for way in pathways(county, terms):
        if way.way_on(())[0] == "none":
            starts[way.need].add(way.urn)
            ends[way.need].update(way.goals)
    return Pathways(
        {need: frozenset(urns) for need, urns in starts.items()},
        {need: frozenset(ends[need]) for need in starts},
        price,
        hard,
        terms,
        county.schools.names,
        name,
    )
