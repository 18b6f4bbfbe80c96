"""Boundaries, hard and priced."""

from __future__ import annotations

import pytest

from cluster_geo.plan import Cluster, main_zone
from cluster_geo.rules import Zones

ZONE_OF = {1: "B", 2: "B", 3: "A", 4: "A", 5: "C"}


@pytest.mark.parametrize(
    ("members", "main"),
    [((1, 2, 3), "B"), ((1, 2, 3, 4), "A"), ((1, 5), "B"), ((9, 8), ""), ((9, 5), "C")],
)
def test_the_main_zone_has_most_schools_and_ties_go_to_the_lowest_code(members, main):
    """As DESIGN defines it, schools in no zone left aside."""
    assert main_zone(members, ZONE_OF) == main


@pytest.mark.parametrize(
    ("members", "outside"), [((1, 2, 3), 1), ((1, 3, 5), 2), ((1, 9), 1), ((8, 9), 2), ((1, 2), 0)]
)
def test_a_school_in_no_zone_is_outside(members, outside):
    """Each school outside the main zone is charged."""
    verdict = Zones("district", ZONE_OF, price=1.5).judge(Cluster(members, members[0]))
    assert (verdict.kept, verdict.price, verdict.count) == (True, 1.5 * outside, outside)


@pytest.mark.parametrize(("members", "kept"), [((1, 2), True), ((8, 9), True), ((1, 9), False)])
def test_schools_in_no_zone_form_a_zone_of_their_own(members, kept):
    """Where the layer is hard they may share a cluster with one another only."""
    assert Zones("d", ZONE_OF, hard=True).judge(Cluster(members, members[0])).kept == kept


def test_words_name_zones_and_schools():
    """Readers see names, not codes."""
    names = {"A": "Ashford", "B": "Dover"}
    verdict = Zones("district", ZONE_OF, 1.5, zone_names=names, names={3: "St Mary's"}).judge(
        Cluster((1, 2, 3), 1)
    )
    assert verdict.words == "St Mary's (3) outside Dover"
    hard = Zones("district", ZONE_OF, hard=True, zone_names=names).judge(Cluster((1, 3, 9), 1))
    assert hard.words == "it has schools in no zone, Ashford and Dover"
    unnamed = Zones("district", ZONE_OF, hard=True).judge(Cluster((1, 3), 1))
    assert unnamed.words == "it has schools in A and B"
    assert hard.price == 0
