"""Who cannot use a mouse, see a map or keep a screen: keyboard, table, address and paper."""

from pathlib import Path

import pytest

from cluster_geo.maps import write_map
from tests.outputs import make_world
from tests.worlds import FIRST_URN

pytestmark = pytest.mark.browser

# A3 and A4 on their side, less margins, in CSS pixels (96 to the inch).
PAPERS = {"A4": (1047, 703), "A3": (1512, 1032)}


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return write_map(tmp_path_factory.mktemp("reach") / "map.html", make_world().published())


@pytest.fixture
def page(visit, path):
    return visit(path)


def focused(page) -> str:
    """What tells the element that has the focus."""
    return page.evaluate(
        "document.activeElement.id || Object.values(document.activeElement.dataset)[0] "
        "|| document.activeElement.className"
    )


def test_every_control_is_reached_by_keyboard(page):
    """Tab comes to each box, list, button and link there is, and to the map itself."""
    controls = set(
        page.evaluate(
            """[...document.querySelectorAll("input, select, button, .leaflet-container")]
              .filter((control) => control.checkVisibility())
              .map((control) => control.id || Object.values(control.dataset)[0])"""
        )
    )
    seen = set()
    for _ in range(len(controls) + 12):
        page.keyboard.press("Tab")
        seen.add(focused(page))
    assert controls <= seen
    assert {"search", "show-no-srp", "far-limit", "show-table", "pick-trust", "SQU-01"} <= controls


def test_a_school_is_opened_and_closed_from_the_keyboard(page):
    """Focus goes to the popup that opens, and back to the list when it closes."""
    page.focus("[data-cluster='SQU-01']")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    page.focus("#details .members button")
    urn = focused(page)
    page.keyboard.press("Enter")
    title = page.evaluate("document.activeElement.textContent")
    assert title == page.locator(".leaflet-popup h3").inner_text()
    page.keyboard.press("Escape")
    page.wait_for_timeout(400)
    assert page.locator(".leaflet-popup").count() == 0
    assert focused(page) == urn


def test_the_map_moves_by_keyboard(page):
    """Arrow keys move it, plus and minus zoom it."""
    view = "(() => {const m = clusterMap.opened.map; return [m.getCenter().lng, m.getZoom()];})()"
    page.focus(".leaflet-container")
    before = page.evaluate(view)
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)
    moved = page.evaluate(view)
    assert moved[0] > before[0]
    page.keyboard.press("+")
    page.wait_for_timeout(500)
    assert page.evaluate(view)[1] > moved[1]


def test_a_table_says_what_the_map_shows(visit, path, page):
    """Every school with its cluster, journey and ties; by its button, its address, and Escape."""
    page.click("#show-table")
    rows = page.locator("#table-words tbody tr")
    assert rows.count() == 18
    head = page.locator("#table-words thead").inner_text()
    for word in ("Cluster", "School", "URN", "To central school, km", "SRP", "Trust", "District"):
        assert word in head
    names = [name.inner_text() for name in page.locator("#table-words tbody th").all()]
    on_map = "Object.values(clusterMap.opened.schools).map(s => s.feature.properties.name)"
    assert sorted(names) == sorted(page.evaluate(on_map))
    assert "West (SQU-01)" in rows.first.inner_text()
    page.keyboard.press("Escape")
    assert page.locator("#table").is_hidden()
    assert focused(page) == "show-table"
    assert visit(path, "#table").locator("#table").is_visible()


def test_the_table_is_sorted_filtered_and_downloaded(page):
    """By a heading, by words in any order, and what shows is what the file has."""
    page.click("#show-table")
    body = "#table-words tbody tr"
    page.click("#table-words th:nth-child(3) button")
    urns = [row.locator("td").nth(1).inner_text() for row in page.locator(body).all()]
    assert urns == sorted(urns, key=int)
    page.click("#table-words th:nth-child(3) button")
    first = page.locator(body).first.locator("td").nth(1)
    assert first.inner_text() == urns[-1]
    align = "cell => getComputedStyle(cell).textAlign"
    assert first.evaluate(align) == "right"
    page.fill("#table input[type=search]", urns[4])
    shown = [row for row in page.locator(body).all() if row.is_visible()]
    assert [row.locator("td").nth(1).inner_text() for row in shown] == [urns[4]]
    with page.expect_download() as started:
        page.click("#table .tools button")
    text = Path(started.value.path()).read_text(encoding="utf-8-sig")
    assert started.value.suggested_filename == "all_schools.csv"
    assert len(text.splitlines()) == 2
    assert urns[4] in text


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("#cluster=SQU-03", "East"),
        ("#cluster=SQU%2D03", "East"),
        (f"#school={FIRST_URN + 4}", "School 5"),
        ("#cluster=NOWHERE", ""),
        ("#cluster=%E0%A4%A", ""),
        ("#school=1", ""),
        ("#constructor=1", ""),
    ],
)
def test_an_address_leads_to_a_cluster_or_a_school(visit, path, address, shown):
    """What the address names is open; one that names nothing opens the whole map."""
    page = visit(path, address)
    found = page.locator("#details h2, .leaflet-popup h3").all_inner_texts()
    assert len(found) == bool(shown)
    assert all(shown in text for text in found)
    assert page.faults == []


@pytest.mark.parametrize("paper", PAPERS)
def test_it_prints_on_one_sheet(visit, path, paper):
    """The whole map fits the sheet; what cannot be used on paper is left out; the table follows."""
    width, height = PAPERS[paper]
    page = visit(path, width=width, height=height)
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    box = page.locator(".ground").bounding_box()
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= height
    whole = "clusterMap.opened.map.getBounds().contains(Object.values(clusterMap.opened.areas)[0].getBounds())"
    assert page.evaluate(whole)
    for hidden in (".find", "#pick-trust", ".leaflet-control-zoom", "#table"):
        assert page.locator(hidden).is_hidden()
    assert page.locator("table.clusters").bounding_box()["y"] > box["y"]
    assert len(page.pdf(format=paper, landscape=True)) > 1000
