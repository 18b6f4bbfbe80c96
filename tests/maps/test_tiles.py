"""A background map from the web: only where the planner asks, and then only when a reader does."""

import pytest

from cluster_geo.errors import InputError
from cluster_geo.maps import Tiles, map_page, write_map
from tests.outputs import HOSTILE, make_world

ADDRESS = "https://tiles.example.org/{z}/{x}/{y}.png"


@pytest.fixture(scope="module")
def world():
    return make_world()


def test_without_tiles_the_page_may_fetch_no_image(world):
    """The policy allows images that are in the page, and there is no box."""
    page = map_page(world.published())
    assert "img-src data:;" in page
    assert 'id="show-tiles"' not in page


def test_with_tiles_their_origin_alone_is_allowed(world):
    """And their maker is named, as text."""
    page = map_page(world.published(), tiles=Tiles(ADDRESS, HOSTILE[2]))
    assert "img-src data: https://tiles.example.org;" in page
    assert HOSTILE[2] not in page
    assert "Map fetched from tiles.example.org" in page


def test_one_of_several_servers():
    """{s} stands for any of them."""
    tiles = Tiles("https://{s}.example.org:8443/{z}/{x}/{y}?key=a-1", "Somebody")
    assert tiles.origin == "https://*.example.org:8443"
    assert tiles.host == "example.org:8443"


@pytest.mark.parametrize(
    "address",
    [
        "http://tiles.example.org/{z}/{x}/{y}.png",
        "https://tiles.example.org/{z}/{x}.png",
        "https:///{z}/{x}/{y}.png",
        "tiles/{z}/{x}/{y}.png",
        "https://a.org/{{z}}/{x}/{y}",
        "https://a.org/{z}/{x}/{y}'><script>",
        "https://a.org; script-src */{z}/{x}/{y}",
        "",
    ],
)
def test_an_address_that_is_none_is_refused(address):
    """With the name of the option and what to write."""
    with pytest.raises(InputError, match=r"--tiles: .* is no address of tiles"):
        Tiles(address, "Somebody")


def test_all_faults_are_told_at_once():
    """No address and nobody named."""
    with pytest.raises(InputError) as caught:
        Tiles("x", " ")
    assert len(caught.value.faults) == 2


@pytest.mark.browser
def test_a_reader_asks_for_the_tiles(visit, world, tmp_path):
    """Nothing is fetched until the box is ticked; then areas let the background shine through."""
    path = write_map(tmp_path / "map.html", world.published(), tiles=Tiles(ADDRESS, "Somebody"))
    page = visit(path)
    page.route("https://tiles.example.org/**", lambda route: route.fulfill(body=b""))
    assert page.requests == []
    opacity = "Object.values(clusterMap.opened.areas)[0].options.fillOpacity"
    assert page.evaluate(opacity) == 0.75
    page.check("#show-tiles")
    assert page.evaluate(opacity) == 0.4
    page.wait_for_timeout(300)
    assert page.requests
    assert all(url.startswith("https://tiles.example.org/") for url in page.requests)
    assert "Somebody" in page.locator(".leaflet-control-attribution").inner_text()
    page.uncheck("#show-tiles")
    assert page.evaluate(opacity) == 0.75
    assert page.faults == []
