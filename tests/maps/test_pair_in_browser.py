"""Two plans side by side in a real browser."""

import pytest

from cluster_geo.maps import write_pair
from tests.harm import CODES, LAYER, NAMES, seen
from tests.maps.pairs import compared, compared_with_list
from tests.outputs import make_world
from tests.worlds import FIRST_URN

pytestmark = pytest.mark.browser

MOVES = FIRST_URN + 14


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("pair") / "pair.html"
    return write_pair(path, compared(make_world()))


@pytest.fixture
def page(visit, path):
    return visit(path)


def views(page):
    """Centre and zoom of each map, in whole pixels of the world at that zoom."""
    return page.evaluate(
        """() => clusterMap.opened.maps.map((map) => {
          const {x, y} = map.project(map.getCenter());
          return [Math.round(x), Math.round(y), map.getZoom()];
        })"""
    )


def in_step(page) -> bool:
    """Whether both maps show the same place, to a pixel."""
    (x1, y1, zoom1), (x2, y2, zoom2) = views(page)
    return zoom1 == zoom2 and abs(x1 - x2) <= 1 and abs(y1 - y2) <= 1


def middle(page, side: int) -> tuple[float, float]:
    box = page.locator(".folium-map").nth(side).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_it_opens_without_network_and_draws_both_plans(page):
    """No request, no complaint; all schools and areas on both maps, side by side."""
    code = "clusterMap.opened.sides.map(s => [Object.keys(s.schools).length, Object.keys(s.areas).length])"
    assert page.evaluate(code) == [[18, 3], [18, 3]]
    left, right = (page.locator(".folium-map").nth(i).bounding_box() for i in range(2))
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] <= right["x"]
    assert left["height"] > 300
    assert page.requests == []
    assert page.faults == []


@pytest.mark.parametrize("side", [0, 1])
def test_the_maps_move_in_step(page, side):
    """Dragged, zoomed by wheel, button and key, either map leads and the other follows."""
    assert in_step(page)
    seen = [views(page)[0]]

    def moved() -> bool:
        """Wait until both maps have come to rest, and somewhere else than before."""
        for _ in range(40):
            now = views(page)[0]
            page.wait_for_timeout(150)
            if now != seen[-1] and views(page)[0] == now and in_step(page):
                seen.append(now)
                return True
        return False

    x, y = middle(page, side)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 70, y + 40, steps=5)
    assert in_step(page)
    page.mouse.up()
    assert moved()
    page.mouse.wheel(0, -240)
    assert moved()
    page.locator(".leaflet-control-zoom-in").nth(side).click()
    assert moved()
    page.locator(".folium-map").nth(side).focus()
    page.keyboard.press("ArrowLeft")
    assert moved()
    page.click("#go-home")
    assert views(page)[0] == seen[0]
    assert in_step(page)
    assert page.faults == []


def test_the_school_that_moves_is_marked_on_both_maps(page):
    """It alone; on the maps its halo is painted."""
    code = """clusterMap.opened.sides.map(side => Object.entries(side.schools)
      .filter(([, s]) => s.options.moved).map(([urn]) => Number(urn)))"""
    assert page.evaluate(code) == [[MOVES], [MOVES]]
    yellow = """() => [...document.querySelectorAll("canvas")].map((canvas) => {
      const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
      let count = 0;
      for (let i = 0; i < data.length; i += 4) {
        if (data[i] === 255 && data[i + 1] === 212 && data[i + 2] === 0) { count += 1; }
      }
      return count;
    })"""
    assert min(page.evaluate(yellow)) > 50


def test_the_table_of_moves_leads_to_both_maps(page):
    """A click on a school's name opens it in both plans; closing one closes both."""
    page.click(f"[data-school='{MOVES}']")
    popups = page.locator(".leaflet-popup")
    assert popups.count() == 2
    assert "Middle (SQU-02)" in popups.nth(0).locator("table").inner_text()
    assert "West (SQU-01)" in popups.nth(1).locator("table").inner_text()
    assert "Moves from Middle (SQU-02) to West (SQU-01)" in popups.nth(1).inner_text()
    page.wait_for_timeout(400)
    assert in_step(page)
    page.evaluate("clusterMap.opened.maps[1].closePopup()")
    page.wait_for_timeout(400)
    assert popups.count() == 0
    assert page.faults == []


def test_a_cluster_is_shown_on_both_maps(page):
    """From the table of clusters."""
    before = views(page)
    page.click("[data-cluster='SQU-03']")
    page.wait_for_timeout(400)
    assert views(page) != before
    assert in_step(page)


def test_boxes_fade_schools_and_take_borders_and_names_away(page):
    """Each box acts on both maps."""
    faded = "clusterMap.opened.sides.map(s => Object.values(s.schools).filter(x => x.options.opacity < 1).length)"
    page.check("#show-movers")
    assert page.evaluate(faded) == [17, 17]
    page.uncheck("#show-movers")
    assert page.evaluate(faded) == [0, 0]
    layers = (
        "clusterMap.opened.maps.map(m => { let n = 0; m.eachLayer(() => { n += 1; }); return n; })"
    )
    with_borders = page.evaluate(layers)
    page.uncheck("#show-borders")
    assert all(a > b for a, b in zip(with_borders, page.evaluate(layers), strict=True))
    assert page.locator(".label").count() == 6
    page.uncheck("#show-names")
    assert page.locator(".label").count() == 0


def test_phases_and_boundaries_come_and_go_on_both_maps(page):
    """A box for each phase and for each layer of boundaries."""
    shown = """clusterMap.opened.sides.map(side =>
      Object.values(side.schools).filter(s => side.map.hasLayer(s)).length)"""
    page.uncheck("#show-schools-0")
    assert page.evaluate(shown) == [5, 5]
    page.check("#show-schools-0")
    assert page.evaluate(shown) == [18, 18]
    dashed = """clusterMap.opened.maps.map(map => {
      const found = [];
      map.eachLayer(l => { if (l.options.dashArray === "8 4" && l.getLatLngs) { found.push(l.options.color); } });
      return found;
    })"""
    assert page.evaluate(dashed) == [[], []]
    page.check("#show-zones-0")
    first, second = page.evaluate(dashed)
    assert first == second == ["#16283c"]
    assert page.faults == []


@pytest.mark.parametrize(
    ("address", "shown"), [("#school=100015", "School 15"), ("#cluster=SQU-03", "")]
)
def test_an_address_leads_to_what_is_compared(visit, path, address, shown):
    """A school or a cluster of the comparison can be passed on as an address."""
    start, page = views(visit(path)), visit(path, address)
    page.wait_for_timeout(400)
    assert views(page) != start
    assert in_step(page)
    assert page.locator(".leaflet-popup").count() == (2 if shown else 0)
    assert shown in page.locator("body").inner_text()
    page.click("#go-home")
    assert "#" not in page.url


def test_every_control_is_reached_by_keyboard(page):
    """Maps, boxes, and the names in the tables."""
    seen = set()
    for _ in range(35):
        page.keyboard.press("Tab")
        code = "document.activeElement.id || Object.values(document.activeElement.dataset)[0] || ''"
        seen.add(page.evaluate(code))
    assert {"show-movers", "show-borders", "show-names", "go-home", str(MOVES), "SQU-01"} <= seen


def test_hostile_names_do_no_harm(visit_harm, tmp_path):
    """In popups, tooltips, labels, boxes, titles, tables and lists they are text, and run nothing."""
    page = visit_harm(write_pair(tmp_path / "pair.html", compared_with_list(hostile=True)))
    for urn in range(FIRST_URN, FIRST_URN + 18):
        page.evaluate(f"clusterMap.opened.open({urn})")
        shown = page.locator(".leaflet-popup h3").last.text_content()
        assert seen(shown) == seen(NAMES[(urn - FIRST_URN) % len(NAMES)])
        page.evaluate(f"clusterMap.opened.sides.forEach(s => s.schools[{urn}].openTooltip())")
    page.evaluate(
        "clusterMap.opened.sides.forEach(s => Object.values(s.areas).forEach(a => a.openTooltip()))"
    )
    assert page.locator("#side-1").text_content() == f"Second plan: {NAMES[2]}"
    assert seen(LAYER) in page.locator("label:has(#show-zones-0)").text_content()
    tables = seen(page.locator(".below").text_content())
    for name in (*NAMES, *CODES):
        assert seen(name) in tables
    before = views(page)
    page.locator("[data-cluster]").nth(1).click()
    page.wait_for_timeout(400)
    assert views(page) != before


def test_it_fits_a_small_screen_and_paper(visit, path):
    """On a telephone the maps are one above the other; on paper side by side again."""
    page = visit(path, width=360, height=700)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    upper, lower = (page.locator(".folium-map").nth(i).bounding_box() for i in range(2))
    assert upper["y"] + upper["height"] <= lower["y"]
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    sizes = page.evaluate("clusterMap.opened.maps.map(m => m.getSize().x)")
    assert sizes[0] == sizes[1] > 500
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("clusterMap.opened.maps[0].getSize().x") <= 360
    assert in_step(page)
