"""A dive: fix one fractional cluster after another, with cuts throughout, until a plan is left.

The linear programme over some columns is first tightened by rounds of subset-row cuts. Without
them a set partitioning of a county falls apart as soon as a few clusters are fixed: what is left
has no cover. With them the dive ends at the best plan of the columns, or close to it.

The cuts cut off no plan, so the value of the tightened programme is a lower bound on every plan
that these columns can form, and its reduced costs tell which of them could be in a better one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from cluster_geo.optimise.columns import Atoms, Column
from cluster_geo.optimise.cuts import separate
from cluster_geo.optimise.master import Master, MasterSolution
from cluster_geo.optimise.params import SearchParams
from cluster_geo.optimise.proof import Multipliers
from cluster_geo.rules import PlanRule
from cluster_geo.tolerances import BETTER_COVER, SAFETY, SLACK, WEIGHT


@dataclass(frozen=True)
class Dived:
    """What a dive found.

    Parameters
    ----------
    bound : float
        No plan of these columns costs less.
    reduced : ndarray
        Reduced cost of each column at the duals of `bound`: a plan of these columns that costs
        less than c has no column whose reduced cost exceeds c - `bound`.
    at : Multipliers
        These duals.
    cuts : tuple of tuple of int
        Cuts that hold up the bound.
    chosen : list of int or None
        Places of the columns of a plan better than the cutoff; None if the dive found none.
    """

    bound: float
    reduced: np.ndarray
    at: Multipliers
    cuts: tuple[Atoms, ...]
    chosen: list[int] | None


class Dive:
    """A dive among some columns.

    Parameters
    ----------
    columns : sequence of Column
    atoms : int
        Number of atoms to cover.
    plan_rules : tuple of PlanRule
    ceiling : float
        More than any plan costs.
    cutoff : float
        Only a plan that costs less is of interest.
    spend : callable
        Called with the simplex iterations of each solve.
    spent : callable
        Whether to stop.
    left : callable
        Seconds left for a linear programme; None without a limit.
    params : SearchParams
    """

    def __init__(
        self,
        columns: Sequence[Column],
        atoms: int,
        plan_rules: tuple[PlanRule, ...],
        *,
        ceiling: float,
        cutoff: float = np.inf,
        spend: Callable[[int], None] = lambda _: None,
        spent: Callable[[], bool] = lambda: False,
        left: Callable[[], float | None] = lambda: None,
        params: SearchParams = SearchParams(),
    ) -> None:
        self._sets = [column.atoms for column in columns]
        self._atoms, self._plan_rules = atoms, plan_rules
        self._cutoff, self._params = cutoff, params
        self._spend, self._spent, self._left = spend, spent, left
        self._master = Master(atoms, plan_rules, params.columns, ceiling)
        self._master.add(columns)
        self._master.box(np.zeros(atoms), params.columns.widest * self._master.elastic)
        self._open = np.ones(len(columns), dtype=bool)
        lengths = [len(s) for s in self._sets]
        places = np.concatenate([np.array(s, dtype=np.int64) for s in self._sets])
        starts = np.concatenate([[0], np.cumsum(lengths)])
        self._covers = csr_array((np.ones(places.size), places, starts), (len(columns), atoms))

    def run(self, cuts: Sequence[Atoms] = ()) -> Dived:
        """Tighten the linear programme, beginning with some cuts, and dive.

        Raises
        ------
        OutOfTime
        SolverError
            If a linear programme cannot be solved.
        """
        self._master.cut(cuts)
        top = self._tightened(self._solved(), self._params.dive.rounds)
        cuts = list(self._master.cuts)
        found = None
        if top.value < self._cutoff - BETTER_COVER:
            found = self._dived(top)
        active = np.flatnonzero(top.cut_duals < -SLACK).tolist()
        # By the duals, since the value itself is a bound only as far as the solver's optimum is.
        bound = top.constant(self._plan_rules) + float(np.minimum(0.0, top.reduced).sum()) - SAFETY
        at = Multipliers.of(top, cuts)
        return Dived(bound, top.reduced, at, tuple(cuts[q] for q in active), found)

    def _solved(self) -> MasterSolution:
        solution = self._master.solve(self._left())
        self._spend(solution.iterations)
        return solution

    def _tightened(self, solution: MasterSolution, rounds: int) -> MasterSolution:
        """Add rounds of cuts while they raise the value enough."""
        for _ in range(rounds):
            if self._spent() or _is_whole(solution.weights):
                break
            triples = separate(
                self._sets,
                solution.weights,
                self._atoms,
                known=set(self._master.cuts),
                params=self._params.cuts,
            )
            if not triples:
                break
            self._master.cut(triples)
            before, solution = solution.value, self._solved()
            if solution.value - before < self._params.dive.least_gain * abs(before):
                break
        return solution

    def _dived(self, solution: MasterSolution) -> list[int] | None:
        """Fix columns until the solution is whole; None if what is left has no better plan."""
        while not self._spent():
            if solution.value >= self._cutoff - BETTER_COVER:
                return None
            if _is_whole(solution.weights):
                return self._plan(solution)
            fixed = self._most_certain(solution.weights)
            if fixed is None:
                return None
            rivals = self._rivals(fixed)
            if not rivals.size:
                # Some of its atoms are left to their slacks: no cover has it.
                rivals = np.array([fixed])
            self._limit(rivals, 0.0)
            tried = self._solved()
            if tried.value >= self._cutoff - BETTER_COVER:
                # No better plan has it together with those fixed before: its rivals return.
                self._limit(rivals, np.inf)
                self._limit(np.array([fixed]), 0.0)
                tried = self._solved()
            solution = self._tightened(tried, 1)
        return None

    def _plan(self, solution: MasterSolution) -> list[int] | None:
        """Return the columns of a whole solution, unless it leaves a row to its slack."""
        if solution.slack > SLACK:
            return None
        return np.flatnonzero(solution.weights > 1.0 - WEIGHT).tolist()

    def _most_certain(self, weights: np.ndarray) -> int | None:
        """Return the fractional column of the greatest weight; None if there is none."""
        fractional = (weights > WEIGHT) & (weights < 1.0 - WEIGHT)
        if not fractional.any():
            return None
        return int(np.argmax(np.where(fractional, weights, -1.0)))

    def _rivals(self, fixed: int) -> np.ndarray:
        """Return the columns, still open, that share an atom with one."""
        held = np.zeros(self._atoms)
        held[list(self._sets[fixed])] = 1.0
        rivals = (self._covers @ held) > 0.0
        rivals[fixed] = False
        return np.flatnonzero(rivals & self._open)

    def _limit(self, places: np.ndarray, most: float) -> None:
        self._master.limit(places, most)
        self._open[places] = most > 0.0


def _is_whole(weights: np.ndarray) -> bool:
    return bool((np.minimum(weights, np.abs(1.0 - weights)) <= WEIGHT).all())
