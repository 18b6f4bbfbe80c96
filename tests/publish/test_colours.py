"""Colours of areas."""

import os
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_geo.publish.colours import PALETTE, area_colours

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
