"""What a reader asks the map for: by a search, by a link, on a telephone, on paper."""

import pytest

from cluster_geo.maps import write_map
from cluster_geo.plan import Papers, Wave
from tests.browser.example import Example
from tests.outputs import make_world
from tests.worlds import FIRST_URN

pytestmark = pytest.mark.browser

# A4 and A3 on their side, less margins, in CSS pixels (96 to the inch).
PAPERS = {"A4": (1047, 703), "A3": (1512, 1032)}
OPENED = "Object.values(clusterMap.opened.schools)"


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """The map of three clusters whose schools have names, towns and postcodes of their own."""
    names = {
        FIRST_URN: "Maidstone Grammar School",
        FIRST_URN + 1: "Saint Mary's Primary School",
        FIRST_URN + 2: "Bower Grove Primary School",
    }
    world = make_world(names, town="HENLEY-ON-THAMES", postcode="ME14 1AB")
    table = world.county.schools.table
    table.loc[FIRST_URN + 5 :, "town"] = "Larkfield"
    table.loc[FIRST_URN + 5 :, "postcode"] = "ME20 6QR"
    return write_map(tmp_path_factory.mktemp("choices") / "map.html", world.published())


@pytest.fixture
def page(visit, path):
    return visit(path)


@pytest.fixture(scope="module")
def searched(window, path):
    """One page for all searches: a search begins anew whatever was typed before."""
    page = window.new_page()
    page.goto(path.as_uri())
    yield page
    page.close()


def found(page, text: str) -> list[str]:
    """What the search finds, the first ten."""
    page.fill("#search", text)
    return page.locator("#found button").all_inner_texts()


@pytest.mark.parametrize(
    "typed",
    ["maidston grammer", "Maidstoen", "grammar maidstone", "MAIDSTONE GRAMAR SCHOOL", "maidstone"],
)
def test_the_search_finds_what_is_misspelt(searched, typed):
    """Letters wrong, missing, doubled or swapped, words in another order."""
    assert found(searched, typed)[0].startswith("Maidstone Grammar School")


@pytest.mark.parametrize(
    ("typed", "first", "matches"),
    [
        ("ME14 1AB", "Maidstone Grammar", "5 matches"),
        ("me141ab", "Maidstone Grammar", "5 matches"),
        ("ME20", "School 6", "13 matches, the first 10 shown"),
        ("me20 6", "School 6", "13 matches, the first 10 shown"),
        ("ME14 9ZZ", "Maidstone Grammar", "No school at ME14 9ZZ"),
        ("st marys", "Saint Mary's", "1 match"),
        ("henley", "Henley-on-Thames place", "1 match"),
        ("larkfeild", "Larkfield place", "Spelt a little otherwise: 1 match"),
    ],
)
def test_the_search_finds_postcodes_and_places(searched, typed, first, matches):
    """Whole postcodes, halves, with and without a space; towns; saints by either name."""
    assert found(searched, typed)[0].startswith(first)
    assert searched.locator("#found-status").inner_text().startswith(matches)


def test_the_search_says_what_to_try_where_it_finds_nothing(searched):
    """Not a bare nought."""
    assert found(searched, "nobody of that name") == []
    words = searched.locator("#found-status").inner_text()
    assert words.startswith("0 matches. Try ")
    for what in ("URN", "postcode", "town", "cluster", "trust"):
        assert what in words


def test_a_place_that_is_found_is_shown(page):
    """The map moves there."""
    found(page, "henley")
    page.keyboard.press("Enter")
    until(page, "clusterMap.opened.map.getZoom() === 12.5")
    at = f"clusterMap.opened.map.getBounds().contains(clusterMap.opened.schools[{FIRST_URN}].getLatLng())"
    assert page.evaluate(at)


def seen(page) -> dict:
    """All that a reader has chosen, as the page shows it."""
    return page.evaluate(
        f"""() => ({{
          boxes: [...document.querySelectorAll("input[type=checkbox]")].map((box) => [box.id, box.checked]),
          lists: [...document.querySelectorAll("select")].map((list) => list.value),
          far: document.getElementById("far-limit").value,
          details: document.getElementById("details-words").textContent,
          popup: [...document.querySelectorAll(".leaflet-popup h3")].map((title) => title.textContent),
          dim: {OPENED}.map((symbol) => symbol.options.opacity),
          drawn: {OPENED}.map((symbol) => clusterMap.opened.map.hasLayer(symbol)),
          zoom: clusterMap.opened.map.getZoom(),
          middle: Object.values(clusterMap.opened.map.getCenter()).map((x) => x.toFixed(3)),
        }})"""
    )


def until(page, condition):
    """Wait until a condition holds; Playwright's own way asks the page to evaluate a text."""
    for _ in range(200):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(condition)


def choose_much(page):
    """Layers on and off, a trust, a need, a limit, a cluster, a school, a place on the map."""
    page.check("#show-zones-0")
    page.check("#show-far")
    page.uncheck("#show-srp")
    page.uncheck("#show-schools-1")
    page.fill("#far-limit", "1")
    page.select_option("#pick-trust", label="Trust x")
    page.select_option("#pick-need", "0")
    page.click("[data-cluster='SQU-02']")
    page.wait_for_timeout(400)
    page.click("#details .members button >> nth=2")
    page.wait_for_timeout(400)
    page.focus(".leaflet-container")
    page.keyboard.press("ArrowRight")
    # On a busy machine the map is still moving after any fixed time.
    until(page, "location.hash.includes('at=')")
    page.wait_for_timeout(500)


def test_a_link_shows_what_its_sender_saw(visit, page, path):
    """Layers, trust, need, limit, cluster, school and place: all stand in the address."""
    choose_much(page)
    sent = page.url.partition("#")[2]
    for part in ("cluster=SQU-02", "school=", "trust=", "need=", "show=", "hide=", "far=1", "at="):
        assert part in sent
    other = visit(path, "#" + sent)
    other.wait_for_timeout(400)
    assert seen(other) == seen(page)
    assert other.url == page.url
    assert other.faults == []


def test_an_address_changed_by_hand_is_followed(page):
    """What is no longer in the address is no longer on the map."""
    choose_much(page)
    page.evaluate("location.hash = '#show=journeys'")
    page.wait_for_timeout(400)
    now = seen(page)
    assert dict(now["boxes"])["show-journeys"]
    assert not dict(now["boxes"])["show-far"]
    assert dict(now["boxes"])["show-srp"]
    assert now["lists"] == ["", ""]
    assert now["popup"] == []
    assert page.locator("#details").is_hidden()
    assert set(now["dim"]) == {1}


def test_a_highlight_dims_all_else(page):
    """Areas and names of clusters without a school of the trust step back, as its schools do not."""
    page.select_option("#pick-trust", label="Trust y")
    pale = """Object.values(clusterMap.opened.areas).map((area) =>
      [area.feature.properties.code, area.options.fillOpacity < 0.3])"""
    holding = page.evaluate(
        f"""[...new Set({OPENED}.filter((symbol) => symbol.options.opacity === 1)
          .map((symbol) => symbol.feature.properties.cluster))]"""
    )
    assert holding
    assert {code for code, dim in page.evaluate(pale) if not dim} == set(holding)
    assert page.locator(".label.faint").count() == 3 - len(holding)
    page.select_option("#pick-trust", "")
    assert not any(dim for _, dim in page.evaluate(pale))
    assert page.locator(".label.faint").count() == 0


def test_the_scale_is_in_kilometres_and_miles_at_every_zoom(page):
    """Also where it is less than one of either."""
    for zoom in (7, 9, 11, 13, 15, 17):
        page.evaluate(f"void clusterMap.opened.map.setZoom({zoom}, {{animate: false}})")
        metric, imperial = page.locator(".leaflet-control-scale-line").all_inner_texts()
        assert metric.endswith(" km")
        assert imperial.endswith((" miles", " mile"))
        bars = [float(text.split()[0]) for text in (metric, imperial)]
        wide = [
            box.bounding_box()["width"] for box in page.locator(".leaflet-control-scale-line").all()
        ]
        assert bars[0] / wide[0] == pytest.approx(1.609 * bars[1] / wide[1], rel=0.05)


def test_a_popup_on_a_telephone_is_clear_of_the_buttons(visit, path):
    """It comes up from the lower edge, with its school in sight above it; so do a cluster's facts."""
    page = visit(path, f"#school={FIRST_URN + 4}", width=360, height=740)
    page.wait_for_timeout(400)
    title, close = page.locator(".leaflet-popup h3"), page.locator(".leaflet-popup-close-button")
    sheet = page.locator(".leaflet-popup").bounding_box()
    assert sheet["x"] == 0
    assert sheet["width"] == 360
    assert sheet["y"] + sheet["height"] == pytest.approx(740, abs=1)
    for button in (".leaflet-control-zoom-in", ".leaflet-control-zoom-out"):
        assert page.locator(button).bounding_box()["y"] + 30 < title.bounding_box()["y"]
    text = title.bounding_box()
    at = page.evaluate(
        f"""(() => {{ const map = clusterMap.opened.map;
        const point = map.latLngToContainerPoint(clusterMap.opened.schools[{FIRST_URN + 4}].getLatLng());
        return map.getContainer().getBoundingClientRect().top + point.y; }})()"""
    )
    assert 60 < at < sheet["y"] - 10
    top = page.evaluate(
        "([x, y]) => document.elementFromPoint(x, y).closest('.leaflet-popup') !== null",
        [text["x"] + 5, text["y"] + 5],
    )
    assert top
    assert close.bounding_box()["width"] >= 44
    close.click()
    page.wait_for_timeout(400)
    assert page.locator(".leaflet-popup").count() == 0
    page.click("[data-cluster='SQU-03']")
    page.wait_for_timeout(400)
    box = page.locator("#details").bounding_box()
    assert box["y"] + box["height"] == pytest.approx(740, abs=1)
    assert page.locator(".ground").bounding_box()["y"] < 200
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def on_paper(visit, path, paper: str, *, all_on: bool = False):
    """The page as it is laid out for a sheet, with all that can be shown if asked."""
    width, height = PAPERS[paper]
    page = visit(path, width=width, height=height)
    if all_on:
        page.evaluate(
            """document.querySelectorAll(".legend input[type=checkbox]:not(:checked)")
              .forEach((box) => box.click())"""
        )
        page.select_option("#pick-trust", "0")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    return page


@pytest.mark.parametrize("all_on", [False, True])
@pytest.mark.parametrize("paper", PAPERS)
def test_the_map_uses_its_paper(visit, path, many, paper, all_on):
    """Nearly all of the width and most of the height, A3 as A4, the legend on the same sheet."""
    width, height = PAPERS[paper]
    page = on_paper(visit, many if all_on else path, paper, all_on=all_on)
    ground = page.locator(".ground").bounding_box()
    assert 0.95 * width < ground["width"] <= width
    assert ground["height"] > 0.78 * height
    legend = page.locator(".legend").bounding_box()
    assert ground["y"] + ground["height"] <= legend["y"] + 1
    assert legend["y"] + legend["height"] <= height


def test_the_legend_on_paper_is_of_what_is_visible(visit, path):
    """What is not on the map is not explained, what is lit up is named, and no boxes are printed."""
    page = on_paper(visit, path, "A4")
    shown = ".legend .choices label:visible, .legend .choices legend:visible"
    words = " ".join(page.locator(shown).all_inner_texts())
    for what in ("Primary", "Secondary", "With an SRP", "Ground of clusters"):
        assert what in words
    for what in (
        "District",
        "Far is",
        "without an SRP",
        "To central school",
        "Names",
        "Background",
    ):
        assert what not in words
    assert page.locator(".legend input[type=checkbox]:visible").count() == 0
    page.emulate_media(media="screen")
    page.check("#show-zones-0")
    page.check("#show-far")
    page.uncheck("#show-schools-1")
    page.select_option("#pick-trust", label="Trust x")
    page.emulate_media(media="print")
    words = " ".join(page.locator(shown).all_inner_texts())
    assert "District" in words
    assert "Far is more than" in words
    assert "Secondary" not in words
    assert page.locator(".legend .on-paper").inner_text() == "Lit up: Trust x"


BOXES = """() => [...document.querySelectorAll(".label span")].map((span) => {
  const {left, top, right, bottom} = span.getBoundingClientRect();
  return [left, top, right, bottom, span.textContent];
})"""


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """The example county's map, of a dozen clusters and more."""
    return Example(tmp_path_factory.mktemp("many")).map()


@pytest.mark.parametrize("width", [360, 1400])
def test_no_two_labels_overlap_at_any_zoom(visit, many, width):
    """From the whole county to a street, names are thinned and never lie over each other."""
    page = visit(many, width=width, height=800)
    page.check("#show-zones-0")
    for zoom in (8, 9, 10, 11, 12, 13):
        page.evaluate(f"void clusterMap.opened.map.setZoom({zoom}, {{animate: false}})")
        boxes = page.evaluate(BOXES)
        for k, (left, top, right, bottom, text) in enumerate(boxes):
            for other in boxes[k + 1 :]:
                apart = (
                    right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
                )
                assert apart, (zoom, text, other[4])


def test_no_cluster_goes_unlabelled_when_zoomed_in(visit, many):
    """Each has its name, and never its code in its place, once the map shows it by itself."""
    page = visit(many)
    names = page.evaluate(
        "Object.values(clusterMap.opened.areas).map((area) => area.feature.properties)"
    )
    labels = ".label:not(.zone-label):not(.other-label):not(.place-label)"
    assert len(names) > 8
    for facts in names:
        page.evaluate(
            """(code) => { clusterMap.opened.map.fitBounds(
              clusterMap.opened.areas[code].getBounds(), {animate: false}); }""",
            facts["code"],
        )
        assert facts["name"] in page.locator(labels).all_text_contents()
    # Deep in an area whose spot is out of sight its name is written where the reader is.
    page.evaluate(
        """(code) => { const area = clusterMap.opened.areas[code], at = area.getBounds();
          clusterMap.opened.map.setView(area.feature.properties.label, 15, {animate: false});
          clusterMap.opened.map.panBy([700, 0], {animate: false}); }""",
        names[0]["code"],
    )
    assert page.locator(labels).count() >= 1


def test_swatches_stand_beside_names_that_wrap(visit, many):
    """In the table of clusters the name has its own column of lines."""
    page = visit(many, width=800)
    for row in page.locator("table.clusters tbody th").all():
        swatch, name = row.locator(".swatch").bounding_box(), row.locator("span").bounding_box()
        assert swatch["x"] + swatch["width"] < name["x"]
        assert name["y"] - 3 <= swatch["y"] < name["y"] + 24


@pytest.fixture(scope="module")
def in_waves(tmp_path_factory):
    """The map of a plan whose clusters start on different days."""
    world = make_world()
    codes = world.plan.labels
    days = (Wave("2026-09-01", "Pilot"), Wave("2027-01-04"), Wave("2027-09-01"))
    papers = Papers(waves=dict(zip(codes, days, strict=True)))
    published = world.published(papers=papers)
    return write_map(tmp_path_factory.mktemp("waves") / "map.html", published), codes


def test_clusters_are_lit_up_by_the_day_they_start(visit, in_waves):
    """Those that have started by then, and no other; by the list and by an address."""
    path, codes = in_waves
    page = visit(path)
    bright = (
        f"{OPENED}.filter((s) => s.options.opacity === 1).map((s) => s.feature.properties.cluster)"
    )
    for date, lit in (("2026-09-01", codes[:1]), ("2027-01-04", codes[:2]), ("", codes)):
        page.select_option("#pick-start", date)
        assert set(page.evaluate(bright)) == set(lit), date
        assert (f"started={date}" in page.url) == bool(date)
    linked = visit(path, "#started=2026-09-01")
    assert set(linked.evaluate(bright)) == {codes[0]}
    linked.evaluate(f"clusterMap.opened.select({codes[0]!r})")
    words = linked.locator("#details-words").inner_text().replace("\N{NO-BREAK SPACE}", " ")
    assert "1 September 2026 (Pilot)" in words
    assert linked.faults == []
