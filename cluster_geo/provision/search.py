"""Answer a question of provision: the best choice, the next best, and the worth of each step."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from cluster_geo.county import County
from cluster_geo.errors import Fault, InputError
from cluster_geo.provision.answer import Choice, Outcome, Provision, Step, Taken
from cluster_geo.provision.demand import demand_of
from cluster_geo.provision.lists import NO_LISTS, Lists
from cluster_geo.provision.model import Location, Solved
from cluster_geo.provision.question import KINDS, Question
from cluster_geo.provision.reduced import Searcher
from cluster_geo.provision.relaxation import Gains
from cluster_geo.provision.sites import Site, sites_of, travel_to
from cluster_geo.provision.spare import spare_places
from cluster_geo.provision.ways import NO_AREAS, Areas, groups_of
from cluster_geo.rules.ways_on import USUAL, PathwayTerms

# The shortest time of a search, so that each has some.
LEAST_SECONDS = 1.0


def _silent(_: str) -> None:
    """Say nothing of a search that begins."""


def answer(
    county: County,
    asked: Question,
    lists: Lists = NO_LISTS,
    areas: Areas = NO_AREAS,
    *,
    terms: PathwayTerms = USUAL,
    spare: bool = False,
    time_limit: float | None = None,
    seed: int = 0,
    progress: Callable[[str], None] = _silent,
) -> Provision:
    """Find where more provision would help.

    Parameters
    ----------
    county : County
        As its audience may see it.
    asked : Question
    lists : Lists
    areas : Areas
        In which ways on are looked for.
    terms : PathwayTerms
        What counts as a way on.
    spare : bool
        Whether to look at what spare places of other needs would be worth.
    time_limit : float, optional
        Seconds of the search for the best choice. The searches for fewer measures share as many
        again, those for the next best choices half as many.
    seed : int
    progress : callable, optional
        Called with words about each search as it begins.

    Raises
    ------
    InputError
        Where nothing says how many pupils there are, or no site could be chosen.
    """
    sites, about_sites = sites_of(county, asked, lists)
    demand = demand_of(county, asked, lists, sites)
    _require_candidates(asked, sites)
    groups, group_names = groups_of(county, asked, sites, areas, terms)
    location = Location(
        pupils=demand.pupils,
        travel=travel_to(county, sites),
        places=np.array([site.places for site in sites], dtype=float),
        kind=tuple(site.kind for site in sites),
        reach=asked.reach,
        unplaced=asked.price,
        gap=asked.gap,
        groups=groups,
    )
    searcher = Searcher(location, asked.most, asked.accuracy, seed)
    search = _Search(asked, searcher, time_limit, progress)
    steps, gains = search.steps()
    solved = search.ranked(steps[-1], gains)
    steps[-1] = solved[0]
    read = _Reading(county, asked, sites, location, group_names, areas)
    found = spare_places(county, asked, lists, progress) if spare else None
    return Provision(
        question=asked,
        demand=demand,
        sites=tuple(site for site in sites if not site.kind),
        candidates=len(location.choices),
        areas=areas,
        today=read.choice(steps[0]),
        choices=tuple(read.choice(one) for one in solved),
        curve=curve_of(steps),
        spare=found,
        words=(*demand.words, *about_sites, *_about_ways(asked, terms, areas, county.travel.unit)),
        unit=county.travel.unit,
    )


def _about_ways(asked: Question, terms: PathwayTerms, areas: Areas, unit: str) -> list[str]:
    """Say what else counts as a way on than provision of the same area."""
    if not areas.thing:
        return []
    if asked.need in terms.by_team:
        return [f"A travelling team meets {asked.need}, so that it needs no way on."]
    if not terms.asks_about(asked.need):
        return [f"Pathways are not asked for {asked.need}, so that none is counted as missing."]
    nearby = terms.condition(unit)
    if not nearby:
        return []
    new = f"a new one, where it is so for each primary provision of the {areas.thing} without one"
    return [f"A secondary provision {nearby} counts as a way on too; {new}."]


def _require_candidates(asked: Question, sites: list[Site]) -> None:
    there = {site.kind for site in sites}
    faults = []
    for kind, option in zip(KINDS, ("new", "expand", "change"), strict=True):
        if asked.most[kind] and kind not in there:
            found = f"no {asked.phase} school could have {KINDS[kind]}"
            fix = f"Leave {option} out, or check the list of candidates"
            faults.append(Fault(option, found, fix))
    if faults:
        raise InputError(faults)


@dataclass(frozen=True, eq=False)
class _Search:
    """The searches of one question."""

    asked: Question
    searcher: Searcher
    time_limit: float | None
    progress: Callable[[str], None]

    def steps(self) -> tuple[list[Solved], Gains | None]:
        """Return the best choice of none, one, two ... measures, each begun from the one before.

        Also the gains that the last of them is proven by.
        """
        most, began = self.asked.measures, time.monotonic()
        self.progress("as it is today")
        found = [self.searcher.today()]
        gains: Gains | None = None
        for number in range(1, most + 1):
            self.progress(f"the best choice of {number}")
            limit = self.time_limit
            if limit is not None and number < most:
                # These share the limit, and what one leaves the next may use.
                limit = max(LEAST_SECONDS, limit - (time.monotonic() - began)) / (most - number)
            near = () if gains is None else gains.chosen
            best, gains = self.searcher.best(number, found[-1], near, limit)
            found.append(best)
        # More measures cost no more: what is proven of them holds for fewer.
        for number in reversed(range(most)):
            bound = max(found[number].bound, found[number + 1].bound)
            found[number] = replace(found[number], bound=min(bound, found[number].cost))
        return found, gains

    def ranked(self, best: Solved, gains: Gains | None) -> list[Solved]:
        """Return the best choice and the next best ones."""
        found, asked, limit = [best], self.asked, self.time_limit
        for rank in range(2, asked.alternatives + 2):
            self.progress(f"the choice ranked {rank}")
            share = None if limit is None else max(LEAST_SECONDS, 0.5 * limit / asked.alternatives)
            assert gains is not None, "at least one measure is asked for"
            following = self.searcher.another(asked.measures, found, gains, asked.differ, share)
            if following is None:
                break
            # It was allowed before too: what was proven then holds for it.
            bound = max(following.bound, best.bound)
            found.append(replace(following, bound=min(bound, following.cost)))
        return in_order(found)


def in_order(found: list[Solved]) -> list[Solved]:
    """Return choices by cost, each with what is proven of all that differ from those before it.

    Within its accuracy a search may miss what a later one finds, so that the order changes. What
    was proven of a choice is about those that differ from all found before it. Where one of these
    has moved behind it, choices near that one count too: of them holds what was proven when it
    was found itself.
    """
    order = sorted(range(len(found)), key=lambda place: (found[place].cost, place))
    ranked = []
    for rank, place in enumerate(order):
        behind = [other for other in range(place) if other not in order[:rank]]
        bound = min([found[place].bound, *(found[other].bound for other in behind)])
        ranked.append(replace(found[place], bound=min(bound, found[place].cost)))
    return ranked


def curve_of(steps: list[Solved]) -> tuple[Step, ...]:
    """Return what each measure more is worth, between proven limits."""
    found = []
    for number, step in enumerate(steps):
        least = most = None
        if number:
            before = steps[number - 1]
            least, most = max(0.0, before.bound - step.cost), before.cost - step.bound
        without = math.fsum(step.without)
        found.append(Step(number, step.cost, step.bound, without, least, most))
    return tuple(found)


@dataclass(frozen=True, eq=False)
class _Reading:
    """Turns solutions into words and figures of schools."""

    county: County
    asked: Question
    sites: list[Site]
    location: Location
    group_names: tuple[str, ...]
    areas: Areas

    def choice(self, solved: Solved) -> Choice:
        flow, travel = solved.flow, self.location.travel
        served, spent = flow.sum(axis=0), (flow * travel).sum(axis=0)
        outcome = Outcome(
            travel=math.fsum(spent),
            placed=math.fsum(served),
            without=math.fsum(solved.without),
            gaps=tuple(self.group_names[g] for g in solved.gaps),
        )
        taken = tuple(self._taken(j, served[j], spent[j]) for j in solved.chosen)
        with_srp = self.county.schools.where("srp")
        without_srp = [
            name for name, members in self.areas.members.items() if not members & with_srp
        ]
        gained = {name for one in taken for name in one.areas}
        first = tuple(name for name in without_srp if name in gained)
        return Choice(taken, solved.cost, solved.bound, outcome, first)

    def _taken(self, at: int, served: float, spent: float) -> Taken:
        site = self.sites[at]
        journey = float(spent / served) if served > 0 else None
        return Taken(site, float(served), journey, tuple(self.areas.of(site.urns)))
