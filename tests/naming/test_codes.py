"""Codes that outlive a run."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_geo.errors import ScenarioError
from cluster_geo.naming import district_prefixes, name_plan
from cluster_geo.plan import Cluster, Plan, central_school
from tests.worlds import draw_county, random_county

COUNTY = draw_county(
    """
    p p p p
    s p p s
    p p p p
    """,
    columns={
        "district": {100001 + i: "Sevenoaks" if i % 4 < 2 else "Swale" for i in range(12)},
        "district_code": {100001 + i: "E1" if i % 4 < 2 else "E2" for i in range(12)},
    },
)


def plan_of(*groups: tuple[int, ...]) -> Plan:
    clusters = []
    for group in groups:
        members = tuple(100000 + k for k in sorted(group))
        clusters.append(Cluster(members, central_school(members, COUNTY.travel)))
    return Plan.of(clusters)


WEST = (1, 2, 5, 6), (9, 10)
EAST = (3, 4, 7, 8, 11, 12)


def test_codes_are_the_district_and_a_number_from_north_to_south():
    """The district of most of a cluster's schools gives the letters."""
    named = name_plan(plan_of(*WEST, EAST), COUNTY)
    assert named.codes == ("SEV-01", "SWA-01", "SEV-02")


def test_a_cluster_keeps_its_code_while_it_keeps_half_its_schools():
    """The code of a cluster that is gone is retired; a new cluster takes the next number."""
    before = name_plan(plan_of(*WEST, EAST), COUNTY)
    after = name_plan(
        plan_of((1, 5, 6), (2, 9, 10), (3, 4), (7, 8), (11, 12)), COUNTY, previous=before
    )
    by_code = dict(zip(after.codes, after.clusters, strict=True))
    assert by_code["SEV-01"].members == (100001, 100005, 100006)
    assert by_code["SEV-02"].members == (100002, 100009, 100010)
    assert sorted(code for code in after.codes if code.startswith("SWA")) == [
        "SWA-01",
        "SWA-02",
        "SWA-03",
    ]


def test_retired_codes_are_never_used_again():
    """Not in the next plan nor in the one after it."""
    first = name_plan(plan_of((1, 2, 5, 6), (9, 10), EAST), COUNTY)
    second = name_plan(plan_of((1, 2, 5, 6, 9, 10), EAST), COUNTY, previous=first)
    assert second.retired == ("SEV-02",)
    third = name_plan(plan_of((1, 2, 5, 6), (9,), (10,), EAST), COUNTY, previous=second)
    assert set(third.codes) == {"SEV-01", "SEV-03", "SEV-04", "SWA-01"}
    assert third.retired == ("SEV-02",)


def test_after_99_comes_100_and_then_101():
    """By the number, which as text would come before 99."""
    retired = replace(name_plan(plan_of(*WEST, EAST), COUNTY), retired=("SEV-99", "SEV-100"))
    named = name_plan(plan_of((1, 2, 5, 6), (9,), (10,), EAST), COUNTY, previous=retired)
    assert set(named.codes) == {"SEV-01", "SEV-02", "SEV-101", "SWA-01"}


def test_a_pinned_number_is_the_number_of_the_code():
    """A number, or a whole code; the cluster that had it takes another."""
    before = name_plan(plan_of(*WEST, EAST), COUNTY)
    named = name_plan(
        plan_of(*WEST, EAST), COUNTY, previous=before, fixed={"2": [100001], "X-9": [100003]}
    )
    assert named.codes == ("SEV-02", "X-9", "SEV-03")
    assert named.retired == ("SEV-01", "SWA-01")


def test_a_pin_to_a_retired_or_doubled_code_is_refused():
    """Both faults are told at once."""
    retired = Plan((), retired=("SEV-01",))
    with pytest.raises(ScenarioError) as error:
        name_plan(
            plan_of(*WEST, EAST),
            COUNTY,
            previous=retired,
            fixed={"1": [100001], "A": [100003], "B": [100004]},
        )
    assert len(error.value.faults) == 2


def test_a_planners_names_win():
    """Over an inherited name, which wins over the hub's place."""
    before = name_plan(plan_of(*WEST, EAST), COUNTY, names={"SEV-01": "Old", "SWA-01": "Marsh"})
    after = name_plan(
        plan_of(*WEST, EAST), COUNTY, previous=before, names={"SEV-01": "New", "NO-1": "None"}
    )
    assert after.names["SEV-01"] == "New"
    assert after.names["SWA-01"] == "Marsh"
    assert "NO-1" not in after.names


def test_districts_alike_in_three_letters():
    """Each has letters of its own, and punctuation is no letter."""
    names = ["Dover", "Dovedale", "King's Lynn", "Ély", "Do", "Doverbourne"]
    county = draw_county(
        "p p p p p p",
        columns={
            "district": {100001 + i: name for i, name in enumerate(names)},
            "district_code": {100001 + i: f"E{i}" for i in range(len(names))},
        },
    )
    assert district_prefixes(county) == {
        "E4": "DOX",
        "E1": "DOV",
        "E0": "DOE",
        "E5": "DOR",
        "E2": "KIN",
        "E3": "ELY",
    }


@given(seed=st.integers(0, 500), places=st.lists(st.integers(0, 3), min_size=8, max_size=8))
@settings(max_examples=40, deadline=None)
def test_names_and_codes_are_unique_and_naming_again_changes_nothing(seed, places):
    """A plan that inherits from itself keeps every code and name and retires none."""
    county = random_county(seed, 8)
    groups = [
        tuple(u for u, p in zip(county.urns, places, strict=True) if p == k) for k in range(4)
    ]
    plan = Plan.of(Cluster(g, central_school(g, county.travel)) for g in groups if g)
    once = name_plan(plan, county)
    assert len(set(once.codes)) == len(plan) == len(set(once.names.values()))
    assert name_plan(plan, county, previous=once) == once


def test_a_number_that_is_pinned_leaves_the_others_free():
    """999 for one cluster does not make 1000 of the next."""
    place = draw_county("p p p p")
    plan = Plan.of([Cluster((u,), u) for u in place.urns])
    named = name_plan(plan, place, fixed={"999": [place.urns[0]], "2": [place.urns[1]]})
    numbers = sorted(int(code.rpartition("-")[2]) for code in named.labels)
    assert numbers == [1, 2, 3, 999]
