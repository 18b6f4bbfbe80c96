"""The one door through which clusters pass."""

from __future__ import annotations

import pytest

from cluster_geo.rules import HubChoice, Rulebook, Size, SrpCoverage, TravelToHub, Zones, kind_of
from cluster_geo.rules.words import amount, counted, listed, named
from tests.worlds import draw_county

COUNTY = draw_county("p s P p")


def test_two_rules_of_one_name_are_refused():
    """Their verdicts would hide each other."""
    with pytest.raises(ValueError, match="size"):
        Rulebook((Size(1, 2), Size(3, 4)), HubChoice(COUNTY.travel))


def test_the_cost_of_a_plan_is_the_sum_over_its_clusters():
    """Prices add up, hubs chosen by travel."""
    rules = (Size(2, 2), TravelToHub(COUNTY.travel), SrpCoverage(COUNTY.schools.where("srp"), 5))
    book = Rulebook(rules, HubChoice(COUNTY.travel))
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
