"""The one door through which clusters pass."""

from __future__ import annotations

import math

import pytest

from cluster_geo.phrases import amount, counted, listed, named
from cluster_geo.rules import (
    NumberOfClusters,
    PlanSum,
    Rulebook,
    Size,
    TravelToHub,
    Zones,
    kind_of,
    srp_coverage,
)
from tests.worlds import draw_county

COUNTY = draw_county("p s P p")


def test_two_rules_of_one_name_are_refused():
    """Their verdicts would hide each other."""
    with pytest.raises(ValueError, match="size"):
        Rulebook((Size(1, 2), Size(3, 4)), COUNTY.travel)


def test_the_cost_of_a_plan_is_the_sum_over_its_clusters():
    """Prices add up, hubs chosen by travel."""
    rules = (Size(2, 2), TravelToHub(COUNTY.travel), srp_coverage(COUNTY.schools.where("srp"), 5))
    book = Rulebook(rules, COUNTY.travel)
    plan = book.plan([COUNTY.urns[:2], COUNTY.urns[2:]])
    assert book.cost(plan) == 1 + 1 + 5
    assert all(book.admits(cluster) for cluster in plan.clusters)


def test_a_rule_is_hard_priced_or_shown():
    """A rule that says nothing to a model is only shown."""
    zones = dict.fromkeys(COUNTY.urns, "A")
    kinds = [kind_of(Zones("d", zones, price)) for price in (1.5, 0.0)]
    assert kinds == ["priced", "shown"]
    assert kind_of(Zones("d", zones, hard=True)) == "hard"


def test_words_read_as_a_person_would_say_them():
    """Numbers, lists and names."""
    assert counted(1, "school") == "1 school"
    assert counted(2, "primary school") == "2 primary schools"
    assert listed([]) == ""
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert named({2, 1}, {1: "Ash"}) == "Ash (1) and URN 2"
    assert named(range(20), {}).endswith("URN 11 and 8 more")
    assert amount(3.0, "km") == "3 km"
    assert amount(0.125) == "0.12"


@pytest.mark.parametrize(
    ("low", "high", "excess", "words"),
    [
        (2, 2, 0, "2"),
        (3, 3, 1, "2 (must be 3)"),
        (3, 5, 1, "2 (must be 3 to 5)"),
        (-math.inf, 0, 2, "2 (must be at most 0)"),
        (4, math.inf, 2, "2 (must be at least 4)"),
    ],
)
def test_a_sum_over_a_plan_is_kept_within_its_limits(low, high, excess, words):
    """Two clusters, counted; how far that is from what must be, and the words for it."""
    book = Rulebook((), COUNTY.travel, (NumberOfClusters(low, high),))
    plan = book.plan([COUNTY.urns[:2], COUNTY.urns[2:]])
    (found,) = book.sums(plan.clusters)
    assert (found.total, found.excess, found.words) == (2, excess, words)
    assert found.kept == book.keeps_sums(plan) == (excess == 0)


def test_a_plan_is_kept_by_every_cluster_and_over_the_plan():
    """One cluster refused, or a sum beyond its limits, is enough."""
    for size, number, kept in ((2, 2, True), (2, 3, False), (3, 2, False)):
        rules = (Size(size, 9), srp_coverage(frozenset(), 5))
        book = Rulebook(rules, COUNTY.travel, (NumberOfClusters(number, number),))
        assert book.keeps(book.plan([COUNTY.urns[:2], COUNTY.urns[2:]])) == kept


def test_the_rounding_of_a_sum_breaks_no_rule():
    """Ten times a tenth is not exactly one, but counts as one."""
    assert PlanSum(NumberOfClusters(1, 1), sum([0.1] * 10)).kept
