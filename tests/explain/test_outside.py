"""Why a school lies outside the main zone of its cluster."""

from dataclasses import replace

import pytest

from cluster_geo.explain.outside import Outsiders
from cluster_geo.rules import (
    MostClustersOfTrust,
    OnePiece,
    Rulebook,
    Size,
    TravelToHub,
)
from tests.worlds import draw_county, make_layer

COUNTY = draw_county("p p p p p p")
WEST, CROSSER, EAST = (100001, 100002, 100003), 100004, (100005, 100006)
SPLIT = make_layer("ward", dict.fromkeys(WEST, "1") | dict.fromkeys((CROSSER, *EAST), "2"))
TITLES = {"size": "Size of a cluster"}


def outsiders(most: int, factor: float = 1.0) -> Outsiders:
    """The first four schools are one cluster, the last two another."""
    travel = replace(COUNTY.travel, matrix=COUNTY.travel.matrix * factor)
    rules = (Size(1, most), OnePiece(COUNTY.neighbours.graph), TravelToHub(travel))
    rulebook = Rulebook(rules, travel)
    plan = replace(rulebook.plan([(*WEST, CROSSER), EAST]), codes=("W", "E"), names={"E": "East"})
    return Outsiders(plan, COUNTY, rulebook)


def test_a_move_home_that_breaks_a_rule_names_it():
    """Two schools is the most that a cluster may have: the crosser cannot go home."""
    sentence = outsiders(most=2).reason(CROSSER, SPLIT, TITLES)
    assert (
        sentence
        == "Moving only this school to East would bring East to 3 schools (the maximum is 2)."
    )


def test_a_move_home_that_leaves_too_few_states_the_minimum():
    """Four schools is the least that a cluster may have: the west keeps the crosser."""
    four = outsiders(most=6)
    rules = tuple(Size(4, 6) if rule.name == "size" else rule for rule in four.rulebook.rules)
    four = replace(four, rulebook=replace(four.rulebook, rules=rules))
    sentence = four.reason(CROSSER, SPLIT, TITLES)
    assert sentence == (
        "Moving only this school to East would leave W with 3 schools (the minimum is 4)."
    )


def test_a_move_home_that_breaks_nothing_tells_the_score():
    """From 4 km of journeys to 4 km: 1 + 1 + 2 and 1, then 1 + 1 and 1 + 1."""
    world = outsiders(most=6)
    assert world.reason(CROSSER, SPLIT, TITLES) == (
        "Moving only this school to East would lower the score by 1.0."
    )
    level = outsiders(most=6, factor=0.001)
    assert level.reason(CROSSER, SPLIT, {}).endswith("would not change the score.")


def test_a_move_that_adds_to_the_score_says_by_how_much():
    """Two rows of three, 2 + 2 km of journeys, become a row of four and a pair: 4 + 1."""
    county = draw_county("p p p p p p")
    rulebook = Rulebook((TravelToHub(county.travel),), county.travel)
    plan = rulebook.plan([(*WEST,), (CROSSER, *EAST)])
    layer = make_layer("ward", dict.fromkeys((*WEST, CROSSER), "1") | dict.fromkeys(EAST, "2"))
    sentence = Outsiders(plan, county, rulebook).reason(100004, layer, {})
    assert sentence == "Moving only this school to C-01 would raise the score by 1.0."


@pytest.mark.parametrize(
    ("zone_of", "words"),
    [
        ({}, "It is outside every zone of this layer."),
        ({CROSSER: "3"}, "No cluster has most of its schools in Zone 3."),
    ],
)
def test_places_are_reasons_too(zone_of, words):
    """A school in no zone, or in one that no cluster fills, cannot be at home."""
    own = {urn: zone for urn, zone in SPLIT.zone_of.items() if urn != CROSSER} | zone_of
    layer = make_layer("ward", own)
    assert outsiders(most=6).reason(CROSSER, layer, TITLES) == words


def test_a_zone_out_of_touch_is_told():
    """No cluster of the zone is a neighbour of the school."""
    layer = make_layer(
        "ward", dict.fromkeys((*WEST, CROSSER), "1") | {WEST[0]: "2"} | dict.fromkeys(EAST, "2")
    )
    sentence = outsiders(most=6).reason(WEST[0], layer, TITLES)
    assert sentence == "No neighbouring cluster is mainly in Zone 2."


def test_without_rules_nothing_is_said_of_them():
    """A plan that nobody judges was drawn so."""
    world = replace(outsiders(most=6), rulebook=None)
    assert world.reason(CROSSER, SPLIT, TITLES) == "The plan was drawn this way."


def test_a_move_home_that_breaks_a_rule_over_the_plan_names_it():
    """The crosser is of a trust that may sit in one cluster, and shares it with the west."""
    world = outsiders(most=6)
    limit = MostClustersOfTrust("T", frozenset({*WEST, CROSSER}), 1, "Oak Trust")
    world = replace(world, rulebook=replace(world.rulebook, plan_rules=(limit,)))
    sentence = world.reason(CROSSER, SPLIT, {limit.name: "Clusters of Oak Trust"})
    assert sentence == "Moving only this school to East would break “Clusters of Oak Trust”."
