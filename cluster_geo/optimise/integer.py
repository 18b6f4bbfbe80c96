"""The integer master: the best plan that the columns found so far can form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pulp

from cluster_geo.optimise.columns import Atoms, Column
from cluster_geo.optimise.dive import Dive, Dived
from cluster_geo.optimise.generation import Generation
from cluster_geo.optimise.mip import solve_mip
from cluster_geo.optimise.plan_params import IntegerParams
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
        # The incumbent and the distance at which an integer programme reached its limit.
        self._in_vain: tuple[float, float] = (np.inf, np.inf)

    def improve(self, generation: Generation) -> None:
        """Choose the best plan among the columns that could be in a better one.

        A plan better than the incumbent has no column whose reduced cost exceeds the distance
        between incumbent and bound. First the columns' linear programme is tightened by cuts, and
        a dive looks for a plan; then an integer programme with these cuts looks for a better one
        among the columns that the tightened programme leaves. If columns and bound are those of
        the last call, the result would be too.
        """
        standing, solution = self._standing, generation.solution
        choice = len(standing.columns), standing.bound
        if solution is None or standing.closed or choice == self._chosen_from:
            return
        self._chosen_from = choice
        left = standing.budget.seconds_left()
        if left is not None and left < self._params.least_seconds and standing.cost is not None:
            return
        near = self._near(generation.reduced_costs(), solution.value)
        if not near:
            return
        columns = [standing.columns.admitted[place] for place in near]
        dived = self._dive(columns, generation)
        if dived.chosen is not None:
            standing.offer([columns[c].atoms for c in dived.chosen])
        # Once the budget is spent, the plan of the dive is enough.
        if not standing.budget.spent:
            self._choose(columns, dived)
        standing.note("plan")

    def _near(self, reduced: np.ndarray, value: float) -> list[int]:
        """Return the places of the columns that could be in a better plan, and the incumbent's."""
        standing = self._standing
        distance = np.inf
        if standing.cost is not None and standing.bound is not None:
            distance = standing.cost - min(standing.bound, value)
        order = np.argsort(reduced, kind="stable")
        near = order[reduced[order] <= distance][: self._params.most_columns]
        current = (standing.columns.place(atoms) for atoms in standing.best or [])
        return sorted({*near.tolist(), *current})

    def _dive(self, columns: Sequence[Column], generation: Generation) -> Dived:
        standing, params = self._standing, generation.params
        ends = self._ends()
        dive = Dive(
            columns,
            len(standing.problem.atoms),
            standing.problem.rulebook.plan_rules,
            ceiling=standing.problem.ceiling,
            cutoff=standing.problem.ceiling if standing.cost is None else standing.cost,
            spend=standing.budget.spend,
            spent=lambda: standing.budget.spent or standing.budget.elapsed > ends,
            left=standing.budget.seconds_left,
            params=params,
        )
        return dive.run(generation.master.cuts)

    def _ends(self) -> float:
        """Return when, in seconds of the budget, the dive has to end; inf without a time limit."""
        budget = self._standing.budget
        if not budget.timed or budget.seconds is None:
            return np.inf
        share = max(self._params.seconds, self._params.time * budget.seconds)
        return budget.elapsed + share

    def _choose(self, columns: Sequence[Column], dived: Dived) -> None:
        """Offer the best plan of the columns that could be in one better than the incumbent."""
        standing, params = self._standing, self._params
        cutoff = np.inf if standing.cost is None else standing.cost
        open_ = cutoff - dived.bound
        if open_ <= BETTER_COVER or not self._promising(cutoff, open_):
            return
        left = standing.budget.seconds_left()
        share = max(params.seconds, params.time * (standing.budget.seconds or 0.0))
        order = np.argsort(dived.reduced, kind="stable")
        near = order[dived.reduced[order] <= cutoff - dived.bound][: params.few_columns]
        current = set(standing.best or [])
        own = [c for c, column in enumerate(columns) if column.atoms in current]
        places = sorted({*near.tolist(), *own})
        given = [columns[place] for place in places]
        begun = [i for i, column in enumerate(given) if column.atoms in current]
        chosen, _ = best_cover(
            given,
            len(standing.problem.atoms),
            standing.problem.rulebook.plan_rules,
            cuts=dived.cuts,
            start=begun if len(begun) == len(current) else (),
            time_limit=None if left is None else max(params.least_seconds, min(left, share)),
            most_nodes=None if standing.budget.timed else params.nodes,
            seed=standing.seed,
        )
        if chosen is not None:
            standing.offer([given[c].atoms for c in chosen])
        else:
            self._in_vain = cutoff, open_

    def _promising(self, cost: float, open_: float) -> bool:
        """Whether an integer programme may find what the last one did not in its time."""
        before, distance = self._in_vain
        return cost < before or open_ < self._params.nearer * distance


def best_cover(
    columns: Sequence[Column],
    atoms: int,
    plan_rules: Sequence[PlanRule],
    *,
    cuts: Iterable[Atoms] = (),
    prices: Sequence[float] | None = None,
    most_cost: float = np.inf,
    start: Sequence[int] = (),
    time_limit: float | None = None,
    most_nodes: int | None = None,
    seed: int = 0,
) -> tuple[list[int] | None, float]:
    """Choose columns that cover every atom once at the least cost.

    Parameters
    ----------
    columns : sequence of Column
    atoms : int
        Number of atoms to cover.
    cuts : iterable of tuple of int
        Subset-row cuts: at most one column with two or more of the atoms of each is chosen.
    prices : sequence of float, optional
        What to minimise the sum of, in place of the columns' costs.
    most_cost : float
        Most that the columns chosen may cost together, as far as the solver is accurate.
    start : sequence of int
        Places of the columns of the incumbent.
    time_limit : float, optional
        Seconds.
    most_nodes : int, optional
        Limit of branch-and-bound nodes, for a search that must not depend on the clock.

    Returns
    -------
    chosen : list of int or None
        Places of the chosen columns; None if no plan better than `start` was found.
    bound : float
        No plan of these columns costs less; inf if they form none.
    """
    problem = pulp.LpProblem("cover", pulp.LpMinimize)
    # x[c] is one when column c is a cluster of the plan.
    x = [problem.add_variable(f"x{c}", cat=pulp.LpBinary) for c in range(len(columns))]
    costs = [column.cost for column in columns]
    aims = costs if prices is None else prices
    problem.setObjective(pulp.LpAffineExpression(list(zip(x, aims, strict=True))))
    if most_cost < np.inf:
        problem += pulp.LpAffineExpression(list(zip(x, costs, strict=True))) <= most_cost, "most"
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
    for q, met in enumerate(_met(columns, atoms, cuts)):
        problem += pulp.LpAffineExpression([(x[c], 1.0) for c in met]) <= 1, f"cut{q}"
    chosen = set(start)
    outcome = solve_mip(
        problem,
        time_limit=time_limit,
        most_nodes=most_nodes,
        seed=seed,
        start={f"x{c}": float(c in chosen) for c in range(len(columns))} if chosen else None,
    )
    known = sum(aims[c] for c in start) if chosen else np.inf
    if outcome.objective is None or outcome.objective >= known - BETTER_COVER:
        return None, outcome.bound
    return [c for c in range(len(columns)) if outcome.values[f"x{c}"] > HALF], outcome.bound


def _met(columns: Sequence[Column], atoms: int, cuts: Iterable[Atoms]) -> Iterator[list[int]]:
    """Yield the columns that each cut counts: those with two or more of its atoms."""
    holding: list[set[int]] = [set() for _ in range(atoms)]
    for place, column in enumerate(columns):
        for atom in column.atoms:
            holding[atom].add(place)
    for a, b, c in cuts:
        met = (holding[a] & holding[b]) | (holding[a] & holding[c]) | (holding[b] & holding[c])
        if len(met) > 1:
            yield sorted(met)
