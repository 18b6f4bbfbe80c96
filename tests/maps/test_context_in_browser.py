"""Context beneath the map: roads, rivers, towns and places, within the file and off by one switch."""

import json
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely.geometry import box

from cluster_geo.geometry import Context, read_context
from cluster_geo.maps import write_map, write_pair, write_settled
from cluster_geo.maps.backdrop import CONTEXT_BYTES, context_features
from cluster_geo.publish import OptionsPublication, Publication
from cluster_geo.read import read_county
from cluster_geo.rules import Rulebook
from tests.briefs import disclosed
from tests.geometry.zoomstack import write_zoomstack
from tests.ground import schools_at, write_zones
from tests.halves import halved_plan
from tests.maps.pairs import compared
from tests.maps.test_settled_in_browser import two_options
from tests.outputs import BRIEF, make_world
from tests.worlds import ORIGIN

pytestmark = pytest.mark.browser

NEAR = (ORIGIN[0] - 10_000, ORIGIN[1] - 10_000, ORIGIN[0] + 20_000, ORIGIN[1] + 20_000)
LAYERS = "(() => { let n = 0; clusterMap.opened.map.eachLayer(() => { n += 1; }); return n; })()"
KINDS = """() => { const found = []; clusterMap.opened.map.eachLayer((layer) => {
  const facts = layer.feature && layer.feature.properties;
  if (facts && facts.kind) { found.push(facts.kind); } }); return found; }"""


EVERY_KIND = """() => { const {map, maps = [map]} = clusterMap.opened; return maps.map((one) => {
  const found = []; one.eachLayer((layer) => {
    const facts = layer.feature && layer.feature.properties;
    if (facts && facts.kind) { found.push(facts.kind); } }); return found.sort(); }); }"""


def world_with(context: Context):
    """The drawn world with context."""
    world = make_world(town="Overby")
    inputs = replace(world.county.inputs, contents={"context": context}, sources=context.sources)
    return replace(world, county=replace(world.county, inputs=inputs))


def published_with(context: Context):
    """Its plan, as it is published."""
    return world_with(context).published()


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    folder = tmp_path_factory.mktemp("context")
    context = read_context([write_zoomstack(folder / "zoomstack.gpkg")], NEAR)
    return write_map(folder / "map.html", published_with(context))


def write_both(folder, world):
    """The page of two plans and that of two options."""
    comparison = compared(world)
    options = OptionsPublication(disclosed(world.county, BRIEF), two_options(world))
    return [
        write_pair(folder / "pair.html", comparison),
        write_settled(folder / "settled.html", options),
    ]


@pytest.fixture(scope="module")
def others(tmp_path_factory):
    folder = tmp_path_factory.mktemp("others")
    context = read_context([write_zoomstack(folder / "zoomstack.gpkg")], NEAR)
    return write_both(folder, world_with(context))


@pytest.mark.parametrize("place", [0, 1], ids=["two plans", "two options"])
def test_every_page_with_a_map_has_what_the_plans_map_has(visit, others, place):
    """Context, land and names of places, beneath all else, on each map, and away with one box."""
    page = visit(others[place])
    every = ["built-up", "motorway", "own", "railway", "river", "road", "water"]
    shown = page.evaluate(EVERY_KIND)
    assert shown == [every] * (2 - place)
    keys = page.locator(".behind").all_inner_texts()
    assert keys == ["Motorway", "Main road", "Railway", "River", "Water", "Built-up"]
    names = page.locator(".place-label").all_text_contents()
    assert names.count("Netherby") == 2 - place
    lowest = page.evaluate(
        """() => { const {map, maps = [map]} = clusterMap.opened; return maps.map((one) => {
          let renderer = null;
          one.eachLayer((layer) => { renderer = renderer || layer._renderer; });
          const found = [];
          for (let order = renderer._drawFirst; order; order = order.next) {
            const facts = order.layer.feature && order.layer.feature.properties;
            found.push(Boolean(facts && facts.kind));
          }
          return found; }); }"""
    )
    for found in lowest:
        assert found == sorted(found, reverse=True)
    page.uncheck("#show-context")
    assert page.evaluate(EVERY_KIND) == [[]] * (2 - place)
    assert page.locator(".place-label").count() == 0
    assert page.locator(".behind:visible").count() == 0
    page.check("#show-context")
    assert page.evaluate(EVERY_KIND) == shown
    assert "Contains OS data" in page.locator(".small").last.inner_text()
    assert page.requests == []
    assert page.faults == []


def test_what_two_maps_show_alike_is_in_the_page_once(others):
    """Half a megabyte of roads is not a megabyte because there are two maps."""
    assert others[0].read_text(encoding="utf-8").count('"kind": "motorway"') == 1


@pytest.fixture
def page(visit, path):
    return visit(path)


def test_context_lies_beneath_and_is_explained(page):
    """Each kind is drawn before the clusters and has a key; its makers are named; no request."""
    order = page.evaluate(KINDS)
    assert set(order) == {
        "own", "built-up", "water", "river", "railway", "road", "motorway",
    }  # fmt: skip
    keys = page.locator(".behind").all_inner_texts()
    assert keys == ["Motorway", "Main road", "Railway", "River", "Water", "Built-up"]
    assert "Contains OS data" in page.locator(".small").inner_text()
    beneath = page.evaluate(
        """() => { const found = []; const map = clusterMap.opened.map;
          let layer = Object.values(clusterMap.opened.areas)[0]._renderer._drawFirst;
          for (; layer; layer = layer.next) { const facts = layer.layer.feature && layer.layer.feature.properties;
            found.push(facts && facts.kind ? "behind" : "over"); } return found; }"""
    )
    last = len(beneath) - 1 - beneath[::-1].index("behind")
    assert "over" not in beneath[:last]
    assert page.requests == []
    assert page.faults == []


def test_one_switch_takes_it_all_away(page):
    """Shapes, names of places and their keys go with one box, and come back beneath the clusters."""
    assert "Netherby" in page.locator(".place-label").all_text_contents()
    before = page.evaluate(KINDS)
    page.uncheck("#show-context")
    assert page.evaluate(KINDS) == []
    assert page.locator(".place-label").count() == 0
    assert page.locator(".behind:visible").count() == 0
    assert "hide=context" in page.url
    page.check("#show-context")
    assert sorted(page.evaluate(KINDS)) == sorted(before)
    first = "Object.values(clusterMap.opened.areas)[0]._renderer._drawFirst.layer.feature.properties.kind"
    assert page.evaluate(first) == "own"


def test_places_are_found_by_the_search(page):
    """A village without a school is found all the same."""
    page.fill("#search", "netherbey")
    assert page.locator("#found button").first.inner_text() == "Netherby place"


def test_places_are_named_without_any_file(visit, tmp_path):
    """Then by the towns of the schools' addresses."""
    world = make_world(town="OVERBY-UNDER-WHINS")
    page = visit(write_map(tmp_path / "map.html", world.published()))
    assert page.locator(".place-label").all_text_contents() == ["Overby-under-Whins"]


def test_however_much_is_known_a_map_stays_light(tmp_path):
    """Fifteen thousand winding roads are simplified into half a megabyte, and roads remain."""
    rng = np.random.default_rng(1)
    starts = rng.uniform(NEAR[:2], NEAR[2:], size=(15_000, 1, 2))
    paths = starts + rng.normal(0, 120, size=(15_000, 6, 2)).cumsum(axis=1)
    roads = gpd.GeoDataFrame(
        {"kind": ["road"] * len(paths)}, geometry=shapely.linestrings(paths), crs=27700
    )
    places = gpd.GeoDataFrame({"kind": [], "name": []}, geometry=[], crs=27700)
    features = context_features(Context(roads, places, ()))
    assert len(json.dumps(features)) <= CONTEXT_BYTES
    assert features["features"][0]["geometry"]["coordinates"]


def ground_map(tmp_path, **files):
    """The map of 25 schools, a km apart, read with these files."""
    schools = schools_at([(x, y) for x in range(5) for y in range(5)])
    county = read_county(schools=schools, **files)
    plan = halved_plan(county, Rulebook((), county.travel))
    return write_map(tmp_path / "ground.html", Publication(disclosed(county), plan))


def test_land_of_others_is_pale_and_named_and_the_sea_is_sea(visit, tmp_path):
    """A land file of three authorities: ours is found by its schools, the two others are labelled."""
    boxes = [box(-1, -1, 5, 5), box(5, -1, 12, 5), box(-8, -1, -1, 5)]
    names = {"LAD24NM": ["Ours", "Eastshire", "Westshire"]}
    path = ground_map(tmp_path, land=write_zones(tmp_path / "land.geojson", boxes, names))
    page = visit(path)
    assert page.evaluate(KINDS) == ["other", "other", "own"]
    assert set(page.locator(".other-label").all_text_contents()) <= {"Eastshire", "Westshire"}
    page.evaluate("void clusterMap.opened.map.zoomOut(1, {animate: false})")
    assert set(page.locator(".other-label").all_text_contents()) == {"Eastshire", "Westshire"}
    colours = page.evaluate(
        """() => [getComputedStyle(document.querySelector(".leaflet-container")).backgroundColor,
          getComputedStyle(document.documentElement).getPropertyValue("--water").trim()]"""
    )
    assert colours == ["rgb(223, 232, 238)", "#dfe8ee"]


def test_what_is_not_known_is_not_drawn_as_sea(visit, tmp_path):
    """Without a land file nothing says what lies around, and no blue is shown."""
    page = visit(ground_map(tmp_path))
    assert page.evaluate(KINDS) == ["own"]
    assert page.locator(".leaflet-container.sea").count() == 0
