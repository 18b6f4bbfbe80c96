"""A linear programme that HiGHS keeps between solves, together with its basis.

PuLP would build the model again each time, which takes longer than solving a master of tens of
thousands of columns.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import coo_array

from cluster_geo.errors import SolverError
from cluster_geo.optimise import solver
from cluster_geo.optimise.budget import OutOfTime
from cluster_geo.optimise.solver import ModelStatus, Programme, new_solver, taken, tried_twice
from cluster_geo.tolerances import LARGEST

_NONE = np.array([], dtype=np.int32)


@dataclass(frozen=True)
class LinearSolution:
    """The optimum of a linear programme.

    Parameters
    ----------
    value : float
    values : ndarray
        Value of each column, which satisfy every row.
    duals : ndarray
        Of each row.
    iterations : int
        Simplex iterations.
    """

    value: float
    values: np.ndarray
    duals: np.ndarray
    iterations: int


class Simplex:
    """A minimisation over continuous columns, each at least 0, with upper bounds set by `limit`.

    A copy of the model is kept, so that it can be built again if HiGHS fails, and so that a
    solution can be checked independently of HiGHS.
    """

    def __init__(self) -> None:
        self._solver = new_solver()
        self._cost, self._high = np.empty(0), np.empty(0)
        self._row_low, self._row_high = np.empty(0), np.empty(0)
        # Entries of the matrix: rows, columns, values.
        self._entries: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
        self._programme: Programme | None = None

    def add_rows(self, low: np.ndarray, high: np.ndarray) -> None:
        """Add rows without entries."""
        for least, most in zip(low, high, strict=True):
            self.add_row(float(least), float(most), _NONE)

    def add_row(self, low: float, high: float, columns: np.ndarray) -> None:
        """Add a row with a one in each of some columns."""
        ones = np.ones(columns.size)
        at = columns.astype(np.int32)
        taken(self._solver.addRow(low, high, columns.size, at, ones), "a row")
        rows = np.full(columns.size, self._row_low.size)
        self._keep(rows, at, ones)
        self._row_low = np.append(self._row_low, low)
        self._row_high = np.append(self._row_high, high)

    def delete_rows(self, rows: np.ndarray) -> None:
        """Delete rows; those after them move up."""
        if not rows.size:
            return
        taken(self._solver.deleteRows(rows.size, rows.astype(np.int32)), "fewer rows")
        stay = np.ones(self._row_low.size, dtype=bool)
        stay[rows] = False
        place = (np.cumsum(stay) - 1).astype(np.int32)
        self._entries = [
            (place[at][stay[at]], columns[stay[at]], values[stay[at]])
            for at, columns, values in self._entries
        ]
        self._row_low, self._row_high = self._row_low[stay], self._row_high[stay]
        self._programme = None

    def add_columns(
        self, cost: np.ndarray, starts: np.ndarray, rows: np.ndarray, values: np.ndarray
    ) -> None:
        """Add columns; the entries of the k-th begin at ``starts[k]`` in `rows` and `values`."""
        number, zeros = cost.size, np.zeros(cost.size)
        most = np.full(number, highspy.kHighsInf)
        first, at = np.asarray(starts, dtype=np.int32), np.asarray(rows, dtype=np.int32)
        entries = np.asarray(values, dtype=float)
        answer = self._solver.addCols(
            number, np.asarray(cost, dtype=float), zeros, most, at.size, first, at, entries
        )
        taken(answer, "columns")
        lengths = np.diff(np.append(first, at.size))
        columns = np.repeat(np.arange(self._cost.size, self._cost.size + number), lengths)
        self._keep(at, columns, entries)
        self._cost, self._high = np.append(self._cost, cost), np.append(self._high, most)

    def limit(self, columns: np.ndarray, most: float) -> None:
        """Set the upper bound of columns."""
        at = columns.astype(np.int32)
        low, high = np.zeros(at.size), np.full(at.size, most)
        taken(self._solver.changeColsBounds(at.size, at, low, high), "limits of columns")
        self._high[columns] = most
        self._programme = None

    def charge(self, columns: np.ndarray, cost: np.ndarray) -> None:
        """Change the costs of columns.

        Raises
        ------
        SolverError
            If a cost is so large that HiGHS would treat it as infinite.
        """
        if not (np.abs(cost) < LARGEST).all():
            raise SolverError(f"{solver.name()} was not run: a cost is {np.abs(cost).max():.3g}.")
        at = columns.astype(np.int32)
        taken(self._solver.changeColsCost(at.size, at, cost), "costs of columns")
        self._cost[columns] = cost
        self._programme = None

    def solve(self, seconds: float | None = None) -> LinearSolution:
        """Solve it from its last basis; if that fails, once more without a basis.

        Parameters
        ----------
        seconds : float, optional
            Time limit.

        Raises
        ------
        OutOfTime
            If it takes longer.
        SolverError
            If HiGHS does not return an optimum that satisfies the rows.
        """
        return tried_twice(lambda: self._solved(seconds), lambda: self._solved_afresh(seconds))

    def _solved_afresh(self, seconds: float | None) -> LinearSolution:
        self._solver = new_solver()
        taken(self._solver.passModel(self.programme().model()), "a new copy of a model")
        return self._solved(seconds)

    def _solved(self, seconds: float | None) -> LinearSolution:
        # HiGHS measures its limit from when the solver was made, over all its runs.
        ends = highspy.kHighsInf if seconds is None else self._solver.getRunTime() + seconds
        taken(self._solver.setOptionValue("time_limit", ends), "a time limit")
        answer = solver.ask(self._solver)
        if answer.model == ModelStatus.kTimeLimit and seconds is not None:
            raise OutOfTime
        if answer.failed or answer.model != ModelStatus.kOptimal:
            raise solver.unusable(answer, "a linear programme was not solved")
        programme = self.programme()
        if not (answer.has_solution and answer.has_duals):
            raise solver.unusable(answer, "a linear programme was solved without its duals")
        if not programme.kept_by(answer.values):
            raise solver.unusable(answer, "the solution of a linear programme breaks its rows")
        if not (answer.duals.size == self._row_low.size and np.isfinite(answer.duals).all()):
            raise solver.unusable(answer, "the duals of a linear programme are not numbers")
        if not programme.agrees(answer.objective, answer.values):
            raise solver.unusable(answer, "its objective is not what its solution costs")
        value = programme.cost_of(answer.values)
        return LinearSolution(value, answer.values, answer.duals, answer.iterations)

    def reduced_costs(self, duals: np.ndarray) -> np.ndarray:
        """Return the cost of each column less the duals of its rows."""
        programme = self.programme()
        return np.asarray(programme.cost - programme.matrix.T @ duals)

    def programme(self) -> Programme:
        """Return the current programme."""
        if self._programme is None:
            rows, columns, values = (
                np.concatenate([_NONE, *(entry[k] for entry in self._entries)]) for k in range(3)
            )
            self._entries = [(rows, columns, values)]
            shape = (self._row_low.size, self._cost.size)
            self._programme = Programme(
                cost=self._cost.copy(),
                low=np.zeros(self._cost.size),
                high=self._high.copy(),
                matrix=coo_array((values, (rows, columns)), shape).tocsc(),
                row_low=self._row_low,
                row_high=self._row_high,
                whole=np.zeros(self._cost.size, dtype=bool),
            )
        return self._programme

    def _keep(self, rows: np.ndarray, columns: np.ndarray, values: np.ndarray) -> None:
        self._entries.append((rows, columns, values))
        self._programme = None
