"""The integer master: the best plan that the clusters known so far can make."""

from __future__ import annotations

from collections.abc import Sequence

import pulp

from cluster_geo.optimise.columns import Column
from cluster_geo.optimise.mip import solve_mip
from cluster_geo.rules import PlanRule


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
        Places of the columns of a plan known already.
    time_limit : float, optional
        Seconds.
    most_nodes : int, optional
        Nodes of branch and bound, where the clock may not decide.

    Returns
    -------
    list of int or None
        Places of the chosen columns; None where none was found that is better than `start`.
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
    if chosen and outcome.objective >= known - LEAST_GAIN:
        return None
    return [c for c in range(len(columns)) if outcome.values[f"x{c}"] > HALF]


LEAST_GAIN = 1e-7
HALF = 0.5
