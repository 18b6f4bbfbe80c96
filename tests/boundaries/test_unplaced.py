"""A school that the files put in no zone: placed in the nearest, to be confirmed."""

from __future__ import annotations

import pytest
from shapely import box

from cluster_geo.boundaries import layer_from_column, read_layer
from cluster_geo.rules import Zones, regions_of
from cluster_geo.scenario import load_county, read_scenario, rulebook_of
from tests.ground import schools_at, write_zones
from tests.worlds import FIRST_URN

ROW = [(0.5 * k, 0.0) for k in range(20)]
HALVES = ["West"] * 10 + ["East"] * 10
TENTH = FIRST_URN + 9


def test_a_blank_cell_takes_the_zone_of_the_nearest_school():
    """With a sentence that says whose, how far and what to do."""
    names = [*HALVES]
    names[9] = ""
    points = [*ROW]
    points[9] = (4.3, 0.0)
    layer = layer_from_column("district", schools_at(points, district=names), "district")
    assert layer.zone_of[TENTH] == "West"
    (notice,) = layer.notices
    assert notice.urn == TENTH
    assert "is in no zone of layer district. It was put in West" in notice.text
    assert "School 9 (0.30 km away)" in notice.text
    assert "Confirm it by writing" in notice.text


def test_a_layer_of_some_schools_shows_nothing_about_the_others():
    """Below nine in ten placed, the district of a pilot stays what it is."""
    names = ["West"] * 17 + [""] * 3
    layer = layer_from_column("district", schools_at(ROW, district=names), "district")
    assert len(layer.zone_of) == 17
    assert len(layer.notices) == 3
    assert all("is not in any zone" in notice.text for notice in layer.notices)


@pytest.mark.parametrize("column", [None, "district"])
def test_a_point_just_outside_takes_the_nearest_polygon(tmp_path, column):
    """A headland that a generalised coast leaves out; two kilometres out it is somebody's error."""
    shapes = [box(-0.2, -1, 4.6, 1), box(4.6, -1, 9.6, 1)]
    path = write_zones(tmp_path / "z.gpkg", shapes, {"code": ["W", "E"], "name": ["West", "East"]})
    points = [*ROW]
    points[19] = (9.5, 1.4)
    names = [*HALVES[:19], ""]
    layer = read_layer("own", path, schools_at(points, district=names), column=column)
    assert layer.zone_of[FIRST_URN + 19] == "E"
    (notice,) = layer.notices
    assert "lies 0.40 km outside every zone of layer own, and was put in the nearest, East" in (
        notice.text
    )


def test_one_empty_cell_does_not_end_a_rule_of_the_county(tmp_path):
    """Clusters stay within their districts, all of them, with one school's district blank."""
    rows = [
        f"{FIRST_URN + k},School {k},{'secondary' if k % 5 == 2 else 'primary'},"
        f"{550_000 + 1000 * k},150000,{'' if k == 3 else HALVES[k]}"
        for k in range(20)
    ]
    text = "urn,name,phase,easting,northing,district"
    (tmp_path / "schools.csv").write_text("\n".join([text, *rows]) + "\n")
    (tmp_path / "s.toml").write_text(
        '[schools]\nfile = "schools.csv"\nas_at = "2025-09-01"\n'
        '[clusters]\nsize = "3:6"\n[boundaries.district]\ncolumn = "district"\nrule = "hard"\n'
    )
    scenario = read_scenario(tmp_path / "s.toml")
    county = load_county(scenario)
    rulebook = rulebook_of(county, scenario)
    assert any(isinstance(rule, Zones) and rule.hard for rule in rulebook.rules)
    assert sorted(map(len, regions_of(rulebook, county.urns))) == [10, 10]
    assert any("Confirm it" in notice.text for notice in county.notices)
