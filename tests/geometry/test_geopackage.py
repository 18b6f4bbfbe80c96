"""GeoPackages: layers beside plain tables, equal bytes, attributions carried on."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import box

from cluster_geo.geometry import BRITISH_NATIONAL_GRID, read_polygons, write_geopackage

ABOUT = {"title": "Areas", "attribution": "Contains data of somebody."}


def areas():
    """Two square kilometres of ground with codes."""
    return gpd.GeoDataFrame(
        {"code": ["A", "B"]},
        geometry=[box(600_000, 150_000, 601_000, 151_000), box(601_000, 150_000, 602_000, 151_000)],
        crs=BRITISH_NATIONAL_GRID,
    )


def test_a_table_beside_polygons_leaves_no_doubt_which_to_read(tmp_path):
    """A file with one layer of polygons and plain tables is read as a file of polygons."""
    path = tmp_path / "areas.gpkg"
    write_geopackage(path, {"areas": areas(), "notes": pd.DataFrame({"text": ["é", "b"]})}, ABOUT)
    read = read_polygons(path, "boundary pcn")
    assert read.frame["code"].tolist() == ["A", "B"]
    assert gpd.read_file(path, layer="notes")["text"].tolist() == ["é", "b"]


def test_attributions_are_carried_on(tmp_path):
    """What was derived from others' files still says whose they were."""
    path = tmp_path / "areas.gpkg"
    write_geopackage(path, {"areas": areas()}, ABOUT)
    assert read_polygons(path, "boundary pcn").source.attribution == ABOUT["attribution"]


def test_equal_content_gives_equal_bytes(tmp_path):
    """Nothing of the hour of its making is in the file."""
    paths = [tmp_path / "a.gpkg", tmp_path / "b.gpkg"]
    for path in paths:
        write_geopackage(path, {"areas": areas()}, ABOUT)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_a_file_that_cannot_be_written_is_an_error_of_files(tmp_path):
    """What GDAL calls an error of its own is one that callers of any file expect."""
    path = tmp_path / "nowhere" / "areas.gpkg"
    with pytest.raises(OSError, match="nowhere") as caught:
        write_geopackage(path, {"areas": areas()}, ABOUT)
    assert caught.value.filename == str(path)
