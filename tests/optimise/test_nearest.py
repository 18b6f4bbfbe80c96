"""Of plans that score the same, the one in which fewer schools move from an earlier plan."""

from __future__ import annotations

import pytest

from cluster_geo.audit import audit
from cluster_geo.plan import Plan, movers
from tests.oracle import all_plans
from tests.solving import GAP, NEAR, book, solved
from tests.worlds import FIRST_URN, draw_county

SQUARE = "ppp\nppp\nppp"


def plans_of(county, rulebook):
    """Return every plan with its score, the best first."""
    found = [(cost, Plan.of(clusters)) for clusters, cost in all_plans(county, rulebook)]
    return sorted(found, key=lambda pair: (pair[0], pair[1].clusters))


def square(size=(3, 3)):
    """Return nine schools in a square, whose best plans are many, and all plans."""
    county = draw_county(SQUARE)
    rulebook = book(county, size=size)
    plans = plans_of(county, rulebook)
    return county, rulebook, plans, [p for cost, p in plans if cost <= plans[0][0] + NEAR]


def test_each_of_several_best_plans_is_found_where_it_is_the_earlier_one():
    """None of its schools moves, though the search is not begun from it."""
    county, rulebook, _, best = square()
    assert len(best) > 1
    for earlier in best:
        assert solved(county, rulebook, near=earlier).plan.clusters == earlier.clusters


@pytest.mark.parametrize("place", range(3, 60, 8))
def test_no_best_plan_of_a_small_world_moves_fewer(place):
    """From a plan that scores more: brute force knows the fewest among the best plans."""
    county, rulebook, plans, best = square((2, 4))
    earlier = plans[-place][1]
    result = solved(county, rulebook, start=earlier)
    assert result.cost == pytest.approx(plans[0][0], rel=2 * GAP)
    assert audit(county, rulebook, result.plan).kept
    fewest = min(len(movers(earlier, plan)) for plan in best)
    assert len(movers(earlier, result.plan)) == fewest


def test_a_better_score_counts_for_more_than_any_number_of_movers():
    """An earlier plan that scores more is left."""
    county, rulebook, plans, _ = square((2, 4))
    worst = plans[-1]
    assert worst[0] > plans[0][0] + NEAR
    result = solved(county, rulebook, near=worst[1])
    assert result.cost == pytest.approx(plans[0][0], rel=2 * GAP)


def test_frozen_clusters_and_schools_that_are_new():
    """Frozen clusters are counted as they are; a school that was in no plan does not move."""
    county, rulebook, _, best = square()
    frozen = best[0].clusters[:1]
    earlier = best[0].within(set(county.urns) - {FIRST_URN + 8})
    result = solved(county, rulebook, near=earlier, frozen=frozen)
    assert frozen[0] in result.plan.clusters
    assert movers(earlier, result.plan) == ()
