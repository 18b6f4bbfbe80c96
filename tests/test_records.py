"""Where data came from: the hash of every byte that was read."""

import hashlib

import pytest
from shapely.geometry import box

from cluster_geo.records import SHAPEFILE_PARTS, sha256_of, source_of
from tests.ground import write_zones


@pytest.fixture
def zones(tmp_path):
    """A shapefile of two zones, in a folder with another of nearly the same name."""
    fields = {"code": ["A", "B"], "name": ["Ash", "Beech"]}
    shapes = [box(0, 0, 2, 2), box(2, 0, 4, 2)]
    write_zones(tmp_path / "zones_old.shp", shapes, fields)
    return write_zones(tmp_path / "zones.shp", shapes, fields)


def test_a_file_is_known_by_its_bytes(tmp_path):
    """The hash is the one that any other program gives."""
    path = tmp_path / "schools.csv"
    path.write_bytes(b"urn\r\n")
    assert source_of(path, "schools").sha256 == hashlib.sha256(b"urn\r\n").hexdigest()


def test_a_shapefile_is_known_by_all_its_parts(zones):
    """As cat of the parts in the order of their names, so that anybody can check it."""
    parts = [zones.with_suffix(suffix) for suffix in (".cpg", ".dbf", ".prj", ".shp", ".shx")]
    assert sha256_of(zones) == hashlib.sha256(b"".join(p.read_bytes() for p in parts)).hexdigest()


@pytest.mark.parametrize("suffix", SHAPEFILE_PARTS)
def test_no_part_of_a_shapefile_changes_unnoticed(zones, suffix):
    """A zone renamed in the .dbf or another system in the .prj is another input."""
    before = sha256_of(zones)
    part = zones.with_suffix(suffix)
    part.write_bytes(part.read_bytes()[:-1] + b"?")
    changed = sha256_of(zones)
    part.unlink()
    assert len({before, changed, sha256_of(zones) if suffix != ".shp" else ""}) == 3


def test_what_is_no_part_does_not_count(zones):
    """Metadata, indexes and the shapefile next door are not read, and not hashed."""
    before = sha256_of(zones)
    for name in ("zones.shp.xml", "zones.sbn", "zones_old.dbf"):
        (zones.parent / name).write_bytes(b"other")
    assert sha256_of(zones) == before


def test_parts_in_capitals_are_parts(zones):
    """Files from old disks are called in capitals, some or all of them."""
    before = sha256_of(zones)
    zones.with_suffix(".dbf").rename(zones.with_suffix(".DBF"))
    assert sha256_of(zones) == before
    zones.rename(zones.with_suffix(".SHP"))
    assert sha256_of(zones.with_suffix(".SHP")) == before


def test_a_file_that_is_gone_is_an_error(zones):
    """Nothing is not hashed as if it were an empty file."""
    zones.unlink()
    with pytest.raises(FileNotFoundError):
        sha256_of(zones)
