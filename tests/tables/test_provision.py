"""Provisions by place, need and phase, and where they are missing."""

from dataclasses import replace

from cluster_geo.plan import Cluster, Plan
from cluster_geo.rules import NOT_RECORDED, Pathway, pathways
from cluster_geo.tables.provision import (
    ALL_NEEDS,
    NO_SRP,
    clusters_without,
    provision_table,
    without_pathway,
)
from tests.worlds import draw_county

FIRST = 100001
COUNTY = draw_county(
    "P p P S A p",
    columns={
        "srp_needs": {FIRST: "ASD|SLCN", FIRST + 2: "", FIRST + 3: "ASD", FIRST + 4: "HI"},
        "srp_places": {FIRST: 12.0, FIRST + 3: 20.0, FIRST + 4: 8.0},
        "srp_on_roll": {FIRST: 10.0, FIRST + 3: 22.0},
    },
)
GROUPS = {"W": (FIRST, FIRST + 1, FIRST + 2), "E": (FIRST + 3, FIRST + 4, FIRST + 5)}


def test_a_group_has_a_row_for_all_and_one_for_each_need():
    """A provision for two needs counts under both, so rows of needs are no parts of the whole."""
    table = provision_table(COUNTY, GROUPS).set_index(["group", "need"])
    assert [need for group, need in table.index if group == "W"] == [
        ALL_NEEDS, "ASD", "SLCN", NOT_RECORDED,
    ]  # fmt: skip
    assert table.loc[("W", ALL_NEEDS)].tolist() == [2, 0, 0, 12, 10, 2]
    assert table.loc[("W", "SLCN")].tolist() == [1, 0, 0, 12, 10, 2]
    assert table.loc[("W", NOT_RECORDED), "places":].isna().all()
    assert table.loc[("E", ALL_NEEDS)].tolist() == [0, 1, 1, 28, 22, -2]


def test_one_need_alone_needs_no_second_row():
    """A group with provision for a single need has one row, with none one that says so."""
    table = provision_table(COUNTY, {"one": [FIRST + 3], "none": [FIRST + 1]})
    assert table["need"].tolist() == ["ASD", NO_SRP]
    assert table.loc[1, ["primary", "secondary", "all_through"]].tolist() == [0, 0, 0]
    assert table.loc[1, "places":].isna().all()


def test_figures_with_a_withheld_part_are_withheld():
    """On roll of one school is withheld: so are that total and the spare places, not the places."""
    schools = replace(COUNTY.schools, withheld={"srp_on_roll": frozenset({FIRST + 3})})
    table = provision_table(replace(COUNTY, schools=schools), GROUPS).set_index(["group", "need"])
    east = table.loc[("E", ALL_NEEDS)]
    assert east["places"] == 28
    assert east[["on_roll", "spare"]].isna().all()
    assert table.loc[("W", ALL_NEEDS), "spare"] == 2


def test_the_way_on_is_the_nearest_secondary_for_the_same_need():
    """ASD goes on three schools away, HI at the all-through school itself, SLCN nowhere."""
    assert pathways(COUNTY) == [
        Pathway(FIRST, "ASD", FIRST + 3, 3.0),
        Pathway(FIRST, "SLCN", None, None),
        Pathway(FIRST + 4, "HI", FIRST + 4, 0.0),
    ]


def test_a_group_without_a_way_on_names_the_needs():
    """West has ASD and SLCN for primary children alone; the whole county lacks SLCN."""
    assert without_pathway(COUNTY, GROUPS) == {"W": ["ASD", "SLCN"]}
    assert without_pathway(COUNTY, {"": COUNTY.urns}) == {"": ["SLCN"]}


def test_clusters_without_provision_are_named():
    """The two schools between and beyond have none."""
    plan = Plan.coded(
        {
            "A": Cluster((FIRST, FIRST + 2, FIRST + 3, FIRST + 4), FIRST),
            "B": Cluster((FIRST + 1, FIRST + 5), FIRST + 1),
        }
    )
    assert clusters_without(COUNTY, plan) == ["B"]
