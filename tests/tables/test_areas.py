"""The clusters' areas: whatever the points, and where they end."""

import json
from dataclasses import replace

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_geo import travel
from cluster_geo.boundaries import BoundaryLayer
from cluster_geo.county import County
from cluster_geo.export.geodata import write_geojson
from cluster_geo.geometry import Land
from cluster_geo.geometry.reach import spacing as spacing_at
from cluster_geo.maps.features import AREA_DETAIL_M, collection, label_spots
from cluster_geo.neighbours import Neighbours
from cluster_geo.plan import Cluster, Plan
from cluster_geo.read import read_county
from cluster_geo.schools import read_schools
from cluster_geo.tables.areas import cluster_areas, lighter
from cluster_geo.tables.ground import county_ground, other_land
from tests.ground import grid_shape, land_of, schools_at

AUTHORITIES = ("Camden", "Islington", "Nottinghamshire", "Cornwall", "Isles Of Scilly")
# How far from its area a school may lie: schools within half a metre are drawn at one place.
ROUNDING_M = 0.5
# Places in km: on a coarse grid, so that many coincide or lie in a line; anywhere; and next door.
coarse = st.tuples(st.integers(0, 3), st.integers(0, 3))
in_line = st.integers(0, 8).map(lambda x: (float(x), 2.0))
anywhere = st.tuples(st.floats(0, 9), st.floats(0, 9))
step = st.sampled_from([0.0, 1e-9, 1e-6, 3e-4, 6e-4, 1e-3])
beside = st.tuples(st.tuples(st.integers(0, 2), st.integers(0, 2)), step, step).map(
    lambda found: (found[0][0] + found[1], found[0][1] + found[2])
)
points = st.one_of(
    st.lists(coarse, min_size=2, max_size=14),
    st.lists(in_line, min_size=2, max_size=9),
    st.lists(anywhere, min_size=2, max_size=14),
    st.lists(beside, min_size=2, max_size=14),
    st.lists(st.one_of(coarse, in_line, anywhere, beside), min_size=2, max_size=14),
)
lands = st.sampled_from([None, (0.5, 0.5, 4.0, 3.0), (2.0, -5.0, 2.0001, 20.0), (50, 50, 60, 60)])


def county_at(places, land=None, **layers) -> County:
    """Schools at places (km), neighbours of none."""
    schools = schools_at(places)
    graph = nx.freeze(nx.empty_graph(schools.urns))
    return County(schools, layers, Neighbours(graph), travel.straight_line(schools, 1.3), land=land)


def plan_of(county, clusters) -> Plan:
    """Schools dealt out among clusters in turn."""
    members = [county.urns[k::clusters] for k in range(clusters)]
    return Plan.of([Cluster(urns, urns[0]) for urns in members if urns])


def zones(name_of, **boxes) -> gpd.GeoDataFrame:
    """Zones as boxes in km by code."""
    shapes = [grid_shape(shapely.box(*corners)) for corners in boxes.values()]
    names = [name_of.get(code, code) for code in boxes]
    return gpd.GeoDataFrame({"name": names}, geometry=shapes, index=list(boxes), crs=27700)


def hold_their_schools(areas, county, plan):
    """Hold each area to be valid, not empty and around its cluster's schools, and none to overlap."""
    assert areas.is_valid.all()
    assert not areas.is_empty.any()
    assert set(areas.geom_type) <= {"Polygon", "MultiPolygon"}
    code_of = [plan.code_of[urn] for urn in county.urns]
    metres = county.schools.table.geometry.distance(areas.geometry.loc[code_of], align=False)
    assert metres.max() <= ROUNDING_M
    shapes = areas.geometry.to_numpy()
    left, right = shapely.STRtree(shapes).query(shapes, "intersects")
    twice = shapely.area(shapely.intersection(shapes[left], shapes[right]))[left < right]
    assert not twice.size or twice.max() < 0.01


@settings(max_examples=150, deadline=None)
@given(points, st.integers(1, 6), lands)
def test_areas_hold_their_schools_whatever_the_points(places, clusters, box):
    """At one point, in a line, a hair apart, off land: valid, with their schools, none overlaps."""
    county = county_at(places, None if box is None else land_of(box))
    plan = plan_of(county, clusters)
    areas = cluster_areas(county, plan)
    hold_their_schools(areas, county, plan)
    light = lighter(areas, AREA_DETAIL_M)
    assert light.is_valid.all()
    assert not light.is_empty.any()
    label_spots(light)
    for feature in collection(light, {code: {} for code in light.index})["features"]:
        assert shapely.geometry.shape(feature["geometry"]).is_valid


@pytest.mark.parametrize("clusters", [1, 2, 3, 24])
def test_schools_at_one_point_in_several_clusters_share_its_ground(tmp_path, clusters):
    """24 schools at one point: sectors that meet there, valid in the files too."""
    county = county_at([(1, 1)] * 24 + [(4, 1), (1, 4), (-2, 1), (1, -2)] * 24)
    plan = plan_of(county, clusters)
    areas = cluster_areas(county, plan)
    hold_their_schools(areas, county, plan)
    assert areas.covers(shapely.Point(county.schools.points[0])).all()
    write_geojson(tmp_path / "areas.geojson", areas.reset_index(), {})
    written = json.loads((tmp_path / "areas.geojson").read_text(encoding="utf-8"))
    assert all(
        shapely.geometry.shape(feature["geometry"]).is_valid for feature in written["features"]
    )


def test_schools_at_one_point_of_the_coast_all_have_ground():
    """Half of what is around them is sea: the cluster whose sector that is has its disc."""
    county = county_at([(1, 2), (1, 2), (3, 1), (0.5, 1)], land_of((0, 0, 4, 2)))
    plan = plan_of(county, 2)
    areas = cluster_areas(county, plan)
    hold_their_schools(areas, county, plan)
    assert areas.covers(shapely.Point(county.schools.points[0])).all()


def town(spacing: float, side: int = 6) -> list[tuple[float, float]]:
    """Schools on a square grid, km."""
    return [(spacing * x, spacing * y) for x in range(side) for y in range(side)]


@pytest.mark.parametrize("spacing", [0.4, 2.0, 6.0])
def test_without_any_file_areas_reach_as_far_as_the_spacing_warrants(spacing):
    """In a city and in the hills the ground is the schools' own square and a margin, no holes."""
    county = county_at(town(spacing))
    ground = county_ground(county)
    square = grid_shape(shapely.box(0, 0, 5 * spacing, 5 * spacing))
    assert ground.covers(square)
    assert ground.area < 2.0 * square.area
    assert shapely.distance(shapely.points(shapely.get_coordinates(ground)), square).max() <= (
        1000 * 1.5 * spacing
    )


def test_two_towns_far_apart_are_not_joined():
    """Open country between them belongs to no cluster."""
    ground = county_ground(county_at([*town(0.4), *[(x + 12, y) for x, y in town(0.4)]]))
    assert len(shapely.get_parts(ground)) == 2
    assert ground.area < 20e6


def test_areas_are_cut_at_the_coast_with_and_without_districts():
    """A land layer cuts whatever ground there is."""
    coast = land_of((-9, -9, 3, 20))
    whole = BoundaryLayer("district", zones({}, A=(-1, -1, 9, 9)), dict.fromkeys(range(9_999_999)))
    for layers in ({}, {"district": whole}):
        county = county_at(town(0.5), coast, **layers)
        if layers:
            held = dict.fromkeys(county.urns, "A")
            county = replace(county, layers={"district": replace(whole, zone_of=held)})
        ground = county_ground(county)
        assert ground.difference(coast.shape.buffer(0.01)).area == pytest.approx(0, abs=1)
        assert ground.area > 5e6


def authorities(name_of=None) -> Land:
    """A land file of three authorities: ours, one of ours beside it, and another's."""
    parts = zones(
        name_of or {}, A=(-0.5, -0.5, 5.5, 5.5), B=(5.5, -0.5, 9, 5.5), C=(-0.5, 5.5, 9, 30)
    )
    return Land(parts.union_all(), parts=parts)


def test_the_authority_is_found_in_the_land_file_by_the_points_in_it():
    """Its polygon is taken whole; one that holds a single stray school is not."""
    county = county_at([*town(1.0), (3.0, 5.6)], authorities())
    ground = county_ground(county)
    assert ground.area == pytest.approx(36e6, rel=0.01)
    beside = other_land(county)
    assert beside["name"].to_list() == ["B", "C"]
    assert shapely.intersection(beside.union_all(), ground).area < 1
    plan = plan_of(county, 3)
    hold_their_schools(cluster_areas(county, plan), county, plan)


def test_a_land_file_of_one_country_gives_no_outline():
    """Then the schools' spacing does."""
    country = land_of((-100, -100, 100, 2.2))
    country = replace(country, parts=gpd.GeoDataFrame({"name": ["E"]}, geometry=[country.shape]))
    ground = county_ground(county_at(town(1.0), country))
    assert 10e6 < ground.area < 30e6
    assert ground.difference(country.shape).area == pytest.approx(0, abs=1)


@pytest.mark.parametrize(("wide", "holes"), [(1.0, 0), (10.0, 1)])
def test_a_zone_without_schools_among_those_with_some_is_no_hole(wide, holes):
    """A ward without a school is filled where schools are near; a city of others' is not."""
    ring = {"W": (-0.5, -0.5, 1.5, 5.5), "M": (1.5, 1.5, 3.5, 3.5), "E": (3.5, -0.5, 5.5, 5.5),
            "S": (1.5, -0.5, 3.5, 1.5), "N": (1.5, 3.5, 3.5, 5.5)}  # fmt: skip
    frame = zones({}, **{code: tuple(wide * k for k in box) for code, box in ring.items()})
    places = [(x, y) for x, y in town(1.0) if not (2 <= x <= 3 and 2 <= y <= 3)]
    places += [(5.0 * wide, y) for y in range(5)] + [(2.0 * wide, 5.0 * wide), (2.5 * wide, 0.0)]
    county = county_at(places)
    held = frame.sindex.query(county.schools.table.geometry, predicate="intersects")
    zone_of = {county.urns[k]: str(frame.index[zone]) for k, zone in zip(*held, strict=True)}
    layer = BoundaryLayer("district", frame, zone_of)
    ground = county_ground(replace(county, layers={"district": layer}))
    assert "M" not in zone_of.values()
    assert sum(len(part.interiors) for part in shapely.get_parts(ground)) == holes


def test_no_file_no_neighbours():
    """What is not known is not drawn."""
    assert other_land(county_at(town(1.0))).empty


def test_spacing_counts_places_not_schools():
    """Five schools at one point are not crowded: their next place is what counts."""
    points = schools_at([(0, 0)] * 5 + [(1, 0), (2, 0), (3, 0)]).points
    assert spacing_at(points)[:5] == pytest.approx([3000.0] * 5)
    alone = county_ground(county_at(town(2.0)))
    crowded = county_ground(county_at(town(2.0) * 5))
    assert np.isclose(alone.area, crowded.area)


@pytest.fixture(scope="module")
def register(real_data, tmp_path_factory):
    """The real authorities' rows of England's register, of which reading all takes seconds."""
    england = real_data / "gias" / "edubasealldata20250718_england_open.csv.gz"
    rows = pd.read_csv(england, encoding="cp1252", dtype=str, keep_default_na=False)
    own = tmp_path_factory.mktemp("register") / "edubasealldata20250718.csv"
    rows[rows["LA (name)"].isin(AUTHORITIES)].to_csv(own, index=False, encoding="cp1252")
    return own


@pytest.fixture(scope="module")
def authority(register, real_data):
    """Return a function that reads the schools of real authorities, without a boundary file."""
    districts = "Local_Authority_Districts_May_2024_Boundaries_UK_BUC.geojson"

    def read(*names, land=False) -> County:
        schools = read_schools(register, authorities=names)
        outline = real_data / "boundaries" / districts if land else None
        return read_county(schools=schools, land=outline)

    return read


@pytest.mark.real
@pytest.mark.parametrize(
    ("names", "km2"),
    [(("Camden", "Islington"), 37), (("Nottinghamshire",), 2_085), (("Cornwall",), 3_546)],
)
def test_real_authorities_without_polygons_are_no_balloons(authority, names, km2):
    """The ground is no more than a third larger than the authority, and not much smaller."""
    county = authority(*names)
    ground = county_ground(county)
    assert 0.8 * km2 < ground.area / 1e6 < 1.34 * km2
    holes = sum(len(part.interiors) for part in shapely.get_parts(ground))
    # The city of Nottingham, which is another authority, lies in the middle of its county's schools.
    assert holes == (1 if names == ("Nottinghamshire",) else 0)


@pytest.mark.real
@pytest.mark.parametrize(
    ("names", "km2"),
    [(("Camden", "Islington"), 37), (("Cornwall", "Isles Of Scilly"), 3_562)],
)
def test_real_authorities_have_their_own_outline_by_the_land_file(authority, names, km2):
    """Found by the schools in it; the sea and the neighbours are outside."""
    county = authority(*names, land=True)
    ground = county_ground(county)
    assert ground.area / 1e6 == pytest.approx(km2, rel=0.05)
    assert ground.difference(county.land.shape.buffer(1)).area < 1
    beside = set(other_land(county)["name"])
    assert {"Haringey", "Westminster"} <= beside or {"Torridge", "South Hams"} <= beside
    plan = plan_of(county, 12)
    hold_their_schools(cluster_areas(county, plan), county, plan)
