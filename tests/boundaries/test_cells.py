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


def test_cells_end_at_the_edge_of_the_county():
    """A shape such as the districts' union cuts the cells."""
    county = shapely.box(550_000, 150_000, 552_000, 151_000)
    found = cells(schools_at([(0.5, 0.5), (1.5, 0.5)]), within=county)
    assert found.area.to_list() == pytest.approx([1e6, 1e6])
