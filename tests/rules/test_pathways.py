"""A way on from primary to secondary provision: what counts, what is charged, what is impossible."""

from __future__ import annotations

import pytest

from cluster_geo.explain.dials import dials_of
from cluster_geo.plan import Cluster
from cluster_geo.rules import (
    PathwayTerms,
    Rulebook,
    TravelToHub,
    Zones,
    find_clashes,
    pathway_rule,
    pathways,
)
from tests.solving import agrees, book
from tests.worlds import FIRST_URN, draw_county

ONE, TWO, THREE, FOUR, FIVE, SIX = range(FIRST_URN, FIRST_URN + 6)
# Primary SRPs at 1 (ASD and SLCN) and 4 (HI), secondary ones at 3 (ASD) and 6 (HI), both at 5 (VI).
COUNTY = draw_county(
    "P p S P A S",
    district="A A A A B B",
    columns={
        "srp_needs": {ONE: "ASD|SLCN", THREE: "ASD", FOUR: "HI", FIVE: "VI", SIX: "HI"},
    },
)


def ways(terms: PathwayTerms) -> dict[str, frozenset[int]]:
    """The schools by need for which a way on must be found in the cluster."""
    return dict(pathway_rule(COUNTY, terms).starts)


def test_an_all_through_school_is_its_own_way_on():
    """Nothing is asked of it, whatever its cluster; all others need company."""
    assert ways(PathwayTerms()) == {
        "ASD": frozenset({ONE}), "SLCN": frozenset({ONE}), "HI": frozenset({FOUR}),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("terms", "left"),
    [
        (PathwayTerms(within=1.9), {"ASD", "SLCN", "HI"}),
        (PathwayTerms(within=2.0), {"SLCN"}),
        (PathwayTerms(layer="district"), {"SLCN", "HI"}),
        (PathwayTerms(layer="district", within=1.9), {"ASD", "SLCN", "HI"}),
        (PathwayTerms(layer="district", within=2.0), {"SLCN", "HI"}),
        (PathwayTerms(by_team=("SLCN",)), {"ASD", "HI"}),
        (PathwayTerms(needs=("HI",)), {"HI"}),
    ],
)
def test_what_counts_outside_the_cluster(terms, left):
    """A journey up to the limit, the same zone, or both if both are asked; a team for its needs."""
    assert ways(terms).keys() == left


@pytest.mark.parametrize("together", [(), (ONE,), (ONE, THREE)])
def test_how_a_child_goes_on(together):
    """At the same school first, then in the cluster, then nearby; else the nearest is named."""
    near = {(w.urn, w.need): w for w in pathways(COUNTY, PathwayTerms(within=2.0))}
    far = {(w.urn, w.need): w for w in pathways(COUNTY)}
    assert far[FIVE, "VI"].way_on(together) == ("school", FIVE)
    beside = THREE in together
    assert near[ONE, "ASD"].way_on(together) == ("cluster" if beside else "nearby", THREE)
    assert far[ONE, "ASD"].way_on(together) == ("cluster" if beside else "none", THREE)
    assert far[ONE, "SLCN"].way_on(together) == ("none", None)


def test_a_cluster_is_charged_once_for_each_need():
    """However many primary SRPs of a need it holds; the words name them."""
    rule = pathway_rule(COUNTY, price=2.5)
    assert rule.judge(Cluster((TWO, THREE), TWO)).count == 0
    assert rule.judge(Cluster((ONE, THREE), ONE)).price == 2.5
    both = rule.judge(Cluster((ONE, TWO, FOUR), TWO))
    assert (both.kept, both.count, both.price) == (True, 3, 7.5)
    assert both.words == (
        f"no way on for ASD (School 1 ({ONE})), HI (School 4 ({FOUR})) and SLCN (School 1 ({ONE}))"
    )
    refused = pathway_rule(COUNTY, hard=True).judge(Cluster((FOUR, FIVE), FOUR))
    assert (refused.kept, refused.count, refused.price) == (False, 1, 0.0)


def test_a_need_without_any_secondary_provision_is_impossible_by_counting():
    """SLCN has none in the county, HI none in district A; the words name the school."""
    rule = pathway_rule(COUNTY, hard=True)
    (clash,) = find_clashes(COUNTY, Rulebook((rule,), COUNTY.travel))
    assert clash.rules == ("pathways",)
    assert clash.schools == frozenset(COUNTY.urns)
    assert f"School 1 ({ONE}) has a primary SRP for SLCN" in clash.words
    zones = Zones("district", COUNTY.layers["district"].zone_of, hard=True)
    of_a_part = [
        clash
        for clash in find_clashes(COUNTY, Rulebook((rule, zones), COUNTY.travel))
        if " for HI" in clash.words
    ]
    assert [clash.rules for clash in of_a_part] == [("pathways", "district")]


@pytest.mark.parametrize("hard", [False, True])
def test_the_search_finds_the_best_plan_by_it(hard):
    """As brute force does: priced or required, with a way on nearby or in the cluster alone."""
    for terms in (PathwayTerms(by_team=("SLCN",)), PathwayTerms(needs=("ASD",), within=1.0)):
        rule = pathway_rule(COUNTY, terms, 0.0 if hard else 0.75, hard=hard)
        result = agrees(COUNTY, book(COUNTY, rule, size=(2, 3)))
        assert result.status == "optimal"
        if hard:
            assert all(rule.judge(cluster).kept for cluster in result.plan.clusters)


def test_what_can_be_given_up():
    """One need; with it those that have no secondary SRP anywhere; all of them."""
    rule = pathway_rule(COUNTY, hard=True)
    demand = next(demand for demand in rule.demands(COUNTY) if demand.part == "HI")
    one, nowhere, every = rule.loosened(demand, COUNTY)
    assert [way.rule and sorted(way.rule.starts) for way in (one, nowhere, every)] == [
        ["ASD", "SLCN"], ["ASD"], None,
    ]  # fmt: skip
    assert [sorted(way.beside.starts) for way in (one, nowhere, every)] == [
        ["HI"], ["HI", "SLCN"], ["ASD", "HI", "SLCN"],
    ]  # fmt: skip
    assert one.beside.judge(Cluster((FOUR, FIVE), FOUR)).count == 1
    assert one.words == "allow {found} without a way on for HI"
    assert nowhere.words == "allow clusters without a way on for HI and SLCN"
    # Of several needs the rule counts more than clusters, so none are counted in the words.
    assert [way.exception for way in (one, nowhere, every)] == ["pathways HI", "", ""]
    assert one.beside.at_first().price < one.beside.price
    slcn = next(demand for demand in rule.demands(COUNTY) if demand.part == "SLCN")
    assert len(list(rule.loosened(slcn, COUNTY))) == 2


def test_its_dials():
    """Priced, it is left without its weight and made a requirement; required, it is given up."""
    for hard, turns in ((False, ["relaxed", "tightened"]), (True, ["relaxed"])):
        rule = pathway_rule(COUNTY, price=0.0 if hard else 2.0, hard=hard)
        rules = Rulebook((TravelToHub(COUNTY.travel), rule), COUNTY.travel)
        dials = [dial for dial in dials_of(rules, COUNTY) if dial.rule == "pathways"]
        assert [dial.turn for dial in dials] == turns


def test_a_school_is_shown_its_ways_on():
    """From it and to it, in its cluster alone."""
    rule = pathway_rule(COUNTY)
    cluster = Cluster((ONE, TWO, THREE), TWO)
    assert list(rule.ties(ONE, cluster)) == [
        f"Way on for ASD: to School 3 ({THREE}) in this cluster"
    ]
    assert list(rule.ties(THREE, cluster)) == [
        f"Way on for ASD: from School 1 ({ONE}) in this cluster"
    ]
    assert list(rule.ties(TWO, cluster)) == []
