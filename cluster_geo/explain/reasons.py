"""Reasons: irreducible sets of demands that no plan keeps together.

A set is shrunk by asking whether it still clashes without each of its demands in turn (deletion
filtering, Chinneck and Dravnieks 1991), by counting where counting can tell and else by search.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from math import comb

from cluster_geo.county import County
from cluster_geo.explain.ask import Answer, Asker, Proof
from cluster_geo.explain.demands import Demand, demands_of, only
from cluster_geo.plan import Plan
from cluster_geo.rules import (
    OnePiece,
    Rulebook,
    Size,
    Zones,
    find_clashes,
    regions_of,
    rulebook_within,
)

# Subsets that may be counted in the search for the smallest: a count takes milliseconds.
MOST_SUBSETS = 600


@dataclass(frozen=True)
class Reason:
    """Demands that clash on some schools, none of which can be left out of the clash.

    Parameters
    ----------
    schools : frozenset of int
        The schools that cannot be clustered.
    demands : tuple of Demand
    proof : Proof
        "counting" or "search": how it is known that no plan keeps them all.
    words : tuple of str
        What was counted, with the figures.
    needed : mapping of Demand to Plan
        For each demand a plan (of `schools`, and of their neighbours where a boundary falls)
        that keeps all the others.
    undecided : tuple of Demand
        Demands of which the time ran out before it was known whether they are needed.
    smallest : bool
        Whether counting shows that no smaller set can be counted to clash here.
    """

    schools: frozenset[int]
    demands: tuple[Demand, ...]
    proof: Proof
    words: tuple[str, ...] = ()
    needed: Mapping[Demand, Plan] = field(default_factory=dict)
    undecided: tuple[Demand, ...] = ()
    smallest: bool = False

    @property
    def irreducible(self) -> bool:
        """Whether it is shown of every demand that without it there is a plan."""
        return not self.undecided


@dataclass
class _Case:
    """Schools, and the rules they cannot all keep.

    Parameters
    ----------
    county, rulebook
        The whole county and all of its rules.
    schools : frozenset of int
    tied : bool
        Whether the schools are a group that must be together, rather than a region: what is
        counted of a group is counted in the whole county, where its hub may be anywhere.
    """

    asker: Asker
    county: County
    rulebook: Rulebook
    schools: frozenset[int]
    tied: bool = False

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
        if isinstance(rule, Zones):
            zones = {rule.zone_of.get(urn, "") for urn in self.schools}
            if len(zones) == 1:
                return self.schools | neighbouring(self.county, self.rulebook, self.schools)
        if isinstance(rule, OnePiece):
            return schools_of_same_zones(self.county, self.rulebook, self.schools)
        return self.schools

    def counted(self, kept: Collection[Demand]) -> tuple[str, ...]:
        """Return what counting says against demands on the schools of the case."""
        book, county = (self.rulebook, self.county) if self.tied else (self.book, self.part)
        found = find_clashes(only(book, kept, county), county)
        return tuple(clash.words for clash in found)

    def said(self, kept: Collection[Demand]) -> tuple[str, ...]:
        """Return what is counted against demands, with the sizes as they were asked for.

        A limit that is not needed for the clash is still the one that readers know: "8 to 14".
        """
        if self.tied or not self.counted(kept):
            return self.counted(kept)
        sizes = {rule.name: rule for rule in self.book.rules if isinstance(rule, Size)}
        names = {demand.rule for demand in kept}
        book = only(self.book, kept, self.part)
        asked = [rule for rule in book.rules if rule.name not in sizes]
        book = replace(book, rules=(*asked, *sizes.values()))
        found = find_clashes(book, self.part)
        exact = [clash for clash in found if clash.rules[0] in names]
        return tuple(c.words for c in exact) or self.counted(kept)

    def can(self, kept: Collection[Demand]) -> Answer:
        """Ask whether demands can be kept; the schools beyond are let in where they may."""
        if self.tied:
            return self._can_tied(kept)
        gone = [beyond for demand, beyond in self.exits.items() if demand not in kept]
        if not gone:
            return self.asker.can(self.part, only(self.book, kept, self.part))
        wide = self.county.within(frozenset().union(*gone))
        book = only(rulebook_within(self.rulebook, wide), kept, wide)
        answer = self.asker.can(wide, book)
        if answer.verdict == "impossible" and len(wide.urns) < len(self.county.urns):
            # The neighbours' own neighbours were left out: nothing is proven for them.
            return Answer("not proven")
        return answer

    def _can_tied(self, kept: Collection[Demand]) -> Answer:
        """Ask of a group by itself, since only a plan counts: without one nothing is proven."""
        if words := self.counted(kept):
            return Answer("impossible", "counting", words=words)
        answer = self.asker.can(self.part, only(self.book, kept, self.part))
        return answer if answer.plan is not None else Answer("not proven")


def find_reason(
    asker: Asker,
    county: County,
    rulebook: Rulebook,
    schools: Iterable[int],
    rules: Collection[str] = (),
    *,
    tied: bool = False,
) -> Reason | Answer:
    """Shrink the clash of some schools to an irreducible set of demands.

    Parameters
    ----------
    asker : Asker
    county : County
    rulebook : Rulebook
    schools : iterable of int
        Schools of one region, of a tied group, or all of them.
    rules : collection of str, optional
        Names of the rules to look among; all where none is named.
    tied : bool
        Whether the schools are a group that must be together.

    Returns
    -------
    Reason or Answer
        An answer where the rules do not clash on these schools, or it is not proven.
    """
    case = _Case(asker, county, rulebook, frozenset(schools), tied)
    demands = [d for d in case.all if not rules or d.rule in rules or d in case.exits]
    small, smallest = _smallest_counted(case, demands)
    if small is None:
        answer = case.can(demands)
        if answer.verdict != "impossible":
            return answer
    proof: Proof = "search" if small is None else "counting"
    return _filtered(case, demands if small is None else small, proof, smallest)


def _smallest_counted(case: _Case, demands: Sequence[Demand]) -> tuple[list[Demand] | None, bool]:
    """Return the smallest set that counting proves to clash, and whether none is smaller.

    Boundaries that keep the schools in are part of every set here: outside them there is
    nothing to count.
    """
    exits = [d for d in demands if d in case.exits]
    free = [d for d in demands if d not in case.exits]
    if not case.counted(demands):
        return None, False
    kept = list(free)
    for demand in reversed(free):
        rest = [d for d in kept if d != demand]
        if case.counted([*exits, *rest]):
            kept = rest
    subsets = sum(comb(len(free), size) for size in range(len(kept)))
    if subsets > MOST_SUBSETS:
        return [*kept, *exits], False
    for size in range(len(kept)):
        for subset in combinations(free, size):
            if case.counted([*exits, *subset]):
                return [*subset, *exits], True
    return [*kept, *exits], True


def _filtered(case: _Case, demands: Sequence[Demand], proof: Proof, smallest: bool) -> Reason:
    """Leave out of a clash each demand without which it still clashes."""
    kept = list(demands)
    for rule in dict.fromkeys(d.rule for d in reversed(kept)):
        # All ties of a kind at once: mostly none of them matters.
        parts = [d for d in kept if d.rule == rule]
        if len(parts) > 2:  # noqa: PLR2004 - two are as well tried one by one
            rest = [d for d in kept if d.rule != rule]
            if case.can(rest).verdict == "impossible":
                kept = rest
    needed: dict[Demand, Plan] = {}
    undecided = []
    # Boundaries last: the fewer other demands are left, the surer it is what lies beyond.
    last = [d for d in kept if d in case.exits]
    for demand in [d for d in kept[::-1] if d not in case.exits] + last:
        rest = [d for d in kept if d != demand]
        answer = case.can(rest)
        if answer.verdict == "impossible":
            kept, smallest = rest, False
            proof = "search" if answer.proof == "search" else proof
        elif answer.plan is not None:
            needed[demand] = answer.plan
        else:
            undecided.append(demand)
    words = case.said(kept)
    return Reason(
        case.schools,
        tuple(kept),
        "counting" if words else proof,
        words,
        needed,
        tuple(undecided),
        smallest and bool(words),
    )


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
    layers = [rule.zone_of for rule in rulebook.rules if isinstance(rule, Zones) and rule.hard]
    cells = {tuple(zone_of.get(urn, "") for zone_of in layers) for urn in schools}
    return frozenset(
        urn for urn in county.urns if tuple(zone_of.get(urn, "") for zone_of in layers) in cells
    )
