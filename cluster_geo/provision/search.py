"""Answer a question of provision: the best choice, the next best, and the worth of each step."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from cluster_geo.county import County
from cluster_geo.errors import Fault, InputError, NoPlanFoundError
from cluster_geo.provision.answer import Choice, Outcome, Provision, Step, Taken
from cluster_geo.provision.demand import demand_of
from cluster_geo.provision.lists import NO_LISTS, Lists
from cluster_geo.provision.model import Location, Solved
from cluster_geo.provision.programme import solve_location
from cluster_geo.provision.question import KINDS, Question
from cluster_geo.provision.sites import Site, sites_of, travel_to
from cluster_geo.provision.spare import spare_places
from cluster_geo.provision.ways import NO_AREAS, Areas, groups_of

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
    NoPlanFoundError
        Where the time was over before any choice was found.
    """
    sites, about_sites = sites_of(county, asked, lists)
    demand = demand_of(county, asked, lists, sites)
    _require_candidates(asked, sites)
    groups, group_names = groups_of(county, asked, sites, areas)
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
    search = _Search(asked, location, time_limit, seed, progress)
    steps = search.steps()
    solved = search.ranked(steps[-1])
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
        words=(*demand.words, *about_sites),
        unit=county.travel.unit,
    )


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
    location: Location
    time_limit: float | None
    seed: int
    progress: Callable[[str], None]

    def steps(self) -> list[Solved]:
        """Return the best choice of none, one, two ... measures, each begun from the one before."""
        most, began = self.asked.measures, time.monotonic()
        found: list[Solved] = []
        for number in range(most + 1):
            self.progress(f"the best choice of {number}" if number else "as it is today")
            last = number == most
            start = found[-1].chosen if found else ()
            # The searches before the last share its time, and what one leaves the next may use.
            spent = 0.0 if last else time.monotonic() - began
            best = self._solve(
                number, start=start, spent=spent, share=1.0 if last else 1.0 / (most - number)
            )
            if best is None and found:
                # The choice before is one of at most so many, too; nothing else is proven.
                best = replace(found[-1], bound=0.0)
            if best is None:
                raise NoPlanFoundError("Time was over before any choice was found: give more.")
            found.append(best)
        # More measures cost no more: what is proven of them holds for fewer.
        for number in reversed(range(most)):
            bound = max(found[number].bound, found[number + 1].bound)
            found[number] = replace(found[number], bound=min(bound, found[number].cost))
        return found

    def ranked(self, best: Solved) -> list[Solved]:
        """Return the best choice and the next best ones."""
        found = [best]
        share = 0.5 / max(1, self.asked.alternatives)
        for rank in range(2, self.asked.alternatives + 2):
            self.progress(f"the choice ranked {rank}")
            excluded = [one.chosen for one in found]
            following = self._solve(self.asked.measures, excluded=excluded, share=share)
            if following is None:
                break
            # It was allowed before too: what was proven then holds for it.
            bound = max(following.bound, best.bound)
            found.append(replace(following, bound=min(bound, following.cost)))
        return found

    def _solve(
        self,
        measures: int,
        *,
        start: tuple[int, ...] = (),
        excluded: list[tuple[int, ...]] | None = None,
        share: float = 1.0,
        spent: float = 0.0,
    ) -> Solved | None:
        """Solve in a share of the time that is left of the limit."""
        limit = self.time_limit
        return solve_location(
            self.location,
            self.asked.most,
            measures=measures,
            excluded=excluded or (),
            differ=self.asked.differ,
            start=start,
            time_limit=None if limit is None else max(LEAST_SECONDS, share * (limit - spent)),
            accuracy=self.asked.accuracy,
            seed=self.seed,
        )


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
