"""The map in a real browser."""

import pytest

from cluster_geo.maps import write_map
from tests.outputs import make_world
from tests.worlds import FIRST_URN

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def world():
    return make_world()


@pytest.fixture(scope="module")
def path(world, tmp_path_factory):
    return write_map(tmp_path_factory.mktemp("map") / "map.html", world.published())


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
    facts = dict(
        zip(
            page.locator("#details-words > table th").all_inner_texts(),
            page.locator("#details-words > table td").all_inner_texts(),
            strict=True,
        )
    )
    assert facts["Schools"] == "6: 4 primary, 1 secondary, 1 all-through, which counts as both"
    assert facts["SRPs"] == "2: ASD 2"
    assert facts["Trusts"] == "1: Trust x 2"
    assert facts["District"] == "evenly split between Zone a and Zone b (3 outside)"
    assert facts["Journey to it, mean"].endswith(" km")
    assert "School" in facts["Longest"]
    assert facts["Pupils"] == "1,710"
    assert page.locator("#details-words .members li").count() == 6
    page.click("#details summary")
    rules = page.locator("#details details").inner_text()
    assert "none broken" in rules
    for rule in ("Size of a cluster", "Primary and secondary", "Few clusters", "An SRP in each"):
        assert rule in rules
    assert page.url.endswith("#cluster=SQU-02")
    page.click("#details-close")
    assert page.locator("#details").is_hidden()
    assert "#cluster" not in page.url


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
    assert page.locator("#found-status").inner_text().startswith("0 matches. Try ")


def test_one_trust_lights_up(page):
    """Its schools stay bright, the others fade, its clusters are counted."""
    page.select_option("#pick-trust", label="Trust x")
    assert page.locator("#lit").inner_text() == "4 schools in 3 clusters"
    dim = "Object.values(clusterMap.opened.schools).filter(s => s.options.opacity < 1).length"
    assert page.evaluate(dim) == 14


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
