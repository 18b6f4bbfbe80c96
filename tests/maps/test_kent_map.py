"""The map of real Kent: light, quick and complete."""

import time

import numpy as np
import pytest

from cluster_geo.compare import PlanFile, compare_plans
from cluster_geo.maps import write_map, write_pair
from cluster_geo.plan import Plan
from cluster_geo.read import LayerSpec, read_county
from cluster_geo.rules import HubChoice, Rulebook
from cluster_geo.schools import read_schools

pytestmark = [pytest.mark.real, pytest.mark.browser]

LARGEST = 11
MOST_BYTES = 1_500_000
SECONDS_TO_OPEN = 2.0


def halves(points: np.ndarray, rows: np.ndarray) -> list[np.ndarray]:
    """Cut the schools in two across their longer extent until every part is small."""
    if len(rows) <= LARGEST:
        return [rows]
    axis = int(np.argmax(np.ptp(points[rows], axis=0)))
    ordered = rows[np.argsort(points[rows, axis], kind="stable")]
    middle = len(rows) // 2
    return halves(points, ordered[:middle]) + halves(points, ordered[middle:])


@pytest.fixture(scope="module")
def kent(real_data):
    schools = read_schools(
        real_data / "gias" / "edubasealldata20250718_kent_medway.csv", authorities=["Kent"]
    )
    district = real_data / "boundaries" / "kent_medway_districts_from_lsoa21_bgc.geojson"
    pcn = real_data / "pcn" / "kent_medway_pcn_polygons_derived.geojson"
    layers = (LayerSpec(name="district", file=district), LayerSpec(name="pcn", file=pcn))
    county = read_county(schools=schools, layers=layers)
    groups = halves(schools.points, np.arange(len(schools)))
    hub = HubChoice(county.travel)
    plan: Plan = Rulebook((), hub).plan([[schools.urns[i] for i in rows] for rows in groups])
    return county, plan


def test_kents_map_is_light_complete_and_quick(visit, kent, tmp_path):
    """All 563 schools in at most 1.5 MB, on screen in two seconds, without the network."""
    county, plan = kent
    path = write_map(tmp_path / "map.html", county=county, plan=plan)
    assert path.stat().st_size <= MOST_BYTES
    start = time.perf_counter()
    page = visit(path)
    page.wait_for_function("clusterMap.opened")
    assert time.perf_counter() - start <= SECONDS_TO_OPEN
    code = "Object.values(clusterMap.opened.schools).filter(s => clusterMap.opened.map.hasLayer(s)).length"
    assert page.evaluate(code) == 563
    assert page.evaluate("Object.keys(clusterMap.opened.areas).length") == len(plan)
    assert page.requests == []
    assert page.faults == []


def test_two_plans_of_kent_are_light_and_move_quickly(visit, kent, tmp_path):
    """Both maps in the room and the time of one; a step of both in under 100 ms."""
    county, plan = kent
    rulebook = Rulebook((), HubChoice(county.travel))
    members = [list(cluster.members) for cluster in plan.clusters]
    members[1].append(members[0].pop())
    files = PlanFile("old", plan), PlanFile("new", rulebook.plan(members))
    path = write_pair(tmp_path / "pair.html", compare_plans(*files, county, rulebook))
    assert path.stat().st_size <= MOST_BYTES
    start = time.perf_counter()
    page = visit(path)
    page.wait_for_function("clusterMap.opened")
    assert time.perf_counter() - start <= SECONDS_TO_OPEN
    for act in ("panBy([5, 3], {animate: false})", "zoomIn(1, {animate: false})"):
        code = f"""() => {{
          const before = performance.now(), [map] = clusterMap.opened.maps;
          for (let i = 0; i < 5; i += 1) {{ map.{act}; }}
          return (performance.now() - before) / 5;
        }}"""
        assert page.evaluate(code) < 100
    assert page.requests == []
    assert page.faults == []
