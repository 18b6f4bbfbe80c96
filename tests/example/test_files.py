"""The example county: its files, and that they are like the real ones."""

import csv
import io
import json
import os
import stat
from collections import Counter
from pathlib import Path

import geopandas as gpd
import pytest

from cluster_geo.example import example_files, example_folder, write_example
from cluster_geo.example.files import CENSUS, LAYERS, SCHOOLS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def rows():
    text = example_files()[SCHOOLS].decode("cp1252")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture(scope="module")
def layers(tmp_path_factory):
    folder = write_example(tmp_path_factory.mktemp("example"))
    return {name: gpd.read_file(folder / file) for name, file in LAYERS.items() if "geo" in file}


def test_the_same_seed_gives_the_same_bytes():
    """The county is drawn by its seed alone."""
    first = dict(example_files(7))
    example_files.cache_clear()
    assert dict(example_files(7)) == first
    assert dict(example_files(8)) != first


def test_the_register_has_the_format_of_the_real_one(rows):
    """cp1252, CRLF, every field quoted, the columns a loader reads."""
    raw = example_files()[SCHOOLS]
    assert raw.startswith(b'"URN","LA (code)"')
    assert raw.count(b"\r\n") == raw.count(b"\n") == len(rows) + 1
    assert {row["LA (name)"] for row in rows} == {"Merrowshire"}


def test_the_census_has_the_format_of_the_real_one():
    """UTF-8 with a byte order mark, percentages as text."""
    raw = example_files()[CENSUS]
    assert raw.startswith(b"\xef\xbb\xbfURN,")
    first = next(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert first["PSENELSE"].endswith("%")


def test_the_county_is_the_size_it_should_be(rows):
    """About 120 mainstream schools, in three districts, with something of everything."""
    state = {"Academies", "Local authority maintained schools", "Free Schools"}
    counted = [
        row
        for row in rows
        if row["EstablishmentTypeGroup (name)"] in state
        and row["EstablishmentStatus (name)"] == "Open"
        and row["PhaseOfEducation (name)"] in {"Primary", "Secondary", "All-through"}
    ]
    assert 115 <= len(counted) <= 130
    districts = Counter(row["DistrictAdministrative (name)"] for row in counted)
    assert len(districts) == 3
    assert min(districts.values()) >= 30
    trusts = Counter(
        row["Trusts (code)"]
        for row in counted
        if row["TrustSchoolFlag (name)"] == "Supported by a multi-academy trust"
    )
    assert len(trusts) >= 5
    assert min(trusts.values()) >= 2
    federations = Counter(row["Federations (code)"] for row in counted if row["Federations (code)"])
    assert len(federations) >= 4
    assert min(federations.values()) >= 2
    provisions = [
        r for r in counted if r["TypeOfResourcedProvision (name)"] not in {"", "Not applicable"}
    ]
    assert len(provisions) >= 12
    assert len({(row["Easting"], row["Northing"]) for row in counted}) < len(counted)


def test_names_and_urns_are_told_apart(rows):
    """No two schools share a URN, and no real one has such a URN."""
    urns = [int(row["URN"]) for row in rows]
    assert len(set(urns)) == len(urns)
    assert min(urns) > 900_000
    assert len({row["EstablishmentName"] for row in rows}) == len(rows)


def test_schools_lie_in_the_district_they_state(rows, layers):
    """Polygon and register agree, so that a disagreement in a test is made, not met."""
    points = gpd.GeoDataFrame(
        rows,
        geometry=gpd.points_from_xy(
            [int(row["Easting"]) for row in rows], [int(row["Northing"]) for row in rows]
        ),
        crs="EPSG:27700",
    )
    districts = layers["districts"].to_crs("EPSG:27700")
    joined = gpd.sjoin(points, districts[["LAD24CD", "geometry"]], predicate="within")
    assert len(joined) == len(rows)
    assert (joined["LAD24CD"] == joined["DistrictAdministrative (code)"]).all()


def test_layers_are_valid_and_leave_no_gap(layers):
    """Districts and PCN areas are valid polygons in degrees, and each covers the same land."""
    for layer in layers.values():
        assert layer.crs.is_geographic
        assert layer.geometry.is_valid.all()
    areas = {name: layer.to_crs("EPSG:27700").area.sum() for name, layer in layers.items()}
    assert areas["pcns"] == pytest.approx(areas["districts"], rel=1e-4)
    assert areas["land"] == pytest.approx(areas["districts"], rel=1e-4)
    assert len(layers["pcns"]) == 8


def test_the_island_is_an_island(layers):
    """The land is two pieces, and the bridge is the only way between them."""
    parts = layers["land"].to_crs("EPSG:27700").explode().area.sort_values()
    assert len(parts) == 2
    assert parts.iloc[0] > 20e6


def test_what_is_there_already_is_left_alone(tmp_path):
    """Writing twice changes nothing; a damaged file is mended; others are not touched."""
    folder = write_example(tmp_path)
    own = tmp_path / "mine.txt"
    own.write_text("kept")
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    write_example(tmp_path)
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    (folder / CENSUS).write_bytes(b"half")
    write_example(tmp_path)
    assert (folder / CENSUS).read_bytes() == example_files()[CENSUS]
    assert own.read_text() == "kept"


def test_the_folder_is_found_from_anywhere(tmp_path, monkeypatch):
    """The example is written under the user's cache, whatever the current folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    folder = example_folder()
    assert folder.is_relative_to(tmp_path / "cache" / "cluster-geo")
    assert (folder / SCHOOLS).read_bytes() == example_files()[SCHOOLS]
    assert example_folder() == folder


def test_without_a_cache_a_temporary_folder_serves(tmp_path, monkeypatch):
    """Where neither cache nor home can be written, the example still works."""
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    monkeypatch.setenv("HOME", str(blocked))
    folder = example_folder()
    assert (folder / SCHOOLS).is_file()
    assert not folder.is_relative_to(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="file modes are a matter of POSIX")
def test_files_can_be_read_by_others(tmp_path):
    """The files have the permissions that files have, not those of a secret."""
    folder = write_example(tmp_path)
    assert stat.S_IMODE((folder / SCHOOLS).stat().st_mode) & stat.S_IRUSR


@pytest.mark.parametrize("name", LAYERS.values())
def test_the_layers_of_the_boundaries_folder_are_current(name):
    """boundaries/ shows the example's layers as the generator draws them."""
    assert (ROOT / "boundaries" / name).read_bytes() == example_files()[name]


def test_geojson_is_as_the_portal_gives_it():
    """A feature a line, coordinates to a tenth of a metre, the coordinate system named."""
    tree = json.loads(example_files()[LAYERS["districts"]])
    assert tree["crs"]["properties"]["name"] == "urn:ogc:def:crs:OGC:1.3:CRS84"
    assert set(tree["features"][0]["properties"]) == {"LAD24CD", "LAD24NM"}
