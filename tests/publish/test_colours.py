"""Colours of areas."""

import os
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cluster_geo.publish.colours import ACROSS_WATER_M, PALETTE, area_colours

ROOT = Path(__file__).resolve().parents[2]


def voronoi(seed: int, n: int) -> gpd.GeoDataFrame:
    """A plane cut into `n` areas."""
    points = np.random.default_rng(seed).uniform(0, 80_000, size=(n, 2))
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points)))
    return gpd.GeoDataFrame(geometry=cells, index=[f"A-{i:02d}" for i in range(n)], crs=27700)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1000), st.integers(2, 60))
def test_neighbours_never_share_a_colour(seed, n):
    """Two areas that touch differ in colour."""
    areas = voronoi(seed, n)
    colours = area_colours(areas)
    left, right = shapely.STRtree(areas.geometry).query(areas.geometry, "touches")
    assert all(
        colours[areas.index[i]] != colours[areas.index[j]] for i, j in zip(left, right, strict=True)
    )


def test_colours_do_not_hang_on_the_run():
    """Equal areas get equal colours."""
    assert area_colours(voronoi(1, 40)) == area_colours(voronoi(1, 40))


def test_colours_are_the_same_in_every_process():
    """Nor on the order in which a process keeps texts in a set."""
    code = (
        "from tests.publish.test_colours import area_colours, voronoi; "
        "print(list(area_colours(voronoi(1, 40)).values()))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert said == {f"{list(area_colours(voronoi(1, 40)).values())}\n"}


def test_maps_coloured_together_agree():
    """An area of both maps has one colour, and neighbours on either map differ."""
    first, second = voronoi(1, 20), voronoi(2, 25)
    colours = area_colours(first, second)
    assert list(colours) == list(second.index)
    for areas in (first, second):
        left, right = shapely.STRtree(areas.geometry).query(areas.geometry, "touches")
        pairs = [(areas.index[i], areas.index[j]) for i, j in zip(left, right, strict=True)]
        # Two plane maps together may need more colours than there are: then a few pairs share.
        assert sum(colours[a] == colours[b] for a, b in pairs) <= len(pairs) / 10


def test_black_words_are_readable_on_every_colour():
    """Contrast of the labels' ink is at least 4.5 to 1 (WCAG 2.2 AA)."""
    for colour in PALETTE:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        assert (luminance + 0.05) / (0.01 + 0.05) > 4.5


def strip(number: int, *joined: tuple[int, int]) -> gpd.GeoDataFrame:
    """Squares of 10 km in a row, each beside the next; `joined` are made one area."""
    squares = {
        f"A-{k}": shapely.box(10_000 * k, 0, 10_000 * (k + 1), 10_000) for k in range(number)
    }
    for one, other in joined:
        squares[f"A-{one}"] = squares[f"A-{one}"].union(squares.pop(f"A-{other}"))
    return gpd.GeoDataFrame(geometry=list(squares.values()), index=list(squares), crs=27700)


def test_an_area_keeps_the_colour_it_has_had():
    """New areas fit in around the others; colours of other palettes are nobody's."""
    had = {"A-0": PALETTE[5], "A-1": PALETTE[6], "A-3": "red", "gone": PALETTE[0]}
    colours = area_colours(strip(5), kept=(had,))
    assert (colours["A-0"], colours["A-1"]) == (PALETTE[5], PALETTE[6])
    assert set(colours.values()) <= set(PALETTE)
    assert all(colours[f"A-{k}"] != colours[f"A-{k + 1}"] for k in range(4))


def test_of_neighbours_with_one_colour_as_few_as_possible_change():
    """The middle one of three: it takes the colour that it has on the other map, if that is free."""
    same = dict.fromkeys(("A-0", "A-1", "A-2"), PALETTE[3])
    colours = area_colours(strip(3), kept=(same, {"A-1": PALETTE[6]}))
    assert colours == same | {"A-1": PALETTE[6]}


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1000), st.integers(8, 60))
@example(58, 58)
@example(35, 12)
@example(141, 43)
def test_only_what_clashes_changes_its_colour(seed, n):
    """One area takes over its neighbour: where two now clash one of them changes, and no other."""
    areas = voronoi(seed, n)
    before = area_colours(areas)
    left, right = shapely.STRtree(areas.geometry).query(areas.geometry, "touches")
    one, other = next(
        (areas.index[i], areas.index[j]) for i, j in zip(left, right, strict=True) if i < j
    )
    whole = areas.geometry[one].union(areas.geometry[other])
    areas = areas.drop(other)
    areas.loc[one, "geometry"] = whole
    after = area_colours(areas, kept=(before,))

    def beside(area):
        near = areas.geometry.dwithin(areas.geometry[area], ACROSS_WATER_M * 1.2)
        return set(areas.index[near]) - {area}

    clash = {name for name in beside(one) if before[name] == before[one]}
    changed = {name for name in areas.index if after[name] != before[name]}
    # Where every colour is beside one of these, a neighbour of it makes room.
    full = [name for name in {one, *clash} if {before[b] for b in beside(name)} >= set(PALETTE)]
    if not full:
        assert len(changed) <= len(clash)
    assert changed <= {one, *clash}.union(*map(beside, full))


def test_where_no_colour_is_left_one_neighbour_makes_room():
    """Seven neighbours of seven colours leave none for the area in their middle."""
    middle = shapely.Point(0, 0).buffer(20_000, quad_segs=32)
    around = [
        shapely.Polygon([(0, 0), *((90_000 * np.cos(a), 90_000 * np.sin(a)) for a in angles)])
        for k in range(7)
        for angles in [np.linspace(2 * np.pi * k / 7, 2 * np.pi * (k + 1) / 7, 4)]
    ]
    shapes = [middle, *(shape.difference(middle) for shape in around)]
    areas = gpd.GeoDataFrame(geometry=shapes, index=[f"A-{k}" for k in range(8)], crs=27700)
    had = {f"A-{k + 1}": colour for k, colour in enumerate(PALETTE)}
    colours = area_colours(areas, kept=(had,))
    assert sum(colours[name] != colour for name, colour in had.items()) == 1
    assert colours["A-0"] not in {colours[name] for name in had}
