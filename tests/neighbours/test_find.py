"""Who neighbours whom: triangles, water, reach, crossings and bridges."""

from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cluster_geo
from cluster_geo.geometry import read_land
from cluster_geo.neighbours import Crossing, Crossings, find_neighbours, read_crossings
from tests.ground import NATIONAL, land_of, real_kent, schools_at
from tests.worlds import FIRST_URN, make_schools

ONE, TWO, THREE, FOUR, FIVE, SIX = range(FIRST_URN, FIRST_URN + 6)
SHIPPED = Path(cluster_geo.__file__).parent / "scenario" / "shipped"

# Two banks of a river 400 m wide, three schools on each:
#
#     4   5   6
#   ~~~~~~~~~~~~~
#     1   2   3
BANKS = schools_at([(0, 0), (2, 0.1), (4, 0), (0, 2), (2, 1.9), (4, 2)])
RIVER = land_of((-3, -3, 7, 0.8), (-3, 1.2, 7, 5))


def kinds(neighbours, kind):
    """Edges of one kind, lower URN first."""
    return sorted(
        (min(u, v), max(u, v)) for u, v, k in neighbours.graph.edges(data="kind") if k == kind
    )


def test_triangle_with_its_lengths():
    """Three schools are each other's neighbours, with the straight line in km."""
    found = find_neighbours(schools_at([(0, 0), (3, 0), (0, 4)]))
    assert dict(found.graph.edges) == {
        (ONE, TWO): {"km": pytest.approx(3), "kind": "delaunay"},
        (ONE, THREE): {"km": pytest.approx(4), "kind": "delaunay"},
        (TWO, THREE): {"km": pytest.approx(5), "kind": "delaunay"},
    }
    assert found.notices == ()
    assert found.log == ()


def test_schools_at_one_point_are_neighbours_and_share_neighbours():
    """An infant and a junior school on one site touch each other and the same schools."""
    found = find_neighbours(schools_at([(0, 0), (3, 0), (0, 4), (0, 0)]))
    assert kinds(found, "coincident") == [(ONE, FOUR)]
    assert found.graph.edges[ONE, FOUR]["km"] == 0
    assert set(found.graph[FOUR]) == {ONE, TWO, THREE}


def test_a_school_too_close_to_another_for_a_triangle_is_its_neighbour():
    """A ten-thousandth of a millimetre makes no triangle, and leaves no school out."""
    schools = schools_at([(500, 500), (503, 500), (500, 504), (500, 500 + 1e-10)])
    found = find_neighbours(schools, bridge=False)
    assert found.graph.has_edge(ONE, FOUR)
    assert nx.is_connected(found.graph)


@pytest.mark.parametrize(
    ("points", "edges"),
    [
        ([(0, 0)], []),
        ([(0, 0), (1, 1)], [(ONE, TWO)]),
        ([(0, 0), (0, 0)], [(ONE, TWO)]),
        ([(0, 0), (2, 2), (1, 1)], [(ONE, THREE), (TWO, THREE)]),
        ([(0, 0), (1, 0), (1, 0)], [(ONE, TWO), (ONE, THREE), (TWO, THREE)]),
    ],
)
def test_too_few_points_for_triangles(points, edges):
    """One school, two, or a row of them along a road: each touches the next."""
    assert sorted(find_neighbours(schools_at(points)).graph.edges) == edges


def test_water_parts_the_banks():
    """Edges over the river are dropped, logged and told; the pieces are named."""
    found = find_neighbours(BANKS, land=RIVER, bridge=False)
    assert found.pieces == (frozenset({ONE, TWO, THREE}), frozenset({FOUR, FIVE, SIX}))
    wet = [entry for entry in found.log if entry.event == "water"]
    assert len(wet) == 5
    assert min(entry.off_land_m for entry in wet) == pytest.approx(400)
    told = [notice.text for notice in found.notices]
    assert told[0].startswith("5 of 11 pairs of schools side by side")
    assert "3 schools (School 4, School 5, School 6)" in told[1]


def test_school_off_the_land_is_named():
    """A school that a rough coast leaves in the water loses its edges, and a notice says why."""
    found = find_neighbours(
        schools_at([(0, 0), (2, 0), (1, 0.9 - 3.5)]), land=land_of((-3, -2, 7, 5))
    )
    (notice,) = [notice for notice in found.notices if notice.topic == "land"]
    assert notice.urn == THREE
    assert "School 3 is 600 m off the land layer" in notice.text


@pytest.mark.parametrize(("tolerance", "named"), [(601, []), (599, [THREE])])
def test_school_no_further_off_land_than_the_tolerance_is_not_named(tolerance, named):
    """A coast may be drawn as roughly as an edge may swim."""
    schools = schools_at([(0, 0), (2, 0), (1, 0.9 - 3.5)])
    found = find_neighbours(schools, land=land_of((-3, -2, 7, 5)), tolerance_m=tolerance)
    assert [notice.urn for notice in found.notices if notice.topic == "land"] == named


def test_tolerance_jumps_a_narrow_river():
    """A tolerance above the river's width keeps the edges across it."""
    assert len(find_neighbours(BANKS, land=RIVER, tolerance_m=401, bridge=False).pieces) == 1


def test_crossing_joins_one_pair_of_schools():
    """A listed crossing keeps or adds one edge, between the schools of its two banks."""
    points = BANKS.points
    crossing = Crossing("East Bridge", (tuple(points[2] + [0, 700]), tuple(points[5] - [0, 700])))
    found = find_neighbours(BANKS, land=RIVER, crossings=Crossings((crossing,)))
    assert kinds(found, "crossing") == [(THREE, SIX)]
    assert kinds(found, "bridge") == []
    assert len(found.pieces) == 1
    assert found.notices[-1].text == "Crossing East Bridge joins School 3 and School 6 (2.0 km)."
    assert [(e.event, e.off_land_m) for e in found.log][-1] == ("crossing", pytest.approx(400))


@pytest.mark.parametrize(("away", "used"), [(4900, True), (5100, False)])
def test_a_bank_is_looked_for_as_far_as_the_reach(away, used):
    """Beyond it no school is near enough to be the crossing's end, and the notice says so."""
    points = BANKS.points
    banks = (tuple(points[2] + [away, 0]), tuple(points[5] - [0, 700]))
    crossings = Crossings((Crossing("Far Bridge", banks),))
    found = find_neighbours(BANKS, land=RIVER, reach_km=5, crossings=crossings, bridge=False)
    assert (len(kinds(found, "crossing")) == 1) is used
    said = any("within 5 km" in notice.text for notice in found.notices)
    assert said is not used


def test_crossing_between_schools_that_land_joins_the_long_way_round():
    """Where water parts two schools of one piece the crossing is an edge; on one bank it is none."""
    round_the_river = schools_at([(0, 0), (2, 0.1), (4, 0), (0, 2), (2, 1.9), (4, 2), (-2.5, 1)])
    inlet = land_of((-3, -3, 7, 0.8), (-3, 1.2, 7, 5), (-3, -3, -1.5, 5))
    apart = find_neighbours(round_the_river, land=inlet, bridge=False)
    assert len(apart.pieces) == 1
    assert not apart.graph.has_edge(THREE, SIX)
    crossings = Crossings(
        (Crossing("East Bridge", urns=(THREE, SIX)), Crossing("Ford", urns=(ONE, TWO)))
    )
    joined = find_neighbours(round_the_river, land=inlet, crossings=crossings)
    assert kinds(joined, "crossing") == [(THREE, SIX)]
    assert joined.graph.number_of_edges() == apart.graph.number_of_edges() + 1


def test_crossing_narrower_than_the_tolerance_still_joins_two_pieces():
    """Beyond the reach of each other the banks are two pieces, whatever the water between them."""
    crossings = Crossings((Crossing("Long Bridge", urns=(TWO, FIVE)),))
    found = find_neighbours(
        BANKS, land=RIVER, tolerance_m=401, reach_km=1.7, crossings=crossings, bridge=False
    )
    assert kinds(found, "crossing") == [(TWO, FIVE)]


def test_an_edge_as_long_as_the_reach_and_one_as_wet_as_the_tolerance_stay():
    """Both limits are allowed; a metre less, and the edge is gone."""
    pair = schools_at([(0, 0), (3, 0)])
    for reach, edges in ((3.0, 1), (2.999, 0)):
        assert find_neighbours(pair, reach_km=reach, bridge=False).graph.number_of_edges() == edges
    ditch = land_of((-1, -1, 1, 1), (1.25, -1, 4, 1))
    for tolerance, edges in ((250.001, 1), (249.999, 0)):
        found = find_neighbours(pair, land=ditch, tolerance_m=tolerance, bridge=False)
        assert found.graph.number_of_edges() == edges


def test_crossing_that_is_not_needed():
    """If no water separates its schools, a crossing is left out and a notice says so."""
    crossings = Crossings((Crossing("Ford", urns=(ONE, TWO)),))
    on_land = find_neighbours(BANKS, land=RIVER, crossings=crossings)
    assert kinds(on_land, "crossing") == []
    assert any("Ford was not needed: no water separates" in n.text for n in on_land.notices)
    dry = find_neighbours(BANKS, crossings=crossings)
    assert "without a land layer" in dry.notices[-1].text


def test_bridge_is_the_shortest_link_and_a_notice_says_so():
    """Without a crossing a piece is joined by its shortest link, which is logged as such."""
    found = find_neighbours(BANKS, land=RIVER)
    assert kinds(found, "bridge") == [(TWO, FIVE)]
    assert len(found.pieces) == 1
    assert "School 5 to School 2 (1.8 km)" in found.notices[-1].text
    assert found.log[-1].event == "bridge"


def test_reach_drops_long_edges_and_bridges_join_every_piece():
    """Far villages are cut off by the reach; each is bridged to its nearest school."""
    schools = schools_at([(0, 0), (1, 0), (0, 1), (40, 0), (80, 1)])
    found = find_neighbours(schools, reach_km=25)
    assert kinds(found, "bridge") == [(TWO, FOUR), (FOUR, FIVE)]
    apart = find_neighbours(schools, reach_km=25, bridge=False)
    dropped = [entry for entry in apart.log if entry.event == "reach"]
    assert dropped
    assert all(entry.km > 25 and entry.off_land_m == 0 for entry in dropped)
    assert [len(piece) for piece in apart.pieces] == [3, 1, 1]
    assert sum(notice.topic == "piece" for notice in apart.notices) == 2


point = st.tuples(st.integers(0, 12), st.integers(0, 12))


@settings(max_examples=40, deadline=None)
@given(st.lists(point, min_size=1, max_size=15), st.randoms(use_true_random=False))
def test_one_piece_whatever_the_points_and_their_order(points, random):
    """Any points give one connected graph of all schools, the same when rows are shuffled."""
    schools = schools_at(points)
    found = find_neighbours(schools, land=RIVER, reach_km=4)
    assert set(found.graph) == set(schools.urns)
    assert len(found.pieces) == 1
    rows = [
        {"urn": urn, "name": schools.names[urn], "x": x, "y": y}
        for urn, (x, y) in zip(schools.urns, schools.points, strict=True)
    ]
    random.shuffle(rows)
    again = find_neighbours(make_schools(rows), land=RIVER, reach_km=4)
    assert nx.utils.graphs_equal(again.graph, found.graph)


@settings(max_examples=25, deadline=None)
@given(st.lists(point, min_size=4, max_size=12, unique=True), st.floats(0, 600), st.floats(0, 600))
def test_more_tolerance_never_parts_neighbours(points, one, other):
    """Every neighbour at a low tolerance is one at a higher tolerance."""
    low, high = sorted([one, other])
    schools = schools_at(points)
    edges = [
        set(find_neighbours(schools, land=RIVER, tolerance_m=t, bridge=False).graph.edges)
        for t in (low, high)
    ]
    assert edges[0] <= edges[1]


@pytest.mark.real
def test_plain_kent(real_data):
    """Real Kent without water: 1,687 edges, 11 of them beyond 25 km, in one piece."""
    found = find_neighbours(real_kent(real_data), reach_km=25)
    assert found.graph.number_of_edges() == 1676
    assert [entry.event for entry in found.log] == ["reach"] * 11
    assert len(kinds(found, "coincident")) == 4
    assert len(found.pieces) == 1


@pytest.mark.real
def test_sheppey_hangs_on_one_crossing(real_data):
    """With the national file at 100 m Kent is 550 schools and Sheppey's 13, joined once."""
    schools = real_kent(real_data)
    land = read_land(real_data / "boundaries" / NATIONAL, schools.points)
    apart = find_neighbours(schools, land=land, bridge=False)
    assert len(apart.log) == 50
    assert apart.graph.number_of_edges() == 1637
    mainland, sheppey = apart.pieces
    assert (len(mainland), len(sheppey)) == (550, 13)
    assert len(sheppey & schools.secondaries) == 2
    assert set(schools.table.loc[sorted(sheppey), "district"]) == {"Swale"}
    assert find_neighbours(schools, land=land, tolerance_m=500, bridge=False).pieces[0] == {
        *schools.urns
    }

    crossings = read_crossings(SHIPPED / "kent_crossings.csv")
    joined = find_neighbours(schools, land=land, crossings=crossings)
    (edge,) = kinds(joined, "crossing")
    assert [schools.names[urn] for urn in edge] == [
        "Iwade School",
        "Queenborough School and Nursery",
    ]
    assert kinds(joined, "bridge") == []
    assert joined.graph.number_of_edges() == 1638
    assert nx.has_path(joined.graph, min(mainland), min(sheppey))
    assert np.isclose(joined.graph.edges[edge]["km"], 4.57, atol=0.01)
