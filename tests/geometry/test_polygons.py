"""Polygon files of any kind are read the same way, and unusable ones refused with reasons."""

import json

import geopandas as gpd
import pytest
import shapely
from shapely.geometry import LineString, Polygon, box

from cluster_geo.errors import InputError
from cluster_geo.geometry import box_around, read_polygons
from cluster_geo.geometry.polygons import rounded
from tests.ground import grid_shape, schools_at, write_zones

BOXES = [box(0, 0, 2, 2), box(2, 0, 4, 2)]
FIELDS = {"code": ["A", "B"], "name": ["Ash", "Beech"]}


@pytest.mark.parametrize("suffix", ["geojson", "gpkg", "shp"])
@pytest.mark.parametrize("crs", ["EPSG:27700", "EPSG:4326", "EPSG:3857"])
def test_every_format_and_system_gives_the_same_ground(tmp_path, suffix, crs):
    """The same two squares come back from each format and coordinate system."""
    path = write_zones(tmp_path / f"zones.{suffix}", BOXES, FIELDS, crs)
    read = read_polygons(path, "boundary test")
    assert read.frame.crs == "EPSG:27700"
    assert list(read.frame["name"]) == ["Ash", "Beech"]
    expected = grid_shape(BOXES[0])
    assert read.frame.geometry.iloc[0].symmetric_difference(expected).area < 1000
    assert read.source.path == str(path)


def test_shapefile_without_system_is_refused(tmp_path):
    """A shapefile without its .prj has no coordinate system, and none is guessed."""
    with pytest.warns(UserWarning, match="crs"):
        path = write_zones(tmp_path / "zones.shp", BOXES, FIELDS, crs=None)
    with pytest.raises(InputError, match=r"zones\.shp: it does not state its coordinate system"):
        read_polygons(path, "boundary test")


def test_unknown_coordinate_system_is_refused(tmp_path):
    """A local system of a building site cannot be brought to the National Grid."""
    path = write_zones(tmp_path / "zones.shp", BOXES, FIELDS)
    path.with_suffix(".prj").write_text('LOCAL_CS["Site",UNIT["metre",1]]')
    near = box_around(schools_at([(1, 1)]).points)
    with pytest.raises(InputError, match=r"zones\.shp: its coordinate system is not known"):
        read_polygons(path, "land", near=near)


def test_geojson_without_system_is_degrees(tmp_path):
    """GeoJSON needs no stated system: its standard says longitude and latitude."""
    path = tmp_path / "zones.geojson"
    ring = [[0.5, 51.2], [0.6, 51.2], [0.6, 51.3], [0.5, 51.2]]
    feature = {
        "type": "Feature",
        "properties": {},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    west, south, *_ = read_polygons(path, "land").frame.total_bounds
    assert 570_000 < west < 580_000
    assert 140_000 < south < 160_000


def test_metres_in_a_file_of_degrees_are_refused(tmp_path):
    """Eastings in a GeoJSON that states no other system lie beyond the globe."""
    path = tmp_path / "zones.geojson"
    gpd.GeoDataFrame(FIELDS, geometry=[grid_shape(b) for b in BOXES], crs="EPSG:4326").to_file(path)
    with pytest.raises(InputError, match="probably in metres"):
        read_polygons(path, "land")


def test_invalid_polygon_is_repaired_and_named(tmp_path):
    """A bow tie becomes two triangles, and a notice names it."""
    bow_tie = Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    path = write_zones(tmp_path / "z.gpkg", [bow_tie, BOXES[1]], FIELDS)
    read = read_polygons(path, "boundary ward")
    assert read.frame.geometry.is_valid.all()
    assert read.frame.geometry.area.iloc[0] == pytest.approx(2e6)
    (notice,) = read.notices
    assert notice.topic == "repair"
    assert "A Ash of boundary ward" in notice.text


def test_every_shape_that_is_not_a_polygon_is_a_fault(tmp_path):
    """Two features without a polygon are two faults in one error."""
    line = LineString([(0, 0), (1, 1)])
    frame = gpd.GeoDataFrame(geometry=[BOXES[0], line, None], crs="EPSG:27700")
    frame.to_file(tmp_path / "z.geojson")
    with pytest.raises(InputError) as error:
        read_polygons(tmp_path / "z.geojson", "land")
    assert len(error.value.faults) == 2
    assert "feature 2 is linestring" in str(error.value)
    assert "feature 3 is without a shape" in str(error.value)


@pytest.mark.parametrize("content", [None, "not a map", ""])
def test_no_file_and_no_map_are_refused(tmp_path, content):
    """A missing file and a file of text are refused in words, without a traceback."""
    path = tmp_path / "zones.geojson"
    if content is not None:
        path.write_text(content)
    with pytest.raises(InputError, match=r"zones\.geojson"):
        read_polygons(path, "land")


def test_table_without_shapes_is_refused(tmp_path):
    """A CSV opens as a layer but holds no polygons."""
    path = tmp_path / "areas.csv"
    path.write_text("district,area\nAsh,North\n")
    with pytest.raises(InputError, match=r"areas\.csv"):
        read_polygons(path, "land")


def test_one_polygon_layer_among_others_is_found(tmp_path):
    """Of a GeoPackage with points and polygons the polygons are read; two such layers are a fault."""
    path = tmp_path / "both.gpkg"
    frame = gpd.GeoDataFrame(FIELDS, geometry=[grid_shape(b) for b in BOXES], crs="EPSG:27700")
    frame.set_geometry(frame.centroid).to_file(path, layer="points")
    frame.to_file(path, layer="zones")
    assert len(read_polygons(path, "land").frame) == 2
    frame.to_file(path, layer="more")
    with pytest.raises(InputError, match="several layers"):
        read_polygons(path, "land")


def test_polygons_far_from_the_schools_are_left_unread(tmp_path):
    """A national file costs only its polygons near the schools, in any coordinate system."""
    far = box(300, 300, 301, 301)
    path = write_zones(tmp_path / "z.geojson", [BOXES[0], far], FIELDS, "EPSG:4326")
    near = box_around(schools_at([(1, 1)]).points)
    assert list(read_polygons(path, "land", near=near).frame["name"]) == ["Ash"]


@pytest.mark.parametrize(("field", "year"), [("LAD24CD", "2024"), ("WD25NM", "2025"), ("area", "")])
def test_ons_files_carry_their_attribution(tmp_path, field, year):
    """A field of the Office for National Statistics shows licence and vintage; others do not."""
    path = write_zones(tmp_path / "z.geojson", BOXES, {field: ["A", "B"]})
    source = read_polygons(path, "land").source
    assert source.vintage == year
    assert ("Open Government Licence" in source.attribution) is bool(year)


@pytest.mark.real
def test_the_invalid_lsoa_of_kent_is_repaired(real_data):
    """E01024572 is an invalid polygon in the ONS file; it is repaired and named."""
    read = read_polygons(real_data / "boundaries" / "lsoa21_kent.geojson", "boundary lsoa")
    assert len(read.frame) == 938
    assert read.frame.geometry.is_valid.all()
    assert any("E01024572" in notice.text for notice in read.notices)


@pytest.mark.parametrize("start", [b"\xff\xfe", b"\xce{", "é".encode("cp1252")])
def test_geojson_in_another_encoding_is_a_message(tmp_path, start):
    """GeoJSON is UTF-8; anything else is refused with its line before GDAL sees it."""
    path = tmp_path / "zones.geojson"
    path.write_bytes(b'{"type":\n"FeatureCollection", "name": "' + start + b'", "features": []}')
    with pytest.raises(InputError, match="row 2: it is not UTF-8 text"):
        read_polygons(path, "boundary")


def test_rounding_spoils_no_shape():
    """A polygon that would cross itself is mended; one that would vanish stays as it is."""
    plain = Polygon([(0, 0), (10, 0), (5.2, 1.4), (0, 10)])
    # The notch is a hair above the floor, and on it when rounded.
    crossing = Polygon([(0, 0), (8, 0), (8, 8), (4, 0.3), (0, 8)])
    tiny = box(3.1, 3.1, 3.2, 3.2)
    shapes = gpd.GeoSeries([plain, crossing, tiny], index=["a", "b", "c"])
    assert shapes.is_valid.all()
    assert not shapely.is_valid(shapely.transform(crossing, lambda numbers: numbers.round()))
    found = rounded(shapes, 0)
    assert list(found.index) == ["a", "b", "c"]
    assert found.is_valid.all()
    assert not found.is_empty.any()
    assert found["a"].equals(Polygon([(0, 0), (10, 0), (5, 1), (0, 10)]))
    assert found["c"].equals(tiny)
