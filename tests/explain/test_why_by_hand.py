"""Why a school is where it is, in towns small enough to be worked out with a pencil.

A street of nine schools, 1 km apart, secondaries at 2, 5 and 8, in clusters of two to four with a
secondary each. So each secondary has a cluster, and each cluster is a stretch of the street:

    1 p  2 s  3 p | 4 p  5 s  6 p | 7 p  8 s  9 p      districts A | B | C
              T     T                                  a trust T at 3 and 4

Every half costs 2 km of travel, the trust 1 km in each of its two clusters: 8 km, and no plan is
better. A school outside its cluster's main district costs 1.5 km.
"""

from __future__ import annotations

from dataclasses import replace
from math import sqrt

import numpy as np
import pytest

from cluster_geo.explain import reasons_of
from cluster_geo.rules import (
    OnePiece,
    Phases,
    Rulebook,
    Size,
    TravelToHub,
    Trusts,
    Zones,
)
from tests.oracle import best_plan
from tests.worlds import draw_county

URN = 100_000
STREET = draw_county("p s p p s p p s p", district="A A A B B B C C C", trust=". . T T . . . . .")
# Two rows of four in clusters of exactly four, a secondary each; W is the left half.
ROWS = draw_county(
    """
    p s p p
    p p s p
    """,
    district="""
    W W E E
    W W E E
    """,
    trust="""
    . . . .
    . . T T
    """,
)


def book(county, low, high):
    """Size, a secondary each, one piece, travel, districts and the trust."""
    schools = county.schools
    rules = (
        Size(low, high),
        Phases(schools.primaries, schools.secondaries, 0, 1),
        OnePiece(county.neighbours.graph),
        TravelToHub(county.travel),
        Zones("district", county.layers["district"].zone_of, 1.5),
        Trusts(schools.grouped_by("trust_uid"), 1.0),
    )
    return Rulebook(rules, county.travel)


def plan_of(rulebook, *clusters):
    """A plan by places."""
    return rulebook.plan([[URN + place for place in places] for places in clusters])


def asked(county, rulebook, plan, place):
    """Why the school of a place is where it is, with all the time it takes."""
    return reasons_of(county, rulebook, plan, URN + place, work=20_000, threads=1)


THIRDS = book(STREET, 2, 4)
IN_THREE = plan_of(THIRDS, (1, 2, 3), (4, 5, 6), (7, 8, 9))
HALVES = book(ROWS, 4, 4)
IN_TWO = plan_of(HALVES, (1, 2, 5, 6), (3, 4, 7, 8))


def test_the_plans_asked_about_are_the_best():
    """The street's cost is 3 x 2 + 2; the rows' is two squares of 1 + 1 + sqrt 2, and the trust."""
    cost, plan = best_plan(STREET, THIRDS)
    assert (cost, plan.clusters) == (8.0, IN_THREE.clusters)
    cost, plan = best_plan(ROWS, HALVES)
    assert cost == pytest.approx(2 * (2 + sqrt(2)) + 1)
    assert plan.clusters == IN_TWO.clusters


def test_a_school_at_an_edge_can_move_alone():
    """School 3 beside 4, 5 and 6: 1 + (1 + 1 + 2) km for 2 + 2, one outside, the trust in one."""
    found = asked(STREET, THIRDS, IN_THREE, 3)
    assert (found.cluster, found.hub, found.travel) == ("C-01", URN + 2, 1.0)
    assert set(found.ties) == {
        "District: in A, like most of the cluster",
        "T: 1 of its 2 schools are in this cluster",
    }
    (move,) = found.moves
    assert (move.cluster, move.travel, move.breaks) == ("C-02", 2.0, ())
    assert move.moved == pytest.approx(1 + 1.5 - 1)
    assert move.change == pytest.approx(1 + 1.5 - 1)
    assert move.others == ()
    assert move.resolved
    assert not move.proven_impossible
    assert found.improvable == pytest.approx(0, abs=1e-6)


def test_the_same_at_the_other_edge_of_a_cluster():
    """School 6 beside 7, 8 and 9: a km more, and 1.5 for its district; no trust gains by it."""
    found = asked(STREET, THIRDS, IN_THREE, 6)
    assert (found.hub, found.travel) == (URN + 5, 1.0)
    assert found.ties == ("District: in B, like most of the cluster",)
    (move,) = found.moves
    assert (move.cluster, move.travel, move.breaks) == ("C-03", 2.0, ())
    assert (move.moved, move.change) == pytest.approx((2.5, 2.5))
    assert move.others == ()


def test_a_secondary_can_go_nowhere():
    """School 5 with 2 would leave 1 alone, or five in a cluster; with 8 it is the same at 9."""
    found = asked(STREET, THIRDS, IN_THREE, 5)
    assert (found.hub, found.travel) == (URN + 5, 0.0)
    assert [move.cluster for move in found.moves] == ["C-01", "C-03"]
    for move in found.moves:
        assert [words.partition(":")[0] for words in move.breaks] == [
            "Primary and secondary schools together",
            "Each cluster is in one piece on the ground",
            "Each cluster is in one piece on the ground",
        ]
        assert (move.change, move.proven_impossible) == (None, True)
    # 4 and 6 are 2 km apart, where both were 1 km from 5; the other cluster's total grows by 3.
    assert [move.moved for move in found.moves] == pytest.approx([3 + 1.5, 3 + 1.5])


def test_travel_is_from_the_school_to_the_centre():
    """Where the way there takes twice the way back: 3 goes 2 km to 2, and would go 2 to 5."""
    there = 1 + np.tril(np.ones((9, 9)))
    county = replace(STREET, travel=replace(STREET.travel, matrix=STREET.travel.matrix * there))
    rulebook = book(county, 2, 4)
    plan = plan_of(rulebook, (1, 2, 3), (4, 5, 6), (7, 8, 9))
    assert [cluster.hub for cluster in plan.clusters] == [URN + 2, URN + 5, URN + 8]
    found = asked(county, rulebook, plan, 3)
    assert found.travel == 2.0
    assert [move.travel for move in found.moves] == [2.0]
    assert asked(county, rulebook, plan, 4).travel == 1.0
    assert [move.travel for move in asked(county, rulebook, plan, 4).moves] == [4.0]


def test_a_school_at_the_end_of_the_street_has_no_other_cluster():
    """School 1 has one neighbour, and that one's neighbours are of its own cluster."""
    assert asked(STREET, THIRDS, IN_THREE, 1).moves == ()


def test_a_school_that_moves_takes_another_with_it():
    """School 7 into 1, 5 and 6 sends 2 to 3, 4 and 8: as far to travel, two outside, T in two."""
    found = asked(ROWS, HALVES, IN_TWO, 7)
    assert (found.cluster, found.hub, found.travel) == ("C-02", URN + 3, 1.0)
    assert set(found.ties) == {
        "District: in E, like most of the cluster",
        "T: 2 of its 2 schools are in this cluster",
    }
    (move,) = found.moves
    assert (move.cluster, move.travel) == ("C-01", pytest.approx(sqrt(5)))
    assert move.breaks == (
        "Size of a cluster: 3 schools (must be 4)",
        "Primary and secondary schools together: 0 secondary schools (must be at least 1)",
        "Size of a cluster: 5 schools (must be 4)",
    )
    assert move.change == pytest.approx(2 * 1.5 + 1)
    assert move.others == (URN + 2,)
    assert move.resolved
    # Alone: 3, 4 and 8 are 1 and 1 from 4; 6 is 1, 1, 1 and sqrt 2 from 2, 5, 7 and 1.
    before, after = 2 * (2 + sqrt(2)), 2 + (3 + sqrt(2))
    assert move.moved == pytest.approx(after - before + 1.5 + 1)
