"""The page of a sweep in a real browser."""

import pytest

from cluster_geo.alternatives import Sweep, Variation, outcome_row
from cluster_geo.maps import write_map
from cluster_geo.report import write_sweep_page
from cluster_geo.scenario import read_scenario
from tests.outputs import HOSTILE, make_world

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page_of(tmp_path_factory):
    """Return a function that writes a sweep of runs with these titles, each with its map."""

    def write(*titles):
        world, folder = make_world(), tmp_path_factory.mktemp("sweep")
        runs = [
            Variation(f"run-{k}", {"trusts.weight": k}, title=title)
            for k, title in enumerate(titles)
        ]
        row = outcome_row(world.plan, world.county, world.rulebook, result=world.result)
        rows = {run.name: row | {"travel": 50.0 + k} for k, run in enumerate(runs)}
        rows[runs[-1].name] = {"status": "impossible", "words": HOSTILE[3]}
        for run in runs[:-1]:
            (folder / "runs" / run.name).mkdir(parents=True)
            write_map(folder / "runs" / run.name / "map.html", world.published())
        return write_sweep_page(
            folder / "sweep.html", Sweep.of(read_scenario("example"), runs, rows)
        )

    return write


def test_it_opens_without_network_and_leads_to_each_map(visit, page_of):
    """No request, no complaint, and every link is to a map that opens."""
    page = visit(page_of("as it is", "trusts strong", "no such plan"))
    assert page.requests == []
    assert page.faults == []
    text = page.locator("#runs").inner_text()
    assert "trusts strong" in text
    links = page.locator("#runs a")
    assert links.count() == 2
    for target in [links.nth(k).get_attribute("href") for k in range(2)]:
        page.click(f"a[href='{target}']")
        assert page.locator(".folium-map").is_visible()
        page.go_back()


def test_hostile_titles_are_text(visit_harm, page_of):
    """What runs are called and why one has no plan is shown, never run."""
    page = visit_harm(page_of(*HOSTILE))
    text = page.locator("#runs").inner_text()
    for name in (*HOSTILE[:3], HOSTILE[4]):
        assert " ".join(name.split()) in " ".join(text.split())
    assert HOSTILE[3] in text
