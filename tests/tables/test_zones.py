"""Layers of boundaries as tables."""

from dataclasses import replace

from cluster_geo.plan import Cluster, Plan
from cluster_geo.report.boundaries import layer_sections
from cluster_geo.tables.clusters import cluster_table
from cluster_geo.tables.zones import layers_of, outside_table, zone_table
from tests.worlds import draw_county, make_layer

COUNTY = draw_county(
    """
    P s p p
    p a S .
    """,
    district="""
    A A B B
    A . B .
    """,
)
PLAN = Plan.coded(
    {
        "W": Cluster((100001, 100002, 100003, 100005), 100002),
        "E": Cluster((100004, 100006, 100007), 100007),
    },
    {"W": "West"},
)


def test_a_zone_is_a_row_with_its_clusters():
    """Zone A holds three schools of one cluster; B three of two, one of them outside."""
    table = zone_table(COUNTY, PLAN, COUNTY.layers["district"])
    assert table["zone"].tolist() == ["Zone A", "Zone B", "in no zone"]
    west, east, nowhere = (table.loc[code] for code in ("A", "B", ""))
    assert (west["schools"], west["primary"], west["secondary"], west["srps"]) == (3, 2, 1, 1)
    assert [table.loc[code, "all_through"] for code in ("A", "B", "")] == [0, 0, 1]
    assert (west["clusters"], west["where"], west["outside"]) == (1, "West (3)", 0)
    assert (east["clusters"], east["where"], east["outside"]) == (2, "E (2), West (1)", 1)
    assert (nowhere["schools"], nowhere["outside"]) == (1, 1)
    assert west["pupils"] == 200 + 210 + 240


def test_pupils_of_a_zone_are_withheld_with_any_part():
    """A zone's total less its other schools would tell a small count."""
    schools = replace(COUNTY.schools, withheld={"pupils": frozenset({100003})})
    table = zone_table(replace(COUNTY, schools=schools), PLAN, COUNTY.layers["district"])
    assert table["pupils"].isna().tolist() == [False, True, False]


def test_schools_outside_are_listed_once():
    """Those in another zone than most of their cluster, and those in none."""
    table = outside_table(PLAN, COUNTY.layers["district"])
    assert table.to_dict(orient="index") == {
        100006: {"zone": "", "main": "B", "cluster": "E"},
        100003: {"zone": "B", "main": "A", "cluster": "W"},
    }


def test_a_plan_without_layers_has_tables_by_district_all_the_same():
    """The register tells the districts; a layer of that name goes before."""
    bare = replace(COUNTY, layers={})
    assert list(layers_of(bare)) == ["district"]
    assert zone_table(bare, PLAN, layers_of(bare)["district"])["zone"].tolist()[:2] == [
        "District A",
        "District B",
    ]
    assert layers_of(COUNTY) is COUNTY.layers
    division = make_layer("electoral_division", dict.fromkeys(COUNTY.urns, "1"))
    other = replace(COUNTY, layers={"electoral_division": division})
    assert list(layers_of(other)) == ["district", "electoral_division"]
    nameless = COUNTY.schools.table.assign(district="")
    schools = replace(COUNTY.schools, table=nameless)
    assert layers_of(replace(COUNTY, schools=schools, layers={})) == {}


def test_an_evenly_split_cluster_is_called_so_on_every_page():
    """Two schools of either district: the central school's district counts, and none is "most"."""
    county = draw_county("p p s p", district="A A B B")
    plan = Plan.coded({"X": Cluster((100001, 100002, 100003, 100004), 100003)})
    layer = county.layers["district"]
    outside = outside_table(plan, layer)
    assert outside["main"].to_dict() == {100001: "B", 100002: "B"}
    assert zone_table(county, plan, layer)["outside"].to_dict() == {"A": 2, "B": 0}
    names = [layer.name_of(code) for code in ("B", "A")]
    split = f"evenly split between {' and '.join(names)}"
    assert cluster_table(county, plan).loc["X", "main_district"] == split
    (section,) = layer_sections(county, plan, None)
    assert {row["main"] for row in section.outside} == {split}
    assert all("As many schools of its cluster" in row["reason"] for row in section.outside)
