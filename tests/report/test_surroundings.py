"""What lies around the clusters on the report's maps: pale land, roads, and nothing made up."""

from __future__ import annotations

import re
from dataclasses import replace

import geopandas as gpd
import pytest
import shapely

from cluster_geo.geometry import Land, read_context
from cluster_geo.report import report_page
from tests.geometry.zoomstack import write_zoomstack
from tests.outputs import make_world
from tests.worlds import ORIGIN

NEAR = (ORIGIN[0] - 10_000, ORIGIN[1] - 10_000, ORIGIN[0] + 20_000, ORIGIN[1] + 20_000)
MAPS = re.compile(r"<svg[^>]*class=\"(?:plan-map|small-map)\".*?</svg>", re.DOTALL)


@pytest.fixture(scope="module")
def world():
    return make_world()


def maps_of(world, county):
    """The maps of a report: the plan's, then one for each cluster."""
    page = report_page(world.published(county=county))
    found = MAPS.findall(page)
    assert len(found) == 4
    return found, page


@pytest.fixture(scope="module")
def landed(world):
    """The county on land of its own, with a neighbour to the east of it."""
    west, south, east, north = world.county.schools.table.total_bounds
    own = shapely.box(west - 500, south - 500, east + 500, north + 500)
    theirs = shapely.box(east + 500, south - 500, east + 9_000, north + 500)
    parts = gpd.GeoDataFrame(
        {"name": ["Squareshire", "Eastshire"]}, geometry=[own, theirs], crs=27700
    )
    return replace(world.county, land=Land(shapely.union(own, theirs), parts=parts))


def test_the_land_of_others_is_pale_where_it_is_seen(world, landed):
    """On the plan's map and that of the cluster beside it, below the clusters."""
    (plan, *clusters), _ = maps_of(world, landed)
    assert [map_.count('class="other"') for map_ in (plan, *clusters)] == [1, 0, 0, 1]
    for picture in (plan, clusters[2]):
        assert picture.index('class="other"') < picture.index("fill=")


def test_slivers_along_a_coast_are_nobodys_land(world, landed):
    """Where two files draw the coast differently, nothing pale is left along it."""
    west, south, east, _ = landed.land.shape.bounds
    sliver = shapely.box(west, south - 80, east, south)
    land = replace(landed.land, shape=shapely.union(landed.land.shape, sliver))
    known, _ = maps_of(world, landed)
    found, _ = maps_of(world, replace(landed, land=land))
    assert [map_.count('class="other"') for map_ in found] == [
        map_.count('class="other"') for map_ in known
    ]


def test_roads_railways_and_rivers_are_drawn_where_they_are(world, tmp_path):
    """Over the areas and below the schools, on every map that they cross."""
    context = read_context([write_zoomstack(tmp_path / "zoomstack.gpkg")], NEAR)
    inputs = replace(world.county.inputs, contents={"context": context}, sources=context.sources)
    (plan, *clusters), _ = maps_of(world, replace(world.county, inputs=inputs))
    assert 'class="line-road"' in plan
    assert plan.rindex("fill=") > 0
    assert plan.index('class="line-road"') < plan.index('class="dot"')
    for picture in clusters:
        if "line-" in picture:
            assert picture.index("line-") < picture.index('class="way"')
    assert any("line-road" in picture for picture in clusters)


def test_what_is_not_known_is_not_drawn(world):
    """Without a file of land or of roads the maps are what they were."""
    found, _ = maps_of(world, world.county)
    assert not any("other" in picture or "line-" in picture for picture in found)


def test_a_report_grows_by_little(world, landed):
    """What is drawn around the clusters is as coarse as it may be."""
    _, plain = maps_of(world, world.county)
    _, more = maps_of(world, landed)
    assert len(more) < 1.1 * len(plain)
