"""Boundaries, hard and priced."""

from __future__ import annotations

import pytest

from cluster_geo.plan import Cluster, leading_zones, main_zone, main_zone_words
from cluster_geo.rules import Zones

ZONE_OF = {1: "B", 2: "B", 3: "A", 4: "A", 5: "C"}


@pytest.mark.parametrize(
    ("members", "hub", "main", "words"),
    [
        ((1, 2, 3), 3, "B", "Zone B"),
        ((1, 2, 3, 4), 3, "A", "evenly split between Zone A and Zone B"),
        ((1, 2, 3, 4), 1, "B", "evenly split between Zone B and Zone A"),
        # The central school's zone is not among those tied, or it is in none.
        (
            (1, 2, 3, 4, 5),
            5,
            "A",
            "evenly split between Zone A and Zone B, with 1 school elsewhere",
        ),
        (
            (1, 2, 3, 4, 9),
            9,
            "A",
            "evenly split between Zone A and Zone B, with 1 school elsewhere",
        ),
        ((1, 3, 5), 5, "C", "evenly split between Zone C, Zone A and Zone B"),
        ((9, 8), 9, "", ""),
        ((9, 5), 9, "C", "Zone C"),
    ],
)
def test_a_tie_goes_to_the_central_schools_zone(members, hub, main, words):
    """Else to the lowest code; a reader is told of the tie. Schools in no zone are left aside."""
    cluster = Cluster(members, hub)
    assert main_zone(cluster, ZONE_OF) == main
    assert main_zone_words(cluster, ZONE_OF, "Zone {}".format) == words
    leading = leading_zones(members, ZONE_OF)
    assert (main in leading) == bool(main)
    assert list(leading) == sorted(leading)


@pytest.mark.parametrize("hub", [1, 2, 3, 4])
def test_the_central_school_is_not_outside_and_the_price_is_the_same(hub):
    """Of four schools in two halves two are outside, the central school never among them."""
    rule = Zones("district", ZONE_OF, 1.5, zone_names={"A": "Ashford", "B": "Folkestone and Hythe"})
    cluster = Cluster((1, 2, 3, 4), hub)
    verdict = rule.judge(cluster)
    assert (verdict.price, verdict.count) == (3.0, 2)
    assert str(hub) not in verdict.words.partition(" outside ")[0]
    titles = ["Ashford", "Folkestone and Hythe"] if hub > 2 else ["Folkestone and Hythe", "Ashford"]
    split = f"evenly split between {' and '.join(titles)}"
    assert verdict.words.endswith(f" outside {titles[0]}, in a cluster {split}")
    assert list(rule.ties(3, cluster)) == [f"District: in Ashford; the cluster is {split}"]


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
