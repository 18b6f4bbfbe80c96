"""Moves since the version before."""

from cluster_geo.compare import moves_since
from cluster_geo.plan import Cluster, Plan
from cluster_geo.rules import Rulebook
from tests.worlds import draw_county

COUNTY = draw_county("p p p p p p")
BEFORE = Plan.coded(
    {
        "A": Cluster((100001, 100002, 100003), 100002),
        "B": Cluster((100004, 100005, 999999), 100004),
    },
    {"A": "West", "B": "East"},
)
RULEBOOK = Rulebook((), COUNTY.travel)


def now(**names) -> Plan:
    """The third school has gone east, the sixth is new, the clusters have other codes."""
    west, east = (
        Cluster((100001, 100002), 100001),
        Cluster((100003, 100004, 100005, 100006), 100004),
    )
    return Plan.coded({"X": west, "Y": east}, names)


def test_another_code_is_no_move():
    """The same clusters under other codes: nothing has moved."""
    same = {"B": BEFORE.clusters[0], "A": Cluster((100004, 100005), 100004)}
    assert moves_since(BEFORE, Plan.coded(same), COUNTY).empty


def test_moves_carry_the_codes_of_each_version():
    """From the old plan's name to the new plan's; a school that was in no cluster joins."""
    table = moves_since(BEFORE, now(Y="New East"), COUNTY, RULEBOOK)
    assert table.index.tolist() == [100006, 100003]
    moved, joined = table.loc[100003], table.loc[100006]
    assert (moved["from_cluster"], moved["from_name"]) == ("A", "West")
    assert (moved["to_cluster"], moved["to_name"]) == ("Y", "New East")
    assert (moved["travel_before"], moved["travel_after"]) == (1.0, 1.0)
    assert (joined["from_cluster"], joined["to_cluster"]) == ("", "Y")


def test_the_rules_choose_the_central_schools_of_the_version_before():
    """A hub that a file or a hand has set is not the one journeys are measured to."""
    odd = Plan.coded({"A": Cluster((100001, 100002, 100003), 100001), "B": BEFORE.clusters[1]})
    assert moves_since(odd, now(), COUNTY).loc[100003, "travel_before"] == 2
    assert moves_since(odd, now(), COUNTY, RULEBOOK).loc[100003, "travel_before"] == 1


def test_a_merged_cluster_is_the_one_whose_code_it_keeps():
    """The schools of the other have moved, also where they are more."""
    merged = Plan.coded({"B": Cluster((100001, 100002, 100003, 100004, 100005), 100002)})
    table = moves_since(BEFORE, merged, COUNTY)
    assert table.index.tolist() == [100001, 100002, 100003]
    assert set(table["from_cluster"]) == {"A"}
    assert set(table["to_cluster"]) == {"B"}
