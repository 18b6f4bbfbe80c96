"""Cells: the ground nearest to each school, for drawing."""

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_geo.boundaries import cells
from tests.ground import land_of, schools_at
from tests.worlds import FIRST_URN

place = st.tuples(st.integers(0, 9), st.integers(0, 9))


@settings(max_examples=40, deadline=None)
@given(st.lists(place, min_size=1, max_size=12))
def test_cells_part_the_ground(points):
    """Any points, coincident ones too: a cell each, no overlap, no hole, the school inside."""
    schools = schools_at(points)
    found = cells(schools)
    assert list(found.index) == list(schools.urns)
    assert not found.is_empty.any()
    whole = shapely.union_all(found.to_list())
    assert found.area.sum() == pytest.approx(whole.area)
    hull = shapely.buffer(shapely.MultiPoint(schools.points).convex_hull, 2000)
    assert whole.area == pytest.approx(hull.area, rel=0.002)
    # Schools at one point are drawn a metre off it.
    assert (found.distance(schools.table.geometry) <= 1.001).all()


def test_cells_end_at_the_coast():
    """With land a cell holds no water, and a school in the water is still drawn."""
    schools = schools_at([(1, 1), (3, 1), (3, 9)])
    land = land_of((0, 0, 4, 2))
    found = cells(schools, land)
    assert found[FIRST_URN].difference(land.shape).area == pytest.approx(0, abs=1e-3)
    assert found[FIRST_URN].area + found[FIRST_URN + 1].area == pytest.approx(8e6)
    assert 0 < found[FIRST_URN + 2].area < 200_000


def test_schools_in_the_water_share_what_their_discs_would_both_cover():
    """Two schools 100 m apart, and one by itself, beyond a coast that is drawn too roughly."""
    schools = schools_at([(1, 1), (3, 1), (3, 9), (3.1, 9), (9, 9)])
    found = cells(schools, land_of((0, 0, 4, 2)))
    wet = found.iloc[2:]
    assert wet.area.iloc[0] == pytest.approx(wet.area.iloc[1])
    both = shapely.union_all(shapely.buffer(shapely.points(schools.points[2:4]), 200))
    assert wet.area.iloc[:2].sum() == pytest.approx(both.area, rel=0.01)
    assert wet.area.iloc[2] == pytest.approx(3.14159 * 200**2, rel=0.01)
    assert shapely.union_all(found.to_list()).area == pytest.approx(found.area.sum())
    assert shapely.area(shapely.intersection(*wet.iloc[:2])) == pytest.approx(0, abs=1e-3)


def test_schools_at_one_point_share_its_ground():
    """They are set a metre apart: each has half, and what is cut off in between is next to nothing."""
    found = cells(schools_at([(1, 1), (1, 1), (3, 1)]), margin_m=500)
    first, second = found.iloc[0], found.iloc[1]
    assert first.distance(second) == pytest.approx(0, abs=1e-6)
    assert first.area + second.area == pytest.approx(found.area.sum() / 2, rel=0.01)


def test_cells_end_at_the_edge_of_the_county():
    """A shape such as the districts' union cuts the cells."""
    county = shapely.box(550_000, 150_000, 552_000, 151_000)
    found = cells(schools_at([(0.5, 0.5), (1.5, 0.5)]), within=county)
    assert found.area.to_list() == pytest.approx([1e6, 1e6])
