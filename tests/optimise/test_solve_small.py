"""Counties with little in them, or too little: one school, one phase, one point, no plan."""

from __future__ import annotations

import pytest

from cluster_geo.rules import NumberOfClusters, Phases
from tests.solving import agrees, book, line, members_of, solved
from tests.worlds import FIRST_URN, draw_county, make_county


def test_one_school():
    """One school is its own cluster and travels nowhere."""
    result = agrees(line(1), book(line(1)))
    assert (result.status, result.cost, members_of(result)) == ("optimal", 0.0, [(1,)])


def test_two_schools():
    """Two schools that must not be alone are together, at the price of one trip."""
    county = line(2)
    result = agrees(county, book(county, size=(2, 2)))
    assert (result.status, members_of(result)) == ("optimal", [(1, 2)])
    assert result.cost == pytest.approx(1.0)


def test_two_schools_with_nothing_between():
    """Schools that are no neighbours cannot be one cluster of two, which is proven."""
    county = draw_county("pp", cut=[(FIRST_URN, FIRST_URN + 1)])
    result = agrees(county, book(county, size=(2, 2)))
    assert (result.status, result.stopped_by) == ("impossible", "proof")


def test_all_schools_at_one_point():
    """Coincident schools travel nowhere; any plan is as good as any."""
    rows = [
        {"urn": FIRST_URN + k, "x": 550_000.0, "y": 150_000.0, "phase": "primary"} for k in range(9)
    ]
    pairs = [(FIRST_URN + i, FIRST_URN + j) for i in range(9) for j in range(i)]
    county = make_county(rows, pairs)
    result = agrees(county, book(county, size=(2, 4)))
    assert (result.status, result.cost) == ("optimal", 0.0)


def test_all_of_one_phase_is_impossible():
    """Without a secondary no cluster can have one, and that is proven."""
    county = line(8)
    phases = Phases(county.schools.primaries, county.schools.secondaries)
    result = agrees(county, book(county, phases, size=(2, 4)))
    assert (result.status, result.stopped_by) == ("impossible", "proof")
    assert result.plan is None


@pytest.mark.parametrize(("n", "size"), [(15, (8, 14)), (7, (8, 14)), (9, (4, 4))])
def test_sizes_that_cannot_divide(n, size):
    """15 schools make neither one cluster of 8 to 14 nor two: known by counting."""
    county = line(n)
    result = solved(county, book(county, size=size))
    assert (result.status, result.stopped_by) == ("impossible", "proof")
    assert result.bound is None


def test_a_county_in_two_pieces():
    """Pieces of the neighbour graph are clustered apart, in one plan."""
    county = draw_county("ppp.pppp", cut=[])
    result = agrees(county, book(county, size=(2, 4), plan_rules=[NumberOfClusters(2, 3)]))
    assert result.status == "optimal"
    assert members_of(result) == [(1, 2, 3), (4, 5), (6, 7)]


def test_a_piece_too_small_for_a_cluster():
    """One island school alone leaves no plan where a cluster needs two."""
    county = draw_county("p.ppp")
    assert agrees(county, book(county, size=(2, 4))).status == "impossible"


def test_pieces_need_not_be_asked_for():
    """Without the rule of one piece a cluster may jump."""
    county = draw_county("p.ppp")
    result = agrees(county, book(county, size=(2, 2), pieces=False))
    assert members_of(result) == [(1, 2), (3, 4)]


@pytest.mark.parametrize(("low", "high", "number"), [(3, 3, 3), (2, 4, 4), (1, 2, 2), (5, 5, 5)])
def test_the_number_of_clusters(low, high, number):
    """An exact number is met, and of a range the cheapest is taken."""
    county = line(10)
    plan_rules = [NumberOfClusters(low, high)]
    result = agrees(county, book(county, size=(1, 9), plan_rules=plan_rules))
    assert result.status == "optimal"
    assert len(result.plan) == number


def test_a_number_of_clusters_out_of_reach():
    """Ten schools in clusters of at least two are never six clusters."""
    county = line(10)
    rulebook = book(county, size=(2, 9), plan_rules=[NumberOfClusters(6, 7)])
    assert agrees(county, rulebook).status == "impossible"
