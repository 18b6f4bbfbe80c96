"""Sentences about how good a plan is: each only if it is proven, and with no figure beyond proof."""

import re
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_geo.optimise import Result
from cluster_geo.optimise.certainty import (
    REASONS,
    USEFUL,
    at_most,
    certainty,
    distance,
    ending,
    failed,
    no_plan,
    of_floor,
    of_frozen,
    open_share,
    room,
)
from cluster_geo.optimise.result import StoppedBy
from cluster_geo.plan import Plan
from cluster_geo.rounding import exact
from tests.wording import texts

PLAN = Plan.of([])
ROOT = Path(__file__).parents[2]
FAILURE = "HiGHS 1.16.0 answered: error, model status not set"


def result(status, cost, bound, stopped_by="time limit", failure="", **changes):
    """A search of twelve seconds."""
    plan = None if cost is None else PLAN
    return replace(
        Result(status, stopped_by, plan, cost, bound, 12.3, 1, work=40_000, failure=failure),
        **changes,
    )


OPEN = "This plan scores {}. {} is proven yet about how far it is from the best possible."
NEAR = (
    "This plan scores {}. Under the same rules and weights no plan can score below {}, so it could "
    "improve by at most {}."
)
BEST = "This plan scores {}. Under the same rules and weights no plan can score lower."
# Closer than scores are shown to.
CLOSE = (
    "This plan scores {}. Under the same rules and weights no plan can score lower by more than {}."
)
NO_PLAN = (
    "The search found no plan in 12 seconds and ended because it reached the time limit. It is not "
    "proven whether there is one."
)


@pytest.mark.parametrize(
    ("status", "cost", "bound", "expected"),
    [
        # No bound, or one that is of no use: no figure is given.
        ("feasible", 100.0, None, OPEN.format("100.0", "Nothing")),
        ("feasible", 100.0, 79.99, OPEN.format("100.0", "Nothing useful")),
        ("feasible", 2903.4, -779.5, OPEN.format("2,903.4", "Nothing useful")),
        ("feasible", 0.0, -5.0, OPEN.format("0.0", "Nothing useful")),
        ("optimal", 100.0, 60.0, OPEN.format("100.0", "Nothing useful")),
        # A distance: the bound is rounded down, the share up.
        ("feasible", 100.0, 80.0, NEAR.format("100.0", "80.0", "20.0 %")),
        ("feasible", 2162.2, 2154.06, NEAR.format("2,162.2", "2,154.0", "0.38 %")),
        ("feasible", 100.0, 99.99, CLOSE.format("100.0", "0.01 %")),
        ("feasible", 100.0, 99.9999, CLOSE.format("100.0", "0.001 %")),
        # As close as asked: the same sentence, unless there is nothing left to gain.
        ("optimal", 2055.8, 2055.75, NEAR.format("2,055.8", "2,055.7", "0.003 %")),
        ("optimal", 100.0, 99.999999, CLOSE.format("100.0", "0.001 %")),
        ("optimal", 100.0, 95.0, NEAR.format("100.0", "95.0", "5.0 %")),
        ("optimal", 100.0, 100.0, BEST.format("100.0")),
        # A plan as good as the bound is the best, whatever search has found it.
        ("feasible", 100.0, 100.0, BEST.format("100.0")),
        # With a score of 0 a share is useless, but the distance is not.
        ("optimal", 0.0, -1e-6, CLOSE.format("0.0", "0.001")),
        ("impossible", None, None, "It is proven that no plan meets the requirements."),
        ("none found", None, None, NO_PLAN),
        ("none found", None, 50.0, NO_PLAN),
    ],
)
@pytest.mark.parametrize("failure", ["", FAILURE])
def test_how_sure_a_plan_is(status, cost, bound, expected, failure):
    """Each status and distance has its sentences; a failure later takes nothing from a proof."""
    found = result(status, cost, bound)
    if failure:
        found = replace(found, stopped_by="solver failure", failure=failure)
        expected = failed(failure, "nothing") if status == "none found" else expected
    assert certainty(found) == expected


def test_a_score_has_no_unit():
    """It is no distance: kilometres are those of journeys alone."""
    assert certainty(result("feasible", 9.0, 8.99)).startswith("This plan scores 9.0. Under")


def test_a_plan_by_hand_is_judged_as_it_stands():
    """Without a search nothing is claimed."""
    assert "it is not known how far it is" in certainty(None)
    assert ending(None) == ""


@pytest.mark.parametrize(
    ("stopped_by", "status", "expected"),
    [
        ("gap", "optimal", "and ended because the plan was as close to the best possible as requested."),
        # The search for another option is closed at its own score, not at this plan's.
        ("gap", "feasible", "and ended because it found what it looked for."),
        ("proof", "optimal", "and ended because its answer was proven."),
        ("proof", "feasible", "and ended because it found what it looked for."),
        ("time limit", "feasible", "and ended because it reached the time limit."),
        ("work limit", "feasible", "and ended because it reached the work limit."),
        (
            "first plan", "feasible",
            "and ended because it was asked for any plan that keeps the rules, and found one.",
        ),
        (
            "tolerance", "feasible",
            "and ended because only rounding is left between the plan and the best possible.",
        ),
        (
            "interrupted", "feasible",
            "and ended because it was stopped by hand; the best plan found until then is shown.",
        ),
    ],
)  # fmt: skip
def test_why_a_search_ended(stopped_by, status, expected):
    """Each reason has its words, with the seconds, or the work where the clock did not decide."""
    found = result(status, 100.0, 99.0, stopped_by)
    assert ending(found) == f"The search took 12 seconds {expected}"
    untimed = replace(found, timed=False)
    assert ending(untimed) == f"The search took 40,000 units of work {expected}"


@pytest.mark.parametrize("bound", [None, 99.0])
def test_a_failure_of_the_solver_is_told_with_what_stands(bound):
    """The solver, its version, what it answered, what is still to be relied on, what to do."""
    found = result("feasible", 100.0, bound, "solver failure", FAILURE)
    assert ending(found) == (
        "The search took 12 seconds. The solver failed during the search (HiGHS 1.16.0 answered: "
        "error, model status not set). The plan and figures shown are those found and proven "
        "before the failure; run it again, and report it if it happens again."
    )


def test_a_failure_before_any_plan_proves_nothing():
    """It is neither impossible nor a matter of more time."""
    assert no_plan(result("none found", None, None, "solver failure", FAILURE)) == (
        "The solver failed during the search (HiGHS 1.16.0 answered: error, model status not set). "
        "No plan was found before the failure, and nothing is proven; run it again, and report it if it "
        "happens again."
    )


@pytest.mark.parametrize("stopped_by", [r for r in REASONS if r not in ("gap", "first plan")])
def test_a_search_without_a_plan_says_why_it_ended(stopped_by):
    """Whatever ended it, the sentence claims that there is no plan only if that is proven."""
    assert f" because {REASONS[stopped_by]}. It is not proven whether there is one." in no_plan(
        result("none found", None, None, stopped_by)
    )
    assert "not proven" not in no_plan(result("impossible", None, None, "proof"))


def test_every_reason_has_its_words():
    """But for a failure, which has sentences of its own."""
    assert {*REASONS, "solver failure"} == set(get_args(StoppedBy))


@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        (None, "not known"),
        (float("nan"), "not known"),
        (0.0, "0.0 %"),
        (0.00003, "0.003 %"),
        (0.0037, "0.37 %"),
        (0.2, "20.0 %"),
        (0.2001, "nothing useful proven yet"),
        (1.2683, "nothing useful proven yet"),
    ],
)
def test_a_gap_in_a_table(gap, expected):
    """Rounded up; above a fifth a number would be useless."""
    assert at_most(gap) == expected


@pytest.mark.parametrize(
    ("cost", "bound", "expected"),
    [
        (100.0, 97.01, "3.0"),
        (100.0, 97.0, "3.0"),
        (100.0, 96.99, "3.1"),
        (9.3, 9.299999, "0.001"),
        (100.0, 100.0, "0.0"),
        (100.0, 100.1, "0.0"),
        (100.0, 79.0, None),
        (100.0, -5.0, None),
        (100.0, None, None),
        (None, None, None),
    ],
)
def test_a_distance_in_the_scores_own_unit(cost, bound, expected):
    """Rounded up, and not given where it is of no use."""
    assert distance(cost, bound) == expected


def test_what_is_frozen_is_said():
    """A proof holds for plans that leave the frozen clusters alone, and for no others."""
    assert of_frozen(1) == (
        "1 cluster is frozen, so the proof covers only plans that keep it unchanged."
    )
    assert of_frozen(3).startswith(
        "3 clusters are frozen, so the proof covers only plans that keep them"
    )


PRINTED = r"([0-9,]+\.[0-9]+)"


@st.composite
def scores(draw):
    """Draw a score and a bound, near or far below it."""
    cost = draw(st.floats(0, 1e6))
    share = draw(st.one_of(st.floats(0, 1e-4), st.floats(0, 0.3), st.floats(0, 3)))
    return cost, cost - share * cost - draw(st.sampled_from([0.0, 1e-6]))


@given(scores(), st.sampled_from(["optimal", "feasible"]))
def test_no_sentence_is_stronger_than_what_is_proven(score, status):
    """No figure that is said forbids a plan that the bound does not."""
    cost, bound = score
    sentences = certainty(result(status, cost, bound))
    apart = exact(cost) - exact(bound)
    floor = re.search(rf"below {PRINTED},", sentences)
    share = re.search(rf"(?:at most|more than) {PRINTED} %", sentences)
    margin = re.search(rf"(?:at most|more than) {PRINTED}\.$", sentences)
    assert "-" not in sentences
    if floor:
        # No score is below 0, whatever is proven.
        assert number(floor) <= max(exact(bound), 0)
    if share:
        assert number(share) / 100 * exact(cost) >= apart
        assert number(share) <= 100 * USEFUL
    if margin:
        assert number(margin) >= apart
    if not (floor or share or margin):
        assert apart == 0 or "Nothing useful is proven" in sentences
    assert open_share(cost, bound) is None or open_share(cost, bound) <= USEFUL


def test_one_sentence_says_how_far_a_plan_is_from_the_best():
    """A search, a plan changed by hand and the documentation have it from one place."""
    proven = room(2162.2, 2154.1)
    assert proven in certainty(result("feasible", 2162.2, 2154.1))
    assert proven in of_floor(2162.2, 2154.1, kept=True)
    page = (ROOT / "docs" / "planners" / "certificate.md").read_text(encoding="utf-8")
    assert proven in " ".join(page.replace("\n> ", " ").split())
    assert [name for name, text in texts() if "no plan can score" in text] == [
        "optimise/certainty.py"
    ] * 2


def test_a_distance_too_small_to_show_is_not_shown_as_two_scores():
    """389.2 and 389.1 would seem ten times as far apart as they are."""
    words = certainty(result("optimal", 389.1926, 389.1829))
    assert words == (
        "This plan scores 389.2. Under the same rules and weights no plan can score lower by more "
        "than 0.003 %."
    )
    assert "lower by more than 0.003 %" in of_floor(389.1926, 389.1829, kept=True)


@pytest.mark.parametrize(
    ("bound", "floor"),
    [(89.99, ", which is at least 89.9"), (0.0, ", which is at least 0.0"), (-0.01, "")],
)
def test_a_plan_that_breaks_a_requirement_is_not_compared(bound, floor):
    """The bound is of plans that keep them all; one below 0 says nothing of a score."""
    assert of_floor(100.04, bound, kept=False) == (
        "This plan scores 100.0. It breaks a requirement, so its score cannot be compared with "
        f"that of plans that keep them all{floor}."
    )


def number(found):
    """Return what a reader takes a printed figure for."""
    return exact(float(found[1].replace(",", "")))
