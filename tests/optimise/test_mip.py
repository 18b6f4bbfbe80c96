"""What HiGHS found is told truthfully, whatever PuLP makes of it."""

from __future__ import annotations

import math

import pulp
import pytest

from cluster_geo.optimise.compact import compact_model, solve_compact
from cluster_geo.optimise.mip import solve_mip
from cluster_geo.read import LayerSpec, read_county
from cluster_geo.rules import (
    HubChoice,
    OnePiece,
    Phases,
    Rulebook,
    Size,
    SrpCoverage,
    TravelToHub,
    Trusts,
)
from cluster_geo.schools import read_schools
from tests.worlds import random_county


def problem_of(*rows: pulp.LpConstraint, objective=0) -> pulp.LpProblem:
    problem = pulp.LpProblem("test", pulp.LpMinimize)
    problem.setObjective(objective + 0)
    for k, row in enumerate(rows):
        problem += (row, f"row_{k}")
    return problem


def whole(name: str) -> pulp.LpVariable:
    return pulp.LpProblem("names", pulp.LpMinimize).add_variable(name, 0, 9, pulp.LpInteger)


def test_the_constant_of_the_objective_is_in_cost_and_bound():
    """HiGHS is never told of it."""
    x = whole("x")
    outcome = solve_mip(problem_of(2 * x >= 5, objective=x + 100))
    assert (outcome.proven, outcome.objective, outcome.bound) == (True, 103, 103)
    assert outcome.values == {"x": 3}
    assert not outcome.impossible


def test_no_solution_is_proven():
    """The bound is infinite and there are no values."""
    x = whole("x")
    outcome = solve_mip(problem_of(2 * x == 5, objective=x))
    assert outcome.impossible
    assert (outcome.objective, outcome.bound, outcome.values) == (None, math.inf, {})


def test_a_run_that_time_stops_proves_nothing():
    """PuLP calls it optimal."""
    county = random_county(5, 30)
    rules = (Size(4, 7), OnePiece(county.neighbours.graph), TravelToHub(county.travel))
    problem, _ = compact_model(county, Rulebook(rules, HubChoice(county.travel)))
    outcome = solve_mip(problem, time_limit=0.0)
    assert not outcome.proven
    assert not outcome.impossible
    if outcome.objective is None:
        assert outcome.values == {}
    else:
        assert outcome.bound < outcome.objective


@pytest.mark.real
def test_thanet_is_solved_to_a_proof(real_data):
    """39 real schools: cost and bound meet."""
    schools = read_schools(
        real_data / "gias" / "edubasealldata20250718_kent_medway.csv",
        authorities=["Kent"],
        districts=["Thanet"],
    )
    county = read_county(schools=schools, layers=[LayerSpec(name="district", column="district")])
    trusts = {t: urns for t, urns in schools.grouped_by("trust_uid").items() if len(urns) > 1}
    rules = (
        Size(8, 14),
        Phases(schools.primaries, schools.secondaries),
        OnePiece(county.neighbours.graph),
        TravelToHub(county.travel),
        Trusts(trusts, 3.0),
        SrpCoverage(schools.where("srp"), 5.0),
    )
    result = solve_compact(county, Rulebook(rules, HubChoice(county.travel)), gap=0.02)
    assert result.status == "optimal"
    assert result.bound <= 99.7040 + 1e-4 <= result.cost + 2e-4
    assert result.gap <= 0.02
