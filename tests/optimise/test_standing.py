"""What a search says of where it stands, at every distance between plan and bound."""

from __future__ import annotations

import pytest

from cluster_geo.errors import SolverError
from cluster_geo.optimise.budget import Budget
from cluster_geo.optimise.problem import Problem
from cluster_geo.optimise.standing import Standing
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


def test_a_plan_that_contradicts_the_bound_is_kept(standing):
    """The same, where the bound was there first."""
    cost = standing.cost
    standing.raise_bound(cost * 0.999)
    with pytest.raises(SolverError, match="contradicts"):
        standing.offer([(0, 1), (2, 3), (4, 5), (6, 7), (8, 9)])
    assert standing.cost < cost
    assert standing.bound is None
