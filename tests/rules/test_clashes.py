"""Hard rules that cannot all be kept are named before any solve."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_geo.rules import (
    Apart,
    MostClustersOfTrust,
    NumberOfClusters,
    OnePiece,
    Phases,
    Rulebook,
    Size,
    Together,
    WorstTrip,
    Zones,
    find_clashes,
    non_selective,
    regions_of,
    srp_coverage,
)
from tests.books import random_rulebook
from tests.oracle import best_plan
from tests.worlds import draw_county, random_county

COUNTY = draw_county(
    """
    p p s p . p
    s p p p . s
    """,
    district="""
    A A A B . B
    A A B B . B
    """,
)
ONE, TWO, FAR = 100001, 100002, 100005
ZONE_OF = COUNTY.layers["district"].zone_of


def clashes(*rules, number=None):
    plan_rules = () if number is None else (NumberOfClusters(*number),)
    travel = COUNTY.travel
    return [(c.rules, c.words) for c in find_clashes(COUNTY, Rulebook(rules, travel, plan_rules))]


def test_regions_are_pieces_of_the_neighbours_within_a_zone():
    """District B lies on both sides of the gap."""
    rules = (OnePiece(COUNTY.neighbours.graph), Zones("district", ZONE_OF, hard=True))
    regions = regions_of(Rulebook(rules, COUNTY.travel), COUNTY.urns)
    assert [len(region) for region in regions] == [5, 3, 2]
    # In order of the lowest URN, whatever order the schools come in.
    assert [min(region) for region in regions] == sorted(min(region) for region in regions)
    assert regions_of(Rulebook(rules, COUNTY.travel), reversed(COUNTY.urns)) == regions


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Size(1, 1), "they are 2, and a cluster has at most 1"),
        (
            Zones("district", ZONE_OF, hard=True, zone_names={"A": "Ashe"}),
            "they lie in different zones of District: Ashe and B",
        ),
        (Apart((frozenset({ONE, FAR}),)), "School 1 (100001) and School 5 (100005) must be apart"),
        (WorstTrip(COUNTY.travel, 2.0), "no school is within 2 km of all of them"),
        (OnePiece(COUNTY.neighbours.graph), "no chain of neighbours joins them"),
    ],
)
def test_schools_that_must_be_together_and_cannot_be(rule, words):
    """Every rule that stands against a pair is named with the pair's."""
    together = Together("federations", {"F": frozenset({ONE, FAR})}, hard=True)
    found = [clash for clash in clashes(together, rule) if clash[0] == ("federations", rule.name)]
    assert len(found) == 1
    assert found[0][1] == (
        "School 1 (100001) and School 5 (100005) must be in one cluster (federations), "
        f"but {words}."
    )


def test_neighbours_in_two_zones_are_parted_by_the_boundary_alone():
    """Schools 3 and 4 touch: no chain of neighbours is missing, whatever the districts."""
    together = Together("federations", {"F": frozenset({100003, 100004})}, hard=True)
    zones = Zones("district", ZONE_OF, hard=True)
    found = clashes(together, zones, OnePiece(COUNTY.neighbours.graph))
    assert [names for names, _ in found] == [("federations", "district")]


def test_every_school_of_a_group_counts():
    """Three named as one group, of which the third is too far."""
    together = Together("federations", {"F": frozenset({ONE, TWO, FAR})}, hard=True)
    found = clashes(together, OnePiece(COUNTY.neighbours.graph))
    assert [names for names, _ in found] == [("federations", "one piece")]


def test_groups_that_share_a_school_are_one():
    """One with two and two with three: three together, by two rules."""
    rules = (
        Together("a", {"x": frozenset({ONE, TWO})}, hard=True),
        Together("b", {"y": frozenset({TWO, 100003})}, hard=True),
        Size(1, 2),
    )
    assert [names for names, _ in clashes(*rules)] == [("a", "b", "size")]


def test_a_zone_with_too_few_secondaries_for_its_schools():
    """What makes districts hard impossible in a real county."""
    schools = COUNTY.schools
    zones = Zones("district", ZONE_OF, hard=True, zone_names={"A": "Ashe", "B": "Bourne"})
    found = clashes(Size(1, 2), Phases(schools.primaries, schools.secondaries), zones)
    assert found == [
        (
            ("phases", "size", "district"),
            (
                "Ashe: 5 schools need at least 3 clusters of at most 2, but have 2 with a secondary "
                "phase, enough for 2."
            ),
        ),
        (
            ("phases", "size", "district"),
            (
                "Bourne: 5 schools need at least 3 clusters of at most 2, but have 1 with a secondary "
                "phase, enough for 1."
            ),
        ),
    ]


def test_a_piece_that_no_size_fits():
    """Two schools beyond the gap, where a cluster has three or four."""
    found = clashes(Size(3, 4), OnePiece(COUNTY.neighbours.graph))
    words = "The county, the part of School 5 (100005) and School 10 (100010): "
    assert found == [
        (("size", "one piece"), words + "2 schools cannot be cut into clusters of 3 to 4.")
    ]


def test_srps_and_open_secondaries_are_counted_too():
    """Hard coverage needs one for each cluster."""
    rules = (srp_coverage(frozenset(), hard=True), non_selective(frozenset({ONE}), hard=True))
    found = clashes(Size(1, 5), *rules)
    assert found == [
        (
            ("srp", "size", "one piece"),
            (
                "The county: 10 schools need at least 2 clusters of at most 5, but have 0 with an "
                "SRP, enough for 0."
            ),
        ),
        (
            ("non-selective", "size", "one piece"),
            (
                "The county: 10 schools need at least 2 clusters of at most 5, but have 1 "
                "secondaries that a child of any ability can enter at 11, enough for 1."
            ),
        ),
    ]


def test_a_school_by_itself_needs_in_the_singular():
    """Alone in its zone, it has no secondary to share a cluster with."""
    schools = COUNTY.schools
    zone_of = dict.fromkeys(COUNTY.urns, "A") | {FAR: "B"}
    zones = Zones("district", zone_of, hard=True, zone_names={"B": "Bourne"})
    found = clashes(Size(1, 9), Phases(schools.primaries, frozenset({ONE})), zones)
    assert found == [
        (
            ("phases", "size", "district"),
            (
                "Bourne: 1 school needs at least 1 cluster of at most 9, but has 0 with a secondary "
                "phase, enough for 0."
            ),
        )
    ]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ((4, 9), "The plan must have at least 4 clusters, but the schools can make at most 3."),
        ((1, 1), "The plan must have at most 1 cluster, but the schools need at least 2."),
        ((2, 3), None),
    ],
)
def test_a_number_of_clusters_out_of_reach(number, words):
    """Ten schools in clusters of 3 to 5, three of them secondaries."""
    schools = COUNTY.schools
    rules = (Size(3, 5), Phases(schools.primaries, schools.secondaries))
    assert [sentence for _, sentence in clashes(*rules, number=number)] == (
        [words] if words else []
    )


def test_a_clash_is_a_proof():
    """Where a clash is named, brute force finds no plan either; in one county of ten one is."""
    named = []

    @given(seed=st.integers(0, 2_000))
    @settings(max_examples=40, deadline=None)
    def check(seed):
        county = random_county(seed, 6)
        book = random_rulebook(county, seed)
        named.append(bool(find_clashes(county, book)))
        if named[-1]:
            assert best_plan(county, book) is None

    check()
    assert sum(named) >= len(named) / 10


@pytest.mark.parametrize(
    ("rules", "most", "elsewhere", "found"),
    [
        (
            (Size(1, 2),),
            2,
            0,
            (
                ("clusters of Oak Trust", "size"),
                (
                    "Oak Trust must sit in at most 2 clusters, but its 5 schools need at least 3: "
                    "a cluster has at most 2 schools."
                ),
            ),
        ),
        (
            (Size(1, 9), Zones("district", ZONE_OF, hard=True, zone_names={"A": "Ashe"})),
            1,
            0,
            (
                ("clusters of Oak Trust", "district"),
                (
                    "Oak Trust must sit in at most 1 cluster, but its 5 schools need at least 2: "
                    "4 in Ashe and 1 in B, which cannot share a cluster."
                ),
            ),
        ),
        (
            (Size(1, 3), Zones("district", ZONE_OF, hard=True)),
            2,
            0,
            (
                ("clusters of Oak Trust", "size", "district"),
                (
                    "Oak Trust must sit in at most 2 clusters, but its 5 schools need at least 3: "
                    "4 in A and 1 in B, which cannot share a cluster; and a cluster has at most 3 schools."
                ),
            ),
        ),
        (
            (Size(1, 5),),
            2,
            2,
            (
                ("clusters of Oak Trust",),
                (
                    "Oak Trust must sit in at most 2 clusters, but its 5 schools need at least 1 "
                    "besides 2 frozen clusters that it already sits in."
                ),
            ),
        ),
        ((Size(1, 5),), 1, 0, None),
        ((Size(1, 3), Zones("district", ZONE_OF, hard=True)), 3, 0, None),
    ],
)
def test_a_trust_that_needs_more_clusters_than_it_may_sit_in(rules, most, elsewhere, found):
    """By the size of a cluster, by zones, by both, or by clusters that are settled."""
    schools = frozenset({ONE, TWO, 100003, 100007, FAR})
    limit = MostClustersOfTrust("T", schools, most, "Oak Trust", elsewhere)
    book = Rulebook(rules, COUNTY.travel, (limit,))
    found_here = [(c.rules, c.words) for c in find_clashes(COUNTY, book) if limit.name in c.rules]
    assert found_here == ([] if found is None else [found])


def test_a_trust_in_many_places_names_some_of_them():
    """Seven islands: six are named and the last is counted."""
    county = draw_county("p . p . p . p . p . p . p")
    limit = MostClustersOfTrust("T", frozenset(county.urns), 6)
    rules = (Size(1, 2), OnePiece(county.neighbours.graph))
    (clash,) = find_clashes(county, Rulebook(rules, county.travel, (limit,)))
    assert clash.rules == ("clusters of T", "one piece")
    assert clash.words.endswith("and others in 1 more place, which cannot share a cluster.")
