"""One school moved alone: what the move breaks, and what was broken before it."""

from __future__ import annotations

import pytest

from cluster_geo.explain import reasons_of
from cluster_geo.explain.lone_moves import LoneMoves
from cluster_geo.explain.outside import Outsiders
from cluster_geo.rules import (
    NumberOfClusters,
    OnePiece,
    Phases,
    Rulebook,
    Size,
    TravelToHub,
    Zones,
)
from tests.worlds import draw_county, make_layer

COUNTY = draw_county("p p p p p s", district="A A A A B B")
THIRD, FOURTH, LAST = 100003, 100004, 100006


def moves(groups, *rules, plan_rules=()) -> LoneMoves:
    """Return the moves in a plan of schools numbered from 1, judged by travel and these rules."""
    travel = TravelToHub(COUNTY.travel)
    rulebook = Rulebook((*rules, travel), COUNTY.travel, plan_rules)
    return LoneMoves(rulebook.plan([100_000 + n for n in group] for group in groups), rulebook)


def test_what_was_broken_before_is_not_the_moves():
    """The first cluster had no secondary and crosses no district; neither changes by the move."""
    phases = Phases(COUNTY.schools.primaries, COUNTY.schools.secondaries)
    district = Zones("district", COUNTY.layers["district"].zone_of, hard=True)
    move = moves([(1, 2, 3, 4), (5, 6)], phases, district).to(FOURTH, 1)
    assert move.broken == (("district", "it has schools in A and B"),)
    assert move.rules == ("district",)


@pytest.mark.parametrize(("most", "broken"), [(2, 1), (3, 1), (4, 0)])
def test_what_is_made_worse_is_the_moves(most, broken):
    """A third school breaks a size of two, a fourth breaks it further; a size of four it keeps."""
    found = moves([(1, 2), (3,), (4, 5, 6)], Size(1, most)).to(THIRD, 2)
    assert [rule for rule, _ in found.broken] == ["size"] * broken


def test_a_cluster_that_is_mended_breaks_nothing():
    """One school too many is none when it goes."""
    assert moves([(1, 2, 3, 4), (5, 6)], Size(2, 3)).to(FOURTH, 1).broken == ()


def test_each_cluster_that_a_move_breaks_is_told():
    """Clusters of three exactly: one is left too small, one made too large; the rule is one."""
    found = moves([(1, 2, 3), (4, 5, 6)], Size(3, 3)).to(THIRD, 1)
    assert found.broken == (
        ("size", "2 schools (must be 3)"),
        ("size", "4 schools (must be 3)"),
    )
    assert found.rules == ("size",)


def test_a_rule_over_the_plan_is_broken_too():
    """The last school of a cluster goes: there is a cluster fewer, and its travel is another's."""
    two = NumberOfClusters(2, 2)
    found = moves([(1, 2, 3, 4, 5), (6,)], Size(1, 6), plan_rules=[two]).to(LAST, 0)
    assert found.broken == (("number of clusters", "1 (must be 2)"),)
    assert found.change == pytest.approx(9.0 - 6.0)
    three = NumberOfClusters(3, 4)
    fewer = moves([(1, 2, 3, 4, 5), (6,)], plan_rules=[three]).to(LAST, 0)
    assert [rule for rule, _ in fewer.broken] == ["number of clusters"], "broken, and further now"
    more = moves([(1, 2, 3, 4, 5), (6,)], plan_rules=[NumberOfClusters(1, 1)]).to(LAST, 0)
    assert more.broken == ()


def test_why_and_the_report_say_the_same_of_a_move():
    """A hand-drawn plan without secondaries in one half: only the size is told of the move."""
    judged = moves(
        [(1, 2, 3, 4), (5, 6)],
        Size(1, 2),
        Phases(COUNTY.schools.primaries, COUNTY.schools.secondaries),
        OnePiece(COUNTY.neighbours.graph),
    )
    layer = make_layer(
        "ward", dict.fromkeys((100001, 100002, 100003), "1") | dict.fromkeys((FOURTH, 100005, LAST), "2")
    )  # fmt: skip
    sentence = Outsiders(judged.plan, COUNTY, judged.rulebook).reason(FOURTH, layer, {})
    assert (
        sentence
        == "Moving only this school to C-02 would bring C-02 to 3 schools (the maximum is 2)."
    )
    (move,) = reasons_of(COUNTY, judged.rulebook, judged.plan, FOURTH, work=1, threads=1).moves
    assert move.breaks == ("Size of a cluster: 3 schools (must be 1 to 2)",)
