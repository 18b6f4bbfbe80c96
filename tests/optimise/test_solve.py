"""The optimiser against brute force and the compact model, on counties where both can be had."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cluster_geo.audit import audit
from cluster_geo.county import County
from cluster_geo.optimise import Result, solve, solve_compact
from cluster_geo.plan import Plan
from cluster_geo.rules import (
    Apart,
    HubChoice,
    MostClustersOfTrust,
    MostMovers,
    NumberOfClusters,
    OnePiece,
    Phases,
    Rule,
    Rulebook,
    Size,
    SrpCoverage,
    Together,
    TravelToHub,
    Trusts,
    WorstTrip,
    Zones,
)
from tests.books import random_rulebook, worst_of
from tests.oracle import best_plan
from tests.worlds import FIRST_URN, draw_county, make_county, random_county

# Bounds are given a little below what is proven, so that no last digit is wrong.
GAP = 1e-5
# Units of work, so that a busy machine finds no less than an idle one.
WORK = 30_000
NEAR = 1e-6

draws = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def solved(county: County, rulebook: Rulebook, **options) -> Result:
    """Solve in work enough for a small county."""
    return solve(county, rulebook, **{"work": WORK, "gap": GAP, "threads": 1, **options})


def book(county: County, *rules: Rule, size=(1, 99), pieces=True, plan_rules=(), worst=None):
    """Return rules with size, pieces and travel among them."""
    always = [Size(*size), TravelToHub(county.travel)]
    if pieces:
        always.append(OnePiece(county.neighbours.graph))
    return Rulebook((*always, *rules), HubChoice(county.travel, worst), tuple(plan_rules))


def agrees(county: County, rulebook: Rulebook, **options) -> Result:
    """Hold the solve of a county against brute force, both ways, and return it."""
    best = best_plan(county, rulebook)
    result = solved(county, rulebook, **options)
    if best is None:
        assert result.plan is None
        assert result.status in ("impossible", "none found")
        assert result.cost is None
        return result
    assert result.status in ("optimal", "feasible", "none found")
    if result.bound is not None:
        assert result.bound <= best[0] + NEAR
    if result.plan is not None:
        verdict = audit(result.plan, county, rulebook)
        assert verdict.broken == ()
        assert verdict.cost == pytest.approx(result.cost, abs=NEAR)
        assert result.cost >= best[0] - NEAR
    if result.status == "optimal":
        assert result.cost == pytest.approx(best[0], rel=2 * GAP, abs=NEAR)
    return result


@cache
def rolled(seed: int) -> tuple[County, Rulebook, Result]:
    """Return the county and rules of a seed, and what the solve makes of them."""
    county = random_county(seed, 5 + seed % 4)
    rulebook = random_rulebook(county, seed)
    return county, rulebook, agrees(county, rulebook)


@pytest.mark.parametrize("tens", range(20))
def test_equals_brute_force_with_every_rule_on(tens):
    """No bound is above the optimum, and what is called optimal is; no plan breaks a rule."""
    for seed in range(10 * tens, 10 * tens + 10):
        rolled(seed)


def test_most_are_solved_to_a_proof():
    """The proofs above are no empty ones: nearly all counties are proven one way or the other."""
    results = [rolled(seed)[2] for seed in range(200)]
    proven = [r for r in results if r.status in ("optimal", "impossible")]
    assert len(proven) >= 0.98 * len(results)
    assert sum(r.status == "none found" for r in results) <= 0.02 * len(results)
    assert {r.status for r in results} >= {"optimal", "impossible"}


@pytest.mark.parametrize("seed", range(1000, 1012))
def test_equals_the_compact_model(seed):
    """Where brute force is too slow, the one model of all clusters at once is the judge."""
    county = random_county(seed, 11)
    rulebook = random_rulebook(county, seed)
    compact = solve_compact(county, rulebook)
    result = solved(county, rulebook)
    if compact.status == "impossible":
        assert result.plan is None
        return
    assert compact.status == "optimal"
    assert result.status != "impossible"
    assert result.bound is None or result.bound <= compact.cost + NEAR
    assert result.cost is None or result.cost >= compact.cost - NEAR
    if result.status == "optimal":
        assert result.cost == pytest.approx(compact.cost, rel=1e-5)


@given(seed=st.integers(0, 10**6), n=st.integers(1, 30))
@draws
def test_every_plan_passes_the_audit(seed, n):
    """Whatever the county and the rules: a plan that is returned keeps them and costs its cost."""
    county = random_county(seed, n) if n > 2 else line(n)
    rulebook = random_rulebook(county, seed) if n > 2 else book(county)
    result = solved(county, rulebook, work=3_000)
    assert (result.plan is None) == (result.status in ("impossible", "none found"))
    if result.plan is not None:
        verdict = audit(result.plan, county, rulebook)
        assert verdict.kept
        assert verdict.cost == pytest.approx(result.cost, abs=NEAR)
        assert result.bound is None or result.bound <= result.cost + NEAR


@given(seed=st.integers(0, 10**6))
@draws
def test_a_tighter_rule_never_costs_less(seed):
    """Smaller clusters, a shorter longest trip or fewer numbers of clusters: never cheaper."""
    county = random_county(seed, 7)
    worst = worst_of(county, seed)
    number = 2 + seed % 3
    loose = book(county, Trusts(county.schools.grouped_by("trust_uid"), 3.0), size=(1, 5))
    for tight in (
        book(county, loose.rules[-1], size=(2, 4)),
        book(county, loose.rules[-1], WorstTrip(county.travel, worst), size=(1, 5), worst=worst),
        book(county, loose.rules[-1], size=(1, 5), plan_rules=[NumberOfClusters(number, number)]),
    ):
        before, after = agrees(county, loose), agrees(county, tight)
        assert before.plan is not None
        if after.cost is not None:
            assert after.cost >= before.bound - NEAR
            if before.status == "optimal":
                assert after.cost >= before.cost * (1 - 2 * GAP) - NEAR


def line(n: int) -> County:
    """Return `n` primaries in a row."""
    return draw_county("p" * n)


def clusters(result: Result) -> list[tuple[int, ...]]:
    """Return the members of each cluster, URNs counted from 1."""
    return [tuple(u - FIRST_URN + 1 for u in c.members) for c in result.plan.clusters]


def test_one_school():
    """One school is its own cluster and travels nowhere."""
    result = agrees(line(1), book(line(1)))
    assert (result.status, result.cost, clusters(result)) == ("optimal", 0.0, [(1,)])


def test_two_schools():
    """Two schools that must not be alone are together, at the price of one trip."""
    county = line(2)
    result = agrees(county, book(county, size=(2, 2)))
    assert (result.status, clusters(result)) == ("optimal", [(1, 2)])
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
    assert clusters(result) == [(1, 2, 3), (4, 5), (6, 7)]


def test_a_piece_too_small_for_a_cluster():
    """One island school alone leaves no plan where a cluster needs two."""
    county = draw_county("p.ppp")
    assert agrees(county, book(county, size=(2, 4))).status == "impossible"


def test_pieces_need_not_be_asked_for():
    """Without the rule of one piece a cluster may jump."""
    county = draw_county("p.ppp")
    result = agrees(county, book(county, size=(2, 2), pieces=False))
    assert clusters(result) == [(1, 2), (3, 4)]


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
    assert clusters(result) == [(1, 2, 3, 4, 5, 6)]


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
    assert clusters(result) == [(1, 2, 3), (4, 5, 6)]
    assert result.cost == pytest.approx(4.3)


def test_tied_schools_are_one():
    """Schools that must be together are, with the way between them, and never one alone."""
    county = draw_county("pppppp")
    tied = frozenset({FIRST_URN, FIRST_URN + 3})
    rulebook = book(county, Together("pairs", {"P": tied}, hard=True), size=(1, 4))
    result = agrees(county, rulebook)
    assert result.status == "optimal"
    assert (1, 2, 3, 4) in clusters(result)


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
    rulebook = book(other, WorstTrip(other.travel, worst), size=(6, 6), worst=worst)
    result = agrees(other, rulebook)
    assert result.status == "optimal"
    assert result.plan.clusters[0].hub == FIRST_URN + 3
    assert result.cost == pytest.approx(9.0)
    tight = book(other, WorstTrip(other.travel, 2.0), size=(6, 6), worst=2.0)
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


def frozen_case():
    """Return a row of seven, rules that count, and two clusters to freeze."""
    county = draw_county("pppSppp", trust="AA.A...")
    trusts = Trusts(county.schools.grouped_by("trust_uid"), 3.0)
    srp = SrpCoverage(county.schools.where("srp"), 5.0)
    rulebook = book(county, trusts, srp, size=(2, 4), plan_rules=[NumberOfClusters(3, 3)])
    return county, rulebook


def test_frozen_clusters_are_kept_and_paid_for():
    """What is frozen is in the plan as it was, in the number of clusters and in the cost."""
    county, rulebook = frozen_case()
    kept = rulebook.cluster([FIRST_URN, FIRST_URN + 1])
    result = solved(county, rulebook, frozen=[kept])
    assert result.status == "optimal"
    assert kept in result.plan.clusters
    assert len(result.plan) == 3
    assert audit(result.plan, county, rulebook).kept
    assert result.cost == pytest.approx(rulebook.cost(result.plan))
    costs = [
        rulebook.cost(plan)
        for split in (2, 3)
        for plan in [
            rulebook.plan([county.urns[:2], county.urns[2 : 2 + split], county.urns[2 + split :]])
        ]
    ]
    assert result.cost == pytest.approx(min(costs))
    assert result.bound <= result.cost + NEAR


def test_a_frozen_cluster_is_not_judged():
    """A cluster that breaks a rule stays where it is frozen; the rest keeps the rules."""
    county, rulebook = frozen_case()
    odd = rulebook.cluster([FIRST_URN])
    result = solved(county, rulebook, frozen=[odd])
    assert odd in result.plan.clusters
    rest = [c for c in result.plan.clusters if c != odd]
    assert all(rulebook.admits(c) for c in rest)
    assert sum(len(c) for c in rest) == 6


def test_everything_frozen():
    """With nothing left to decide the plan is what is frozen, and its cost is proven."""
    county, rulebook = frozen_case()
    plan = rulebook.plan([county.urns[:2], county.urns[2:4], county.urns[4:]])
    result = solved(county, rulebook, frozen=plan.clusters)
    assert result.plan == plan
    assert result.status == "optimal"
    assert result.cost == result.bound == pytest.approx(rulebook.cost(plan))


def test_everything_frozen_in_too_many_clusters():
    """Frozen clusters that break a rule over the plan leave no plan."""
    county, rulebook = frozen_case()
    plan = rulebook.plan([county.urns[:2], county.urns[2:]])
    assert solved(county, rulebook, frozen=plan.clusters).status == "impossible"


def test_a_plan_to_begin_from_is_used():
    """With next to no work allowed the plan given is returned, judged and priced."""
    county = random_county(3, 40)
    rulebook = book(county, size=(2, 6))
    best = solved(county, rulebook, work=20_000).plan
    again = solved(county, rulebook, work=1, start=best)
    assert again.cost <= rulebook.cost(best) + NEAR
    assert audit(again.plan, county, rulebook).kept


def test_a_plan_to_begin_from_that_breaks_a_rule_is_not_believed():
    """Its clusters are judged like any other; what is returned keeps the rules."""
    county = random_county(3, 12)
    rulebook = book(county, size=(2, 4))
    broken = Plan.of([rulebook.cluster(county.urns)])
    result = solved(county, rulebook, start=broken)
    assert audit(result.plan, county, rulebook).kept
    strangers = Plan.of([rulebook.cluster(county.urns[:5])])
    assert audit(solved(county, rulebook, start=strangers).plan, county, rulebook).kept


def test_any_plan_will_do():
    """Asked for any plan, the search stops at the first that keeps the rules."""
    county = random_county(5, 20)
    rulebook = book(county, size=(2, 6))
    result = solved(county, rulebook, any_plan=True)
    assert result.stopped_by == "first plan"
    assert audit(result.plan, county, rulebook).kept
