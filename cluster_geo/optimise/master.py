"""The restricted master: the cheapest fractional cover by the clusters found so far.

    minimise    sum of cost(C) x_C + cost of the slacks
    subject to  sum over C with atom a of x_C        = 1     for every atom a
                low <= sum of coefficient(C) x_C <= high     for every rule over the plan
                sum over C with two of a cut's atoms <= 1    for every subset-row cut
                x >= 0

The dual of each atom is kept in a box around a centre (Marsten, Hogan and Blankenship 1975): a
slack that covers an atom costs the top of its box, and one that uncovers it earns the bottom. The
value is that of the master without boxes only if no slack is used.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from cluster_geo.optimise.columns import Atoms, Column
from cluster_geo.optimise.params import ColumnParams
from cluster_geo.optimise.simplex import Simplex
from cluster_geo.rules import PlanRule
from cluster_geo.tolerances import SLACK


@dataclass(frozen=True)
class MasterSolution:
    """A solved master.

    Parameters
    ----------
    value : float
        Cost of the clusters and slacks.
    slack : float
        Sum of the slacks; 0 if no box is binding.
    atom_duals, plan_duals, cut_duals : ndarray
        Duals of the rows; those of cuts are never positive.
    weights : ndarray
        x of each column.
    reduced : ndarray
        Reduced cost of each column at these duals.
    iterations : int
        Simplex iterations.
    """

    value: float
    slack: float
    atom_duals: np.ndarray
    plan_duals: np.ndarray
    cut_duals: np.ndarray
    weights: np.ndarray
    reduced: np.ndarray
    iterations: int

    def constant(self, plan_rules: Iterable[PlanRule]) -> float:
        """Return the least that the duals earn over the rows, whatever plan keeps them.

        A plan costs at least this and the reduced costs of its clusters.
        """
        total = self.atom_duals.sum() + self.cut_duals.sum()
        for rule, dual in zip(plan_rules, self.plan_duals, strict=True):
            if dual:
                total += dual * (rule.low if dual > 0.0 else rule.high)
        return float(total)


class Master:
    """The restricted master of some atoms under rules over the plan.

    Parameters
    ----------
    atoms : int
    plan_rules : tuple of PlanRule
    params : ColumnParams
        Prices and limits of the slacks.
    ceiling : float
        More than any plan costs: the least price of violating a rule over the plan by one unit.

    Attributes
    ----------
    elastic : float
        Price of violating a rule over the plan by one unit.
    """

    def __init__(
        self,
        atoms: int,
        plan_rules: tuple[PlanRule, ...],
        params: ColumnParams = ColumnParams(),
        ceiling: float = 0.0,
    ) -> None:
        self.elastic = max(params.elastic, ceiling) if np.isfinite(ceiling) else params.elastic
        self._atoms = atoms
        self._plan = len(plan_rules)
        # An infinite limit has no dual, whatever the rounding of the solver.
        self._least = np.array([0.0 if np.isinf(r.high) else -np.inf for r in plan_rules])
        self._most = np.array([0.0 if np.isinf(r.low) else np.inf for r in plan_rules])
        self.cuts: list[Atoms] = []
        self._cuts_of: list[list[int]] = [[] for _ in range(atoms)]
        self._columns_of: list[list[int]] = [[] for _ in range(atoms)]
        self._columns = 0
        self._simplex = Simplex()
        once = np.ones(atoms)
        self._simplex.add_rows(
            np.append(once, [rule.low for rule in plan_rules]),
            np.append(once, [rule.high for rule in plan_rules]),
        )
        rows = np.arange(atoms + self._plan)
        price = np.full(rows.size, self.elastic)
        for sign in (1.0, -1.0):
            self._simplex.add_columns(price, rows, rows, np.full(rows.size, sign))
        # If the boxes contain no feasible duals the slacks would be unbounded.
        covering = np.arange(atoms)
        self._simplex.limit(np.concatenate([covering, rows.size + covering]), params.most_slack)
        self._slacks = 2 * rows.size

    @property
    def columns(self) -> int:
        """Number of clusters that may be chosen."""
        return self._columns

    def add(self, columns: Iterable[Column]) -> None:
        """Add clusters that may be chosen."""
        costs: list[float] = []
        starts: list[int] = []
        rows: list[int] = []
        values: list[float] = []
        for column in columns:
            costs.append(column.cost)
            starts.append(len(rows))
            rows += column.atoms
            values += [1.0] * len(column.atoms)
            for rule, coefficient in enumerate(column.coefficients):
                if coefficient:
                    rows.append(self._atoms + rule)
                    values.append(coefficient)
            met = self._met(column.atoms)
            rows += [self._atoms + self._plan + cut for cut in met]
            values += [1.0] * len(met)
            for atom in column.atoms:
                self._columns_of[atom].append(self._columns)
            self._columns += 1
        if costs:
            self._simplex.add_columns(
                np.array(costs), np.array(starts), np.array(rows), np.array(values)
            )

    def _met(self, atoms: Atoms) -> list[int]:
        """Return the cuts of which a cluster has two or three atoms."""
        held: dict[int, int] = {}
        for atom in atoms:
            for cut in self._cuts_of[atom]:
                held[cut] = held.get(cut, 0) + 1
        return sorted(cut for cut, number in held.items() if number > 1)

    def cut(self, triples: Iterable[Atoms]) -> None:
        """Add subset-row cuts (Jepsen, Petersen, Spoorendonk and Pisinger 2008)."""
        for triple in triples:
            a, b, c = (set(self._columns_of[atom]) for atom in triple)
            met = np.array(sorted(a & b | a & c | b & c), dtype=np.int32) + self._slacks
            self._simplex.add_row(-np.inf, 1.0, met)
            for atom in triple:
                self._cuts_of[atom].append(len(self.cuts))
            self.cuts.append(triple)

    def purge(self, solution: MasterSolution) -> None:
        """Delete the cuts that hold up nothing in a solution: those without a dual."""
        idle = solution.cut_duals > -SLACK
        rows = self._atoms + self._plan + np.flatnonzero(idle)
        self._simplex.delete_rows(rows)
        self.cuts = [cut for cut, gone in zip(self.cuts, idle, strict=True) if not gone]
        self._cuts_of = [[] for _ in range(self._atoms)]
        for place, cut in enumerate(self.cuts):
            for atom in cut:
                self._cuts_of[atom].append(place)

    def box(self, centre: np.ndarray, half: float) -> None:
        """Keep the dual of each atom within `half` of its centre."""
        width = self._atoms + self._plan
        places = np.concatenate([np.arange(self._atoms), np.arange(self._atoms) + width])
        price = np.concatenate([centre + half, half - centre])
        self._simplex.charge(places, price)

    def limit(self, columns: np.ndarray, most: float) -> None:
        """Limit the weight of columns: 0 leaves them out, inf takes them in again."""
        self._simplex.limit(columns + self._slacks, most)

    def solve(self, seconds: float | None = None) -> MasterSolution:
        """Solve the master from its last basis.

        Parameters
        ----------
        seconds : float, optional
            Time limit.

        Raises
        ------
        OutOfTime
            If it takes longer.
        SolverError
            If the solver fails, even with a new copy of the model.
        """
        found = self._simplex.solve(seconds)
        duals, weights = found.duals, found.values
        last = self._atoms + self._plan
        duals = np.concatenate(
            [
                duals[: self._atoms],
                np.clip(duals[self._atoms : last], self._least, self._most),
                np.minimum(0.0, duals[last:]),
            ]
        )
        return MasterSolution(
            value=found.value,
            slack=float(weights[: self._slacks].sum()),
            atom_duals=duals[: self._atoms],
            plan_duals=duals[self._atoms : last],
            cut_duals=duals[last:],
            weights=weights[self._slacks :],
            reduced=self._simplex.reduced_costs(duals)[self._slacks :],
            iterations=found.iterations,
        )
