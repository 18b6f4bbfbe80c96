"""Provision gaps, needs and settings that are shown but not planned, in a real browser."""

from dataclasses import replace

import pytest

from cluster_geo.maps import write_map
from tests.outputs import make_world
from tests.worlds import FIRST_URN, make_layer

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """The drawn world with a special school, wards, and a layer that has no shapes."""
    world = make_world()
    schools, district = world.county.schools, world.county.layers["district"]
    special = schools.table.iloc[:1].assign(
        name="Square Special School", establishment_type="Special"
    )
    special.index = special.index + 500
    wards = replace(district, name="electoral_ward")
    areas = make_layer("area", dict.fromkeys(list(schools.urns)[:17], "N"))
    county = replace(
        world.county,
        schools=replace(schools, associates=special),
        layers={"district": district, "electoral_ward": wards, "area": areas},
    )
    return write_map(tmp_path_factory.mktemp("gaps") / "map.html", world.published(county=county))


@pytest.fixture
def page(visit, path):
    return visit(path)


def lines(page, group: str) -> int:
    """Number of lines or areas that a layer of provision gaps shows on the map."""
    return page.evaluate(
        f"""() => {{
          const {{map, gaps}} = clusterMap.opened;
          return map.hasLayer(gaps.{group}) ? gaps.{group}.getLayers().length : 0;
        }}"""
    )


def test_clusters_without_an_srp_are_hatched(page):
    """Of any need, or of the need chosen; the count says the same as the map."""
    assert lines(page, "hatched") == 0
    page.check("#show-no-srp")
    assert lines(page, "hatched") == 2
    assert page.locator("label:has(#show-no-srp)").inner_text().split() == (
        ["Cluster", "without", "an", "SRP", "2"]
    )
    page.select_option("#pick-need", label="ASD")
    assert "for ASD" in page.locator("label:has(#show-no-srp)").inner_text()
    assert page.locator("#lit").inner_text() == "2 schools in 1 cluster"
    assert page.evaluate("typeof clusterMap.hatch()") == "object"
    page.uncheck("#show-no-srp")
    assert lines(page, "hatched") == 0
    assert page.faults == []


def test_far_schools_are_drawn_by_the_planners_own_limit(page):
    """A line to the central school for each journey beyond the limit, which can be changed."""
    page.check("#show-far")
    page.fill("#far-limit", "1.2")
    beyond = int(page.locator("#far-count").inner_text())
    assert lines(page, "far") == beyond
    assert 0 < beyond < 15
    page.fill("#far-limit", "0")
    assert lines(page, "far") == 15
    page.fill("#far-limit", "99")
    assert (lines(page, "far"), page.locator("#far-count").inner_text()) == (0, "0")


def test_schools_across_a_border_are_framed(page):
    """By any layer, also one without shapes; the popup and the box name the layer."""
    words = [page.locator(f"label:has(#show-outside-{i})").inner_text() for i in range(3)]
    assert [text.split()[-1] for text in words] == ["3", "3", "1"]
    assert "main Electoral ward" in words[1]
    before = page.evaluate("document.querySelector('canvas').toDataURL()")
    page.check("#show-outside-0")
    # The canvas is drawn anew with the browser's next frame, which a busy machine puts off.
    page.wait_for_function("b => document.querySelector('canvas').toDataURL() !== b", arg=before)
    framed = "[...clusterMap.show.outside.keys()]"
    assert page.evaluate(framed) == [0]
    page.uncheck("#show-outside-0")
    assert page.evaluate(framed) == []
    page.evaluate(f"clusterMap.opened.open({FIRST_URN + 3})")
    assert "District, Electoral ward" in page.locator(".leaflet-popup").inner_text()


def test_every_layer_supplied_can_be_shown(page):
    """Each with its own lines and names; one without shapes has no box of its own."""
    for place, title in enumerate(("District", "Electoral ward")):
        assert title in page.locator(f"label:has(#show-zones-{place})").inner_text()
        page.check(f"#show-zones-{place}")
        assert page.locator(".zone-label").count() == 2
        page.uncheck(f"#show-zones-{place}")
    assert page.locator("#show-zones-2").count() == 0


def test_settings_that_are_not_planned_are_shown(page):
    """A special school has a symbol, a popup and a box; it is in no cluster."""
    urn = FIRST_URN + 500
    page.evaluate(f"clusterMap.opened.open({urn})")
    popup = page.locator(".leaflet-popup").inner_text()
    assert "Square Special School" in popup
    assert "Cluster" not in popup
    on_map = f"clusterMap.opened.map.hasLayer(clusterMap.opened.schools[{urn}])"
    assert page.evaluate(on_map)
    page.uncheck("label:has-text('Associated setting') input")
    assert not page.evaluate(on_map)
