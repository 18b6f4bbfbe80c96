"""A first plan: cut each region into clusters along spanning trees, then anneal."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import numpy as np

from cluster_geo.compiled.anneal import anneal
from cluster_geo.compiled.arrays import Arrays
from cluster_geo.compiled.effort import Annealing
from cluster_geo.optimise.budget import MOVES_A_UNIT, Budget
from cluster_geo.optimise.columns import Atoms, atoms_in
from cluster_geo.optimise.params import SearchParams
from cluster_geo.optimise.problem import typical
from cluster_geo.optimise.spanning import parts_of, shared_out
from cluster_geo.tolerances import LEAST_SCALE, TICK


@dataclass(frozen=True)
class Start:
    """The result of a search for a first plan.

    Parameters
    ----------
    sets : list of tuple of int
        Atoms of each cluster of the best cover found.
    broken : int
        Violations in its clusters; 0 for a cover that keeps every rule on clusters.
    pool : list of tuple of int
        Atoms of other clusters found that keep the rules.
    number : int
        Number of clusters at the start.
    """

    sets: list[Atoms]
    price: float
    broken: int
    pool: list[Atoms]
    number: int


def first_plan(
    arrays: Arrays,
    regions: Sequence[Sequence[int]],
    numbers: range,
    *,
    seed: int,
    budget: Budget,
    threads: ThreadPoolExecutor,
    effort: float = 1.0,
    scale: float | None = None,
    given: Sequence[np.ndarray] = (),
    enough: Callable[[Start], bool] = lambda _: False,
    params: SearchParams = SearchParams(),
) -> Start | None:
    """Search for a plan with one of several numbers of clusters.

    Parameters
    ----------
    regions : sequence of sequence of int
        Atoms that no cluster can leave, each region in one piece.
    numbers : range
        Numbers of clusters allowed.
    effort : float
        Share of a full annealing.
    scale : float, optional
        Typical charge of a school, which sets the temperatures; by default that of `arrays`.
    given : sequence of ndarray of int, shape (a,)
        Covers to begin from and to stay near, each with a number of clusters that is allowed.
    enough : callable
        Called with the result of each annealing before the full ones; returns whether it is enough,
        so that they are left out.
    params : SearchParams

    Returns
    -------
    Start or None
        None if no number can be distributed over the regions, so that there is no plan.

    Raises
    ------
    OutOfTime
        If time is up before there is a cover to anneal.
    """
    possible = [n for n in numbers if shared_out(arrays, regions, n) is not None]
    if not possible:
        return None
    scale = max(LEAST_SCALE, typical(arrays) if scale is None else scale)
    annealer = _Annealer(arrays, regions, budget, threads, scale, params)
    start = params.start
    if given:
        begun = [
            _Begin(int(cover.max()) + 1, seed + k, cover, start.given_hot)
            for k, cover in enumerate(given)
        ]
        return _best_of(annealer.runs(begun, start.given_effort / len(begun)))
    tried = _spaced(possible, start.most_looks)
    looks: list[Start] = []
    if arrays.size.size >= start.brief_atoms:
        middle = tried[len(tried) // 2]
        one, two = _Begin(middle, seed), _Begin(middle, seed + 1)
        briefs = [(start.brief, [one]), (start.look, [one, two])]
        for share, begun in briefs[: 2 if len(tried) == 1 else 1]:
            brief = _best_of(annealer.runs(begun, share * effort, part=share))
            if enough(brief):
                return brief
            if not brief.broken:
                break
    if len(tried) > 1:
        looks = annealer.runs([_Begin(n, seed) for n in tried], start.look * effort)
        best = _best_of(looks)
        if enough(best):
            return best
        middle = best.number
        reach = max(1, (len(possible) // start.most_looks) // 2)
        near = [n for n in possible if abs(n - middle) <= reach]
        tried = sorted(near, key=lambda n: (abs(n - middle), n))[:2]
    both = [_Begin(tried[0], seed), _Begin(tried[-1], seed + 1)]
    return _best_of([*annealer.runs(both, effort, needed=not looks), *looks])


def _best_of(runs: Sequence[Start]) -> Start:
    """Return the best, with the clusters of all in its pool."""
    pool = dict.fromkeys(atoms for run in runs for atoms in [*run.sets, *run.pool])
    return replace(min(runs, key=_merit), pool=list(pool))


def _merit(start: Start) -> tuple[int, float]:
    return (start.broken, start.price)


def _spaced(numbers: Sequence[int], most: int) -> list[int]:
    """Return at most `most` of the numbers, evenly spaced and including both ends."""
    if len(numbers) <= most:
        return list(numbers)
    places = np.linspace(0, len(numbers) - 1, most).round().astype(int)
    return [numbers[int(place)] for place in places]


@dataclass(frozen=True)
class _Begin:
    """What an annealing begins from: a cover, or a number of clusters to cut along trees.

    `hot` replaces the first temperature of the parameters.
    """

    number: int
    seed: int
    cover: np.ndarray | None = None
    hot: float | None = None


@dataclass(frozen=True)
class _Annealer:
    """Anneals covers of one problem, several side by side."""

    arrays: Arrays
    regions: Sequence[Sequence[int]]
    budget: Budget
    threads: ThreadPoolExecutor
    scale: float
    params: SearchParams
    # Covers cut along trees, by the number of their clusters and the seed.
    _cuts: dict[tuple[int, int], np.ndarray] = field(default_factory=dict)

    def runs(
        self, chosen: Sequence[_Begin], effort: float, *, part: float = 1.0, needed: bool = True
    ) -> list[Start]:
        """Anneal from each beginning; once time is up, only from the first, and if `needed`.

        `part` is the share that these annealings may take of the time for full ones.
        """
        left = self.budget.seconds_left()
        seconds = None if left is None else part * self.params.start.time * left / len(chosen)
        halt = np.zeros(1, dtype=np.int64)

        def run(place: int) -> Start | None:
            if self.budget.timed and self.budget.spent and (place > 0 or not needed):
                return None
            return self._run(chosen[place], effort, seconds, halt)

        try:
            runs = list(self.threads.map(run, range(len(chosen))))
        finally:
            # After Ctrl-C the threads, which know nothing of it, would anneal to the end.
            halt[0] = 1
        return [start for start in runs if start is not None]

    def _run(self, begin: _Begin, effort: float, seconds: float | None, halt: np.ndarray) -> Start:
        arrays, start = self.arrays, self.params.start
        cluster_of = (self._cut(begin) if begin.cover is None else begin.cover).copy()
        # A region with fewer atoms than its share is not cut.
        made = int(cluster_of.max()) + 1
        steps = int(start.moves_for(arrays.size.size) * effort)
        pool = np.empty((start.pool, arrays.high + 1), dtype=np.int64)
        annealing = start.annealing(self.scale, self.params.fault_price, hot=begin.hot)
        if seconds is not None:
            steps = min(steps, self._moves_in(seconds, cluster_of, made, annealing, pool))
        price, broken, pooled = anneal(
            arrays, cluster_of, made, steps, annealing, begin.seed, pool, halt
        )
        self.budget.spend(steps // MOVES_A_UNIT)
        sets = [tuple(map(int, np.flatnonzero(cluster_of == k))) for k in range(made)]
        return Start(
            [s for s in sets if s],
            float(price),
            int(broken),
            atoms_in(pool[:pooled]),
            begin.number,
        )

    def _cut(self, begin: _Begin) -> np.ndarray:
        """Cut each region into its share of the clusters; return the cluster of each atom."""
        if (begin.number, begin.seed) in self._cuts:
            return self._cuts[begin.number, begin.seed]
        rng = np.random.default_rng(begin.seed)
        shares = shared_out(self.arrays, self.regions, begin.number)
        assert shares is not None, "only possible numbers are tried"
        cluster_of = np.zeros(self.arrays.size.size, dtype=np.int64)
        made = 0
        for region, share in zip(self.regions, shares, strict=True):
            parts = parts_of(
                self.arrays, region, share, rng, self.params.start, lambda: self.budget.late
            )
            for part in parts:
                cluster_of[part] = made
                made += 1
        self._cuts[begin.number, begin.seed] = cluster_of
        return cluster_of

    def _moves_in(
        self,
        seconds: float,
        cluster_of: np.ndarray,
        made: int,
        annealing: Annealing,
        pool: np.ndarray,
    ) -> int:
        """Return how many moves this machine tries in so many seconds, by a short trial.

        Moves are priced by walking over clusters, so a county of thousands of schools, or a busy
        machine, would else anneal far beyond its time.
        """
        trial, moves = cluster_of.copy(), self.params.start.trial_moves
        still, halt = annealing._replace(cold=annealing.hot), np.zeros(1, dtype=np.int64)
        # The first call compiles or loads.
        anneal(self.arrays, trial, made, 1, still, 0, pool, halt)
        began = time.monotonic()
        anneal(self.arrays, trial, made, moves, still, 0, pool, halt)
        return max(1, int(seconds * moves / max(TICK, time.monotonic() - began)))
