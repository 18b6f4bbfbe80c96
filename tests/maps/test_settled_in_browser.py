"""The pages of options and of a sweep, and the map of what is settled, in a real browser."""

from dataclasses import replace

import pandas as pd
import pytest

from cluster_geo.alternatives import Agreement, Option, Options, differences, outcome_row
from cluster_geo.export import write_options
from cluster_geo.maps import write_map
from cluster_geo.publish import OptionsPublication
from tests.briefs import disclosed
from tests.outputs import BRIEF, HOSTILE, hostile_world, make_world
from tests.worlds import FIRST_URN

pytestmark = pytest.mark.browser

# In the second option this school goes from the first cluster to the second.
MOVES = FIRST_URN + 14


def two_options(world) -> Options:
    """The world's plan, and one in which a school of the middle cluster is with the west."""
    west, middle, east = world.plan.clusters
    groups = [[*west.members, MOVES], [u for u in middle.members if u != MOVES], east.members]
    other = replace(world.rulebook.plan(groups), codes=world.plan.codes, names=world.plan.names)
    plans = {"A": world.plan, "B": other}
    agreed = Agreement.of(plans, world.county)
    title = next(iter(world.plan.names.values()))
    rows = {
        name: {"title": title, "beyond": 0.01}
        | outcome_row(plan, world.county, world.rulebook, result=world.result)
        for name, plan in plans.items()
    }
    return Options(
        None,
        world.county,
        world.rulebook,
        tuple(Option(n, title, p, world.audit, 50.0, 0.01, world.result) for n, p in plans.items()),
        differences(plans),
        pd.DataFrame.from_dict(rows, orient="index").rename_axis("option"),
        agreed.schools,
        agreed.pairs,
    )


def written(world, folder):
    """Write the options as the command does, with a map for each."""
    found = two_options(world)
    best = found.options[0].plan
    doubted = Agreement.of({"best": best, "trusts-more": best}, world.county, missing=1)
    write_options(folder, OptionsPublication(disclosed(world.county, BRIEF), found, doubted))
    for option in found.options:
        (folder / f"option-{option.name}").mkdir()
        write_map(folder / f"option-{option.name}" / "map.html", world.published())
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return written(make_world(), tmp_path_factory.mktemp("options"))


def shown(page) -> dict[str, int]:
    """What is on the map now: schools, and pairs as lines, of the view that is chosen."""
    return page.evaluate(
        """() => {
          const {map, views} = clusterMap.opened;
          return Object.fromEntries(["schools", "pairs"].map((what) =>
            [what, views.filter((view) => map.hasLayer(view[what])).length]));
        }"""
    )


def test_the_map_opens_without_network_and_shades_the_schools(visit, folder):
    """Every school is on it, white where the options agree, dark where they do not."""
    page = visit(folder / "settled.html")
    fills = page.evaluate(
        "Object.fromEntries(Object.entries(clusterMap.opened.shown().symbols)"
        ".map(([urn, symbol]) => [urn, symbol.options.fillColor]))"
    )
    assert len(fills) == 18
    assert fills.pop(str(MOVES)) != "#ffffff"
    assert set(fills.values()) == {"#ffffff"}
    assert page.requests == []
    assert page.faults == []


def test_the_map_has_a_name_and_no_link_that_leaves_the_page(visit, folder):
    """Who cannot see it is told what it is; Leaflet has its credit without an address."""
    page = visit(folder / "settled.html")
    ground = page.locator(".folium-map")
    assert ground.get_attribute("role") == "region"
    assert ground.get_attribute("aria-label").startswith("Map")
    assert page.locator(".leaflet-control-attribution").inner_text() == "Leaflet"
    assert page.locator("a[href^='http']").count() == 0


def test_the_table_beside_the_map_leads_to_it(visit, folder):
    """The contested school's name opens it, with its clusters and the options that say so."""
    page = visit(folder / "settled.html")
    page.locator("#words-0 [data-school]").first.click()
    popup = page.locator(".leaflet-popup").inner_text()
    assert "West (SQU-01)" in popup
    assert "1 of 2 options: B" in popup
    page.click("#go-home")
    zoom = page.evaluate("clusterMap.opened.map.getZoom()")
    page.locator("#words-0 [data-pair]").first.click()
    page.wait_for_function("zoom => clusterMap.opened.map.getZoom() !== zoom", arg=zoom)
    page.fill("#search", str(FIRST_URN))
    page.keyboard.press("Enter")
    assert page.locator(".leaflet-popup h3").last.inner_text() == "School 1"
    assert page.faults == []


def test_layers_borders_and_doubt_can_be_chosen(visit, folder):
    """Boxes take schools and pairs away; an option's borders come with names; doubt has its own."""
    page = visit(folder / "settled.html")
    assert shown(page) == {"schools": 1, "pairs": 1}
    page.uncheck("#show-pairs")
    assert shown(page) == {"schools": 1, "pairs": 0}
    page.uncheck("#show-schools")
    assert shown(page) == {"schools": 0, "pairs": 0}
    page.check("#show-schools")
    assert page.locator(".label").count() == 0
    page.select_option("#pick-borders", "1")
    assert page.locator(".label").count() == 3
    page.uncheck("#show-names")
    assert page.locator(".label").count() == 0
    page.check("[name='view'][value='1']")
    assert page.locator("#words-0").is_hidden()
    doubt = page.locator("#words-1").inner_text()
    assert "No school is contested" in doubt
    assert "“Settled” refers only to these 2 plans: another plan as good may differ." in doubt
    assert "1 of the searches found no plan and say nothing here." in doubt
    assert page.evaluate("clusterMap.opened.shown().symbols") is not None
    assert page.faults == []


def test_the_page_of_options_leads_to_each_map(visit, folder):
    """It asks for nothing, and its links are to maps that open."""
    page = visit(folder / "options.html")
    assert page.requests == []
    assert page.faults == []
    links = page.locator("a[href$='.html']:not([href*='report'])")
    targets = {links.nth(k).get_attribute("href") for k in range(links.count())}
    assert targets == {"settled.html", "option-A/map.html", "option-B/map.html"}
    for target in sorted(targets):
        page.click(f"a[href='{target}']")
        assert page.locator(".folium-map").is_visible()
        page.go_back()


def test_hostile_names_do_no_harm(visit_harm, tmp_path):
    """In tables, popups, tooltips, titles and lists they are text, and run nothing."""
    folder = written(hostile_world(), tmp_path)
    page = visit_harm(folder / "settled.html")
    for urn in range(FIRST_URN, FIRST_URN + 18):
        page.evaluate(f"clusterMap.opened.open({urn})")
        said = page.locator(".leaflet-popup h3").last.inner_text()
        assert said.split() == HOSTILE[(urn - FIRST_URN) % len(HOSTILE)].split()
    page.evaluate("clusterMap.opened.shown().pairs.eachLayer(line => line.openTooltip())")
    page.select_option("#pick-borders", "0")
    page.fill("#search", "window")
    table = visit_harm(folder / "options.html")
    assert HOSTILE[0] in table.locator("main").inner_text()


def test_it_fits_a_small_screen_and_paper(visit, folder):
    """Nothing sticks out sideways on a telephone; paper gets a wide map."""
    page = visit(folder / "settled.html", width=360, height=700)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("clusterMap.opened.map.getSize().x") > 1000
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("clusterMap.opened.map.getSize().x") <= 360
