"""The cheapest cluster of one central school, by an integer programme of its own.

It shares no code with the pricing of a search: each rule states itself once more, as linear
constraints of a PuLP model (`Rule.formulate`), which HiGHS solves. A cluster that contradicts a
claim is judged by the rules, so it contradicts whatever the solver says.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import combinations, count

import pulp

from cluster_geo.certificate.document import Weights
from cluster_geo.certificate.instance import Instance
from cluster_geo.optimise.decisions import Decisions
from cluster_geo.optimise.linear import LinearClusterModel
from cluster_geo.optimise.mip import solve_mip
from cluster_geo.tolerances import HALF


@dataclass(frozen=True)
class Question:
    """Whether a central school has a cluster below a reduced cost.

    Parameters
    ----------
    hub : int
        URN.
    weights : Weights
    decisions : Decisions
        Of the leaf.
    below : float
    scale : float
        The programme's costs are divided by it.
    listed : sequence of tuple of int
        Clusters that are known, and do not count.
    """

    hub: int
    weights: Weights
    decisions: Decisions
    below: float
    scale: float = 1.0
    listed: Sequence[tuple[int, ...]] = ()


def cheaper_cluster(
    instance: Instance,
    asked: Question,
    contradicts: Callable[[tuple[int, ...]], bool] = lambda _: True,
    seconds: float | None = None,
) -> tuple[int, ...] | None:
    """Return the schools of a cluster that the question asks for; None if there is none.

    Parameters
    ----------
    instance : Instance
    asked : Question
    contradicts : callable
        Judges a cluster exactly. The solver's ones are ones to its tolerance only, so what it finds
        may cost a little more than was asked; then it has to find another.
    seconds : float, optional
        Limit.

    Raises
    ------
    TimeoutError
        If the time is over before it is settled.
    SolverError
        If HiGHS gives no usable answer.
    """
    ends = None if seconds is None else time.monotonic() + seconds
    if _refused(asked):
        return None
    problem = pulp.LpProblem("hub", pulp.LpMinimize)
    model = _modelled(problem, instance, asked)
    for found in count():
        left = None if ends is None else ends - time.monotonic()
        if left is not None and left <= 0.0:
            raise TimeoutError
        outcome = solve_mip(problem, time_limit=left)
        if outcome.impossible:
            return None
        if outcome.objective is None:
            raise TimeoutError
        members = tuple(u for u, x in model.x.items() if outcome.values[x.name] > HALF)
        if model.cut_off(members):
            continue
        if contradicts(members):
            return members
        _leave_out(problem, model, members, f"found_{found}")
    raise AssertionError("it counts for ever")


def _modelled(problem: pulp.LpProblem, instance: Instance, asked: Question) -> LinearClusterModel:
    """State the rules, the weights and what is asked."""
    rulebook = instance.rulebook
    urns, absent = instance.county.urns, instance.absent
    model = LinearClusterModel(problem, urns, asked.hub, absent=absent)
    rulebook.formulate(model)
    for rule in rulebook.plan_rules:
        if weight := asked.weights.plan.get(rule.name):
            rule.formulate(model, -weight)
    model.charge_members({urn: -weight for urn, weight in asked.weights.schools.items() if weight})
    _charge_cuts(problem, model, asked.weights)
    _decide(model, asked)
    for place, members in enumerate(asked.listed):
        _leave_out(problem, model, members, f"listed_{place}")
    cost = model.cost * (1.0 / asked.scale)
    problem.setObjective(cost)
    problem += (cost <= asked.below / asked.scale, "below")
    return model


def _refused(asked: Question) -> bool:
    """Whether the decisions leave the school no cluster."""
    elsewhere = {urn for urn, hub in asked.decisions.served if hub != asked.hub}
    not_hubs = {*asked.decisions.no_hubs, *_not_by_themselves(asked.decisions)}
    return asked.hub in not_hubs or asked.hub in elsewhere


def _not_by_themselves(decisions: Decisions) -> set[int]:
    """Return the schools that do not serve themselves, which a central school does."""
    return {urn for urn, hub in decisions.not_served if urn == hub}


def _decide(model: LinearClusterModel, asked: Question) -> None:
    """Leave out the schools that the decisions give to other central schools."""
    hub, decisions = asked.hub, asked.decisions
    out = {urn for urn in decisions.hubs if urn != hub}
    out |= {urn for urn, other in decisions.served if other != hub}
    out |= {urn for urn, other in decisions.not_served if other == hub}
    for urn in out:
        model.x[urn].upBound = 0


def _charge_cuts(problem: pulp.LpProblem, model: LinearClusterModel, weights: Weights) -> None:
    """Charge w of each cut, where w >= x[i] + x[j] - 1 for any two of its schools."""
    for place, cut in enumerate(weights.cuts):
        if not cut.weight:
            continue
        met = problem.add_variable(f"met_{place}", 0, 1)
        for i, j in combinations(cut.schools, 2):
            problem += (model.x[i] + model.x[j] - met <= 1, f"met_{place}_{i}_{j}")
        model.cost += -cut.weight * met


def _leave_out(
    problem: pulp.LpProblem, model: LinearClusterModel, members: Collection[int], name: str
) -> None:
    """Require a difference from a cluster: a member left out, or another school."""
    inside = set(members)
    differing = pulp.LpAffineExpression(
        [(x, -1 if urn in inside else 1) for urn, x in model.x.items()]
    )
    problem += (differing >= 1 - len(inside), name)
