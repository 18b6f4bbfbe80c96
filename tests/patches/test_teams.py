"""Roles of a scenario: what is asked for, what comes of it, and what cannot be had."""

from __future__ import annotations

import pytest

from cluster_geo.errors import ImpossibleError, InputError
from cluster_geo.patches import teams_of
from cluster_geo.patches.demand import demand_of
from cluster_geo.patches.sentences import sentences_of
from cluster_geo.patches.teams import number_of_patches
from cluster_geo.plan import Plan
from cluster_geo.scenario import read_scenario
from tests.patches.towns import Plainly, paired, role, rolled
from tests.worlds import FIRST_URN, draw_county

ASKED = {
    "teams.teacher.posts": 3, "teams.teacher.demand.schools": 2, "teams.teacher.demand.ehcp": 0.3,
    "teams.teacher.clusters_per_post": "2:3",
}  # fmt: skip


def teams(county, plan, **more):
    """The roles of a scenario with these settings besides, "__" for dots."""
    settings = ASKED | {name.replace("__", "."): value for name, value in more.items()}
    return teams_of(county, read_scenario("example", settings), plan, time_limit=10)


@pytest.fixture(scope="module")
def found():
    """A role of a random county, with what a post can make and costs."""
    county, plan = rolled(1)
    more = {
        "teams__teacher__posts": 3.4, "teams__teacher__visits_per_post": 30,
        "teams__teacher__cost_per_visit": 80.5, "teams__teacher__layer": "district",
    }  # fmt: skip
    return county, plan, teams(county, plan, **more).roles[0]


def test_every_cluster_is_in_one_patch(found):
    """Whole clusters, each once, and as many patches as whole posts."""
    _, plan, team = found
    assert sorted(code for patch in team.patches for code in patch.clusters) == sorted(plan.labels)
    assert [patch.code for patch in team.patches] == ["P-01", "P-02", "P-03"]
    assert [patch.clusters[0] for patch in team.patches] == sorted(
        patch.clusters[0] for patch in team.patches
    )


def test_figures_of_patches_are_those_of_plain_sums(found):
    """Visits, travel, rounds, zones and what posts can make, worked out from the schools alone."""
    county, plan, team = found
    plainly = Plainly(county, plan, team.asked, 3)
    for patch in team.patches:
        codes = patch.clusters
        assert patch.visits == pytest.approx(sum(plainly.visits[code] for code in codes))
        assert patch.travel == pytest.approx(plainly.travel(codes, patch.base))
        assert patch.travel == pytest.approx(min(plainly.travel(codes, base) for base in codes))
        assert patch.round == pytest.approx(plainly.round(patch.base, codes))
        assert len(patch.outside) == plainly.outside(codes)
        assert patch.can == pytest.approx(30 * patch.posts)
        assert patch.unmet == pytest.approx(max(0.0, patch.visits - patch.can))
    assert sum(patch.posts for patch in team.patches) == pytest.approx(3.4)
    assert team.unmet == pytest.approx(sum(patch.unmet for patch in team.patches))
    assert team.cost == pytest.approx(80.5 * sum(plainly.visits.values()))
    assert sum(team.shares.values()) == pytest.approx(3.4)


def test_room_in_one_patch_makes_no_visit_in_another(found):
    """Of a patch with room nothing is unmet, and nothing is taken off what others lack."""
    county, plan, team = found
    visits = sorted(patch.visits for patch in team.patches)
    between = (visits[0] + visits[-1]) / 2
    assert visits[0] < between < visits[-1]
    more = {"teams__teacher__visits_per_post": between, "teams__teacher__layer": "district"}
    (again,) = teams(county, plan, **more).roles
    unmet = {patch.visits: patch.unmet for patch in again.patches}
    assert unmet[min(unmet)] == 0
    assert unmet[max(unmet)] == pytest.approx(max(unmet) - between)
    assert again.unmet == pytest.approx(sum(max(0.0, load - between) for load in unmet))


def test_equal_runs_are_equal(found):
    """Nothing is left to chance."""
    county, plan, team = found
    again = teams_of(
        county,
        read_scenario("example", {
            **ASKED, "teams.teacher.posts": 3.4, "teams.teacher.visits_per_post": 30,
            "teams.teacher.cost_per_visit": 80.5, "teams.teacher.layer": "district",
        }),
        plan,
        time_limit=10,
    )  # fmt: skip
    assert again.roles[0].patches == team.patches
    assert again.roles[0].shares == team.shares


def test_what_is_said_is_what_was_found(found):
    """The sentences have the figures, and none of them where they are withheld."""
    county, plan, team = found
    said = " ".join(sentences_of(team, plan, county.travel.unit, hidden=False))
    assert f"{team.demand.total:,.0f} visits a year, and the posts can make 102" in said
    assert "3.4 posts serve 3 patches of 2 to 3 neighbouring clusters" in said
    assert "no grouping by the same rules scores lower" in said
    assert f"{team.cost:,.0f} GBP" in said
    hidden = " ".join(sentences_of(team, plan, county.travel.unit, hidden=True))
    for secret in (f"{team.demand.total:,.0f}", f"{team.result.cost:,.1f}", "GBP", "fewest"):
        assert secret not in hidden


def test_a_missing_count_is_the_mean_and_is_reported():
    """No school is passed over in silence."""
    county = draw_county("p s p p", columns={"ehcp": {FIRST_URN: 4.0, FIRST_URN + 1: 8.0}})
    plan = paired(county)
    demand = demand_of(county, plan, role(demand={"ehcp": 0.5, "clusters": 3.0}))
    assert demand.of_cluster == {"C-0": 3 + 0.5 * 12, "C-1": 3 + 0.5 * 12}
    (notice,) = demand.notices
    assert notice.text == (
        "School 3 (100003) and 1 other school have no figure for ehcp: the mean of the other "
        "schools is used."
    )


def test_each_whole_post_has_a_patch():
    """And less than a post has one too."""
    assert [number_of_patches(role(posts=posts)) for posts in (0.4, 1, 1.9, 20.5)] == [1, 1, 1, 20]


def test_every_fault_is_in_one_message():
    """An unknown column, an unknown layer, too many posts, and a role without demand."""
    county, plan = rolled(1)
    with pytest.raises(InputError) as refused:
        teams(
            county, plan, teams__teacher__demand__ehpc=1, teams__teacher__layer="ward",
            teams__teacher__posts=7, teams__nurse__posts=3, teams__nurse__rule="hard",
        )  # fmt: skip
    faults = {fault.setting: fault for fault in refused.value.faults}
    assert set(faults) == {
        "teams.teacher.demand.ehpc", "teams.teacher.layer", "teams.teacher.posts",
        "teams.nurse.demand", "teams.nurse.rule",
    }  # fmt: skip
    assert "Did you mean 'ehcp'?" in str(faults["teams.teacher.demand.ehpc"])
    assert (
        "7 posts make 7 patches of 2 to 3 clusters, and the plan has 8 clusters. Give 3 to 4"
        in (str(faults["teams.teacher.posts"]))
    )


def test_a_rate_is_no_demand():
    """Of a per cent there is no sum."""
    county, plan = rolled(1)
    with pytest.raises(InputError, match="no column of amounts 'fsm_pct'"):
        teams(county, plan, teams__teacher__demand__fsm_pct=1)


def test_no_role_and_no_cluster_are_faults():
    """Before anything is searched."""
    county, plan = rolled(1)
    with pytest.raises(InputError, match="no role"):
        teams_of(county, read_scenario("example"), plan, time_limit=1)
    with pytest.raises(InputError, match="no clusters"):
        teams(county, Plan(()))


def test_what_cannot_be_grouped_is_proven():
    """Five clusters in a star: of any two patches one has no centre, and is in two pieces."""
    county = draw_county(". p .\np p p\n. p .")
    plan = paired(county, size=1)
    assert len(plan) == 5
    with pytest.raises(ImpossibleError, match="It is proven that the clusters cannot be grouped"):
        teams(county, plan, teams__teacher__posts=2)
