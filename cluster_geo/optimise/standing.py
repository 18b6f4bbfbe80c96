"""Where a solve stands: the best plan, the bound, and the trace of both."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from cluster_geo.errors import SolverError
from cluster_geo.optimise.budget import Budget
from cluster_geo.optimise.columns import Atoms, Columns
from cluster_geo.optimise.generation import Generation
from cluster_geo.optimise.problem import Problem
from cluster_geo.optimise.result import Members, Result, Status, StoppedBy, TracePoint, gap_of
from cluster_geo.plan import Plan
from cluster_geo.rules import PlanSum
from cluster_geo.tolerances import CONTRADICTION, SAFETY, SAME_SUM

Progress = Callable[[TracePoint], None]


@dataclass
class Standing:
    """The best plan of a problem so far, and what is proven of every plan.

    Parameters
    ----------
    problem : Problem
    budget : Budget
    gap : float
        Gap aimed at, a fraction.
    seed : int
    progress : callable, optional
        Told of each point of the trace.
    columns : Columns
        Clusters known.
    best : list of tuple of int or None
        Atoms of each cluster of the best plan.
    cost, bound : float or None
        In units of the problem, without what the frozen clusters cost.
    rounding : float
        How far cost and bound may be apart and be called equal: at first what sums are exact
        to, at the end of a tree what its closed nodes' tolerances add up to.
    impossible : bool
        It is proven that there is no plan.
    """

    problem: Problem
    budget: Budget
    gap: float
    seed: int
    progress: Progress | None = None
    columns: Columns = field(init=False)
    best: list[Atoms] | None = None
    cost: float | None = None
    bound: float | None = None
    rounding: float = 2.0 * SAFETY
    impossible: bool = False
    trace: list[TracePoint] = field(default_factory=list)
    known: tuple[Members, ...] = ()

    def __post_init__(self) -> None:
        self.columns = Columns(self.problem.rulebook, self.problem.atoms, self.problem.unit)
        self._frozen = sum(self.problem.rulebook.price(c) for c in self.problem.frozen)

    def offer(self, sets: Iterable[Atoms | None]) -> bool:
        """Take a set of clusters as the best plan if it is better; return whether it is one.

        Raises
        ------
        SolverError
            Where the plan costs less than what was proven of every plan.
        """
        given = [s for s in sets if s is not None]
        self.columns.admit(given)
        chosen = [column for s in given if (column := self.columns.known(s)) is not None]
        covered = sorted(a for column in chosen for a in column.atoms)
        if covered != list(range(len(self.problem.atoms))):
            return False
        for place, rule in enumerate(self.problem.rulebook.plan_rules):
            total = sum(column.coefficients[place] for column in chosen)
            if not PlanSum(rule, total).kept:
                return False
        cost = sum(column.cost for column in chosen)
        if self.cost is None or cost < self.cost - SAME_SUM:
            self.best, self.cost = [column.atoms for column in chosen], cost
            self._check()
        return True

    def raise_bound(self, bound: float) -> None:
        """Take a proven bound; one above the ceiling of costs proves that there is no plan.

        Raises
        ------
        SolverError
            Where the best plan costs less.
        """
        if bound > -np.inf and (self.bound is None or bound > self.bound):
            self.bound = bound
            self._check()
        if self.best is None and self.bound is not None and self.bound > self.problem.ceiling:
            self.impossible = True

    def _check(self) -> None:
        """Refuse a bound that a plan contradicts: the plan was judged, so the bound is wrong."""
        if self.cost is None or self.bound is None:
            return
        if self.bound > self.cost + 2.0 * SAFETY + CONTRADICTION * abs(self.cost):
            wrong, self.bound = self.bound, None
            cost = self.cost * self.problem.unit
            raise SolverError(
                f"A plan that scores {cost:,.6g} contradicts the bound of "
                f"{wrong * self.problem.unit:,.6g}, which is therefore given up."
            )

    def close(self, rounding: float) -> None:
        """Say that a tree has no branch left, and what its tolerances add up to.

        Raises
        ------
        SolverError
            Where cost and bound are further apart than that: something was left out.
        """
        if self.cost is None or self.bound is None or self.cost - self.bound > rounding + SAFETY:
            raise SolverError(
                "The search has no branch left, but its tolerances do not explain what is left "
                "between the best plan and the bound."
            )
        self.rounding = max(self.rounding, rounding + SAFETY)

    @property
    def distance(self) -> float | None:
        """The gap now, a fraction."""
        return gap_of(self.cost, self.bound)

    @property
    def closed(self) -> bool:
        """Whether the gap aimed at is reached."""
        if self.cost is None or self.bound is None or self.distance is None:
            return False
        return self.distance <= self.gap or self.cost - self.bound <= self.rounding

    def keep(self, generation: Generation) -> None:
        """Keep the clusters that could be in a plan as good, for a later solve."""
        most = generation.params.kept
        if generation.solution is not None:
            order = np.argsort(generation.reduced_costs(), kind="stable")[:most]
            admitted = generation.columns.admitted
            self.known = tuple(sorted(admitted[place].cluster.members for place in order))

    def note(self, stage: str) -> None:
        """Add a point to the trace, and tell it."""
        point = TracePoint(
            seconds=self.budget.elapsed,
            work=self.budget.done,
            stage=stage,
            cost=self._whole(self.cost),
            bound=self._whole(self.bound),
            columns=len(self.columns),
        )
        self.trace.append(point)
        if self.progress is not None:
            self.progress(point)

    def _whole(self, amount: float | None) -> float | None:
        """Return a cost or bound as the rules count it, the frozen clusters with it."""
        return None if amount is None else amount * self.problem.unit + self._frozen

    def result(self, stopped: StoppedBy, failure: str = "") -> Result:
        """Say what was found, the frozen clusters with it."""
        plan = None
        cost = bound = None
        if self.best is not None and self.cost is not None:
            clusters = [
                self.problem.rulebook.cluster(u for a in atoms for u in self.problem.atoms[a])
                for atoms in self.best
            ]
            plan = Plan.of([*clusters, *self.problem.frozen])
            cost = self._whole(self.cost)
        if not self.impossible:
            bound = self._whole(self.bound)
        if bound is not None:
            bound = bound if cost is None else min(bound, cost)
        status: Status = "none found"
        if self.impossible:
            status = "impossible"
        elif plan is not None:
            status = "optimal" if self.closed else "feasible"
        return Result(
            status=status,
            stopped_by=stopped,
            plan=plan,
            cost=cost,
            bound=bound,
            seconds=self.budget.elapsed,
            seed=self.seed,
            work=self.budget.done,
            trace=tuple(self.trace),
            timed=self.budget.timed,
            known=self.known,
            failure=failure,
        )
