"""The map's layer of ways on from primary to secondary SRPs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cluster_geo.maps import write_map
from cluster_geo.maps.pathways import ways_of
from cluster_geo.rules import PathwayTerms
from tests.browser.test_accessible import faults
from tests.outputs import BRIEF, make_world

WORLD = make_world()
# A primary school of another cluster than the SRPs of the drawn world gets one for two needs.
EAST = min(set(WORLD.plan.clusters[2].members) & WORLD.county.schools.primaries)
TABLE = WORLD.county.schools.table.copy()
TABLE.loc[EAST, ["srp", "srp_needs"]] = [True, "ASD|HI"]
COUNTY = replace(WORLD.county, schools=replace(WORLD.county.schools, table=TABLE))


def published(**terms):
    """The world as it is published with other terms."""
    return WORLD.published(county=COUNTY, brief=replace(BRIEF, pathways=PathwayTerms(**terms)))


def kinds(**terms):
    """How a child goes on from the school in the east, by need."""
    return {need: kind for need, kind, _ in ways_of(published(**terms)).get(EAST, [])}


def test_a_primary_srp_has_its_ways_and_those_of_a_team_are_left_out():
    """Each need by itself; nobody goes anywhere for one that a team meets."""
    assert kinds() == {"ASD": "none", "HI": "none"}
    assert kinds(within=99) == {"ASD": "nearby", "HI": "none"}
    assert kinds(by_team=("ASD",)) == {"HI": "none"}
    assert kinds(by_team=("ASD", "HI")) == {}
    ((_, _, nearest), (_, _, nowhere)) = ways_of(published())[EAST]
    assert nearest in COUNTY.schools.secondaries
    assert nowhere is None


@pytest.mark.browser
def test_the_layer_follows_the_need_and_is_not_told_by_colour_alone(visit, tmp_path):
    """Dashes where there is no way on; the count says the same, and axe finds no fault."""
    page = visit(write_map(tmp_path / "map.html", published()))
    page.check("#show-pathways")
    assert page.locator("#pathways-count").inner_text() == "2"
    looks = page.evaluate(
        "() => clusterMap.opened.pathways.layer.getLayers().map(({options}) => options.dashArray)"
    )
    # The one way on is solid; a ring is around the SRP in the east, and a line to the nearest.
    assert sorted(looks, key=str) == ["2 7", "5 4", None]
    page.select_option("#pick-need", label="HI")
    assert page.locator("#pathways-count").inner_text() == "1"
    assert "for HI" in page.locator("label:has(#show-pathways)").inner_text()
    assert "show=pathways" in page.url
    assert faults(page) == []
    assert page.faults == []
