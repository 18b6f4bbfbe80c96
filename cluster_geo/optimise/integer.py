"""The integer master: the best plan that the columns found so far can form."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pulp

from cluster_geo.optimise.columns import Column
from cluster_geo.optimise.generation import Generation
from cluster_geo.optimise.mip import solve_mip
from cluster_geo.optimise.params import IntegerParams
from cluster_geo.optimise.standing import Standing
from cluster_geo.rules import PlanRule
from cluster_geo.tolerances import BETTER_COVER, HALF


class IntegerMaster:
    """Looks for better plans among the columns of a search, whenever there are new ones.

    Parameters
    ----------
    standing : Standing
        The columns and the incumbent; better plans are offered to it.
    params : IntegerParams
    """

    def __init__(self, standing: Standing, params: IntegerParams = IntegerParams()) -> None:
        self._standing = standing
        self._params = params
        self._chosen_from: tuple[int, float | None] = (0, None)

    def improve(self, generation: Generation) -> None:
        """Choose the best plan among the columns that could be in a better one.

        A plan better than the incumbent has no column whose reduced cost exceeds the distance
        between incumbent and bound. Cuts only increase reduced costs, so ignoring them excludes
        fewer columns. If columns and bound are those of the last call, the result would be too.
        """
        standing, solution = self._standing, generation.solution
        choice = len(standing.columns), standing.bound
        if solution is None or choice == self._chosen_from:
            return
        self._chosen_from = choice
        reduced = generation.reduced_costs()
        order = np.argsort(reduced, kind="stable")
        for most in (self._params.few_columns, self._params.most_columns):
            distance = np.inf
            if standing.cost is not None and standing.bound is not None:
                distance = standing.cost - min(standing.bound, solution.value)
            near = order[reduced[order] <= distance]
            self._choose(near[:most].tolist())
            # Once the budget is spent, the plan of the few columns is enough.
            if near.size <= most or standing.budget.spent:
                break
        standing.note("plan")

    def _choose(self, places: list[int]) -> None:
        """Offer the best plan that these columns and those of the incumbent can form."""
        standing, params = self._standing, self._params
        left = standing.budget.seconds_left()
        if left is not None and left < params.least_seconds and standing.cost is not None:
            return
        share = max(params.seconds, params.time * (standing.budget.seconds or 0.0))
        current = [standing.columns.place(atoms) for atoms in standing.best or []]
        columns = sorted({*places, *current})
        at = {place: i for i, place in enumerate(columns)}
        chosen = best_cover(
            [standing.columns.admitted[place] for place in columns],
            len(standing.problem.atoms),
            standing.problem.rulebook.plan_rules,
            start=[at[place] for place in current],
            time_limit=None if left is None else max(params.least_seconds, min(left, share)),
            most_nodes=None if standing.budget.timed else params.nodes,
            seed=standing.seed,
        )
        if chosen is not None:
            standing.offer([standing.columns.admitted[columns[c]].atoms for c in chosen])


def best_cover(
    columns: Sequence[Column],
    atoms: int,
    plan_rules: Sequence[PlanRule],
    *,
    start: Sequence[int] = (),
    time_limit: float | None = None,
    most_nodes: int | None = None,
    seed: int = 0,
) -> list[int] | None:
    """Choose columns that cover every atom once at the least cost.

    Parameters
    ----------
    columns : sequence of Column
    atoms : int
        Number of atoms to cover.
    start : sequence of int
        Places of the columns of the incumbent.
    time_limit : float, optional
        Seconds.
    most_nodes : int, optional
        Limit of branch-and-bound nodes, for a search that must not depend on the clock.

    Returns
    -------
    list of int or None
        Places of the chosen columns; None if no plan better than `start` was found.
    """
    problem = pulp.LpProblem("cover", pulp.LpMinimize)
    # x[c] is one when column c is a cluster of the plan.
    x = [problem.add_variable(f"x{c}", cat=pulp.LpBinary) for c in range(len(columns))]
    problem.setObjective(
        pulp.LpAffineExpression([(v, c.cost) for v, c in zip(x, columns, strict=True)])
    )
    covering: list[list[tuple[pulp.LpVariable, float]]] = [[] for _ in range(atoms)]
    for variable, column in zip(x, columns, strict=True):
        for atom in column.atoms:
            covering[atom].append((variable, 1.0))
    for atom, terms in enumerate(covering):
        problem += pulp.LpAffineExpression(terms) == 1, f"cover{atom}"
    for r, rule in enumerate(plan_rules):
        total = pulp.LpAffineExpression(
            [(v, c.coefficients[r]) for v, c in zip(x, columns, strict=True) if c.coefficients[r]]
        )
        if rule.low > float("-inf"):
            problem += total >= rule.low, f"low{r}"
        if rule.high < float("inf"):
            problem += total <= rule.high, f"high{r}"
    chosen = set(start)
    outcome = solve_mip(
        problem,
        time_limit=time_limit,
        most_nodes=most_nodes,
        seed=seed,
        start={f"x{c}": float(c in chosen) for c in range(len(columns))} if chosen else None,
    )
    if outcome.objective is None:
        return None
    known = sum(columns[c].cost for c in start)
    if chosen and outcome.objective >= known - BETTER_COVER:
        return None
    return [c for c in range(len(columns)) if outcome.values[f"x{c}"] > HALF]
