"""The state of a solve: the best plan, the bound, and the trace of both."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from cluster_geo.errors import SolverError
from cluster_geo.optimise.budget import Budget
from cluster_geo.optimise.columns import Atoms, Column, Columns
from cluster_geo.optimise.generation import Generation
from cluster_geo.optimise.problem import Problem
from cluster_geo.optimise.proof import ProofNode, SearchProof, least_tree, proven
from cluster_geo.optimise.result import Members, Result, Status, StoppedBy, TracePoint, gap_of
from cluster_geo.plan import Plan, movers
from cluster_geo.rules import PlanSum
from cluster_geo.tolerances import CONTRADICTION, SAFETY, SAME_SUM

Progress = Callable[[TracePoint], None]


@dataclass
class Standing:
    """The incumbent of a problem, and the bound on every plan.

    Parameters
    ----------
    problem : Problem
    budget : Budget
    gap : float
        Target gap, a fraction.
    seed : int
    progress : callable, optional
        Called with each point of the trace.
    near : Plan, optional
        An earlier plan: of plans that score the same, the one in which fewer schools move from it
        is kept.
    columns : Columns
        Columns found.
    best : list of tuple of int or None
        Atoms of each cluster of the incumbent.
    cost, bound : float or None
        In units of the problem, without the cost of the frozen clusters.
    rounding : float
        Largest difference at which cost and bound count as equal: at first the accuracy of sums,
        at the end of a tree the tolerances of its fathomed nodes.
    impossible : bool
        Whether it is proven that there is no plan.
    known : tuple of tuple of int
        Schools of the clusters that could be in an equally good plan.
    likely : list of Column
        The same as columns, those of the least reduced cost first.
    proof : ProofNode
        The root of the search's tree.
    """

    problem: Problem
    budget: Budget
    gap: float
    seed: int
    progress: Progress | None = None
    near: Plan | None = None
    columns: Columns = field(init=False)
    best: list[Atoms] | None = None
    cost: float | None = None
    bound: float | None = None
    rounding: float = 2.0 * SAFETY
    impossible: bool = False
    trace: list[TracePoint] = field(default_factory=list)
    known: tuple[Members, ...] = ()
    likely: list[Column] = field(default_factory=list)
    proof: ProofNode = field(default_factory=ProofNode)

    def __post_init__(self) -> None:
        self.columns = Columns(self.problem.rulebook, self.problem.atoms, self.problem.unit)
        self._frozen = sum(self.problem.rulebook.price(c) for c in self.problem.frozen)

    def offer(self, sets: Iterable[Atoms | None]) -> bool:
        """Make a set of clusters the incumbent if it is better; return whether it is a plan.

        Raises
        ------
        SolverError
            If the plan costs less than the proven bound.
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
        plan = [column.atoms for column in chosen]
        if self.cost is None or cost < self.cost - SAME_SUM or self._nearer(plan, cost):
            self.best, self.cost = plan, cost
            self._check()
        return True

    def _nearer(self, sets: list[Atoms], cost: float) -> bool:
        """Whether a plan scores the same as the incumbent and moves fewer schools."""
        if self.near is None or self.best is None or self.cost is None:
            return False
        return abs(cost - self.cost) <= SAME_SUM and self.moved(sets) < self.moved(self.best)

    def moved(self, sets: Iterable[Atoms]) -> int:
        """Return how many schools move from the earlier plan to a plan; 0 if there is none."""
        return 0 if self.near is None else len(movers(self.near, self._plan(sets)))

    def _plan(self, sets: Iterable[Atoms]) -> Plan:
        """Return the plan of these sets of atoms and the frozen clusters."""
        problem = self.problem
        clusters = (
            problem.rulebook.cluster(u for a in atoms for u in problem.atoms[a]) for atoms in sets
        )
        return Plan.of([*clusters, *problem.frozen])

    def raise_bound(self, bound: float) -> None:
        """Raise the bound; a bound above the ceiling of costs proves that there is no plan.

        Raises
        ------
        SolverError
            If the incumbent costs less.
        """
        if bound > -np.inf and (self.bound is None or bound > self.bound):
            self.bound = bound
            self._check()
        if self.best is None and self.bound is not None and self.bound > self.problem.ceiling:
            self.impossible = True

    def _check(self) -> None:
        """Refuse a bound above the incumbent's cost: the plan was judged, so the bound is wrong."""
        if self.cost is None or self.bound is None:
            return
        if self.bound > self.cost + 2.0 * SAFETY + CONTRADICTION * abs(self.cost):
            wrong, self.bound = self.bound, None
            cost = self.cost * self.problem.unit
            raise SolverError(
                f"A plan that scores {cost:,.6g} contradicts the bound of "
                f"{wrong * self.problem.unit:,.6g}, so the bound was discarded."
            )

    def close(self, rounding: float) -> None:
        """Record that the tree has no open node left, and the tolerances of its nodes.

        Raises
        ------
        SolverError
            If cost and bound differ by more than that, so that the search missed something.
        """
        if self.cost is None or self.bound is None or self.cost - self.bound > rounding + SAFETY:
            raise SolverError(
                "The search has no branch left, but its tolerances do not explain the difference "
                "between the best plan and the bound."
            )
        self.rounding = max(self.rounding, rounding + SAFETY)

    @property
    def distance(self) -> float | None:
        """The current gap, a fraction."""
        return gap_of(self.cost, self.bound)

    @property
    def closed(self) -> bool:
        """Whether the target gap is reached."""
        if self.cost is None or self.bound is None or self.distance is None:
            return False
        return self.distance <= self.gap or self.cost - self.bound <= self.rounding

    def keep(self, generation: Generation) -> None:
        """Keep the clusters that could be in an equally good plan, for a later solve."""
        most = generation.params.kept
        if generation.solution is not None:
            order = np.argsort(generation.reduced_costs(), kind="stable")[:most]
            self.likely = [generation.columns.admitted[place] for place in order]
            self.known = tuple(sorted(column.cluster.members for column in self.likely))

    def note(self, stage: str) -> None:
        """Add a point to the trace and report it."""
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
        """Return a cost or bound in the unit of the rules, including the frozen clusters."""
        return None if amount is None else amount * self.problem.unit + self._frozen

    def result(self, stopped: StoppedBy, failure: str = "") -> Result:
        """Return the result, including the frozen clusters."""
        plan = None
        cost = bound = None
        if self.best is not None and self.cost is not None:
            plan = self._plan(self.best)
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
            proof=self._proof() if bound is not None else None,
        )

    def _proof(self) -> SearchProof | None:
        """Return what proves the bound; None where no more is proven than without a search."""
        if proven(self.proof) == -np.inf:
            return None
        problem = self.problem
        return SearchProof(
            root=least_tree(self.proof),
            atoms=problem.atoms,
            hubs=tuple(problem.model.urns),
            plan_rules=tuple(rule.name for rule in problem.rulebook.plan_rules),
            numbers=problem.numbers,
            frozen=tuple(sorted(cluster.members for cluster in problem.frozen)),
            unit=problem.unit,
        )
