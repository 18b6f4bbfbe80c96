"""The map in a real browser."""

import pytest

from cluster_geo.maps import write_map
from tests.outputs import HOSTILE, hostile_world, make_world
from tests.worlds import FIRST_URN

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def world():
    return make_world()


@pytest.fixture(scope="module")
def path(world, tmp_path_factory):
    return write_map(tmp_path_factory.mktemp("map") / "map.html", **world.drawn)


@pytest.fixture
def page(visit, path):
    return visit(path)


def drawn(page) -> int:
    """Number of school symbols that are on the map now."""
    code = "Object.values(clusterMap.opened.schools).filter(s => clusterMap.opened.map.hasLayer(s)).length"
    return page.evaluate(code)


def test_it_opens_without_network_and_draws_every_school(page):
    """No request, no complaint, all schools, all areas."""
    assert drawn(page) == 18
    assert page.evaluate("Object.keys(clusterMap.opened.areas).length") == 3
    assert page.requests == []
    assert page.faults == []


def test_something_is_painted(page):
    """The canvas is not blank."""
    code = """() => {
      const canvas = document.querySelector("canvas");
      const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
      return new Set(new Uint32Array(data.buffer)).size;
    }"""
    assert page.evaluate(code) > 10


def test_layers_can_be_switched(page):
    """Unticking a phase takes its schools off the map; a boundary comes when asked for."""
    page.uncheck("#show-schools-0")
    assert drawn(page) == 5
    assert page.locator(".zone-label").count() == 0
    page.check("#show-zones-0")
    assert page.locator(".zone-label").count() == 2
    page.uncheck("#show-names")
    assert page.locator(".label").count() == 0
    assert page.faults == []


def test_a_cluster_chosen_in_the_table_shows_its_facts(page):
    """The panel lists the cluster's schools and rules; the address can be passed on."""
    page.click("[data-cluster='SQU-02']")
    words = page.locator("#details-words").inner_text()
    assert "Middle SQU-02" in words
    assert "6: 4 primaries, 1 secondary" in words or "primaries" in words
    assert page.locator("#details-words .members li").count() == 6
    assert page.url.endswith("#cluster=SQU-02")
    page.click("#details-close")
    assert page.locator("#details").is_hidden()
    assert "#cluster" not in page.url


def test_an_address_leads_to_a_cluster(visit, path):
    """map.html#cluster=SQU-03 opens with that cluster chosen."""
    page = visit(path, "#cluster=SQU-03")
    assert "East" in page.locator("#details h2").inner_text()


def test_search_finds_schools_clusters_and_trusts(page):
    """By name, URN, code or trust, from the keyboard."""
    page.fill("#search", f"{FIRST_URN + 4}")
    page.keyboard.press("Enter")
    assert "School 5" in page.locator(".leaflet-popup").inner_text()
    page.fill("#search", "squ-01")
    page.keyboard.press("Enter")
    assert "West" in page.locator("#details h2").inner_text()
    page.fill("#search", "trust x")
    assert page.locator("#found").inner_text().startswith("Trust x")
    page.fill("#search", "nobody of that name")
    assert page.locator("#found-status").inner_text() == "0 matches"


def test_one_trust_lights_up(page):
    """Its schools stay bright, the others fade, its clusters are counted."""
    page.select_option("#pick-trust", label="Trust x")
    assert page.locator("#lit").inner_text() == "4 schools in 3 clusters"
    dim = "Object.values(clusterMap.opened.schools).filter(s => s.options.opacity < 1).length"
    assert page.evaluate(dim) == 14


def test_every_control_is_reached_by_keyboard(page):
    """Tab goes through search, boxes, lists and the table of clusters."""
    seen = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.add(
            page.evaluate("document.activeElement.id || document.activeElement.dataset.cluster")
        )
    assert {"search", "show-schools-0", "show-areas", "pick-trust", "pick-need", "SQU-01"} <= seen


def test_hostile_names_do_no_harm(visit, tmp_path):
    """In tooltip, popup, panel, label, list and search hostile names are text, and run nothing."""
    world = hostile_world()
    page = visit(write_map(tmp_path / "map.html", **world.drawn))
    for urn in range(FIRST_URN, FIRST_URN + 18):
        page.evaluate(f"clusterMap.opened.open({urn})")
        shown = page.locator(".leaflet-popup h3").last.inner_text()
        assert shown.split() == HOSTILE[(urn - FIRST_URN) % len(HOSTILE)].split()
        page.evaluate(f"clusterMap.opened.schools[{urn}].openTooltip()")
    for code in world.plan.codes:
        page.evaluate(f"clusterMap.opened.select('{code}')")
    page.fill("#search", "window")
    assert page.locator("#found li").count() > 0
    assert page.evaluate("window.hacked") is None
    assert page.requests == []
    assert page.faults == []


def test_it_fits_a_small_screen_and_paper(visit, path):
    """Nothing sticks out sideways on a telephone; the print view hides what cannot be printed."""
    page = visit(path, width=360, height=700)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator(".folium-map").bounding_box()["y"] < 200
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("clusterMap.opened.map.getSize().x") > 1000
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("clusterMap.opened.map.getSize().x") <= 360
    page.emulate_media(media="print")
    assert page.locator(".find").is_hidden()
    assert page.locator("table.clusters").is_visible()
