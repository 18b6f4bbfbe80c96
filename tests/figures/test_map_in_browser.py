"""Every figure of the map as a reader meets it, in a real browser."""

from __future__ import annotations

import math
from html import unescape

import pytest

from cluster_geo.maps import write_map
from tests.figures.county import URNS, ZONES
from tests.figures.mapped import NEEDS, PHASES, TRUSTS, cluster, outside, school, verdicts
from tests.figures.said import CLUSTERS, LAYERS, TITLES, hubs, numbers

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(chromium, minutes, tmp_path_factory):
    path = write_map(tmp_path_factory.mktemp("map") / "map.html", minutes.published)
    page = chromium.new_page(viewport={"width": 1300, "height": 900})
    page.goto(path.as_uri())
    page.wait_for_function("clusterMap.opened")
    yield page
    page.close()


def table(page, where: str) -> dict[str, str]:
    """The rows of a table of two columns, by their headings."""
    code = f"""[...document.querySelectorAll('{where} tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent.replace(/\\s+/g, ' ').trim()))"""
    rows = page.evaluate(code)
    assert len({row[0] for row in rows}) == len(rows)
    return dict(rows)


def named(code: str) -> str:
    return code if TITLES[code] == code else f"{TITLES[code]} ({code})"


def called(facts) -> str:
    return named(facts["cluster"])


# Every popup: opened, and what it says by its parts.
POPUPS = """() => Object.fromEntries(Object.entries(clusterMap.opened.schools).map(([urn, symbol]) => {
  symbol.openPopup();
  const box = symbol.getPopup().getElement(), text = (node) => node.textContent.trim();
  return [urn, {
    name: text(box.querySelector("h3")), kind: text(box.querySelector("p")),
    rows: [...box.querySelectorAll("tr")].map((row) => [...row.children].map(text)),
    tags: box.querySelectorAll(".tag").length,
  }];
}))"""


def test_the_popup_of_each_school(minutes, page):
    """Each line is that of its own fact; what is not known has no line."""
    popups = page.evaluate(POPUPS)
    assert len(popups) == len(URNS) + 1
    for urn, row in minutes.sums.rows.items():
        facts, popup = school(minutes, row), popups[str(urn)]
        strays = ", ".join(list(LAYERS.values())[k] for k in facts.get("outside", []))
        expected = {
            "Cluster": called(facts),
            "To central school": "" if facts["hub"] else f"{facts['travel']} minutes",
            "URN": str(urn), "SRP": facts.get("needs", ""), "Trust": facts.get("trust", ""),
            "Federation": facts.get("federation", ""), **dict(facts["zones"]),
            "Outside its cluster's main": strays, "Pupils": facts.get("pupils", ""),
            "With an EHCP": facts.get("ehcp", ""), "On SEN support": facts.get("sen", ""),
            "Postcode": facts["postcode"],
        }  # fmt: skip
        assert popup["rows"] == [[name, said] for name, said in expected.items() if said]
        kind = [facts["phase_label"], f"ages {facts['ages']}", facts.get("admissions", "")]
        assert (popup["name"], popup["kind"]) == (row.name, ", ".join(filter(None, kind)))
        assert popup["tags"] == facts["hub"]


@pytest.mark.parametrize("code", CLUSTERS)
def test_the_facts_of_a_cluster(minutes, page, code):
    """Each line is that of its own fact, and the list has its own schools, each once."""
    page.evaluate(f"clusterMap.opened.select({code!r})")
    told, rows = cluster(minutes, code), minutes.sums.of(CLUSTERS[code])

    def listed(counts) -> str:
        return ", ".join(f"{name} {number}" for name, number in counts)

    found = table(page, "#details-words > table")
    assert found == {
        "Schools": f"{told['schools']}: {told['phases']}", "Central school": told["hub"],
        "Journey to it, mean": f"{told['mean']} minutes",
        "Longest": f"{told['worst']} minutes ({told['furthest']})",
        "SRPs": f"{told['srps']}: {listed(told['needs'])}" if told["srps"] else "none",
        "Trusts": f"{len(told['trusts'])}: {listed(told['trusts'])}", **dict(told["zones"]),
        "Pupils": told["pupils"], "With an EHCP": told["ehcp"], "On SEN support": told["sen"],
    }  # fmt: skip
    items = page.locator("#details-words .members li").all_text_contents()
    assert items == [
        f"{row.name} {row.phase.capitalize()} school"
        + (", SRP" if row.needs is not None else "")
        + (", central school" if row.urn == told["hub_urn"] else "")
        for row in sorted(rows, key=lambda row: row.name)
    ]
    rules = table(page, "#details-words details")
    for title, added in verdicts(minutes, code).items():
        verdict = rules[title].partition(":")[0]
        if isinstance(added, bool):
            assert verdict == ("met" if added else "broken")
        else:
            assert numbers(verdict) == ([pytest.approx(added, abs=0.051)] if added else [])
    broken = page.locator("#details-words summary").text_content()
    assert ("1 of 7 broken" if code == "ALD-01" else "none broken") in broken


@pytest.mark.parametrize("code", CLUSTERS)
def test_lines_run_from_a_clusters_schools_to_its_central_one(minutes, page, code):
    """One from each but the central school, from where it stands."""
    ends = page.evaluate(
        """(code) => {
          const {select, schools, map} = clusterMap.opened;
          select(code);
          const at = Object.fromEntries(Object.entries(schools).map(
            ([urn, symbol]) => [symbol.getLatLng().toString(), urn]));
          const found = [];
          map.eachLayer((line) => {
            if (line instanceof L.Polyline && !(line instanceof L.Polygon) && line.options.weight === 1.3) {
              found.push(line.getLatLngs().map((end) => at[end.toString()]));
            }
          });
          select(null);
          return found;
        }""",
        code,
    )
    hub = minutes.sums.hub(CLUSTERS[code])
    assert sorted(ends) == [[str(urn), str(hub)] for urn in CLUSTERS[code] if urn != hub]


def test_the_table_of_all_schools(minutes, page):
    """Each column holds what its heading names; a row for each school, by cluster and name."""
    page.evaluate("location.hash = '#table'")
    page.locator("#table-words td").first.wait_for()
    cells = page.evaluate(
        "[...document.querySelectorAll('#table-words tr')].map(row =>"
        " [...row.children].map(cell => cell.textContent.trim()))"
    )
    page.click("#table-close")
    head, *body = cells
    rows = {row[2]: dict(zip(head, row, strict=True)) for row in body}
    assert len(rows) == len(URNS) + 1
    for urn in URNS:
        facts = school(minutes, minutes.sums.rows[urn])
        zones = dict(facts["zones"])
        assert rows[str(urn)] == {
            "Cluster": called(facts), "School": facts["name"], "URN": str(urn),
            "Kind": facts["phase_label"],
            "To central school, minutes": "central school" if facts["hub"] else facts["travel"],
            "SRP": facts.get("needs", ""), "Trust": facts.get("trust", ""),
            **{title: zones.get(title, "") for title in LAYERS.values()},
            "Outside its cluster's main": ", ".join(
                list(LAYERS.values())[k] for k in facts.get("outside", [])
            ),
            "Pupils": facts.get("pupils", ""), "With an EHCP": facts.get("ehcp", ""),
            "On SEN support": facts.get("sen", ""),
        }  # fmt: skip
    assert rows["900001"]["Cluster"] == "in no cluster"
    order = [(row[0], row[1]) for row in body if row[0] != "in no cluster"]
    codes = [next(c for c in CLUSTERS if named(c) == name) for name, _ in order]
    assert [(c, name) for c, (_, name) in zip(codes, order, strict=True)] == sorted(
        (c, name) for c, (_, name) in zip(codes, order, strict=True)
    )


def test_symbols_tell_what_a_school_is(minutes, page):
    """Shape by phase, ring by SRP, ticks by central school, frames by layer; size by shape."""
    options = page.evaluate(
        """Object.fromEntries(Object.entries(clusterMap.opened.schools).map(([urn, symbol]) =>
          [urn, [symbol.options.shape, symbol.options.srp, symbol.options.hub,
                 symbol.options.outside, symbol.options.fillColor,
                 symbol.getRadius() / clusterMap.radius(clusterMap.opened.map)]]))"""
    )
    fills = dict(zip(PHASES, ("#ffffff", "#16283c", "#16283c"), strict=True))
    for urn in URNS:
        facts = school(minutes, minutes.sums.rows[urn])
        assert options[str(urn)] == [
            facts["phase"], facts["srp"], facts["hub"], outside(minutes, urn), fills[facts["phase"]],
            pytest.approx(1.1 if facts["phase"] == "secondary" else 1),
        ]  # fmt: skip


def test_areas_have_their_colours_and_names(minutes, page):
    """The fill of each area and what hovering over it says; schools say their names."""
    told = page.evaluate(
        """Object.entries(clusterMap.opened.areas).map(([code, area]) =>
          [code, area.options.fillColor, area.getTooltip().getContent()])"""
    )
    for code, fill, said in told:
        assert fill == minutes.published.colours[code]
        plain = f'{TITLES[code]} (<span class="code">{code}</span>)'
        assert said == (code if TITLES[code] == code else plain)
    names = page.evaluate(
        "Object.entries(clusterMap.opened.schools).map(([u, s]) => [u, s.getTooltip().getContent()])"
    )
    told = {int(urn): unescape(name) for urn, name in names if int(urn) in URNS}
    assert told == {urn: row.name for urn, row in minutes.sums.rows.items()}


@pytest.mark.parametrize("limit", [0, 12, 25])
def test_schools_far_from_their_central_school(minutes, page, limit):
    """Counted and drawn by the journey to it, beyond the limit chosen."""
    page.fill("#far-limit", str(limit))
    trips = [minutes.sums.trip(urn, hub) for urn, hub in hubs(minutes).items()]
    expected = sum(float(f"{trip:.1f}") > limit for trip in trips)
    assert page.locator("#far-count").text_content() == str(expected)
    lines = page.evaluate(
        "clusterMap.opened.gaps.far.getLayers().map(line => line.getLatLngs().map(String))"
    )
    at = page.evaluate(
        "Object.fromEntries(Object.entries(clusterMap.opened.schools)"
        ".map(([urn, symbol]) => [String(symbol.getLatLng()), Number(urn)]))"
    )
    assert {tuple(at[end] for end in line) for line in lines} == {
        (urn, hub)
        for urn, hub in hubs(minutes).items()
        if float(f"{minutes.sums.trip(urn, hub):.1f}") > limit
    }


def test_clusters_without_provision(minutes, page):
    """Of any need, then of each: those hatched are the ones counted."""
    hatched = """clusterMap.opened.gaps.hatched.getLayers()
      .map((area) => area.getLayers()[0].feature.properties.code)"""
    clusters = {code: cluster(minutes, code) for code in CLUSTERS}
    for place, need in enumerate(("", *NEEDS)):
        page.select_option("#pick-need", str(place - 1) if need else "")
        without = [
            code
            for code, told in clusters.items()
            if need not in dict(told["needs"]) and (need or not told["srps"])
        ]
        assert page.locator("#no-srp-count").text_content() == str(len(without))
        assert (
            page.evaluate(f"clusterMap.opened.gaps.without('{place - 1 if need else ''}')")
            == without
        )
        assert page.evaluate(hatched) == without
        assert page.locator("#no-srp-need").text_content() == (f" for {need}" if need else "")
    page.select_option("#pick-need", "")


def test_the_schools_of_a_trust_or_a_need_light_up(minutes, page):
    """So many schools in so many clusters; they alone stay bright."""
    bright = """Object.entries(clusterMap.opened.schools)
      .filter(([, symbol]) => symbol.options.opacity === 1).map(([urn]) => Number(urn))"""
    for box, values in (("trust", TRUSTS), ("need", NEEDS)):
        for place, value in enumerate(values):
            page.select_option(f"#pick-{box}", str(place))
            lit = [
                urn
                for urn, row in minutes.sums.rows.items()
                if value in (row.trust if box == "trust" else (row.needs or "")).split("|")
            ]
            clusters = sum(bool(set(lit) & set(members)) for members in CLUSTERS.values())
            assert numbers(page.locator("#lit").text_content()) == [len(lit), clusters]
            assert page.evaluate(bright) == lit
        page.select_option(f"#pick-{box}", "")


def test_frames_around_schools_outside(minutes, page):
    """A box for each layer: ticked, its schools have its frame, by that layer's dashes."""
    for place, _ in enumerate(ZONES):
        page.check(f"#show-outside-{place}")
        shown = page.evaluate("[...clusterMap.show.outside.entries()]")
        looks = page.locator(f"#show-outside-{place}").evaluate("box => box.dataset.colour")
        assert [(key, look["colour"]) for key, look in shown] == [(place, looks)]
        page.uncheck(f"#show-outside-{place}")


def test_each_box_shows_and_hides_what_it_says(minutes, page):
    """Schools of its phase, borders of its layer, lines of all journeys."""
    count = """() => Object.values(clusterMap.opened.schools)
      .filter(symbol => clusterMap.opened.map.hasLayer(symbol)).map(symbol => symbol.options.shape)"""
    for place, phase in enumerate(PHASES):
        page.uncheck(f"#show-schools-{place}")
        assert phase not in page.evaluate(count)
        assert len(set(page.evaluate(count))) == len(PHASES)
        page.check(f"#show-schools-{place}")
    lines = """() => { let n = 0; clusterMap.opened.map.eachLayer((line) => {
      if (line instanceof L.Polyline && !(line instanceof L.Polygon) && line.options.weight === 1.3) { n += 1; } });
      return n; }"""
    assert page.evaluate(lines) == 0
    page.check("#show-journeys")
    assert page.evaluate(lines) == len(URNS) - len(CLUSTERS)
    page.uncheck("#show-journeys")
    for place, (layer, zones) in enumerate(list(ZONES.items())[:2]):
        page.check(f"#show-zones-{place}")
        words = set(page.locator(".zone-label").all_text_contents())
        assert words <= set(zones.values()), layer
        assert words
        page.uncheck(f"#show-zones-{place}")


def test_the_search_leads_to_what_it_names(minutes, page):
    """A school by its number, a cluster by its code."""
    page.fill("#search", str(URNS[4]))
    page.keyboard.press("Enter")
    opened = f"clusterMap.opened.schools[{URNS[4]}].isPopupOpen()"
    assert page.evaluate(opened)
    page.fill("#search", "dun-08")
    page.keyboard.press("Enter")
    assert page.locator("#details h2").text_content() == "Dunmore DUN-08"
    page.click("#details-close")
    assert math.isclose(page.evaluate("clusterMap.opened.map.getZoom() % 0.25"), 0)
