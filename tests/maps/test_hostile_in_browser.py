"""Hostile names in a real browser: text in every place where a name can stand."""

import pytest

from cluster_geo.maps import write_map
from tests.harm import (
    CODES,
    LAYER,
    NAMES,
    NEEDS,
    TITLE,
    TOWN,
    brief_of_harm,
    seen,
    words,
    world_of_harm,
)
from tests.markup import EVALUATED, markup_of, unescaped
from tests.worlds import FIRST_URN

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def world():
    return world_of_harm()


@pytest.fixture(scope="module")
def path(world, tmp_path_factory):
    published = world.published(brief_of_harm())
    return write_map(tmp_path_factory.mktemp("harm") / "map.html", published)


@pytest.fixture
def page(visit_harm, path):
    return visit_harm(path)


def test_title_legend_and_lists(page):
    """In head and title, the boxes of layers, the lists of trusts and needs, the table."""
    assert words(page, "h1") == [seen(TITLE)]
    assert page.title() == f"{seen(TITLE)}: map"
    assert f"version {seen(NAMES[9])}" in words(page, ".top p")[-1]
    layer = seen(LAYER)
    assert any(layer in text for text in words(page, "label:has(#show-zones-0)"))
    assert any(layer in text for text in words(page, "label:has(#show-outside-0)"))
    assert {seen(NAMES[2]), seen(NAMES[3])} <= set(words(page, "#pick-trust option"))
    assert set(words(page, "#pick-need option")[1:]) == {seen(need) for need in NEEDS.split("|")}
    page.select_option("#pick-need", "1")
    assert words(page, "#no-srp-need") == [f"for {words(page, '#pick-need option')[2]}"]
    assert len(page.locator("table.clusters [data-cluster]").all()) == 3


def test_tooltips_and_popups(page):
    """Of every school; the popup tells its cluster, trust, federation, zone and needs as text."""
    for urn in range(FIRST_URN, FIRST_URN + 18):
        name = seen(NAMES[(urn - FIRST_URN) % len(NAMES)])
        page.evaluate(f"clusterMap.opened.open({urn})")
        assert words(page, ".leaflet-popup h3")[-1] == name
        tip = page.evaluate(
            f"""() => {{
              const symbol = clusterMap.opened.schools[{urn}].openTooltip();
              const text = symbol.getTooltip().getElement().textContent;
              symbol.closeTooltip();
              return text;
            }}"""
        )
        assert seen(tip) == name
        popup = words(page, ".leaflet-popup table")[-1]
        assert "${x}" in popup
        assert "</script>" in popup
        assert seen(LAYER) in popup
        assert seen(NEEDS.split("|")[1]) in popup or "SRP" not in popup


def test_clusters_in_tooltip_label_panel_and_address(page, world):
    """A cluster may be called anything, and is chosen, named and passed on all the same."""
    titles = {code: seen(name) for code, name in world.plan.names.items()}
    for place, code in enumerate(CODES):
        page.locator("table.clusters [data-cluster]").nth(place).click()
        (heading,) = words(page, "#details h2")
        assert heading in {f"{name} {seen(code)}" for code, name in titles.items()}
        page.locator("#details summary").click()
        text = words(page, "#details-words")[0]
        assert seen(LAYER) in text
        shown = words(page, "#details .members button")
        assert len(shown) == 6
        assert set(shown) <= {seen(name) for name in NAMES}
    tips = page.evaluate(
        """Object.values(clusterMap.opened.areas).map((area) => {
          const text = area.openTooltip().getTooltip().getElement().textContent;
          area.closeTooltip();
          return text;
        })"""
    )
    assert {seen(tip) for tip in tips} == {f"{n} ({seen(c)})" for c, n in titles.items()}
    page.click("#details-close")
    labels = set(words(page, ".label"))
    assert labels
    assert labels <= set(titles.values()) | set(CODES) | {seen(TOWN)}
    page.uncheck("#show-areas")
    page.check("#show-zones-0")
    assert set(words(page, ".label")) - {seen(TOWN)} == {seen(NAMES[9]), seen(NAMES[3])}


@pytest.mark.parametrize("code", CODES)
def test_a_hostile_address(visit_harm, path, code):
    """A code is found in an address as it is written there, quoted or not."""
    first = visit_harm(path)
    first.evaluate("code => clusterMap.opened.select(code)", code)
    page = visit_harm(path, "#" + first.url.partition("#")[2])
    assert words(page, "#details h2")[0].endswith(seen(code))


def test_search_and_table(page):
    """Every name is found by its own letters and stands in the table of all schools."""
    for name in map(seen, NAMES):
        page.fill("#search", name)
        assert any(text.startswith(name) for text in words(page, "#found button")), name
    page.click("#show-table")
    shown = set(words(page, "#table-words tbody th"))
    assert shown == {seen(name) for name in NAMES}


def test_nothing_was_evaluated_on_the_way(path):
    """No template engine has turned 7*7 into 49, and no name stands in the file as it was."""
    text = path.read_text("utf-8")
    assert not EVALUATED.search(markup_of(text))
    assert unescaped((*NAMES, LAYER, TITLE), text) == []
