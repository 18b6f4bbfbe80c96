"""How much of a line lies off land, exactly."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, box

from cluster_geo.errors import InputError
from cluster_geo.geometry import Land, read_land
from cluster_geo.geometry.land import MOST_CORNERS, _split
from tests.ground import EXACT, NATIONAL, real_kent, schools_at, write_zones

COAST = Land(
    shapely.union_all(
        [
            shapely.box(0, 0, 1000, 400),
            shapely.box(0, 600, 1000, 1000),
            Point(500, 500).buffer(150, quad_segs=200),
        ]
    ).difference(Point(200, 200).buffer(80, quad_segs=100))
)


def test_water_of_a_straight_channel():
    """A line straight over a channel of 200 m has 200 m off land; one on the bank has none."""
    metres = COAST.off_land(np.array([[50, 100], [50, 50]]), np.array([[50, 900], [900, 50]]))
    assert metres == pytest.approx([200, 0])


def test_pond_counts_as_water():
    """A hole in the land is water too."""
    assert COAST.off_land(np.array([[0, 200]]), np.array([[400, 200]])) == pytest.approx(
        [160], 1e-3
    )


def test_no_lines_and_no_length():
    """No lines give no figures; a line of no length has none off land."""
    assert COAST.off_land(np.empty((0, 2)), np.empty((0, 2))).shape == (0,)
    assert COAST.off_land(np.array([[50.0, 50]]), np.array([[50.0, 50]])) == pytest.approx([0])


def test_line_along_a_cut_of_the_water_is_counted_once():
    """Water is cut into parts; a line along the cut lies in two of them and counts once."""
    ragged = Land(Point(0, 0).buffer(10, quad_segs=200))
    metres = ragged.off_land(np.array([[0, -500], [-500, 0]]), np.array([[0, 500], [500, 0]]))
    assert metres == pytest.approx([980, 980])


corner = st.integers(0, 1000).map(float)
ends = st.tuples(corner, corner, corner, corner)


@settings(max_examples=60, deadline=None)
@given(st.lists(ends, min_size=1, max_size=20))
def test_the_same_as_the_plain_difference(lines):
    """Searching cut-up water gives what shapely's difference from the whole land gives."""
    array = np.array(lines)
    starts, finishes = array[:, :2], array[:, 2:]
    whole = shapely.linestrings(np.stack([starts, finishes], axis=1))
    plain = shapely.length(shapely.difference(whole, COAST.shape))
    assert COAST.off_land(starts, finishes) == pytest.approx(plain, abs=1e-6)
    assert COAST.off_land(finishes, starts) == pytest.approx(plain, abs=1e-6)


def test_split_keeps_the_ground():
    """Parts are small, do not overlap and make up the whole."""
    parts = _split(COAST.shape)
    assert max(shapely.get_num_coordinates(part) for part in parts) <= MOST_CORNERS
    assert sum(part.area for part in parts) == pytest.approx(COAST.shape.area)
    assert shapely.union_all(parts).area == pytest.approx(COAST.shape.area)


def test_distance_to_land():
    """Zero on land, metres off it."""
    assert COAST.distance(np.array([[50, 50], [50, 500]])) == pytest.approx([0, 100])


def test_land_is_the_union_of_its_polygons(tmp_path):
    """Borders between the polygons of a land file are not water."""
    path = write_zones(tmp_path / "land.gpkg", [box(0, 0, 1, 1), box(1, 0, 2, 1)], {"n": [1, 2]})
    points = schools_at([(0.5, 0.5), (1.5, 0.5)]).points
    land = read_land(path, points)
    assert land.off_land(points[:1], points[1:]) == pytest.approx([0], abs=1e-6)
    assert land.source is not None
    assert land.source.role == "land"


def test_land_elsewhere_is_refused(tmp_path):
    """A land file of another part of the country is refused."""
    path = write_zones(tmp_path / "land.gpkg", [box(300, 300, 310, 310)], {"n": [1]})
    with pytest.raises(InputError, match="near the schools"):
        read_land(path, schools_at([(0, 0)]).points)


@pytest.mark.real
@pytest.mark.parametrize("file", [NATIONAL, EXACT])
def test_kents_lines_measured_as_shapely_does(real_data, file):
    """On 300 lines of real Kent the figures are those of the plain difference."""
    points = real_kent(real_data).points
    land = read_land(real_data / "boundaries" / file, points)
    rng = np.random.default_rng(1)
    starts, finishes = points[rng.integers(0, 563, 300)], points[rng.integers(0, 563, 300)]
    lines = shapely.linestrings(np.stack([starts, finishes], axis=1))
    plain = shapely.length(shapely.difference(lines, land.shape))
    assert land.off_land(starts, finishes) == pytest.approx(plain, abs=1e-6)
