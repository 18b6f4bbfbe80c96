"""Every figure of two plans side by side as a reader meets it, in a real browser."""

from __future__ import annotations

import math
from html import unescape

import pytest

from tests.figures.said import numbers
from tests.figures.test_comparison import AFTER_OF, BEFORE, TITLES, clusters, moves, places

pytestmark = pytest.mark.browser

SIDES = (BEFORE, AFTER_OF)
POPUPS = """(k) => Object.fromEntries(Object.entries(clusterMap.opened.sides[k].schools).map(
  ([urn, symbol]) => {
    symbol.openPopup();
    const box = symbol.getPopup().getElement(), text = (node) => node.textContent.trim();
    return [urn, {
      name: text(box.querySelector("h3")), kind: text(box.querySelector("p")),
      rows: [...box.querySelectorAll("tr")].map((row) => [...row.children].map(text)),
      tags: [...box.querySelectorAll(".tag")].map(text), moved: symbol.options.moved,
    }];
  }))"""
AREAS = """(k) => Object.fromEntries(Object.entries(clusterMap.opened.sides[k].areas).map(
  ([code, area]) => [code, [area.options.fillOpacity, area.options.fillColor,
                            area.getTooltip().getContent(), area.options.color]]))"""


@pytest.fixture(scope="module")
def page(chromium, compared):
    page = chromium.new_page(viewport={"width": 1400, "height": 900})
    page.goto((compared / "comparison.html").as_uri())
    page.wait_for_function("clusterMap.opened")
    yield page
    page.close()


def named(code: str) -> str:
    return code if TITLES[code] == code else f"{TITLES[code]} ({code})"


@pytest.mark.parametrize("side", [0, 1])
def test_the_popup_of_each_school(minutes, page, side):
    """Its cluster and its journey in that plan, whatever they are in the other."""
    at, moving = places(SIDES[side]), {move["urn"]: move for move in moves(minutes)}
    popups = page.evaluate(POPUPS, side)
    assert {int(urn) for urn in popups} == set(at)
    for urn, code in at.items():
        row, popup = minutes.sums.rows[urn], popups[str(urn)]
        hub = minutes.sums.hub(SIDES[side][code])
        trip = f"{minutes.sums.trip(urn, hub):.1f} minutes"
        expected = {
            "Cluster": named(code),
            "To central school": "is the central school" if urn == hub else trip,
            "Trust": f"Trust {row.trust}" if row.trust else "",
            "Pupils": "" if math.isnan(row.pupils) else f"{row.pupils:,.0f}",
        }
        assert popup["rows"] == [[name, said] for name, said in expected.items() if said]
        assert popup["name"] == row.name
        assert popup["kind"] == f"{row.phase.capitalize()} school, {urn}"
        assert popup["moved"] == (urn in moving)
        if urn not in moving:
            assert popup["tags"] == []
            continue
        (tag,) = popup["tags"]
        ends = [named(c) for c in (moving[urn]["from_cluster"], moving[urn]["to_cluster"]) if c]
        assert [tag.index(end) for end in ends] == sorted(tag.index(end) for end in ends)
        assert ("Only in the" in tag) == (len(ends) == 1)
        assert ("second plan" in tag) == (moving[urn]["from_cluster"] == "")


@pytest.mark.parametrize("side", [0, 1])
def test_clusters_that_stay_as_they_are_are_pale(minutes, page, side):
    """The others are drawn strong; each has one colour in both plans, and says what changes."""
    areas = page.evaluate(AREAS, side)
    assert set(areas) == set(SIDES[side])
    told = {row["cluster"]: row for row in clusters(minutes)}
    for code, (opacity, fill, tip, line) in areas.items():
        assert opacity == (0.3 if told[code]["change"] == "unchanged" else 0.85)
        assert line == "#ffffff"
        name, _, change = unescape(tip).partition(": ")
        plain = f'{TITLES[code]} (<span class="code">{code}</span>)'
        assert name == (code if TITLES[code] == code else plain)
        assert change.startswith(told[code]["change"])
        counts = [told[code][name] for name in ("stay", "leave", "join")]
        expected = [counts[0], *(count for count in counts[1:] if count)]
        assert numbers(change) == ([] if told[code]["change"] == "unchanged" else expected)
        if code in SIDES[1 - side]:
            assert fill == page.evaluate(AREAS, 1 - side)[code][1]


def test_each_map_bears_the_borders_of_the_other(page):
    """Dashed over the first are the second's areas, and the other way about."""
    found = page.evaluate(
        """clusterMap.opened.maps.map((map) => {
          const found = [];
          map.eachLayer((layer) => {
            if (layer.options.dashArray === "5 4" && layer.feature) {
              found.push(layer.feature.properties.code);
            }
          });
          return found.sort();
        })"""
    )
    assert found == [sorted(AFTER_OF), sorted(BEFORE)]


def test_the_schools_that_stay_fade(minutes, page):
    """Ticked, those that move alone stay bright, on both maps."""
    page.check("#show-movers")
    bright = """clusterMap.opened.sides.map((side) => Object.entries(side.schools)
      .filter(([, symbol]) => symbol.options.opacity === 1).map(([urn]) => Number(urn)))"""
    moving = {move["urn"] for move in moves(minutes)}
    assert [set(urns) for urns in page.evaluate(bright)] == [
        moving & set(places(side)) for side in SIDES
    ]
    page.uncheck("#show-movers")
    assert [len(urns) for urns in page.evaluate(bright)] == [len(places(s)) for s in SIDES]


def test_symbols_tell_phase_provision_and_central_school(minutes, page):
    """The central school is that of the plan the map is of."""
    for side, groups in enumerate(SIDES):
        options = page.evaluate(
            """(k) => Object.fromEntries(Object.entries(clusterMap.opened.sides[k].schools).map(
              ([urn, {options}]) => [urn, [options.shape, options.srp, options.hub]]))""",
            side,
        )
        hubs = {minutes.sums.hub(members) for members in groups.values()}
        assert options == {
            str(urn): [row.phase, row.needs is not None, urn in hubs]
            for urn, row in minutes.sums.rows.items()
            if urn in places(groups)
        }


def test_the_first_plan_is_on_the_first_map(page):
    """Each map is called by the plan that it shows."""
    titles = [page.locator(f"#side-{k}").text_content() for k in (0, 1)]
    assert "first.csv" in titles[0]
    assert "second.csv" in titles[1]
    labels = page.evaluate(
        "clusterMap.opened.maps.map(m => m.getContainer().getAttribute('aria-label'))"
    )
    assert labels == titles
