"""The GeoPackage: polygons that can be a layer, the tables beside them, and nothing overwritten."""

import geopandas as gpd
import pyogrio
import pytest

from cluster_geo.boundaries import read_layer
from cluster_geo.boundaries.pcn import derive_areas, write_areas
from cluster_geo.errors import OutputError
from tests.boundaries.pcn.ground import (
    ALL,
    HALVES,
    write_lsoas,
    write_patients,
    write_practices,
    write_workbook,
)
from tests.ground import schools_at


@pytest.fixture
def areas(tmp_path):
    """West and East PCN, by patients."""
    return derive_areas(
        write_workbook(tmp_path / "ePCN.xlsx"),
        of=["11X"],
        registrations=write_patients(tmp_path / "patients.csv", HALVES),
        lsoas=[write_lsoas(tmp_path / "lsoas.gpkg", ALL)],
        practices=write_practices(tmp_path / "p.csv", {"G00001": (0, 1), "G00002": (3, 1)}),
    )


def test_the_file_is_a_boundary_layer(areas, tmp_path):
    """What is written can be given as --boundary pcn=FILE without naming a field."""
    path = write_areas(areas, tmp_path / "new" / "pcn.gpkg")
    schools = schools_at([(0.5, 0.5), (3.5, 1.5), (1.5, 0.2)])
    layer = read_layer("pcn", path, schools)
    assert list(layer.zone_of.values()) == ["U00001", "U00002", "U00001"]
    assert (layer.written("U00002"), layer.name_of("U00002")) == ("EAST PCN", "East PCN")
    assert "Office for National Statistics" in layer.source.attribution
    assert "Open Government Licence" in layer.source.attribution


def test_the_file_records_how_it_was_derived(areas, tmp_path):
    """Each LSOA with its share, each notice, each source with its hash are in it."""
    path = write_areas(areas, tmp_path / "pcn.gpkg")
    lsoas = gpd.read_file(path, layer="lsoas")
    assert len(lsoas) == 8
    assert set(lsoas["share"]) == {1.0}
    assert len(gpd.read_file(path, layer="notices")) == len(areas.notices)
    sources = gpd.read_file(path, layer="sources")
    assert sources["role"].tolist() == ["PCNs", "patients by LSOA", "LSOAs", "practices"]
    assert sources["sha256"].str.len().eq(64).all()
    assert not sources["file"].str.contains("/").any()
    about = pyogrio.read_info(path, layer="pcn")["layer_metadata"]
    assert about["how"].startswith("Each LSOA belongs to the PCN with most")


def test_equal_inputs_give_equal_bytes(areas, tmp_path):
    """An earlier file of ours is replaced by the same."""
    path = write_areas(areas, tmp_path / "pcn.gpkg")
    before = path.read_bytes()
    assert write_areas(areas, path).read_bytes() == before
    assert [p.name for p in tmp_path.glob(".pcn*")] == []


def test_other_files_are_not_overwritten(areas, tmp_path):
    """Another GeoPackage, a file of text, a folder or another ending are refused."""
    others = tmp_path / "pcn.gpkg"
    areas.zones.to_file(others, layer="pcn")
    (tmp_path / "text.gpkg").write_text("mine")
    (tmp_path / "folder.gpkg").mkdir()
    for name in ("pcn.gpkg", "text.gpkg", "folder.gpkg", "pcn.geojson"):
        with pytest.raises(OutputError):
            write_areas(areas, tmp_path / name)
    assert (tmp_path / "text.gpkg").read_text() == "mine"


def test_a_folder_that_cannot_be_made(areas, tmp_path):
    """The message names the file."""
    (tmp_path / "taken").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        write_areas(areas, tmp_path / "taken" / "pcn.gpkg")
