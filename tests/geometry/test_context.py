"""Context: what is read of a file of open data, and what is left."""

import re
import zipfile

import geopandas as gpd
import pytest
from shapely.geometry import LineString, Point

from cluster_geo.errors import InputError
from cluster_geo.geometry import read_context
from tests.geometry.zoomstack import write_zoomstack
from tests.ground import grid_shape
from tests.worlds import ORIGIN

NEAR = (ORIGIN[0] - 10_000, ORIGIN[1] - 10_000, ORIGIN[0] + 20_000, ORIGIN[1] + 20_000)


def kinds(context) -> dict[str, int]:
    """How many shapes of each kind there are."""
    return dict(context.shapes["kind"].value_counts())


def places(context) -> dict[str, str]:
    """The kind of each place by its name."""
    return dict(zip(context.places["name"], context.places["kind"], strict=True))


def write_osm(folder):
    """Write shapefiles with the names and fields of an OpenStreetMap extract, zipped."""
    layers = {
        "gis_osm_roads_free_1": [
            ("trunk", "A1", LineString([(0, 0), (5, 0)])),
            ("service", "", LineString([(0, 1), (5, 1)])),
            ("motorway", "M1", LineString([(0, 2), (5, 2)])),
        ],
        "gis_osm_railways_free_1": [("rail", "", LineString([(0, 3), (5, 3)]))],
        "gis_osm_waterways_free_1": [
            ("river", "Bourne", LineString([(0, 4), (5, 4)])),
            ("drain", "", LineString([(0, 5), (5, 5)])),
        ],
        "gis_osm_places_free_1": [
            ("village", "Netherby", Point(1, 1)),
            ("farm", "Home Farm", Point(2, 1)),
            ("suburb", "", Point(2, 2)),
        ],
        "gis_osm_pois_free_1": [("pub", "The Plough", Point(1, 1))],
    }
    for layer, rows in layers.items():
        classes, names, shapes = zip(*rows, strict=True)
        fields = {"osm_id": ["1"] * len(rows), "fclass": classes, "name": names}
        shown = [grid_shape(shape) for shape in shapes]
        frame = gpd.GeoDataFrame(fields, geometry=shown, crs=27700).to_crs(4326)
        frame.to_file(folder / f"{layer}.shp")
    packed = folder / "extract.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for part in sorted(folder.glob("gis_osm_*")):
            archive.write(part, part.name)
    return packed


def test_a_zoomstack_gives_main_roads_water_towns_and_names(tmp_path):
    """Local roads, stations, parks, tide lines, tunnels and hills are left out, and far cities."""
    context = read_context([write_zoomstack(tmp_path / "zoomstack.gpkg")], NEAR)
    assert kinds(context) == {
        "road": 2, "motorway": 1, "railway": 1, "river": 1, "water": 1, "built-up": 1,
    }  # fmt: skip
    assert places(context) == {"Overby": "town", "Netherby": "village"}
    assert context.sources[0].attribution.startswith("Contains OS data")
    assert context.shapes.total_bounds[2] <= NEAR[2]
    assert context.shapes.crs.to_epsg() == 27700


def test_an_openstreetmap_extract_is_read_from_its_zip(tmp_path):
    """Its shapefiles are told by their names, and its makers are named."""
    context = read_context([write_osm(tmp_path)], NEAR)
    assert kinds(context) == {"road": 1, "motorway": 1, "railway": 1, "river": 1}
    assert places(context) == {"Netherby": "village"}
    assert context.sources[0].attribution.startswith("© OpenStreetMap contributors")


def test_several_files_add_up(tmp_path):
    """A planner may have the roads from one maker and the rivers from another."""
    both = [write_zoomstack(tmp_path / "zoomstack.gpkg"), write_osm(tmp_path)]
    context = read_context(both, NEAR)
    assert kinds(context)["motorway"] == 2
    assert len(context.sources) == 2


def test_a_layer_without_classes_is_shown_whole(tmp_path):
    """Lines of one's own in a file called main_roads are main roads."""
    path = tmp_path / "main_roads.gpkg"
    line = gpd.GeoDataFrame(geometry=[grid_shape(LineString([(0, 0), (5, 0)]))], crs=27700)
    line.to_file(path, layer="main_roads")
    context = read_context([path], NEAR)
    assert kinds(context) == {"road": 1}
    assert context.sources[0].attribution == ""


def test_every_file_that_is_of_no_use_is_named(tmp_path):
    """No such file, no map, and a map of other things: three faults in one message."""
    words, other = tmp_path / "words.gpkg", tmp_path / "parks.gpkg"
    words.write_text("not a map", encoding="utf-8")
    spot = gpd.GeoDataFrame(geometry=[grid_shape(Point(0, 0))], crs=27700)
    spot.to_file(other, layer="benches")
    with pytest.raises(InputError) as refused:
        read_context([tmp_path / "none.gpkg", words, other], NEAR)
    said = str(refused.value)
    for fault in ("none.gpkg: there is no such file", "words.gpkg: it cannot be read", "benches"):
        assert re.search(re.escape(fault), said), said


@pytest.mark.real
@pytest.mark.parametrize("file", ["rutland-latest-free.shp.zip", "rutland-latest.osm.pbf"])
def test_a_real_authority_in_both_of_its_forms(real_data, file):
    """Rutland as shapefiles and as .pbf: the same roads, railways, rivers and villages."""
    near = (480_000.0, 295_000.0, 510_000.0, 320_000.0)
    context = read_context([real_data / "roads" / "rutland" / file], near)
    assert kinds(context)["road"] == 219
    assert kinds(context)["railway"] == 129
    assert kinds(context)["river"] == 87
    assert {"Oakham", "Uppingham"} == {n for n, kind in places(context).items() if kind == "town"}
    assert list(context.places["kind"]).count("village") == 51
