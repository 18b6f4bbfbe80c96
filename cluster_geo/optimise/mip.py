"""Solve a PuLP model with HiGHS and report only checked results."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypedDict, Unpack

import highspy
import numpy as np
import pulp
from scipy.sparse import coo_array

from cluster_geo.optimise import solver
from cluster_geo.optimise.solver import (
    INFEASIBLE,
    LIMITS,
    Answer,
    ModelStatus,
    Programme,
    new_solver,
    taken,
    tried_twice,
)
from cluster_geo.tolerances import MISSED, NO_GAP


@dataclass(frozen=True)
class MipOutcome:
    """The outcome of an integer programme.

    Parameters
    ----------
    status : str
        "optimal" within the requested gap; "infeasible", confirmed by a second run without
        presolve; or "limit".
    objective : float or None
        Of the best solution, including the objective's constant; None if there is none.
    bound : float
        No solution costs less; inf if there is none, -inf if nothing is proven.
    values : mapping of str to float
        The solution by name of variable, checked against every row; empty if there is none.
    """

    status: Literal["optimal", "infeasible", "limit"]
    objective: float | None
    bound: float
    values: Mapping[str, float] = field(default_factory=dict, repr=False)

    @property
    def proven(self) -> bool:
        """Whether the gap is closed, or it is proven that there is no solution."""
        return self.status != "limit"

    @property
    def impossible(self) -> bool:
        """Whether it is proven that there is no solution."""
        return self.status == "infeasible"


NOTHING_PROVEN = MipOutcome("limit", None, -math.inf)


@dataclass(frozen=True)
class _Asked:
    """An integer programme with the limits of its solve."""

    programme: Programme
    names: tuple[str, ...]
    constant: float
    gap: float
    seed: int
    most_nodes: int | None
    start: Mapping[str, float]
    ends: float | None

    def left(self) -> float | None:
        """Return the seconds left, or None if there is no time limit."""
        return None if self.ends is None else max(0.0, self.ends - time.monotonic())

    def outcome(self, *, presolve: bool = True) -> MipOutcome:
        """Run it once and read the answer."""
        answer = solver.ask(self._ready(presolve=presolve))
        if answer.failed:
            raise solver.unusable(answer, "an integer programme was not solved")
        if answer.model in INFEASIBLE:
            if presolve:
                # Presolve has called feasible models infeasible (HiGHS 1.14, its issue 3090).
                return self.outcome(presolve=False)
            if answer.model != ModelStatus.kInfeasible:
                raise solver.unusable(answer, "an integer programme has no bound")
            return MipOutcome("infeasible", None, math.inf)
        if answer.model == ModelStatus.kOptimal or answer.model in LIMITS:
            return self._read(answer, closed=answer.model == ModelStatus.kOptimal)
        raise solver.unusable(answer, "an integer programme was not solved")

    def _ready(self, *, presolve: bool) -> highspy.Highs:
        """Return a solver with the programme, its limits and the initial solution."""
        model = new_solver(seed=self.seed)
        options: dict[str, float | str] = {"mip_rel_gap": self.gap, "mip_abs_gap": NO_GAP}
        if not presolve:
            options["presolve"] = "off"
        if (left := self.left()) is not None:
            options["time_limit"] = left
        if self.most_nodes is not None:
            options["mip_max_nodes"] = self.most_nodes
        for option, value in options.items():
            taken(model.setOptionValue(option, value), f"option {option}")
        taken(model.passModel(self.programme.model()), "an integer programme")
        if self.start and presolve:
            at = [i for i, name in enumerate(self.names) if name in self.start]
            values = np.array([self.start[self.names[i]] for i in at], dtype=float)
            taken(model.setSolution(len(at), np.array(at, dtype=np.int32), values), "a start")
        return model

    def _read(self, answer: Answer, *, closed: bool) -> MipOutcome:
        """Check the solution, if there is one, and check the bound against it."""
        bound = solver.lower(answer.bound) + self.constant
        if not answer.has_solution:
            if closed:
                raise solver.unusable(answer, "it calls no solution optimal")
            # HiGHS has no valid bound before its search begins.
            return MipOutcome("limit", None, bound if answer.nodes >= 0 else -math.inf)
        programme = self.programme
        if not programme.kept_by(answer.values):
            raise solver.unusable(answer, "the solution of an integer programme breaks its rows")
        if not programme.agrees(answer.objective, answer.values):
            raise solver.unusable(answer, "its objective is not what its solution costs")
        cost = programme.cost_of(answer.values) + self.constant
        slack = MISSED * max(1.0, abs(cost))
        if bound > cost + slack:
            raise solver.unusable(answer, "its bound is above the cost of its solution")
        if closed and cost - bound > self.gap * abs(cost) + slack:
            raise solver.unusable(answer, "it calls optimal what its bound leaves open")
        values = dict(zip(self.names, map(float, answer.values), strict=True))
        return MipOutcome("optimal" if closed else "limit", cost, min(bound, cost), values)


class MipOptions(TypedDict, total=False):
    """How an integer programme is solved.

    Parameters
    ----------
    time_limit : float, optional
        Seconds; HiGHS overshoots by up to a few.
    most_nodes : int, optional
        Nodes of branch and bound: a limit that does not depend on the clock.
    gap : float, optional
        Stop at this gap, a fraction of the objective. Default: 0.
    seed : int, optional
        HiGHS's own seed. Default: 0.
    start : mapping of str to float, optional
        An initial solution, by name of variable.
    """

    time_limit: float | None
    most_nodes: int | None
    gap: float
    seed: int
    start: Mapping[str, float] | None


def solve_mip(problem: pulp.LpProblem, **options: Unpack[MipOptions]) -> MipOutcome:
    """Minimise `problem`, an integer model of a minimisation.

    Parameters
    ----------
    problem : pulp.LpProblem
    **options
        See `MipOptions`.

    Raises
    ------
    SolverError
        If HiGHS fails twice to give a usable answer.

    Examples
    --------
    >>> import pulp
    >>> problem = pulp.LpProblem("three_halves", pulp.LpMinimize)
    >>> x = problem.add_variable("x", 0, 9, pulp.LpInteger)
    >>> problem += 2 * x >= 3, "enough"
    >>> problem.setObjective(x + 0)
    >>> outcome = solve_mip(problem, gap=0.0)
    >>> outcome.status, outcome.objective
    ('optimal', 2.0)
    """
    return solve_programme(*programme_of(problem), **options)


def solve_programme(
    programme: Programme,
    names: Sequence[str] = (),
    constant: float = 0.0,
    **options: Unpack[MipOptions],
) -> MipOutcome:
    """Minimise a programme that is not a PuLP model; see `solve_mip`.

    Parameters
    ----------
    programme : Programme
    names : sequence of str
        Of its columns; by default their places.
    constant : float
        Added to the objective.
    **options
        See `MipOptions`.
    """
    seconds = options.get("time_limit")
    asked = _Asked(
        programme=programme,
        names=tuple(names) or tuple(map(str, range(programme.cost.size))),
        constant=constant,
        gap=options.get("gap", 0.0),
        seed=options.get("seed", 0),
        most_nodes=options.get("most_nodes"),
        start=options.get("start") or {},
        ends=None if seconds is None else time.monotonic() + seconds,
    )
    # HiGHS 1.16.0 can lose the cost of a start in presolve, and then calls it optimal at cost 0.
    return tried_twice(asked.outcome, replace(asked, start={}).outcome)


def programme_of(problem: pulp.LpProblem) -> tuple[Programme, tuple[str, ...], float]:
    """Convert a PuLP model to a programme, the names of its columns and the objective's constant.

    It uses only the public interface that PuLP 3 and 4 share.
    """
    assert problem.sense == pulp.LpMinimize, "every model here is minimised"
    variables = problem.variables()
    at = {variable.name: i for i, variable in enumerate(variables)}
    cost = np.zeros(len(variables))
    for variable, coefficient in problem.objective.items():
        cost[at[variable.name]] += coefficient
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    low: list[float] = []
    high: list[float] = []
    for row, constraint in enumerate(problem.constraints()):
        side = -float(constraint.constant)
        low.append(-math.inf if constraint.sense == pulp.LpConstraintLE else side)
        high.append(math.inf if constraint.sense == pulp.LpConstraintGE else side)
        for variable, coefficient in constraint.items():
            rows.append(row)
            columns.append(at[variable.name])
            values.append(float(coefficient))
    programme = Programme(
        cost=cost,
        low=np.array([-math.inf if v.lowBound is None else v.lowBound for v in variables]),
        high=np.array([math.inf if v.upBound is None else v.upBound for v in variables]),
        matrix=coo_array((values, (rows, columns)), (len(low), len(variables))).tocsc(),
        row_low=np.array(low),
        row_high=np.array(high),
        whole=np.array([v.cat == pulp.LpInteger for v in variables], dtype=bool),
    )
    names = tuple(str(variable.name) for variable in variables)
    return programme, names, float(problem.objective.constant or 0.0)
