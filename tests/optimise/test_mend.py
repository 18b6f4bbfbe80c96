"""Plans of other schools or other rules, mended into covers to begin from."""

from __future__ import annotations

import pytest

from cluster_geo.optimise import SearchParams, StartParams, solve
from cluster_geo.optimise.mend import mended, sets_of
from cluster_geo.optimise.problem import Problem
from cluster_geo.plan import Cluster, Plan
from cluster_geo.rules import CloseToReference, Together, Zones
from tests.oracle import best_plan
from tests.solving import book
from tests.worlds import FIRST_URN, draw_county


def urns(*places: int) -> tuple[int, ...]:
    """Return URNs counted from 1."""
    return tuple(FIRST_URN + place - 1 for place in places)


def plan_of(*groups: tuple[int, ...]) -> Plan:
    return Plan.of(Cluster(urns(*group), urns(*group)[0]) for group in groups)


def cover(county, plan: Plan, *rules, pieces=True) -> list[tuple[int, ...]] | None:
    """Return the schools of each cluster of the mended plan, counted from 1."""
    problem = Problem.of(county, book(county, *rules, size=(2, 4), pieces=pieces), ())
    found = mended(problem, plan)
    if found is None:
        return None
    return [
        tuple(urn - FIRST_URN + 1 for atom in atoms for urn in problem.atoms[atom])
        for atoms in sets_of(found)
    ]


ROW = draw_county("pppppp")


def test_a_plan_that_holds_is_left_as_it_is():
    """There is nothing to mend."""
    assert cover(ROW, plan_of((1, 2, 3), (4, 5, 6))) == [(1, 2, 3), (4, 5, 6)]


def test_a_school_that_is_new_joins_a_cluster_beside_it_with_room():
    """Of the two beside school 5 one is full."""
    assert cover(ROW, plan_of((1, 2, 3, 4), (6,))) == [(1, 2, 3, 4), (5, 6)]


def test_schools_that_join_take_up_room():
    """The first of two that are new fills the cluster beside both, so the other joins another."""
    county = draw_county("ppppppp")
    assert cover(county, plan_of((1, 2, 3), (6, 7))) == [(1, 2, 3, 4), (5, 6, 7)]


@pytest.mark.parametrize("pieces", [True, False])
def test_a_cluster_across_a_new_boundary_is_divided(pieces):
    """The larger part stays, whether or not a cluster must be in one piece on the ground."""
    county = draw_county("pppppp", district="AAABBB")
    boundary = Zones("district", county.layers["district"].zone_of, hard=True)
    divided = [(1, 2, 3), (4, 5, 6)]
    assert cover(county, plan_of((1, 2, 3, 4), (5, 6)), boundary, pieces=pieces) == divided
    # Where it need not be, schools 1 and 3 are a cluster without school 2 between them.
    apart = plan_of((1, 3, 4), (2, 5, 6))
    assert cover(county, apart, boundary, pieces=pieces) == divided


def test_a_school_that_has_closed_is_passed_over():
    """Its cluster may fall apart: the larger piece stays, the other joins its neighbours."""
    county = draw_county("ppp.ppp", join=[(FIRST_URN + 2, FIRST_URN + 3)])
    closed = FIRST_URN + 99
    first = Cluster((*urns(1, 2, 4), closed), urns(1)[0])
    plan = Plan.of([first, Cluster(urns(3, 5, 6), urns(5)[0])])
    assert cover(county, plan) == [(1, 2, 3), (4, 5, 6)]


def test_schools_that_are_tied_now_stay_where_most_of_them_are():
    """Two that the plan has apart are one atom: the rest of the clusters is as it was."""
    tied = Together("tied", {"A": frozenset(urns(3, 4))}, hard=True)
    found = cover(ROW, plan_of((1, 2, 3), (4, 5, 6)), tied)
    assert found == [(1, 2, 3, 4), (5, 6)]


def test_a_plan_of_other_schools_is_no_beginning():
    """Nor one that leaves a school without a way to any cluster."""
    assert cover(ROW, Plan.of([Cluster((1, 2), 1)])) is None
    parted = draw_county("pp.pp")
    assert cover(parted, plan_of((1, 2))) is None


@pytest.mark.parametrize("closed", range(1, 10))
def test_a_year_later_the_plan_is_still_the_best(closed):
    """With a strong preference for staying, the search begins from the old plan and is right."""
    county = draw_county("""
        psp
        pps
        ppp
    """)
    before = solve(county, book(county, size=(2, 4)), work=20_000, threads=1).plan
    rest = county.within(set(county.urns) - {FIRST_URN + closed - 1})
    home = {urn: str(k) for k, cluster in enumerate(before.clusters) for urn in cluster.members}
    rules = book(rest, CloseToReference(home, price=30.0), size=(2, 4))
    result = solve(rest, rules, work=20_000, threads=1, start=before)
    assert result.status == "optimal"
    assert result.cost == pytest.approx(best_plan(rest, rules)[0], abs=1e-6)


@pytest.mark.parametrize("key", ["given_hot", "given_effort"])
def test_a_number_steers_the_search_from_a_plan(key):
    """Set away from its default, with all else the same, another search is made."""
    county = draw_county("""
        pspppspp
        pppppppp
        pppsppsp
    """)
    rules = book(county, size=(3, 6))
    before = solve(county, rules, work=3_000, threads=1).plan
    steps = []
    for changed in ({}, {key: 0.9}):
        params = SearchParams(start=StartParams(**changed))
        trace = solve(county, rules, work=3_000, threads=1, start=before, params=params).trace
        steps.append([(p.stage, p.work, p.columns, p.cost, p.bound) for p in trace])
    assert steps[0] != steps[1]
