"""What is left to decide: schools without the frozen, atoms, regions, numbers of clusters."""

from __future__ import annotations

from itertools import combinations

import pytest

from cluster_geo.optimise.problem import Problem, left_to_decide, typical
from cluster_geo.rules import (
    Balance,
    CloseToReference,
    MostClustersOfTrust,
    MostMovers,
    NumberOfClusters,
    OnePiece,
    Rulebook,
    Size,
    Together,
    TravelToHub,
    Trusts,
    Zones,
    srp_coverage,
)
from tests.books import random_rulebook
from tests.oracle import all_plans, best_plan
from tests.solving import book, line
from tests.worlds import FIRST_URN, draw_county, make_county, random_county


def row(*rules, plan_rules=(), picture="pppppppp", **drawing):
    """Return a row of schools and its rules."""
    county = draw_county(picture, **drawing)
    always = (Size(2, 4), OnePiece(county.neighbours.graph), TravelToHub(county.travel))
    return county, Rulebook((*always, *rules), county.travel, plan_rules)


def test_frozen_schools_are_taken_out_and_counted():
    """What frozen clusters add to rules over the plan is not there for the rest."""
    old = {FIRST_URN + k: "ab"[k % 2] for k in range(8)}
    county, rulebook = row(plan_rules=(NumberOfClusters(3, 4), MostMovers(old, 4)))
    frozen = rulebook.cluster([FIRST_URN, FIRST_URN + 1])
    problem = Problem.of(county, rulebook, [frozen])
    assert [urns for (urns,) in problem.atoms] == list(county.urns[2:])
    number, movers = problem.rulebook.plan_rules
    assert (number.low, number.high) == (2, 3)
    assert movers.high == 4 - rulebook.plan_rules[1].coefficient(frozen)
    assert problem.numbers == range(2, 4)
    rest, left = left_to_decide(county, rulebook, [frozen])
    assert rest.urns == county.urns[2:]
    assert [rule.high for rule in left.plan_rules] == [3, movers.high]


def test_a_limit_on_a_trust_tells_what_was_asked_besides_what_is_frozen():
    """A trust that sits in one frozen cluster may sit in one more, of the two that were asked."""
    trust = frozenset({FIRST_URN, FIRST_URN + 4, FIRST_URN + 7})
    county, rulebook = row(plan_rules=(MostClustersOfTrust("T", trust, 2),))
    frozen = rulebook.cluster([FIRST_URN, FIRST_URN + 1])
    _, limit = Problem.of(county, rulebook, [frozen]).rulebook.plan_rules
    assert (limit.most, limit.elsewhere, limit.high) == (2, 1, 1)
    assert Problem.of(county, rulebook, [frozen]).limits == (limit,)


def test_tied_schools_are_one_atom():
    """An atom has the schools that must be together, and its neighbours are theirs."""
    tied = frozenset({FIRST_URN + 1, FIRST_URN + 4})
    county, rulebook = row(Together("pairs", {"P": tied}, hard=True))
    problem = Problem.of(county, rulebook, [])
    assert problem.atoms[1] == (FIRST_URN + 1, FIRST_URN + 4)
    assert len(problem.atoms) == 7
    assert problem.arrays.size.sum() == 8


def test_regions_are_pieces_and_hard_zones():
    """A gap in the neighbours and a hard boundary each part the county."""
    drawing = {"picture": "ppp.pppp", "district": "AAA.AABB"}
    county, rulebook = row(**drawing)
    assert Problem.of(county, rulebook, []).regions == [[0, 1, 2], [3, 4, 5, 6]]
    hard = Zones("district", county.layers["district"].zone_of, hard=True)
    county, rulebook = row(hard, **drawing)
    assert Problem.of(county, rulebook, []).regions == [[0, 1, 2], [3, 4], [5, 6]]


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [((1, 9), [2, 3, 4]), ((3, 3), [3]), ((5, 9), []), ((2.5, 3.5), [3])],
)
def test_numbers_of_clusters(asked, numbers):
    """Sizes and the number asked for leave what both allow."""
    county, rulebook = row(plan_rules=(NumberOfClusters(*asked),))
    assert list(Problem.of(county, rulebook, []).numbers) == numbers


@pytest.mark.parametrize("seed", range(25))
def test_no_plan_costs_more_than_the_ceiling(seed):
    """A bound above the ceiling is a proof only because no plan is."""
    county = random_county(seed, 6)
    rulebook = random_rulebook(county, seed)
    problem = Problem.of(county, rulebook, [])
    ceiling = problem.ceiling * problem.unit
    assert all(cost < ceiling for _, cost in all_plans(county, rulebook))


def test_nothing_left():
    """With all schools frozen there is nothing to decide."""
    county, rulebook = row()
    plan = rulebook.plan([county.urns[:4], county.urns[4:]])
    problem = Problem.of(county, rulebook, plan.clusters)
    assert problem.atoms == []
    assert list(problem.numbers) == [0]


@pytest.mark.parametrize("frozen", [0, 1, 2])
def test_frozen_clusters_come_off_both_ends_of_the_number(frozen):
    """Of three to four clusters, those frozen leave so many fewer at least and at most."""
    county = line(12)
    rulebook = book(county, size=(2, 9), plan_rules=[NumberOfClusters(3, 4)])
    plan = rulebook.plan([county.urns[:3], county.urns[3:6], county.urns[6:]])
    numbers = Problem.of(county, rulebook, plan.clusters[:frozen]).numbers
    assert list(numbers) == [3 - frozen, 4 - frozen]


FAR = {
    "travel": lambda c: TravelToHub(c.travel, 7.0),
    "presence": lambda c: Trusts(c.schools.grouped_by("trust_uid"), 900.0),
    "absence": lambda c: srp_coverage(frozenset(), 900.0),
    "zones": lambda c: Zones("district", c.layers["district"].zone_of, price=900.0),
    "no zone": lambda c: Zones("pcn", {}, price=900.0),
    "imbalance": lambda c: Balance("b", {u: 50.0 - 100 * (u % 2) for u in c.urns}, 9.0, "pupils"),
    "members": lambda c: CloseToReference({u: f"R{u % 3}" for u in c.urns}, frozenset(), 900.0),
    "new": lambda c: CloseToReference({}, frozenset(c.urns), 900.0),
}


@pytest.mark.parametrize("kind", FAR)
def test_the_ceiling_reckons_with_each_kind_of_price_alone(kind):
    """A dear plan costs less than the ceiling, which nothing else would hold up."""
    county = random_county(3, 7)
    rule = FAR[kind](county)
    rulebook = Rulebook((Size(1, 7), rule), county.travel)
    problem = Problem.of(county, rulebook, [])
    costs = [cost for _, cost in all_plans(county, rulebook)]
    assert max(costs) < problem.ceiling * problem.unit
    assert kind == "new" or max(costs) > 10.0 * problem.unit


@pytest.mark.parametrize("kind", ["presence", "zones", "absence"])
def test_the_typical_charge_of_a_school_is_of_travel_alone_where_asked(kind):
    """A dear price of a group, a set or a zone is half of it otherwise."""
    county = random_county(3, 7)
    travel = TravelToHub(county.travel)
    arrays = [
        Problem.of(county, Rulebook((Size(1, 7), travel, *more), county.travel), []).arrays
        for more in ((), (FAR[kind](county),))
    ]
    units = [typical(one, travel_only=True) for one in arrays]
    assert typical(arrays[0]) == units[0]
    dear = max(a.max(initial=0.0) for a in (
        arrays[1].group_price, arrays[1].set_price, arrays[1].zone_price
    ))  # fmt: skip
    assert typical(arrays[1]) == pytest.approx(0.5 * dear)
    assert units[1] < 0.1 * typical(arrays[1])


def test_the_floor_is_below_every_plan():
    """What every plan pays at least, by brute force; and exactly that where nothing else is paid."""
    seen = 0
    for seed in range(120):
        county = random_county(seed, 7)
        rulebook = random_rulebook(county, seed)
        best = best_plan(county, rulebook)
        if best is not None:
            problem = Problem.of(county, rulebook, ())
            assert problem.floor * problem.unit <= best[0]
            seen += problem.floor > 0.1
    assert seen >= 20
    trusts = Trusts({"T": frozenset(FIRST_URN + k for k in range(4))}, 5.0)
    apart = draw_county("pp")
    problem = Problem.of(apart, book(apart, size=(1, 1)), ())
    assert problem.floor * problem.unit == pytest.approx(0.0, abs=1e-5)
    four = draw_county("pppp")
    problem = Problem.of(four, book(four, trusts, size=(1, 2)), ())
    assert problem.floor * problem.unit == pytest.approx(2 * 5.0, abs=1e-5)


@pytest.mark.parametrize(("missing", "matters"), [(None, False), (1, True), (3, True)])
def test_being_in_one_piece_is_no_question_among_neighbours_all(missing, matters):
    """With one pair that are no neighbours, it is."""
    urns = range(FIRST_URN, FIRST_URN + 4)
    pairs = [pair for k, pair in enumerate(combinations(urns, 2)) if k != missing]
    rows = [{"urn": urn, "phase": "primary", "x": 4e5 + urn, "y": 2e5} for urn in urns]
    county = make_county(rows, pairs)
    assert Problem.of(county, book(county), ()).arrays.connected == matters
