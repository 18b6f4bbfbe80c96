"""The maps of real Kent and of a county of 3,000 schools: light and complete.

How quick they are `python -m tests.benchmarks.maps` tells.
"""

import pytest

from cluster_geo.compare import PlanFile, compare_plans
from cluster_geo.maps import write_map, write_pair
from cluster_geo.publish import Publication
from cluster_geo.read import LayerSpec, read_county
from cluster_geo.rules import Rulebook
from cluster_geo.schools import read_schools
from tests.benchmarks.maps import drawn_county
from tests.briefs import disclosed
from tests.halves import halved_plan

pytestmark = pytest.mark.browser

MOST_BYTES = 1_500_000
DRAWN = (
    "Object.values(clusterMap.opened.schools).filter(s => clusterMap.opened.map.hasLayer(s)).length"
)


@pytest.fixture(scope="module")
def kent(real_data):
    schools = read_schools(
        real_data / "gias" / "edubasealldata20250718_kent_medway.csv", authorities=["Kent"]
    )
    district = real_data / "boundaries" / "kent_medway_districts_from_lsoa21_bgc.geojson"
    pcn = real_data / "pcn" / "kent_medway_pcn_polygons_derived.geojson"
    layers = (LayerSpec(name="district", file=district), LayerSpec(name="pcn", file=pcn))
    county = read_county(schools=schools, layers=layers)
    return county, halved_plan(county, Rulebook((), county.travel))


@pytest.mark.real
def test_kents_map_is_light_and_complete(visit, kent, tmp_path):
    """All 563 schools in at most 1.5 MB, without the network."""
    county, plan = kent
    path = write_map(tmp_path / "map.html", Publication(disclosed(county), plan))
    assert path.stat().st_size <= MOST_BYTES
    page = visit(path)
    page.wait_for_function("clusterMap.opened")
    assert page.evaluate(DRAWN) == 563
    assert page.evaluate("Object.keys(clusterMap.opened.areas).length") == len(plan)
    assert page.requests == []
    assert page.faults == []


@pytest.mark.real
def test_two_plans_of_kent_are_light_and_complete(visit, kent, tmp_path):
    """Both maps in the room of one."""
    county, plan = kent
    rulebook = Rulebook((), county.travel)
    members = [list(cluster.members) for cluster in plan.clusters]
    members[1].append(members[0].pop())
    files = PlanFile("old", plan), PlanFile("new", rulebook.plan(members))
    path = write_pair(tmp_path / "pair.html", compare_plans(disclosed(county), rulebook, *files))
    assert path.stat().st_size <= MOST_BYTES
    page = visit(path)
    page.wait_for_function("clusterMap.opened")
    code = "clusterMap.opened.sides.map(side => Object.keys(side.schools).length)"
    assert page.evaluate(code) == [563, 563]
    assert page.requests == []
    assert page.faults == []


@pytest.mark.parametrize("schools", [1000, pytest.param(3000, marks=pytest.mark.nightly)])
def test_a_map_of_thousands_of_schools_works(visit, tmp_path, schools):
    """It opens, draws them all, and search, choice, provision gaps and table answer."""
    county = drawn_county(schools, seed=1)
    plan = halved_plan(county, Rulebook((), county.travel))
    page = visit(write_map(tmp_path / "map.html", Publication(disclosed(county), plan)))
    page.wait_for_function("clusterMap.opened")
    assert page.evaluate(DRAWN) == schools
    page.fill("#search", str(county.urns[-1]))
    page.keyboard.press("Enter")
    assert f"Drawn School {schools - 1}" in page.locator(".leaflet-popup").inner_text()
    page.locator("table.clusters [data-cluster]").nth(90).click()
    assert page.locator("#details .members li").count() >= 5
    page.check("#show-no-srp")
    page.check("#show-outside-0")
    page.click("#show-table")
    assert page.locator("#table-words tbody tr").count() == schools
    assert page.requests == []
    assert page.faults == []
