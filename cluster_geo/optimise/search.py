"""The stages of a solve: a first plan, then columns and cuts in turn, then branch and price."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from cluster_geo.optimise.assignment import Medians
from cluster_geo.optimise.branching import Branching
from cluster_geo.optimise.budget import OutOfTime
from cluster_geo.optimise.centre import centre_of
from cluster_geo.optimise.columns import JUDGED, Atoms
from cluster_geo.optimise.finish import Finish
from cluster_geo.optimise.generation import Generation
from cluster_geo.optimise.integer import IntegerMaster
from cluster_geo.optimise.mend import mended, sets_of
from cluster_geo.optimise.params import SearchParams
from cluster_geo.optimise.pricing import Pricer
from cluster_geo.optimise.problem import Problem, typical
from cluster_geo.optimise.result import Members, StoppedBy
from cluster_geo.optimise.spanning import shared_out
from cluster_geo.optimise.standing import Standing
from cluster_geo.optimise.start import Start, first_plan
from cluster_geo.plan import Plan
from cluster_geo.tolerances import WEIGHT


@dataclass
class Search:
    """One solve in progress.

    Parameters
    ----------
    standing : Standing
        The incumbent, bound and columns, which the stages improve.
    pricer : Pricer
    threads : int
    any_plan : bool
        Stop at the first plan that keeps the hard rules.
    params : SearchParams
    """

    standing: Standing
    pricer: Pricer
    threads: int
    any_plan: bool = False
    params: SearchParams = SearchParams()
    _bounds: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._integer = IntegerMaster(self.standing, self.params.integer)
        self._finish = Finish(self.standing, self.pricer, self.params)

    @property
    def problem(self) -> Problem:
        """The problem to solve."""
        return self.standing.problem

    def run(self, start: Plan | None, known: Iterable[Members] = ()) -> StoppedBy:
        """Run the stages; return why the search stopped."""
        standing = self.standing
        if not self.problem.numbers:
            standing.impossible = True
            return "proof"
        if not self.problem.atoms:
            standing.offer([])
            standing.impossible = standing.best is None
            standing.bound = 0.0
            return "proof"
        standing.raise_bound(self.problem.floor)
        if start is not None:
            kept = standing.offer([standing.columns.atoms_of(c.members) for c in start.clusters])
            if kept:
                standing.note("first plan")
        warm = self._warm(known)
        medians = Medians.of(self.problem, self.params.assignment, standing)
        given = self._given(start, medians)
        try:
            begun = self._first(self.params.start.known_effort if warm else 1.0, given, medians)
        except OutOfTime:
            return self._limit()
        if begun is None:
            # No allowed number of clusters can be distributed over the regions.
            standing.impossible = True
            return "proof"
        if self._enough:
            return "first plan"
        return self._limit() if standing.budget.spent else self._improve(begun, medians)

    def _improve(self, begun: Start, medians: Medians | None) -> StoppedBy:
        """Generate columns and cuts, then branch, from a first plan or what came closest to one."""
        standing = self.standing
        generation = Generation(
            self.problem.model,
            self.problem.rulebook.plan_rules,
            self.problem.numbers[-1],
            standing.columns,
            self.pricer,
            standing.budget,
            *self._centre(standing.best or begun.sets, medians),
            ceiling=self.problem.ceiling,
            params=self.params,
        )
        try:
            stopped = self._columns_and_cuts(generation)
            standing.keep(generation)
            return stopped or self._branches(generation)
        except OutOfTime:
            standing.keep(generation)
            return self._limit()

    @property
    def _enough(self) -> bool:
        return self.any_plan and self.standing.best is not None

    def _given(self, start: Plan | None, medians: Medians | None) -> list[np.ndarray]:
        """Return covers to begin from: the plan given, mended twice over, or those of medians."""
        if start is not None:
            cover = mended(self.problem, start)
            if cover is None or not self._possible(int(cover.max()) + 1):
                return []
            return [cover, cover]
        covers = [] if medians is None else medians.covers()
        self.standing.columns.admit(atoms for cover in covers for atoms in sets_of(cover))
        return covers

    def _possible(self, number: int) -> bool:
        """Whether so many clusters are allowed, and can be distributed over the regions."""
        problem = self.problem
        shared = shared_out(problem.arrays, problem.regions, number)
        return number in problem.numbers and shared is not None

    def _centre(self, sets: list[Atoms], medians: Medians | None) -> tuple[np.ndarray, float]:
        """Return the first centre of the duals, and half the width of their boxes."""
        if medians is not None and self.standing.cost is not None:
            centre, half = medians.centre(len(sets), self.standing.cost)
            return centre, max(self.params.columns.least_box, half)
        return centre_of(self.problem, sets, self.params.columns)

    def _warm(self, known: Iterable[Members]) -> bool:
        """Admit clusters of an earlier solve; return whether they are enough to build on."""
        columns = self.standing.columns
        sets = [atoms for members in known if (atoms := columns.atoms_of(members)) is not None]
        return len(columns.admit(sets)) >= len(self.problem.atoms)

    def _first(
        self, effort: float, given: Sequence[np.ndarray], medians: Medians | None
    ) -> Start | None:
        """Anneal a first plan, from covers given or else from trees.

        What was given may be no way to a plan, or a plan far from the best: then both are tried.
        Only medians are as good as what trees would lead to.
        """
        begun = self._first_from(effort, given)
        enough = self._enough or (medians is not None and self.standing.best is not None)
        if given and not enough and not self.standing.budget.spent:
            begun = self._first_from(effort, ()) or begun
        return begun

    def _first_from(self, effort: float, given: Sequence[np.ndarray]) -> Start | None:
        """Anneal a first plan; if it breaks limits over the plan, anneal again with prices."""
        begun = None
        for price in self._prices():
            begun = self._annealed(price, effort, given)
            kept = begun is not None and self.standing.offer(begun.sets)
            self.standing.note("first plan")
            if begun is not None:
                self._admit(begun.pool)
            if begun is None or kept or self.standing.budget.spent:
                break
        return begun

    def _early(self, begun: Start) -> bool:
        """Note a plan that there is before the full annealings; return whether any will do."""
        kept = begun.broken == 0 and self.standing.offer(begun.sets)
        if kept and not self._enough:
            self.standing.note("first plan")
        return self._enough

    def _admit(self, pool: Sequence[Atoms]) -> None:
        """Judge the clusters that annealing has kept, as long as there is time for it."""
        for first in range(0, len(pool), JUDGED):
            if self.standing.budget.spent:
                return
            self.standing.columns.admit(pool[first : first + JUDGED])

    def _prices(self) -> tuple[float, ...]:
        """Return the prices to try for limits over the plan, in typical charges of a school."""
        if not self.problem.limits:
            return (0.0,)
        # If any plan will do, it is not worth looking for one that may break the limits.
        prices = self.params.start.limit_prices
        return prices if self.any_plan else (0.0, *prices)

    def _annealed(self, price: float, effort: float, given: Sequence[np.ndarray]) -> Start | None:
        """Anneal with a price on limits over the plan, in typical charges of a school."""
        # A plan to begin from is to be kept where the price of leaving it is high, so that price
        # must not set the temperature.
        scale = typical(self.problem.arrays, travel_only=bool(given))
        with ThreadPoolExecutor(self.threads) as threads:
            return first_plan(
                self.problem.arrays_with_limits_at(price * scale),
                self.problem.regions,
                self.problem.numbers,
                seed=self.standing.seed,
                budget=self.standing.budget,
                threads=threads,
                effort=effort,
                scale=scale,
                given=given,
                enough=self._early,
                params=self.params,
            )

    def _columns_and_cuts(self, generation: Generation) -> StoppedBy | None:
        """Generate columns and add cuts in turn; return None when cuts no longer help."""
        standing = self.standing
        rounds = 0
        while True:
            generation.converge(
                standing.cost, standing.gap, self._progress("cuts" if rounds else "columns")
            )
            if standing.impossible:
                return "proof"
            self._integer.improve(generation)
            self._end(generation)
            if standing.closed:
                return "gap"
            if self._enough:
                return "first plan"
            if standing.budget.spent:
                return self._limit()
            if self._stalled(generation) or not generation.cut():
                return None
            rounds += 1

    def _end(self, generation: Generation) -> None:
        """List all clusters that a better plan could have, if they are few, and choose of them."""
        if not (self.standing.closed or self._enough or self.standing.budget.spent):
            ended = self._finish.end(generation, self.params.enumeration.most)
            if ended is not None:
                self.standing.proof.prove(None, ended)
                self.standing.raise_bound(ended.bound)
                self.standing.note("plan")

    def _progress(self, stage: str) -> Callable[[Generation], None]:
        """Return a callback that records the bound after each round."""

        def progress(generation: Generation) -> None:
            self.standing.proof.prove(generation.highest)
            self.standing.raise_bound(generation.bound)
            self.standing.note(stage)

        return progress

    def _stalled(self, generation: Generation) -> bool:
        """Whether the last rounds of cuts closed too little of the remaining gap."""
        patience = self.params.cuts.patience
        self._bounds.append(generation.bound)
        if len(self._bounds) <= patience or self.standing.cost is None:
            return False
        gained = self._bounds[-1] - self._bounds[-1 - patience]
        return gained < self.params.cuts.least_gain * (self.standing.cost - self._bounds[-1])

    def _branches(self, generation: Generation) -> StoppedBy:
        """Close the gap that cuts leave open by branch and price."""
        standing = self.standing
        branching = Branching(
            generation, standing.columns, self.problem.numbers, self._finish, standing.proof
        )
        steps = 0
        self._offer_whole(generation)
        while branching.open and not (
            standing.closed or standing.impossible or standing.budget.spent
        ):
            node = branching.step(standing.cost, standing.gap)
            if node is None:
                break
            steps += 1
            self._offer_whole(node)
            if steps % self.params.integer.nodes_between == 0:
                self._integer.improve(generation)
            standing.raise_bound(branching.bound)
            standing.note("branches")
            if self._enough:
                return "first plan"
        if standing.impossible:
            return "proof"
        if standing.closed:
            return "gap"
        if branching.open:
            return self._limit()
        if branching.limited:
            return "pricing limit"
        # A root that was fathomed by its bound is within the target gap of the incumbent.
        standing.close(max(branching.rounding, standing.gap * abs(standing.cost or 0.0)))
        return "tolerance"

    def _offer_whole(self, generation: Generation) -> None:
        """Offer the columns of weight one in a solution, which together may be a plan."""
        if generation.solution is None:
            return
        whole = np.flatnonzero(generation.solution.weights > 1.0 - WEIGHT)
        admitted = generation.columns.admitted
        columns = self.standing.columns
        self.standing.offer([columns.atoms_of(admitted[c].cluster.members) for c in whole])

    def _limit(self) -> StoppedBy:
        return "time limit" if self.standing.budget.timed else "work limit"
