"""Solve a PuLP model with HiGHS, and say truthfully what came of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import highspy
import numpy as np
import pulp

_STATUS = highspy.HighsModelStatus
_INFEASIBLE = (_STATUS.kInfeasible, _STATUS.kUnboundedOrInfeasible)


@dataclass(frozen=True)
class MipOutcome:
    """What HiGHS found.

    PuLP reports "Optimal" for a run that time has stopped, and fills in values where there is
    no solution, so everything here is read from the solver itself.

    Parameters
    ----------
    proven : bool
        The gap is closed, or it is proven that there is no solution.
    objective : float or None
        Of the best solution, the objective's constant included; None where there is none.
    bound : float
        No solution costs less; inf where it is proven that there is none.
    values : mapping of str to float
        The solution by name of variable; empty where there is none.
    """

    proven: bool
    objective: float | None
    bound: float
    values: Mapping[str, float] = field(default_factory=dict, repr=False)

    @property
    def impossible(self) -> bool:
        """Whether it is proven that there is no solution."""
        return self.proven and self.objective is None


def solve_mip(
    problem: pulp.LpProblem,
    *,
    time_limit: float | None = None,
    most_nodes: int | None = None,
    gap: float = 0.0,
    seed: int = 0,
    start: Mapping[str, float] | None = None,
) -> MipOutcome:
    """Minimise `problem`, an integer model of a minimisation.

    Parameters
    ----------
    problem : pulp.LpProblem
    time_limit : float, optional
        Seconds; HiGHS overshoots by up to a few.
    most_nodes : int, optional
        Nodes of branch and bound: a limit that does not hang on the clock.
    gap : float
        Stop at this gap, a fraction of the objective.
    seed : int
        HiGHS's own seed.
    start : mapping of str to float, optional
        A solution known already, by name of variable.
    """
    # A model solved before with another number of threads would leave this one silently unsolved.
    highspy.Highs.resetGlobalScheduler(True)
    limits = {} if most_nodes is None else {"mip_max_nodes": most_nodes}
    solver = pulp.HiGHS(
        msg=False, timeLimit=time_limit, gapRel=gap, gapAbs=1e-9, random_seed=seed, **limits
    )
    # PuLP's own solve() knows no start, and stumbles over a status it has no word for.
    solver.createAndConfigureSolver(problem)
    solver.buildSolverModel(problem)
    model = problem.solverModel
    if start:
        given = [(v.index, start[v.name]) for v in problem.variables() if v.name in start]
        places, values = zip(*given, strict=True)
        model.setSolution(
            len(given), np.array(places, dtype=np.int32), np.array(values, dtype=float)
        )
    solver.callSolver(problem)
    status = model.getModelStatus()
    if status in _INFEASIBLE:
        return MipOutcome(proven=True, objective=None, bound=math.inf)
    info = model.getInfo()
    constant = float(problem.objective.constant)
    bound = float(info.mip_dual_bound) + constant
    # kSolutionStatusFeasible is 2; below it the values filled in mean nothing.
    if int(info.primal_solution_status) < int(highspy.SolutionStatus.kSolutionStatusFeasible):
        return MipOutcome(proven=False, objective=None, bound=bound)
    solution = model.getSolution().col_value
    found = {str(v.name): float(solution[v.index]) for v in problem.variables()}
    objective = float(info.objective_function_value) + constant
    return MipOutcome(status == _STATUS.kOptimal, objective, bound, found)
