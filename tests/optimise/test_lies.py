"""Whatever HiGHS answers, at whichever call: what the optimiser says of it is true."""

from __future__ import annotations

from functools import cache

import pytest

from cluster_geo.audit import audit
from cluster_geo.optimise import Result, solve, solve_compact
from tests.books import random_rulebook
from tests.optimise.lies import LIES, TRUE_ALL_THE_SAME, Liar
from tests.oracle import best_plan
from tests.solving import BRIEF
from tests.worlds import random_county

SCHOOLS = {31: 8, 12: 8, 5: 6}
# A small county whose solve needs cuts with duals, branches, and both kinds of programme.
PLAN = 31
# One whose impossibility takes many masters to prove.
NONE = 12
BOTH = (PLAN, NONE)
# One for the compact model, which is slow.
FEW = 5
FOR_EVER = 10_000


@cache
def world(seed: int):
    """A small county, its rules and the best plan by brute force."""
    county = random_county(seed, SCHOOLS[seed])
    rulebook = random_rulebook(county, seed)
    return county, rulebook, best_plan(county, rulebook)


def solved(seed: int) -> Result:
    county, rulebook, _ = world(seed)
    return solve(county, rulebook, work=10_000, gap=1e-5, threads=1, params=BRIEF)


def assert_true(result: Result, seed: int) -> None:
    """Hold a result to the truth by brute force."""
    county, rulebook, best = world(seed)
    if result.status == "impossible":
        assert best is None
        return
    if result.bound is not None and best is not None:
        assert result.bound <= best[0] + 1e-6
    assert (result.plan is None) == (result.cost is None)
    assert (result.stopped_by == "solver failure") == bool(result.failure)
    if result.plan is None:
        assert result.status == "none found"
        return
    assert audit(county, rulebook, result.plan).kept
    assert result.cost == pytest.approx(rulebook.cost(result.plan))
    assert result.cost >= best[0] - 1e-9
    if result.bound is not None:
        assert result.bound <= result.cost
    if result.status == "optimal":
        assert result.cost <= best[0] * (1.0 + 1e-5) + 1e-4
    if result.stopped_by in ("tolerance", "gap"):
        assert result.status == "optimal"


@cache
def calls_of(seed: int) -> range:
    """Each call of HiGHS that a solve makes."""
    with pytest.MonkeyPatch.context() as patch:
        liar = Liar(lambda answer: answer).at_the_door(patch)
        assert_true(solved(seed), seed)
    return range(liar.calls)


def some_calls_of(seed: int) -> list[int]:
    """Return a call in the middle of a solve, the first and the last."""
    calls = calls_of(seed)
    return [calls[len(calls) // 2], calls[0], calls[-1]]


def test_the_worlds_exercise_what_is_lied_about():
    """Linear and integer programmes are asked for, again and again."""
    assert world(PLAN)[2] is not None
    assert world(NONE)[2] is None
    for seed in BOTH:
        assert len(calls_of(seed)) >= 8


@pytest.mark.parametrize("seed", BOTH)
@pytest.mark.parametrize("kind", LIES)
@pytest.mark.parametrize("step", [9, pytest.param(3, marks=pytest.mark.nightly)])
def test_one_lie_at_any_call_is_put_right(kind, seed, step, monkeypatch):
    """It is tried once more from a model made anew, and the search goes on to its end."""
    # Each call meets one or two of the kinds, by night five.
    turn = list(LIES).index(kind) % step
    for n in calls_of(seed)[turn::step] if seed == PLAN else some_calls_of(seed):
        with monkeypatch.context() as patch:
            liar = Liar(LIES[kind], n).at_the_door(patch)
            result = solved(seed)
        assert liar.lied == 1
        assert_true(result, seed)
        assert result.status == ("impossible" if seed == NONE else "optimal")


@pytest.mark.parametrize("seed", BOTH)
@pytest.mark.parametrize("kind", LIES)
def test_a_solver_that_lies_from_some_call_on_stops_the_search(kind, seed, monkeypatch):
    """The best plan and the last proven bound are kept, and the failure is in words."""
    failures = 0
    for n in some_calls_of(seed):
        with monkeypatch.context() as patch:
            liar = Liar(LIES[kind], n, FOR_EVER).at_the_door(patch)
            result = solved(seed)
        assert liar.lied > 0
        assert_true(result, seed)
        if result.failure:
            failures += 1
            assert "HiGHS" in result.failure
            # The first plan was found without the solver, and is still there.
            assert (result.plan is None) == (seed == NONE)
    assert failures > 0


@pytest.mark.parametrize("seed", BOTH)
@pytest.mark.parametrize("kind", TRUE_ALL_THE_SAME)
def test_wrong_duals_cost_time_and_no_truth(kind, seed, monkeypatch):
    """The bound holds at any duals; a search that cannot close what they leave does not say so."""
    for n in some_calls_of(seed)[:2]:
        for times in (1, FOR_EVER):
            with monkeypatch.context() as patch:
                Liar(TRUE_ALL_THE_SAME[kind], n, times).at_the_door(patch)
                assert_true(solved(seed), seed)


@pytest.mark.parametrize("kind", LIES)
@pytest.mark.parametrize("times", [1, FOR_EVER])
def test_the_compact_model_is_told_the_truth_too(kind, times, monkeypatch):
    """One lie is put right; a solver that goes on lying proves nothing."""
    county, rulebook, best = world(FEW)
    Liar(LIES[kind], 0, times).at_the_door(monkeypatch)
    result = solve_compact(county, rulebook)
    assert_true(result, FEW)
    if times == 1 and "time limit" not in kind:
        assert result.cost == pytest.approx(best[0])
