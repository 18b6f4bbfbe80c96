"""What a search says of where it stands, at every distance between plan and bound."""

from __future__ import annotations

import pytest

from cluster_geo.errors import SolverError
from cluster_geo.optimise.budget import Budget
from cluster_geo.optimise.problem import Problem
from cluster_geo.optimise.standing import Standing
from cluster_geo.rules import Rulebook, Size, TravelToHub
from cluster_geo.travel import Travel
from tests.solving import book, line

GAP = 1e-4


@pytest.fixture
def standing() -> Standing:
    """A search that holds a plan of ten schools in a line, and no bound yet."""
    county = line(10)
    problem = Problem.of(county, book(county, size=(2, 9)), [])
    standing = Standing(problem, Budget(None), GAP, seed=0)
    assert standing.offer([(0, 1, 2, 3, 4), (5, 6, 7, 8, 9)])
    return standing


@pytest.mark.parametrize("share", [0.5, 0.2, 0.02, 1e-3, 1.01e-4])
def test_a_plan_farther_than_the_gap_is_not_called_optimal(standing, share):
    """However near it is: only the gap that was asked for counts."""
    standing.raise_bound(standing.cost * (1.0 - share))
    assert not standing.closed
    result = standing.result("time limit")
    assert result.status == "feasible"
    assert result.gap == pytest.approx(share)


@pytest.mark.parametrize("share", [0.0, 1e-9, 0.99e-4])
def test_a_plan_within_the_gap_is(standing, share):
    """Cost and bound are stated as they are."""
    standing.raise_bound(standing.cost * (1.0 - share))
    assert standing.closed
    result = standing.result("gap")
    assert result.status == "optimal"
    assert result.bound == pytest.approx(result.cost * (1.0 - share))


def test_rounding_explains_what_it_adds_up_to_and_no_more(standing):
    """That nothing else is left is refused where the tolerances are too small for it."""
    standing.raise_bound(standing.cost - 0.01)
    with pytest.raises(SolverError) as caught:
        standing.close(0.005)
    assert str(caught.value) == (
        "The search has no branch left, but its tolerances do not explain the difference between "
        "the best plan and the bound."
    )
    assert standing.result("time limit").status == "feasible"
    standing.close(0.011)
    assert standing.result("tolerance").status == "optimal"


def test_rounding_explains_nothing_without_a_plan():
    """A tree without a branch left and without a plan is no proof of anything."""
    county = line(4)
    empty = Standing(Problem.of(county, book(county, size=(2, 4)), []), Budget(None), GAP, seed=0)
    with pytest.raises(SolverError):
        empty.close(1e9)


def test_a_bound_that_a_plan_contradicts_is_given_up(standing):
    """The plan was judged by the rules, so the bound is wrong, and is not stated."""
    with pytest.raises(SolverError, match="contradicts"):
        standing.raise_bound(standing.cost * 1.01)
    result = standing.result("solver failure", "a contradiction")
    assert (result.status, result.bound, result.failure) == ("feasible", None, "a contradiction")
    assert result.plan is not None


def test_a_contradiction_is_told_in_the_currency_of_the_rules():
    """Not in the unit in which the search counts, which is another."""
    county = line(10)
    travel = Travel(county.travel.urns, 8.0 * county.travel.matrix)
    rulebook = Rulebook((Size(2, 9), TravelToHub(travel)), travel)
    problem = Problem.of(county, rulebook, [])
    standing = Standing(problem, Budget(None), GAP, seed=0)
    assert standing.offer([(0, 1, 2, 3, 4), (5, 6, 7, 8, 9)])
    unit = problem.unit
    assert unit > 1.0
    cost, bound = standing.result("time limit").cost, standing.cost * 1.5
    assert cost == pytest.approx(standing.cost * unit)
    with pytest.raises(SolverError) as caught:
        standing.raise_bound(bound)
    assert str(caught.value) == (
        f"A plan that scores {cost:,.6g} contradicts the bound of {bound * unit:,.6g}, so the "
        "bound was discarded."
    )


def test_a_point_of_the_trace_says_what_the_result_would(standing):
    """Stage, work, score and bound, to whoever watches and in the record."""
    heard = []
    standing.progress = heard.append
    standing.raise_bound(standing.cost * 0.9)
    standing.budget.spend(7)
    standing.note("cuts")
    result = standing.result("time limit")
    (point,) = heard
    assert standing.trace == [point]
    assert (point.stage, point.work, point.columns) == ("cuts", 7, len(standing.columns))
    assert (point.cost, point.bound) == (result.cost, result.bound)
    assert result.bound == pytest.approx(0.9 * result.cost)


@pytest.mark.parametrize(("work", "timed"), [(500, False), (None, True)])
def test_a_result_knows_whether_a_clock_may_end_the_search(standing, work, timed):
    """Such a search need not find the same again."""
    standing.budget = Budget(60.0, work)
    assert standing.result("gap").timed is timed


def test_a_plan_that_contradicts_the_bound_is_kept(standing):
    """The same, where the bound was there first."""
    cost = standing.cost
    standing.raise_bound(cost * 0.999)
    with pytest.raises(SolverError, match="contradicts"):
        standing.offer([(0, 1), (2, 3), (4, 5), (6, 7), (8, 9)])
    assert standing.cost < cost
    assert standing.bound is None
