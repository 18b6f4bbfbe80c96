"""Schools by which a tied group could be one cluster."""

from __future__ import annotations

from cluster_geo.explain.ask import Asker
from cluster_geo.explain.attempts import Attempt, Surroundings
from cluster_geo.explain.corridors import corridors
from cluster_geo.explain.demands import demands_of
from cluster_geo.explain.healer import Healer
from cluster_geo.explain.reasons import find_reason
from cluster_geo.rules import (
    OnePiece,
    Rulebook,
    Size,
    Together,
    TravelToHub,
    Zones,
    find_clashes,
)
from tests.worlds import draw_county

# A is the west and, by the southern road, a way to the east end; B is the rest.
COUNTY = draw_county("p p p p p\np . . . p\np p p p p", district="A A B B B\nA . . . B\nA A A A B")
ZONE_OF = COUNTY.layers["district"].zone_of
WEST, EAST = 100006, 100007


def test_a_corridor_goes_by_schools_of_the_zone_it_is_to_be_in():
    """Both ways are equally long; by the north in B, by the south in A."""
    south = frozenset({WEST, 100008, 100009, 100010, 100011, 100012, EAST})
    assert next(corridors({WEST, EAST}, "A", ZONE_OF, COUNTY)) == south
    north = frozenset({WEST, 100001, 100002, 100003, 100004, 100005, EAST})
    assert next(corridors({WEST, EAST}, "B", ZONE_OF, COUNTY)) == north


def test_a_group_of_three_is_joined_by_the_nearest_first():
    """A school on the way is joined on the way; each corridor comes once."""
    found = list(corridors({WEST, 100001, 100003}, "A", ZONE_OF, COUNTY))
    assert found == [frozenset({WEST, 100001, 100002, 100003})]


def test_where_there_is_no_way_there_is_no_corridor():
    """Water between them; a school without neighbours."""
    county = draw_county("p p . p p . p", district="A A . B B . B")
    zone_of = county.layers["district"].zone_of
    assert list(corridors(county.urns[1:3], "A", zone_of, county)) == []
    assert list(corridors(county.urns[-2:], "B", zone_of, county)) == []


def rules(county, group):
    """Clusters of three to five in one piece, a federation and districts without exception."""
    parts = (
        Size(3, 5),
        OnePiece(county.neighbours.graph),
        TravelToHub(county.travel),
        Together("federations", {"F": frozenset(group)}, hard=True),
        Zones("district", county.layers["district"].zone_of, hard=True),
    )
    return Rulebook(parts, county.travel)


def test_a_federation_across_a_boundary_can_be_together_on_either_side():
    """The federation apart, or one school of either district in a cluster of the other."""
    county = draw_county("p p p p p p p p p p p p", district="A A A A A A B B B B B B")
    rulebook = rules(county, county.urns[5:7])
    asker = Asker(work=60_000, threads=1)
    (clash,) = find_clashes(county, rulebook)
    reason = find_reason(asker, county, rulebook, clash.schools, clash.rules, tied=True)
    (cures,) = Healer(asker, county, rulebook).cures([reason])
    assert sorted(cure.words.partition(":")[0] for cure in cures) == [
        "do not ask that School 6 (100006) and School 7 (100007) are in one cluster (federations)",
        "let 1 school of A join a cluster of B",
        "let 1 school of B join a cluster of A",
    ]
    assert all(cure.score is not None for cure in cures)


def test_schools_cut_off_by_a_corridor_go_with_it():
    """The school beyond the federation's would be left an island of one."""
    county = draw_county(
        ". p . . .\n. p . . .\np p p p p", district=". A . . .\n. A . . .\nB B B B B"
    )
    rulebook = rules(county, (100002, 100004))
    demands = [d for d in demands_of(rulebook, county) if d.rule in {"federations", "district"}]
    home = frozenset(county.urns)
    around = Surroundings(county, rulebook)
    ladders = list(around.ladders(demands, Attempt(rulebook, home), home))
    in_a, in_b = (ladder[0] for ladder in ladders[1:])
    assert in_a.corridor == in_b.corridor == {100002, 100004}
    drawn = [zones_of(attempt) for attempt in (in_a, in_b)]
    assert drawn == ["AAAABBB", "ABBBBBB"]


def zones_of(attempt):
    """Return the zones of an attempt's boundaries, school by school."""
    layer = next(rule for rule in attempt.rulebook.rules if rule.name == "district")
    return "".join(zone for _, zone in sorted(layer.zone_of.items()))
