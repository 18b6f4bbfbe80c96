"""All runs of HiGHS, whose every answer is checked before it is used.

HiGHS returns three statuses (of the call, the model and the solution), and values whatever the
statuses are: zeros if it failed, fractions if time ran out. `ask` runs it and reads all of them.
The result is one of three things that cannot be confused: a solution that was checked row by row,
a proof that there is none, or a limit with a valid bound. Everything else is a `SolverError`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from typing import TypeVar

import highspy
import numpy as np
from scipy.sparse import csc_array

from cluster_geo import threads
from cluster_geo.errors import SolverError
from cluster_geo.tolerances import MISSED

Found = TypeVar("Found")

ModelStatus = highspy.HighsModelStatus
# A limit that was set, or Ctrl-C: the solution and bound found before are valid.
LIMITS = (
    ModelStatus.kTimeLimit,
    ModelStatus.kIterationLimit,
    ModelStatus.kSolutionLimit,
    ModelStatus.kInterrupt,
    ModelStatus.kObjectiveBound,
    ModelStatus.kObjectiveTarget,
)
INFEASIBLE = (ModelStatus.kInfeasible, ModelStatus.kUnboundedOrInfeasible)


@dataclass(frozen=True)
class Programme:
    """A linear or integer programme: minimise cost x, rows and columns within their limits.

    Parameters
    ----------
    cost, low, high : ndarray, shape (n,)
        Of each column.
    matrix : csc_array, shape (m, n)
    row_low, row_high : ndarray, shape (m,)
    whole : ndarray of bool, shape (n,)
        Columns that must be whole numbers.
    """

    cost: np.ndarray
    low: np.ndarray
    high: np.ndarray
    matrix: csc_array
    row_low: np.ndarray
    row_high: np.ndarray
    whole: np.ndarray

    def model(self) -> highspy.HighsLp:
        """Return it in HiGHS's format."""
        lp = highspy.HighsLp()
        lp.num_row_, lp.num_col_ = self.matrix.shape
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = self.cost, self.low, self.high
        lp.row_lower_, lp.row_upper_ = self.row_low, self.row_high
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = self.matrix.indptr.astype(np.int32)
        lp.a_matrix_.index_ = self.matrix.indices.astype(np.int32)
        lp.a_matrix_.value_ = self.matrix.data
        if self.whole.any():
            kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
            lp.integrality_ = [kinds[int(whole)] for whole in self.whole]
        return lp

    def kept_by(self, values: np.ndarray) -> bool:
        """Whether values are finite and satisfy every row, limit and integer column."""
        if values.shape != self.cost.shape or not np.isfinite(values).all():
            return False
        sums = self.matrix @ values
        # The accuracy of a row's sum depends on the size of its terms.
        size = np.maximum(1.0, abs(self.matrix) @ np.abs(values))
        whole = values[self.whole]
        return bool(
            (sums >= self.row_low - MISSED * size).all()
            and (sums <= self.row_high + MISSED * size).all()
            and (values >= self.low - MISSED).all()
            and (values <= self.high + MISSED).all()
            and (np.abs(whole - np.round(whole)) <= MISSED).all()
        )

    def cost_of(self, values: np.ndarray) -> float:
        """Return the cost of values."""
        return float((self.cost * values).sum())

    def agrees(self, objective: float, values: np.ndarray) -> bool:
        """Whether `objective` is the cost of `values`, within the accuracy of sums."""
        size = max(1.0, float(np.abs(self.cost * values).sum()))
        return bool(abs(self.cost_of(values) - objective) <= MISSED * size)


@dataclass(frozen=True)
class Answer:
    """HiGHS's answer to a run, unchecked.

    Parameters
    ----------
    run : HighsStatus
        Of the call.
    model : HighsModelStatus
    primal, dual : SolutionStatus
        Statuses of the primal and dual values.
    objective, bound : float
        Objective of the solution, and (for an integer programme) the bound on any solution's.
    iterations, nodes : int
        Of the simplex method, and of branch and bound (-1 if it did not start).
    values, duals : ndarray
        Of columns and of rows.
    """

    run: highspy.HighsStatus
    model: highspy.HighsModelStatus
    primal: highspy.SolutionStatus
    dual: highspy.SolutionStatus
    objective: float
    bound: float
    iterations: int
    nodes: int
    values: np.ndarray
    duals: np.ndarray

    @property
    def failed(self) -> bool:
        """Whether the call itself failed."""
        return self.run == highspy.HighsStatus.kError

    @property
    def has_solution(self) -> bool:
        """Whether HiGHS calls the values a solution."""
        return self.primal == highspy.SolutionStatus.kSolutionStatusFeasible

    @property
    def has_duals(self) -> bool:
        """Whether HiGHS calls the duals a solution of the dual."""
        return self.dual == highspy.SolutionStatus.kSolutionStatusFeasible


class _Silent(highspy.Highs):
    """HiGHS that prints nothing, not even the banner of its constructor."""

    def enableCallbacks(self) -> None:  # noqa: N802
        """Silence the output first: since 1.16.0 the constructor prints the banner in this call."""
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def new_solver(*, seed: int = 0) -> highspy.Highs:
    """Return a silent solver with the fixed number of threads."""
    solver = _Silent()  # type: ignore[no-untyped-call]
    for option, value in (
        ("output_flag", False),
        ("threads", threads.SOLVER),
        ("random_seed", seed),
    ):
        taken(solver.setOptionValue(option, value), f"option {option}")
    return solver


def taken(status: highspy.HighsStatus, what: str) -> None:
    """Check the status of a call that sets or adds something.

    Raises
    ------
    SolverError
        If HiGHS refused it.
    """
    if status == highspy.HighsStatus.kError:
        raise SolverError(f"{name()} refused: {what}.")


def ask(solver: highspy.Highs) -> Answer:
    """Run a solver and read its whole answer.

    Raises
    ------
    SolverError
        If it raises an exception.
    """
    try:
        run = solver.run()
    except (RuntimeError, ValueError, MemoryError) as error:
        raise SolverError(f"{name()} ended with an error: {error}.") from error
    info, solution = solver.getInfo(), solver.getSolution()
    return Answer(
        run=run,
        model=solver.getModelStatus(),
        primal=highspy.SolutionStatus(info.primal_solution_status),
        dual=highspy.SolutionStatus(info.dual_solution_status),
        objective=float(info.objective_function_value),
        bound=float(info.mip_dual_bound),
        iterations=max(0, int(info.simplex_iteration_count)),
        nodes=int(info.mip_node_count),
        values=np.array(solution.col_value, dtype=float),
        duals=np.array(solution.row_dual, dtype=float),
    )


def tried_twice(first: Callable[[], Found], again: Callable[[], Found]) -> Found:
    """Return the result of the first try; if it fails, reset HiGHS's scheduler and try again.

    Other code in the process may have run HiGHS with another number of threads, after which HiGHS
    refuses ours until its scheduler is reset.

    Raises
    ------
    SolverError
        If the second try fails too.
    """
    try:
        return first()
    except SolverError:
        highspy.Highs.resetGlobalScheduler(True)
        return again()


def unusable(answer: Answer, why: str) -> SolverError:
    """Return an error with HiGHS's answer and the reason why it cannot be used."""
    run, model = _plain(answer.run), _plain(answer.model)
    return SolverError(f"{name()} answered {run}, {model}: {why}.")


def name() -> str:
    """Return the solver's name and version."""
    return f"HiGHS {version('highspy')}"


def _plain(status: object) -> str:
    """Return HiGHS's name of a status without its class: "kTimeLimit"."""
    return str(getattr(status, "name", status))


def lower(bound: float) -> float:
    """Return a lower bound that is safe to use: -inf if HiGHS has none."""
    return -math.inf if math.isnan(bound) or bound == math.inf else bound
