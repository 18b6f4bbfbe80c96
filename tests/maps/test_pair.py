"""The page of two plans as text: self-contained, harmless, the same every time."""

from dataclasses import replace

import pytest

from cluster_geo.compare import PlanFile, compare_plans
from cluster_geo.maps import pair_page
from cluster_geo.maps.pair import change_words, move_words
from cluster_geo.plan import Plan
from tests.briefs import disclosed
from tests.harm import CODES, LAYER, NAMES
from tests.maps.pairs import compared, compared_with_list
from tests.markup import ADDRESS, EVALUATED, markup_of, unescaped
from tests.outputs import make_world
from tests.worlds import FIRST_URN


@pytest.fixture(scope="module")
def page():
    return pair_page(compared(make_world()))


def test_the_page_holds_two_maps_and_links_to_nothing(page):
    """Two maps of folium in one file, each asset once, no address."""
    assert page.count('class="folium-map"') == 2
    assert page.count("Leaflet 1.9.3, a JS library") == 1
    assert not ADDRESS.search(markup_of(page).replace('href="#moves"', ""))
    assert "cdn." not in page


def test_equal_comparisons_give_equal_bytes(page):
    """Nothing random and no hour is left in the page."""
    assert pair_page(compared(make_world())) == page


def test_the_tables_say_what_the_maps_show(page):
    """Who moves, each cluster, each rule and measure, whose trust it is."""
    text = markup_of(page)
    assert "<title>Clusters of Squareshire: two plans compared</title>" in page
    assert "Second plan: second.csv" in text
    assert text.count("data-school=") == 1
    assert f'data-school="{FIRST_URN + 14}"' in text
    assert text.count("data-cluster=") == 3
    assert "Size of a cluster" in text
    assert "Clusters follow the boundaries: District" in text
    assert "Longest journey to a central school (km)" in text
    assert "Trust x" in text
    assert "changed: 6 schools stay, 1 joins" in text
    assert "Open Government Licence" in text


def test_nothing_moves_between_equal_plans():
    """The page says so, and no school carries a mark."""
    world = make_world()
    file = PlanFile("plan", world.plan)
    page = pair_page(compare_plans(disclosed(world.county), world.rulebook, file, file))
    assert "None of the 18 schools moves" in page
    assert '"move":' not in page
    assert "<p>None.</p>" in page


def test_hostile_names_and_titles_meet_no_template_and_no_script():
    """Schools, clusters, titles of files and rows of lists all pass the door."""
    page = pair_page(compared_with_list(hostile=True))
    assert "7*7" in page
    assert unescaped((*NAMES, *CODES, LAYER), page) == []
    assert page.count("<script>") == page.count("</script>")
    assert not EVALUATED.search(markup_of(page))


def test_names_to_check_are_listed():
    """Of a published list, the rows that were not matched by their very name."""
    text = markup_of(pair_page(compared_with_list()))
    assert "Names in the second plan to check" in text
    assert "Scholl 2" in text
    assert "Nowhere High" in text


def test_codes_that_the_door_must_change_are_found_again():
    """A cluster may be called anything, and its area still knows what happens to it."""
    world = make_world()
    odd = dict(zip(("<A>", "{B}", "'C'"), world.plan.clusters, strict=True))
    page = pair_page(
        compare_plans(
            disclosed(world.county),
            world.rulebook,
            PlanFile("a", Plan.coded(odd)),
            PlanFile("b", world.plan),
        )
    )
    assert "&#60;A&#62;" in page


def test_minutes_are_called_minutes():
    """With a matrix of minutes no journey is said to be kilometres."""
    world = make_world()
    travel = replace(world.county.travel, unit="minutes")
    text = pair_page(compared(replace(world, county=replace(world.county, travel=travel))))
    assert 'words: {unit: "minutes"}' in text
    assert "central school before, minutes" in text


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        (("West", "A", "East", "B"), "Moves from West (A) to East (B)"),
        (("A", "A", "", ""), "Only in the first plan, in A"),
        (("", "", "B", "B"), "Only in the second plan, in B"),
    ],
)
def test_a_move_is_a_sentence(ends, said):
    """Name and code where both are there."""
    names = ("from_name", "from_cluster", "to_name", "to_cluster")
    assert move_words(dict(zip(names, ends, strict=True))) == said


def test_a_change_is_a_phrase():
    """What stays, leaves and joins; nought is left out."""
    assert change_words({"change": "unchanged", "stay": 9, "leave": 0, "join": 0}) == "unchanged"
    row = {"change": "changed", "stay": 1, "leave": 2, "join": 0}
    assert change_words(row) == "changed: 1 school stays, 2 leave"
