"""Settings of `boundaries.NAME`: where the zones come from, and how strictly they are kept."""

from __future__ import annotations

import geopandas as gpd
from shapely.geometry import box

from tests.ground import write_zones
from tests.scenario.effects.table import sets
from tests.scenario.effects.town import AT, Town, strengths, urn

COLUMN = {"boundaries__district__column": "district"}


def zones(town: Town, layer: str, **settings: object) -> dict[int, str]:
    """Code of each place's zone."""
    found = town.county(**settings).layers[layer].zone_of
    return {k: found[urn(k)] for k in AT if urn(k) in found}


def wards(town: Town):
    """Three wards that are not the districts, with two codes and two names each; return the path."""
    path = town.folder / "wards.geojson"
    fields = {
        "ward_code": ["W1", "W2", "W3"],
        "ward_name": ["Abbey", "Bridge", "Castle"],
        "local_ref": ["L1", "L2", "L3"],
        "short": ["Ab", "Br", "Ca"],
    }
    shapes = [box(-1, -1, 1, 3), box(1, -1, 5, 1), box(1, 1, 7, 3)]
    return path if path.exists() else write_zones(path, shapes, fields)


# School 4 stands outside every ward.
WARD_OF = {1: "W1", 5: "W1", 2: "W2", 3: "W2", 6: "W3", 7: "W3", 8: "W3"}


@sets("boundaries.*.rule")
def rule(town: Town) -> None:
    """A cluster across a boundary is refused, charged for each school outside, or shown."""
    strengths(town, "boundaries__district", "district", (1, 2, 3, 6, 7), 1.5, **COLUMN)
    hard = COLUMN | {"boundaries__district__rule": "hard"}
    assert town.verdict("district", 1, 2, 5, 6, **hard).kept


@sets("boundaries.*.weight")
def weight(town: Town) -> None:
    """Each school outside its cluster's main zone costs so much; a tie costs the same, whichever is main."""
    weighed = COLUMN | {
        "boundaries__district__rule": "priced",
        "boundaries__district__weight": 2.25,
    }
    assert town.verdict("district", 1, 2, 3, 6, 7, **weighed).price == 2 * 2.25
    assert town.verdict("district", 1, 2, 5, **weighed).price == 0
    tie = town.verdict("district", 1, 3, **weighed)
    split = "School 3 (100003) outside West, in a cluster evenly split between West and East"
    assert (tie.price, tie.words) == (2.25, split)
    # Each layer is a rule of its own zones at its own weight.
    both = weighed | {
        "boundaries__bank__column": "authority",
        "boundaries__bank__rule": "priced",
        "boundaries__bank__weight": 0.5,
    }
    for places, outside, across in (((1, 2, 5), 0, 1), ((1, 2, 3), 1, 0), ((1, 2, 3, 5, 6), 1, 2)):
        assert town.verdict("district", *places, **both).price == 2.25 * outside
        assert town.verdict("bank", *places, **both).price == 0.5 * across


@sets("boundaries.*.file")
def file(town: Town) -> None:
    """A school is in the zone whose polygon it stands in; outside all of them it is in none."""
    assert zones(town, "ward", boundaries__ward__column="district") == {
        k: "W01" if AT[k][0] < 3 else "E01" for k in AT
    }
    drawn = {"boundaries__ward__file": wards(town)}
    assert zones(town, "ward", **drawn) == WARD_OF
    assert town.county(**drawn).layers["ward"].has_shapes


def called(town: Town, **settings: object) -> dict[str, str]:
    """Name of each ward by its code."""
    layer = town.county(boundaries__ward__file=wards(town), **settings).layers["ward"]
    return {str(code): layer.name_of(str(code)) for code in layer.zones.index}


@sets("boundaries.*.file_layer")
def file_layer(town: Town) -> None:
    """Of a file with two layers of polygons, the one that is named is read."""
    path, drawn = town.folder / "two_layers.gpkg", gpd.read_file(wards(town))
    if not path.exists():
        drawn.to_file(path, layer="wards")
        drawn.assign(ward_name=drawn["short"]).to_file(path, layer="short")
    for name, names in (("wards", {"Abbey", "Bridge", "Castle"}), ("short", {"Ab", "Br", "Ca"})):
        settings = {"boundaries__ward__file": path, "boundaries__ward__file_layer": name}
        layer = town.county(**settings).layers["ward"]
        assert {layer.name_of(str(code)) for code in layer.zones.index} == names


@sets("boundaries.*.name_field")
def name_field(town: Town) -> None:
    """Zones are called by the field that is named; their codes are what they were."""
    assert called(town) == {"W1": "Abbey", "W2": "Bridge", "W3": "Castle"}
    short = {"boundaries__ward__code_field": "ward_code", "boundaries__ward__name_field": "short"}
    assert called(town, **short) == {"W1": "Ab", "W2": "Br", "W3": "Ca"}


@sets("boundaries.*.code_field")
def code_field(town: Town) -> None:
    """Zones are known by the field that is named; so are the schools' zones."""
    field = {"boundaries__ward__code_field": "local_ref"}
    assert called(town, **field) == {"L1": "Abbey", "L2": "Bridge", "L3": "Castle"}
    drawn = field | {"boundaries__ward__file": wards(town)}
    assert zones(town, "ward", **drawn) == {
        k: code.replace("W", "L") for k, code in WARD_OF.items()
    }


@sets("boundaries.*.column")
def column(town: Town) -> None:
    """The column tells the zone; where a polygon says otherwise, the column wins."""
    wards_listed = {k: {6: "Abbey", 4: "Castle"}.get(k, "Bridge") for k in AT}
    listed = town.file("warded.csv", *town.table(locality=wards_listed))
    asked = {"schools__file": listed, "boundaries__ward__file": wards(town)}
    assert zones(town, "ward", **asked) == WARD_OF
    both = zones(town, "ward", boundaries__ward__column="locality", **asked)
    assert both == {k: {6: "W1", 4: "W3"}.get(k, "W2") for k in AT}
    alone = {"schools__file": listed, "boundaries__place__column": "locality"}
    assert zones(town, "place", **alone) == wards_listed


@sets("boundaries.*.groups")
def groups(town: Town) -> None:
    """The zones of a layer are grouped as the file says, by name or by code."""
    listed = {
        name: town.file(f"{name}.csv", f"ward,{name}", *rows)
        for name, rows in (
            ("area", ("Abbey,North", "Bridge,South", "Castle,North")),
            ("team", ("W1,Red", "W2,Red", "W3,Blue")),
        )
    }
    drawn = {"boundaries__ward__file": wards(town)}
    for name, group_of in (
        ("area", {"W1": "North", "W2": "South", "W3": "North"}),
        ("team", {"W1": "Red", "W2": "Red", "W3": "Blue"}),
    ):
        asked = drawn | {
            f"boundaries__{name}__groups": listed[name],
            f"boundaries__{name}__of": "ward",
        }
        assert zones(town, name, **asked) == {k: group_of[code] for k, code in WARD_OF.items()}


@sets("boundaries.*.of")
def of(town: Town) -> None:
    """It is the layer named whose zones are grouped, though another's would do."""
    rows = ("West,Red", "East,Blue")
    listed = town.file("teams.csv", "zone,team", *rows)
    turned = town.table(district={k: "East" if AT[k][0] < 3 else "West" for k in AT}, town={
        k: "West" if AT[k][1] < 1 else "East" for k in AT
    })  # fmt: skip
    asked = {
        "schools__file": town.file("turned.csv", *turned),
        "boundaries__district__column": "district",
        "boundaries__bank__column": "town",
        "boundaries__team__groups": listed,
    }
    south = zones(town, "team", boundaries__team__of="bank", **asked)
    assert south == {k: "Red" if AT[k][1] < 1 else "Blue" for k in AT}
    east = zones(town, "team", boundaries__team__of="district", **asked)
    assert east == {k: "Blue" if AT[k][0] < 3 else "Red" for k in AT}
