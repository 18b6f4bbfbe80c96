"""The compact model: one cluster model per hub, linked by "each school once".

It is exact but slow, so it is for small areas and for tests of the optimiser.
"""

from __future__ import annotations

import math
import time

import pulp

from cluster_geo.county import County
from cluster_geo.errors import SolverError
from cluster_geo.optimise.linear import LinearClusterModel
from cluster_geo.optimise.mip import NOTHING_PROVEN, MipOutcome, solve_mip
from cluster_geo.optimise.result import Result, Status, StoppedBy
from cluster_geo.plan import Plan
from cluster_geo.rules import PlanRule, Rulebook
from cluster_geo.tolerances import HALF, MISSED, NO_GAP


def solve_compact(
    county: County,
    rulebook: Rulebook,
    *,
    time_limit: float = 60.0,
    gap: float = NO_GAP,
    seed: int = 0,
) -> Result:
    """Find the best plan with one integer programme over schools and hubs.

    Each round relaxes most of the contiguity constraints; if a cluster of the solution is not
    contiguous, cuts are added and the programme is solved again. The bound of every round is valid.

    Parameters
    ----------
    county : County
    rulebook : Rulebook
    time_limit : float
        Seconds. It is checked between rounds, so building the model of a large county and the
        first relaxation in HiGHS may exceed it by minutes.
    gap : float
        Stop at this gap, a fraction of the cost.
    seed : int
        Of the solver.

    Returns
    -------
    Result
        `work` counts the rounds.
    """
    started = time.perf_counter()
    problem, models = compact_model(county, rulebook)
    bound = -math.inf
    rounds = 0
    plan: Plan | None = None
    outcome = NOTHING_PROVEN
    failure = ""
    while plan is None:
        left = time_limit - (time.perf_counter() - started)
        if left <= 0:
            break
        rounds += 1
        try:
            outcome = solve_mip(problem, time_limit=left, gap=gap, seed=seed)
        except SolverError as error:
            outcome, failure = NOTHING_PROVEN, str(error)
            break
        bound = max(bound, outcome.bound)
        if outcome.objective is None:
            break
        groups = _groups(models, outcome)
        if not sum(models[hub].cut_off(members) for hub, members in groups.items()):
            plan = rulebook.plan(groups.values())
    status, stopped_by = _ending(outcome, plan)
    if failure:
        stopped_by = "solver failure"
    cost = None if plan is None else rulebook.cost(plan)
    if cost is not None:
        if bound > cost + MISSED * max(1.0, abs(cost)):
            # The rules judged the plan, so it is the bound that is wrong.
            status, stopped_by = "feasible", "solver failure"
            failure, bound = "The solver's bound is above the score of a plan.", -math.inf
        # The same sum in another order differs in its last digits.
        bound = min(bound, cost)
    return Result(
        status=status,
        stopped_by=stopped_by,
        plan=plan,
        cost=cost,
        bound=bound if math.isfinite(bound) else None,
        seconds=time.perf_counter() - started,
        seed=seed,
        work=rounds,
        failure=failure,
    )


def compact_model(
    county: County, rulebook: Rulebook
) -> tuple[pulp.LpProblem, dict[int, LinearClusterModel]]:
    """Build the compact model, and return it with the cluster model of each hub by URN."""
    problem = pulp.LpProblem("compact", pulp.LpMinimize)
    models = {
        hub: LinearClusterModel(problem, county.urns, hub, always=False) for hub in county.urns
    }
    for model in models.values():
        rulebook.formulate(model)
    problem.setObjective(pulp.lpSum(model.cost for model in models.values()))
    for i, urn in enumerate(county.urns):
        problem += (pulp.lpSum(model.x[urn] for model in models.values()) == 1, f"once_{i}")
    for k, rule in enumerate(rulebook.plan_rules):
        _limit(problem, models, rule, k)
    return problem, models


def _limit(
    problem: pulp.LpProblem, models: dict[int, LinearClusterModel], rule: PlanRule, k: int
) -> None:
    """Add a rule over the whole plan as a row.

    Its coefficients are what the rule would charge at a price of one. An auxiliary variable that
    only a price pushes down is unbounded in the row, so such rules may only have an upper limit.
    """
    before = problem.numVariables()
    total = pulp.LpAffineExpression()
    for model in models.values():
        charged, model.cost = model.cost, pulp.LpAffineExpression()
        rule.formulate(model, 1.0)
        total += model.cost
        model.cost = charged
    if math.isfinite(rule.low):
        if problem.numVariables() != before:
            raise NotImplementedError(f"the compact model has no lower limit for {rule.name}")
        problem += (total >= rule.low, f"plan_low_{k}")
    if math.isfinite(rule.high):
        problem += (total <= rule.high, f"plan_high_{k}")


def _groups(
    models: dict[int, LinearClusterModel], outcome: MipOutcome
) -> dict[int, tuple[int, ...]]:
    """Return the members of each cluster in use, by hub."""
    found = {
        hub: tuple(u for u, x in model.x.items() if outcome.values[x.name] > HALF)
        for hub, model in models.items()
    }
    return {hub: members for hub, members in found.items() if members}


def _ending(outcome: MipOutcome, plan: Plan | None) -> tuple[Status, StoppedBy]:
    if outcome.impossible:
        return "impossible", "proof"
    if plan is None:
        return "none found", "time limit"
    return ("optimal", "gap") if outcome.proven else ("feasible", "time limit")
