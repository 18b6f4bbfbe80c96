"""What each kind of rule does to the plan that is found, on towns whose best plan is plain."""

from __future__ import annotations

import numpy as np
import pytest

from cluster_geo.audit import audit
from cluster_geo.optimise import solve
from cluster_geo.rules import (
    Apart,
    MostClustersOfTrust,
    MostMovers,
    NumberOfClusters,
    Together,
    WorstTrip,
    Zones,
)
from tests.solving import agrees, book, line, members_of
from tests.worlds import FIRST_URN, draw_county, make_county, random_county


def test_most_movers():
    """The fewer may move, the nearer the plan stays to the old one; it is never cheaper."""
    county = line(8)
    old = {FIRST_URN + k: "odd" if k % 2 else "even" for k in range(8)}
    costs = []
    for most in (8, 4, 3):
        rulebook = book(county, size=(2, 4), pieces=False, plan_rules=[MostMovers(old, most)])
        result = agrees(county, rulebook)
        assert sum(rulebook.plan_rules[0].coefficient(c) for c in result.plan.clusters) <= most
        costs.append(result.cost)
    assert costs == sorted(costs)
    assert costs[0] < costs[-1]


def test_most_clusters_of_a_trust():
    """A trust that may sit in one cluster alone draws its schools together."""
    county = draw_county("pppppp", trust="A....A")
    trust = frozenset({FIRST_URN, FIRST_URN + 5})
    free = agrees(county, book(county, size=(2, 6)))
    bound = book(county, size=(2, 6), plan_rules=[MostClustersOfTrust("A", trust, 1)])
    result = agrees(county, bound)
    assert len(free.plan) == 3
    assert members_of(result) == [(1, 2, 3, 4, 5, 6)]


@pytest.mark.parametrize("seed", range(3))
def test_a_first_plan_keeps_the_limits_over_the_plan(seed):
    """Forty schools, two trusts in half as many clusters as they would: the first look finds it."""
    county = random_county(seed, 40)
    trusts = county.schools.grouped_by("trust_uid")
    limits = [
        MostClustersOfTrust(uid, urns, -(-len(urns) // 7) + 3) for uid, urns in trusts.items()
    ]
    rulebook = book(county, size=(3, 7), plan_rules=limits)
    result = solve(county, rulebook, work=5_000, threads=1, any_plan=True)
    assert result.plan is not None
    assert audit(county, rulebook, result.plan).kept
    assert [point.stage for point in result.trace] == ["first plan"]


def test_hard_zones_split_the_county():
    """No cluster crosses a hard zone, also where the number of clusters couples the zones."""
    county = draw_county(
        """
        ppppp
        ppppp
        """,
        district="""
        WWEEE
        WWEEE
        """,
    )
    zones = Zones("district", county.layers["district"].zone_of, hard=True)
    plan_rules = [NumberOfClusters(4, 4)]
    result = agrees(county, book(county, zones, size=(2, 4), plan_rules=plan_rules))
    assert result.status == "optimal"
    district = county.layers["district"].zone_of
    assert all(len({district[u] for u in c.members}) == 1 for c in result.plan.clusters)


def test_two_priced_layers():
    """Each layer has its own main zone and its own price."""
    picture = "pppppp"
    county = draw_county(picture, district="AAABBB")
    pcn = {FIRST_URN + k: "P" if k < 4 else "Q" for k in range(6)}
    rules = (
        Zones("district", county.layers["district"].zone_of, price=0.4),
        Zones("pcn", pcn, price=0.3),
    )
    result = agrees(county, book(county, *rules, size=(3, 3)))
    assert members_of(result) == [(1, 2, 3), (4, 5, 6)]
    assert result.cost == pytest.approx(4.3)


def test_tied_schools_are_one():
    """Schools that must be together are, with the way between them, and never one alone."""
    county = draw_county("pppppp")
    tied = frozenset({FIRST_URN, FIRST_URN + 3})
    rulebook = book(county, Together("pairs", {"P": tied}, hard=True), size=(1, 4))
    result = agrees(county, rulebook)
    assert result.status == "optimal"
    assert (1, 2, 3, 4) in members_of(result)


def test_ties_at_odds_with_what_must_be_apart():
    """Two schools that must be together and apart leave no plan."""
    county = draw_county("pppp")
    both = frozenset({FIRST_URN, FIRST_URN + 1})
    rules = (Together("pairs", {"P": both}, hard=True), Apart((both,)))
    assert agrees(county, book(county, *rules, size=(1, 4))).status == "impossible"


def test_schools_kept_apart():
    """No two of a group share a cluster."""
    county = draw_county("ppp\nppp")
    group = frozenset(FIRST_URN + k for k in (0, 1, 2))
    result = agrees(county, book(county, Apart((group,)), size=(2, 6)))
    assert result.status == "optimal"
    assert len(result.plan) == 3
    assert all(len(group.intersection(c.members)) == 1 for c in result.plan.clusters)


def test_where_the_medoid_fails_another_may_pass():
    """With a cap on the longest trip the hub is the nearest that meets it, and the cost is its."""
    county = draw_county("pppppp", cut=[])
    # The two in the west are at one end: the medoid of all six would be the third or fourth.
    uneven = np.array(county.travel.matrix)
    uneven[0, 2] = 9.0
    rows = [
        {"urn": u, "x": 550_000.0 + 1000 * k, "y": 150_000.0, "phase": "primary"}
        for k, u in enumerate(county.urns)
    ]
    edges = [(u, u + 1) for u in county.urns[:-1]]
    other = make_county(rows, edges, matrix=uneven)
    worst = 3.0
    rulebook = book(other, WorstTrip(other.travel, worst), size=(6, 6))
    result = agrees(other, rulebook)
    assert result.status == "optimal"
    assert result.plan.clusters[0].hub == FIRST_URN + 3
    assert result.cost == pytest.approx(9.0)
    tight = book(other, WorstTrip(other.travel, 2.0), size=(6, 6))
    assert agrees(other, tight).status == "impossible"


def test_travel_runs_from_member_to_hub():
    """In a matrix with one-way streets the hub is where it is quick to get to."""
    there = np.array([[0.0, 1.0, 1.0], [9.0, 0.0, 9.0], [9.0, 9.0, 0.0]])
    rows = [
        {"urn": FIRST_URN + k, "x": 550_000.0 + k, "y": 150_000.0, "phase": "primary"}
        for k in range(3)
    ]
    edges = [(FIRST_URN + i, FIRST_URN + j) for i in range(3) for j in range(i)]
    for matrix, cost in ((there, 10.0), (there.T, 2.0)):
        county = make_county(rows, edges, matrix=matrix)
        result = agrees(county, book(county, size=(3, 3)))
        assert result.cost == pytest.approx(cost)
