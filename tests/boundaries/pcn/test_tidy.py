"""Tidy areas: specks given away or dropped, holes filled or reported."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import box

from cluster_geo.boundaries.pcn.tidy import dissolve, tidy


def test_a_speck_goes_to_the_area_around_it():
    """A part of under a hectare apart from its area goes to its neighbour."""
    speck = box(1500, 500, 1550, 550)
    east = box(1000, 0, 2000, 1000).difference(speck)
    kept, notices = tidy(dissolve([box(0, 0, 1000, 1000), east, speck], ["W", "E", "W"]))
    assert kept["W"].equals(box(0, 0, 1000, 1000))
    assert kept["E"].equals(box(1000, 0, 2000, 1000))
    assert [n.text for n in notices] == [
        "Specks under a hectare that went to the area next to them: 1, 0.00 km² in all."
    ]


def test_a_rock_off_the_coast_is_dropped():
    """A speck that touches no other area is dropped; an island is kept."""
    rock, island = box(5000, 0, 5050, 50), box(7000, 0, 7200, 200)
    kept, notices = tidy(dissolve([box(0, 0, 1000, 1000), rock, island], ["W", "W", "W"]))
    assert kept["W"].area == 1_000_000 + 40_000
    assert "were dropped" in notices[0].text


def test_a_small_hole_is_filled_and_a_large_one_is_named():
    """A small gap between polygons is an error; a large one is an area that was not given."""
    gap, lake = box(900, 400, 1000, 500), box(3000, 1000, 4500, 2500)
    west = box(0, 0, 2000, 4000).difference(gap)
    east = box(2000, 0, 6000, 4000).difference(lake)
    kept, notices = tidy(dissolve([west, east], ["W", "E"]))
    assert kept["W"].equals(box(0, 0, 2000, 4000))
    assert kept["E"].area == east.area
    assert [n.text for n in notices] == [
        "Small holes between areas that were filled: 1, 0.01 km² in all.",
        "Holes in the map over a square kilometre, which are not in any area: 1, 2.25 km² in all.",
    ]


def test_the_largest_part_is_never_a_speck():
    """A PCN of a single small part keeps it."""
    kept, notices = tidy(dissolve([box(0, 0, 10, 10), box(10, 0, 2000, 2000)], ["S", "L"]))
    assert kept["S"].area == 100
    assert notices == ()


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from("NSE"), min_size=16, max_size=16))
def test_ground_is_shared_out_without_overlap(owners):
    """Whoever owns which square, nothing is lost, doubled or given to nobody."""
    squares = [
        box(x, y, x + 500, y + 500) for x in range(0, 2000, 500) for y in range(0, 2000, 500)
    ]
    kept, notices = tidy(dissolve(squares, owners))
    assert notices == ()
    assert sorted(kept.index) == sorted(set(owners))
    assert sum(kept.area) == pytest.approx(4_000_000)
    assert kept.union_all().area == pytest.approx(4_000_000)
    assert kept.is_valid.all()
