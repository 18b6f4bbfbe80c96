"""Any plan audited: one of a run, or one drawn by hand with everything wrong."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_geo.audit import EVERY_SCHOOL_ONCE, audit
from cluster_geo.plan import Cluster, Plan
from cluster_geo.rules import (
    Apart,
    NumberOfClusters,
    OnePiece,
    Phases,
    Rulebook,
    Size,
    Together,
    TravelToHub,
    Trusts,
    WorstTrip,
    Zones,
    srp_coverage,
)
from tests.books import random_rulebook
from tests.oracle import all_plans
from tests.worlds import draw_county, random_county

COUNTY = draw_county(
    """
    p s p
    p S p
    """,
    district="""
    A A A
    B B B
    """,
)
NORTH, SOUTH = COUNTY.urns[:3], COUNTY.urns[3:]
SCHOOLS = COUNTY.schools
BOOK = Rulebook(
    (
        Size(2, 4),
        Phases(SCHOOLS.primaries, SCHOOLS.secondaries),
        OnePiece(COUNTY.neighbours.graph, SCHOOLS.names),
        TravelToHub(COUNTY.travel),
        Zones("district", COUNTY.layers["district"].zone_of, 1.5),
        srp_coverage(SCHOOLS.where("srp"), 5.0),
    ),
    COUNTY.travel,
    (NumberOfClusters(2, 2),),
)


def test_a_plan_that_keeps_every_rule():
    """No sentence, and the cost is the rulebook's."""
    plan = BOOK.plan([NORTH, SOUTH])
    found = audit(COUNTY, BOOK, plan)
    assert found.kept
    assert found.broken == ()
    assert found.cost == BOOK.cost(plan) == 2 + 2 + 5
    assert found.by_rule.loc["srp", ["kind", "kept", "clusters", "count", "price"]].tolist() == [
        "priced",
        True,
        1,
        1.0,
        5.0,
    ]
    assert found.by_rule.index[0] == EVERY_SCHOOL_ONCE
    assert found.by_rule.loc["number of clusters", "found"] == "2"
    assert found.by_cluster["price"].tolist() == [7.0, 2.0]
    assert found.by_cluster["hub_urn"].tolist() == [NORTH[1], SOUTH[1]]


def test_everything_wrong_is_told_in_plain_sentences():
    """A school missing, one twice, a stranger, and rules broken, by cluster and over the plan."""
    drawn = Plan.coded(
        {
            "1": Cluster((100001, 100003, 999999), 999999),
            "2": Cluster((100001, 100004), 100004),
            "3": Cluster((100005,), 100005),
        },
        {"1": "Northgate"},
    )
    found = audit(COUNTY, BOOK, drawn)
    assert not found.kept
    assert (found.missing, found.unknown, found.doubled) == ((100002, 100006), (999999,), (100001,))
    assert found.broken == (
        "2 schools are in no cluster: School 2 (100002) and School 6 (100006).",
        "URN 999999 is in cluster 1 Northgate but is not a school in this county.",
        "School 1 (100001) is in 2 clusters: cluster 1 Northgate and cluster 2.",
        "Cluster 1 Northgate breaks “Primary and secondary schools together”: 0 secondary schools (must be at least 1).",
        "Cluster 1 Northgate breaks “Each cluster is in one piece on the ground”: School 3 (100003) is cut off: no neighbours in the cluster join it to the other schools.",
        "Cluster 2 breaks “Primary and secondary schools together”: 0 secondary schools (must be at least 1).",
        "Cluster 3 breaks “Size of a cluster”: 1 school (must be 2 to 4).",
        "Cluster 3 breaks “Primary and secondary schools together”: 0 primary schools (must be at least 1).",
        "The plan breaks “Number of clusters”: 3 (must be 2).",
    )
    assert found.by_cluster.loc["3", "broken"] == "size; phases"
    assert found.by_rule.loc["phases", "clusters"] == 3
    assert not found.by_rule.loc[EVERY_SCHOOL_ONCE, "kept"]
    assert found.by_rule.loc[EVERY_SCHOOL_ONCE, "count"] == 4


def test_a_cluster_of_strangers_alone_is_told_and_left_aside():
    """There is nobody in it to judge."""
    plan = Plan.coded({"A": Cluster((7, 8), 7), "B": BOOK.cluster(COUNTY.urns)})
    found = audit(COUNTY, BOOK, plan)
    assert found.unknown == (7, 8)
    assert found.by_cluster.index.tolist() == ["B"]


def test_a_rule_that_is_only_shown_touches_the_clusters_it_counts_in():
    """It charges nothing, and its clusters, its count and its price are three figures all the same."""
    plan = BOOK.plan([COUNTY.urns[:2], COUNTY.urns[2:]])
    shown = Zones("shown", COUNTY.layers["district"].zone_of)
    priced = Zones("priced", COUNTY.layers["district"].zone_of, 1.5)
    trusts = Trusts({"T": frozenset(COUNTY.urns[:3]), "U": frozenset(COUNTY.urns[4:])}, 0.25)
    size = Size(3, 9)
    book = Rulebook((size, shown, priced, trusts), COUNTY.travel)
    found = audit(COUNTY, book, plan)
    columns = ["kind", "kept", "clusters", "count", "price"]
    assert found.by_rule.loc["shown", columns].tolist() == ["shown", True, 1, 1, 0]
    assert found.by_rule.loc["priced", columns].tolist() == ["priced", True, 1, 1, 1.5]
    assert found.by_rule.loc["trusts", columns].tolist() == ["priced", True, 2, 3, 0.75]
    assert found.by_rule.loc["size", columns].tolist() == ["hard", False, 1, 1, 0]
    assert found.cost == 1.5 + 0.75
    assert found.by_cluster["price"].tolist() == [0.25, 1.5 + 0.5]


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (3, 4, "2 (must be 3 to 4)"),
        (-float("inf"), 1, "2 (must be at most 1)"),
        (3, float("inf"), "2 (must be at least 3)"),
    ],
)
def test_limits_over_a_plan_read_as_they_are_meant(low, high, words):
    """An exact number, a range, or one side only."""
    book = Rulebook((), COUNTY.travel, (NumberOfClusters(low, high),))
    found = audit(COUNTY, book, book.plan([NORTH, SOUTH]))
    assert found.by_rule.loc["number of clusters", "found"] == words


def test_no_clusters_and_no_rules():
    """An empty plan misses every school and breaks nothing else."""
    found = audit(COUNTY, Rulebook((), COUNTY.travel), Plan(()))
    assert found.missing == COUNTY.urns
    assert len(found.broken) == 1
    assert found.by_cluster.empty


@given(seed=st.integers(0, 200))
@settings(max_examples=25, deadline=None)
def test_an_audit_keeps_exactly_the_plans_the_rulebook_admits(seed):
    """Every cover of admissible clusters passes, and its cost is the sum of prices."""
    county = random_county(seed, 6)
    book = random_rulebook(county, seed)
    for clusters, cost in list(all_plans(county, book))[:5]:
        found = audit(county, book, Plan.of(clusters))
        over_plan = all(
            rule.low <= sum(rule.coefficient(c) for c in clusters) <= rule.high
            for rule in book.plan_rules
        )
        assert found.kept == over_plan
        assert found.cost == pytest.approx(cost)


SPOILT_COUNTY = draw_county("p S p\np S p", district="A A A\nB B B")
STRICT = Rulebook(
    (
        Size(2, 4),
        Phases(SPOILT_COUNTY.schools.primaries, SPOILT_COUNTY.schools.secondaries),
        OnePiece(SPOILT_COUNTY.neighbours.graph, SPOILT_COUNTY.schools.names),
        TravelToHub(SPOILT_COUNTY.travel),
        WorstTrip(SPOILT_COUNTY.travel, 1.5),
        Zones("district", SPOILT_COUNTY.layers["district"].zone_of, hard=True),
        srp_coverage(SPOILT_COUNTY.schools.where("srp"), hard=True),
        Together("federations", {"F": frozenset({100001, 100002})}, hard=True),
        Apart((frozenset({100003, 100006}),), name="pins.apart"),
    ),
    SPOILT_COUNTY.travel,
    (NumberOfClusters(2, 2),),
)


@pytest.mark.parametrize(
    ("clusters", "spoilt"),
    [
        ([(1, 2, 3), (4, 5, 6)], set()),
        ([(1, 2, 3, 4), (5, 6)], {"district"}),
        (
            [(2, 3, 5), (1, 4, 6)],
            {"district", "federations", "one piece", "phases", "srp", "worst trip"},
        ),
        ([(1, 2), (3,), (4, 5, 6)], {"size", "phases", "srp", "number of clusters"}),
        ([(1, 2, 3, 6), (4, 5)], {"district", "pins.apart"}),
        ([(1, 2, 3, 4, 5, 6)], {"size", "district", "pins.apart", "number of clusters"}),
        ([(1, 2, 3), (4, 5)], {EVERY_SCHOOL_ONCE}),
    ],
)
def test_a_spoilt_plan_names_exactly_the_rules_that_were_spoilt(clusters, spoilt):
    """No rule that is kept is named, and none that is broken is left out."""
    plan = STRICT.plan([100_000 + place for place in places] for places in clusters)
    found = audit(SPOILT_COUNTY, STRICT, plan)
    assert set(found.by_rule.index[~found.by_rule["kept"].astype(bool)]) == spoilt
    assert found.kept == (not spoilt)
