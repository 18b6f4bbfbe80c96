"""What the public sees of a role: everything, or its patches alone where counts are withheld."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cluster_geo.audience import Disclosure
from cluster_geo.export.teams import team_tables, teams_record, write_teams
from cluster_geo.patches import teams_of
from cluster_geo.publish.teams import OF_SHARES, OF_VISITS, TeamsPublication
from cluster_geo.report.teams import teams_page
from cluster_geo.scenario import brief_of, read_scenario
from tests.patches.towns import rolled

ASKED = {
    "teams.teacher.posts": 3.4, "teams.teacher.demand.ehcp": 2, "teams.teacher.demand.schools": 3,
    "teams.teacher.clusters_per_post": "2:3", "teams.teacher.visits_per_post": 190,
    "teams.teacher.cost_per_visit": 77.25, "teams.teacher.layer": "district",
    "teams.nurse.posts": 3, "teams.nurse.demand.schools": 4,
    "teams.nurse.clusters_per_post": "2:3", "teams.nurse.title": "Nurse {{ 7 * 7 }} <b>",
}  # fmt: skip


def county_with(ehcp):
    """A county whose first school has so many pupils with a plan, a count of the planner's own."""
    county, plan = rolled(1)
    table = county.schools.table.copy()
    table["ehcp"] = table["ehcp"].clip(lower=5)
    first = county.urns[0]
    table.loc[first, "ehcp"] = float(ehcp)
    small = {"ehcp": frozenset({first})}
    area = replace(county.layers["district"], name="area")
    schools = replace(county.schools, table=table, small=small)
    return replace(county, schools=schools, layers={**county.layers, "area": area}), plan


def published(ehcp, audience):
    """The roles of that county, for an audience."""
    county, plan = county_with(ehcp)
    asked = read_scenario("example", ASKED | {"plan.audience": audience})
    found = teams_of(county, asked, plan, time_limit=10)
    return found, TeamsPublication.of(Disclosure(county, brief_of(asked)), found)


@pytest.fixture(scope="module")
def public():
    """For the public, where a school has two such pupils."""
    return published(2, "public")


def test_figures_of_withheld_counts_are_left_out(public):
    """Of that role; of the role whose visits are made of schools alone nothing is."""
    found, shown = public
    teacher, nurse = shown.roles
    assert "figures that are not public" in teacher.withheld
    assert teacher.patches[list(OF_VISITS)].isna().all(axis=None)
    assert teacher.shares[list(OF_SHARES)].isna().all(axis=None)
    assert teacher.by_area is not None
    assert teacher.by_area[list(OF_SHARES)].isna().all(axis=None)
    assert (teacher.score, teacher.bound) == (None, None)
    assert list(teacher.patches["clusters"]) == [
        "; ".join(patch.clusters) for patch in found.roles[0].patches
    ]
    assert nurse.withheld == ""
    assert nurse.patches["visits"].notna().all()
    assert nurse.score == found.roles[1].result.cost


def test_one_pupil_more_or_less_changes_nothing_that_is_published(public):
    """Two counties that differ in the withheld count alone look the same."""
    _, two = public
    _, three = published(3, "public")
    assert teams_page(two) == teams_page(three)
    assert teams_record(two) == teams_record(three)
    for name, table in team_tables(two).items():
        assert table.equals(team_tables(three)[name]), name


def test_inside_the_authority_everything_is_shown():
    """With the marking."""
    found, shown = published(2, "internal")
    teacher = shown.roles[0]
    assert teacher.withheld == ""
    assert teacher.shares["visits"].sum() == pytest.approx(found.roles[0].demand.total)
    assert teacher.by_area.loc["Whole plan", "posts"] == pytest.approx(3.4)
    assert "OFFICIAL-SENSITIVE" in teams_page(shown)


def test_the_page_has_every_patch_and_no_live_text(public):
    """Each patch on the map and in the table; a title is text, whatever it looks like."""
    page = teams_page(public[1])
    for role in public[1].roles:
        for code in role.patches.index:
            assert page.count(f">{code}<") >= 2
    assert "{{ 7" not in page
    assert "<b>" not in page
    assert "Counted by cluster" in page
    assert "Counted by school" in page


def test_the_folder_is_the_same_twice_and_whole(public, tmp_path):
    """Equal bytes; and a folder of somebody's is refused."""
    one, two = tmp_path / "one", tmp_path / "two"
    names = [path.name for path in write_teams(one, public[1])]
    assert names == [
        "teams.html", "patches.csv", "posts.csv", "meeting_places.csv", "by_area.csv", "teams.json",
    ]  # fmt: skip
    write_teams(two, public[1])
    write_teams(two, public[1])
    for name in names:
        assert (one / name).read_bytes() == (two / name).read_bytes()
    assert len((one / "posts.csv").read_text(encoding="utf-8-sig").splitlines()) == 1 + 2 * 8
