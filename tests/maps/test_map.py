"""The map page as text: self-contained, harmless, the same every time."""

import re
from dataclasses import replace

import folium
import pytest

from cluster_geo.maps import map_page, write_map
from cluster_geo.maps.selfcontained import renumbered, self_contained
from cluster_geo.publish import Publication
from tests.briefs import disclosed
from tests.markup import ADDRESS, EVALUATED, markup_of, unescaped
from tests.outputs import BRIEF, HOSTILE, hostile_world, make_world


@pytest.fixture(scope="module")
def world():
    return make_world()


@pytest.fixture(scope="module")
def page(world):
    return map_page(world.published())


def test_the_page_links_to_nothing(page):
    """No address in the page leads out of it."""
    assert not ADDRESS.search(markup_of(page).replace('href="#clusters"', ""))
    assert "cdn." not in page


def test_the_page_says_its_language_and_may_be_zoomed(page):
    """Screen readers need the language, weak eyes the zoom."""
    assert '<html lang="en-GB">' in page
    assert "user-scalable" not in page
    assert page.count('name="viewport"') == 1


def test_title_status_version_and_date_stand_on_the_map(page):
    """A printed map tells which plan it shows."""
    assert "<title>Clusters of Squareshire: map</title>" in page
    # A date does not break across lines.
    assert "Consultation · version 2.1 · in effect from 1\N{NO-BREAK SPACE}September" in page
    assert "Open Government Licence" in page


def test_equal_plans_give_equal_bytes(world, page):
    """Nothing random and no hour is left in the page."""
    assert map_page(make_world().published()) == page
    assert not re.search(r"_[0-9a-f]{32}", page)


def test_hostile_names_meet_no_template_and_no_script():
    """No name is run by Jinja, and none stands in the page as it was written."""
    page = map_page(hostile_world().published())
    assert "7*7" in page
    assert unescaped(HOSTILE, page) == []
    assert page.count("<script>") == page.count("</script>")
    assert not EVALUATED.search(markup_of(page))


def test_a_hostile_title_is_shown_as_text(world):
    """The plan's own title passes the same door."""
    brief = replace(BRIEF, title="</title><script>1</script>{{ 7*7 }}")
    page = map_page(Publication(disclosed(world.county, brief), world.plan))
    assert "</title><script>1" not in page
    assert "&#60;/title&#62;" in page


def test_an_unknown_file_is_an_error():
    """A library that folium might add one day is noticed, not fetched."""
    page = '<html><head><script src="https://example.org/x.js"></script></head><body></body></html>'
    with pytest.raises(ValueError, match=r"example\.org"):
        self_contained(page, title="", body="")


def test_ids_are_numbered_in_their_order():
    """The same element keeps one number wherever it is named."""
    first, second = "a" * 32, "b" * 32
    text = f"map_{first} geo_json_{second}_add map_{first}"
    assert renumbered(text) == "map_1 geo_json_2_add map_1"


def test_every_cluster_stands_in_the_table(page):
    """The table beside the map says the same as the map."""
    for code in ("SQU-01", "SQU-02", "SQU-03"):
        assert f'data-cluster="{code}"' in page


def test_a_plan_without_an_audit_can_be_drawn(tmp_path, world):
    """`cluster-geo map PLAN` has nothing but a plan."""
    path = write_map(tmp_path / "map.html", Publication(disclosed(world.county), world.plan))
    assert "Draft" in path.read_text(encoding="utf-8")


def test_another_map_of_folium_is_not_changed(world):
    """The lists of assets that folium keeps on its classes are left alone."""
    before = list(folium.Map.default_js), list(folium.Map.default_css)
    map_page(world.published())
    assert (list(folium.Map.default_js), list(folium.Map.default_css)) == before


def test_associated_settings_are_drawn_and_not_counted(world):
    """Special schools and planned settings have a symbol and a box of their own."""
    schools = world.county.schools
    special = schools.table.iloc[:1].assign(
        name="Square Special School", establishment_type="Special"
    )
    special.index = special.index + 500
    county = replace(world.county, schools=replace(schools, associates=special))
    page = map_page(world.published(county=county))
    assert "Square Special School" in page
    assert "Associated setting <small>1</small>" in page


def test_minutes_are_called_minutes(world):
    """With a matrix of minutes no figure is said to be kilometres."""
    travel = replace(world.county.travel, unit="minutes")
    page = map_page(world.published(county=replace(world.county, travel=travel)))
    assert 'words: {unit: "minutes", layers' in page
    assert "central school, in minutes" in page
