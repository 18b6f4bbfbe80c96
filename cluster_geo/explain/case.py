"""A case: schools, demands on them, and whether some of those can be kept without the others."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from cluster_geo.county import County
from cluster_geo.explain.ask import Answer, Asker
from cluster_geo.explain.demands import demands_of, only
from cluster_geo.rules import Demand, Rulebook, find_clashes, regions_of, rulebook_within

Answers = dict[tuple[frozenset[int], frozenset[Demand]], Answer]


@dataclass
class Case:
    """Schools, and the rules they cannot all keep.

    Parameters
    ----------
    county, rulebook
        The whole county and all of its rules.
    schools : frozenset of int
    tied : bool
        Whether the schools are a group that must be together, rather than a region: what is
        counted of a group is counted in the whole county, where its hub may be anywhere.
    answers : dict
        The answers so far, by schools and demands; the cases of one county share them.
    """

    asker: Asker
    county: County
    rulebook: Rulebook
    schools: frozenset[int]
    tied: bool = False
    answers: Answers = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.part = self.county.within(self.schools)
        whole = len(self.schools) == len(self.county.urns)
        self.book = rulebook_within(
            self.rulebook, self.part, self.rulebook.plan_rules if whole else ()
        )
        self.all = demands_of(self.book, self.part)
        self.exits = {} if self.tied else self._exits()

    def _exits(self) -> dict[Demand, frozenset[int]]:
        """Demands that keep the schools in, with whom they could join without them."""
        beyond = {demand: self._beyond(demand) for demand in self.all}
        return {demand: schools for demand, schools in beyond.items() if schools - self.schools}

    def _beyond(self, demand: Demand) -> frozenset[int]:
        """Schools that those of the case could join if a demand were given up."""
        rule = next((r for r in self.book.rules if r.name == demand.rule), None)
        if rule is None:
            return self.schools
        if (layer := rule.layer) is not None:
            zones = {layer.zone_of.get(urn, "") for urn in self.schools}
            if len(zones) == 1:
                return self.schools | neighbouring(self.county, self.rulebook, self.schools)
        if rule.neighbours is not None:
            return schools_of_same_zones(self.county, self.rulebook, self.schools)
        return self.schools

    def counted(self, kept: Collection[Demand]) -> tuple[str, ...]:
        """Return what counting says against demands on the schools of the case."""
        book, county = (self.rulebook, self.county) if self.tied else (self.book, self.part)
        found = find_clashes(county, only(book, kept, county))
        return tuple(clash.words for clash in found)

    def counted_as_asked(self, kept: Collection[Demand]) -> tuple[str, ...]:
        """Return what is counted against demands, with the sizes as they were asked for.

        A limit that is not needed for the clash is still the one that readers know: "8 to 14".
        """
        if self.tied or not self.counted(kept):
            return self.counted(kept)
        sizes = {rule.name: rule for rule in self.book.rules if rule.size_limits}
        names = {demand.rule for demand in kept}
        book = only(self.book, kept, self.part)
        asked = [rule for rule in book.rules if rule.name not in sizes]
        book = replace(book, rules=(*asked, *sizes.values()))
        found = find_clashes(self.part, book)
        exact = [clash for clash in found if clash.rules[0] in names]
        return tuple(c.words for c in exact) or self.counted(kept)

    def can(self, kept: Collection[Demand]) -> Answer:
        """Ask whether demands can be kept; the schools beyond are let in where they may."""
        if self.tied:
            return self._can_tied(kept)
        gone = [beyond for demand, beyond in self.exits.items() if demand not in kept]
        if not gone:
            return self._asked(self.part, self.book, kept)
        # A plan with one neighbour will do, and is found sooner than one with all of them.
        wide = frozenset().union(*gone)
        for region in self._nearest(wide - self.schools) if len(gone) == 1 else ():
            with self.asker.brief(self.asker.params.one_neighbour):
                answer = self._with(self.schools | region, kept)
            if answer.plan is not None:
                return answer
        return self._with(wide, kept)

    def _nearest(self, others: frozenset[int]) -> Sequence[frozenset[int]]:
        """Regions of others by how many are next to schools here; none where there is but one."""
        graph = self.county.neighbours.graph
        beside = [v for u in sorted(self.schools) for v in graph[u]]
        regions = regions_of(self.rulebook, others)
        nearest = sorted(regions, key=lambda r: -sum(v in r for v in beside))
        return nearest if len(nearest) > 1 else ()

    def _with(self, schools: frozenset[int], kept: Collection[Demand]) -> Answer:
        """Ask of the schools and others; with more schools, only a plan proves anything."""
        part = self.county.within(schools)
        answer = self._asked(part, rulebook_within(self.rulebook, part), kept)
        if answer.verdict == "impossible" and len(schools) < len(self.county.urns):
            # The neighbours' own neighbours were left out: nothing is proven for them.
            return Answer("not proven")
        return answer

    def _asked(self, part: County, book: Rulebook, kept: Collection[Demand]) -> Answer:
        """Ask once: clashes on the same schools differ in the demands that clash, not in all."""
        key = frozenset(part.urns), frozenset(kept)
        if key not in self.answers:
            answer = self.asker.can(part, only(book, kept, part))
            if answer.verdict == "not proven":
                return answer
            self.answers[key] = answer
        return self.answers[key]

    def _can_tied(self, kept: Collection[Demand]) -> Answer:
        """Ask of a group by itself, since only a plan counts: without one nothing is proven."""
        if words := self.counted(kept):
            return Answer("impossible", "counting", words=words)
        answer = self._asked(self.part, self.book, kept)
        return answer if answer.plan is not None else Answer("not proven")


def neighbouring(county: County, rulebook: Rulebook, schools: frozenset[int]) -> frozenset[int]:
    """Schools of the regions next to some schools, by the graph of neighbours."""
    graph = county.neighbours.graph
    beside = {v for u in schools for v in graph[u]} - schools
    regions = regions_of(rulebook, county.urns)
    return frozenset(u for region in regions if region & beside for u in region) - schools


def schools_of_same_zones(
    county: County, rulebook: Rulebook, schools: frozenset[int]
) -> frozenset[int]:
    """Schools in the same zones of every hard layer, whether in the same piece or not."""
    hard = [rule for rule in rulebook.rules if rule.hard]
    layers = [layer.zone_of for rule in hard if (layer := rule.layer) is not None]
    cells = {tuple(zone_of.get(urn, "") for zone_of in layers) for urn in schools}
    return frozenset(
        urn for urn in county.urns if tuple(zone_of.get(urn, "") for zone_of in layers) in cells
    )
