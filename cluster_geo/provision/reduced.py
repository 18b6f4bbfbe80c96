"""Solve a question of where with the sites alone that a good choice may have."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from cluster_geo.provision.model import Location, Solved, restricted
from cluster_geo.provision.programme import solve_location
from cluster_geo.provision.relaxation import Gains, Relaxation

# So many candidates more than can be chosen are tried first; how well, as a share of the cost; and
# how long, in seconds.
NEAR, ROUGH, ROUGH_SECONDS = 8, 0.01, 10.0


@dataclass(frozen=True, eq=False)
class Searcher:
    """Solves one question for several numbers of measures.

    Parameters
    ----------
    location : Location
    most : mapping of str to int
        Most sites of each kind.
    accuracy : float
        A search ends when its choice is proven to be within this share of the best.
    seed : int
    """

    location: Location
    most: Mapping[str, int]
    accuracy: float
    seed: int

    def today(self) -> Solved:
        """Return how it is with nothing chosen."""
        found = self._among((), 0)
        assert found is not None, "to choose nothing is always allowed"
        return found

    def best(
        self,
        measures: int,
        start: Solved,
        near: Iterable[int],
        time_limit: float | None,
    ) -> tuple[Solved, Gains]:
        """Return the best choice of at most so many sites, and the gains that it is proven by.

        Parameters
        ----------
        measures : int
        start : Solved
            A choice of no more sites.
        near : iterable of int
            Candidates that are likely to be in it.
        time_limit : float, optional
            Seconds.
        """
        began = time.monotonic()
        relaxation = Relaxation(self.location, self.most, measures)
        third = None if time_limit is None else time_limit / 3
        gains = relaxation.sharpened({*near, *start.chosen}, third)
        first = self._promising(relaxation, gains, start)
        kept = relaxation.kept(gains, first.cost)
        left = None if time_limit is None else max(1.0, time_limit - (time.monotonic() - began))
        found = self._among(kept, measures, start=first.chosen, time_limit=left)
        return _proven(found, first, gains), gains

    def another(
        self,
        measures: int,
        before: Sequence[Solved],
        gains: Gains,
        differ: int,
        time_limit: float | None,
    ) -> Solved | None:
        """Return the best choice with so many sites that none of those before has."""
        relaxation = Relaxation(self.location, self.most, measures)

        def search(kept: Sequence[int], start: Sequence[int], accuracy: float) -> Solved | None:
            return self._among(
                kept,
                measures,
                excluded=[one.chosen for one in before],
                differ=differ,
                start=start,
                time_limit=time_limit,
                accuracy=accuracy,
            )

        near = {*self._near(relaxation, gains), *(j for one in before for j in one.chosen)}
        first = search(sorted(near), (), ROUGH)
        if first is None:
            return search(self.location.choices, (), self.accuracy)
        found = search(relaxation.kept(gains, first.cost), first.chosen, self.accuracy)
        return _proven(found, first, gains)

    def _near(self, relaxation: Relaxation, gains: Gains) -> list[int]:
        """Return the candidates that gain most, some more than can be chosen."""
        return relaxation.ordered(gains)[: NEAR + relaxation.measures]

    def _promising(self, relaxation: Relaxation, gains: Gains, start: Solved) -> Solved:
        """Return a good choice: the best of those that gain most, and of the one to begin from."""
        among = {*gains.chosen, *start.chosen, *self._near(relaxation, gains)}
        found = self._among(
            tuple(sorted(among)), relaxation.measures, start=start.chosen, accuracy=ROUGH,
            time_limit=ROUGH_SECONDS,
        )  # fmt: skip
        return start if found is None or found.cost > start.cost else found

    def _among(
        self,
        kept: Sequence[int],
        measures: int,
        *,
        excluded: Sequence[tuple[int, ...]] = (),
        differ: int = 1,
        start: Sequence[int] = (),
        time_limit: float | None = None,
        accuracy: float | None = None,
    ) -> Solved | None:
        """Solve with these candidates alone, or one where there is none: a choice is a choice."""
        part, sites = restricted(self.location, kept or self.location.choices[:1])
        place = {site: k for k, site in enumerate(sites)}
        found = solve_location(
            part,
            self.most,
            measures=measures,
            excluded=[tuple(place[j] for j in one if j in place) for one in excluded],
            differ=differ,
            start=[place[j] for j in start if j in place],
            time_limit=time_limit,
            accuracy=self.accuracy if accuracy is None else accuracy,
            seed=self.seed,
        )
        if found is None:
            return None
        flow = np.zeros(self.location.travel.shape)
        flow[:, sites] = found.flow
        return replace(found, chosen=tuple(sites[k] for k in found.chosen), flow=flow)


def _proven(found: Solved | None, first: Solved, gains: Gains) -> Solved:
    """Return the better of two choices, with what is proven of all.

    `found` is the best without the sites that were left out, and choices with one of these cost
    no less than `first`, for which they were left out.
    """
    least = -math.inf if found is None else min(found.bound, first.cost)
    better = first if found is None or found.cost > first.cost else found
    return replace(better, bound=min(max(gains.bound, least), better.cost))
