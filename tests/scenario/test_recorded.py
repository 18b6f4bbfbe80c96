"""Runs read back from their records."""

import hashlib
import json
from pathlib import Path

import pytest

from cluster_geo.errors import InputError
from cluster_geo.example import example_folder
from cluster_geo.records import sha256_of
from cluster_geo.scenario import read_run, read_scenario, recorded_scenario
from cluster_geo.scenario.files import SHIPPED
from cluster_geo.scenario.paths import found, recorded_path


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with a scenario, its files, and a record of a run two folders below."""
    home = tmp_path / "project"
    record = home / "outputs" / "mine"
    record.mkdir(parents=True)
    (home / "schools.csv").write_text("urn,name,phase,easting,northing\n")
    (home / "mine.toml").write_text('[schools]\nfile = "schools.csv"\n')
    monkeypatch.chdir(home)
    content = {
        "scenario": read_scenario("mine.toml").record(),
        "inputs": [
            {
                "role": "schools",
                "path": "schools.csv",
                "sha256": hashlib.sha256((home / "schools.csv").read_bytes()).hexdigest(),
            }
        ],
        "versions": {"pandas": "1.0"},
    }
    (record / "run.json").write_text(json.dumps(content))
    return home


def test_files_of_the_program_are_recorded_by_name():
    """The example's and the shipped files are the same everywhere, wherever they lie."""
    land = example_folder() / "merrowshire_land.geojson"
    assert recorded_path(land) == "example:merrowshire_land.geojson"
    assert found("example:merrowshire_land.geojson") == land
    crossings = SHIPPED / "kent_crossings.csv"
    assert found(recorded_path(crossings)) == crossings
    assert found("example:../../etc/passwd").parent == example_folder()


def test_no_users_name_is_told(monkeypatch, tmp_path):
    """A file in the home folder is recorded relative to it."""
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert recorded_path(tmp_path / "data" / "x.csv") == "~/data/x.csv"
    assert found("~/data/x.csv") == tmp_path / "data" / "x.csv"
    assert recorded_path(Path("data/x.csv")) == "data/x.csv"
    record = read_scenario("example").record()
    assert str(example_folder()) not in json.dumps(record)
    assert recorded_scenario(record).schools.file.is_file()


def test_without_a_home_folder_paths_are_as_given(monkeypatch):
    """A service of no user's own has none."""

    def nobody():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", nobody)
    assert recorded_path(Path("/data/x.csv")) == "/data/x.csv"
    assert found("~/data/x.csv") == Path("~/data/x.csv")


def test_a_record_leads_to_its_files_from_anywhere(project, monkeypatch, tmp_path):
    """From another folder they are looked for beside the record, and recorded as they were."""
    here = read_run(project / "outputs" / "mine")
    assert here.changed_inputs() == []
    monkeypatch.chdir(tmp_path)
    there = read_run(project / "outputs" / "mine" / "run.json")
    assert there.scenario.schools.file == project / "schools.csv"
    assert there.scenario.record() == here.scenario.record()
    assert there.changed_inputs() == []


def test_changed_and_missing_files_are_named(project):
    """What is not as it was in the run is a fault with its setting; what is replaced is not."""
    (project / "schools.csv").write_text("changed")
    (fault,) = read_run(project / "outputs" / "mine").changed_inputs()
    assert fault.setting == "schools.file"
    assert "has changed" in fault.found
    again = "Restore the file, or use the files as they are now with --changed-inputs"
    assert fault.fix == again
    (project / "schools.csv").unlink()
    (fault,) = read_run(project / "outputs" / "mine").changed_inputs()
    assert "no longer exists" in fault.found
    other = read_run(project / "outputs" / "mine", {"schools.file": "next_year.csv"})
    assert other.changed_inputs() == []


def test_every_file_of_the_run_is_looked_at(project):
    """One that the scenario no longer names is passed over, and those after it are not."""
    path = project / "outputs" / "mine" / "run.json"
    content = json.loads(path.read_text())
    content["inputs"].insert(0, {"role": "census", "path": "gone.csv", "sha256": "ab" * 32})
    path.write_text(json.dumps(content))
    assert read_run(path).changed_inputs() == []
    (project / "schools.csv").write_text("changed")
    assert [fault.setting for fault in read_run(path).changed_inputs()] == ["schools.file"]


@pytest.mark.parametrize("setting", ["plan.previous_plan", "reference.plan"])
def test_a_changed_record_beside_a_plan_is_named(project, monkeypatch, tmp_path, setting):
    """The run.json that retired codes were read from is an input, found from anywhere."""
    (project / "old").mkdir()
    (project / "old" / "clusters.csv").write_text("urn,cluster\n")
    retired = project / "old" / "run.json"
    retired.write_text('{"retired_codes": ["OLD-09"]}')
    path = project / "outputs" / "mine" / "run.json"
    content = json.loads(path.read_text())
    content["scenario"] = read_scenario("mine.toml", {setting: "old/clusters.csv"}).record()
    content["inputs"].append(
        {"role": "codes retired", "path": "old/run.json", "sha256": sha256_of(retired)}
    )
    path.write_text(json.dumps(content))
    monkeypatch.chdir(tmp_path)
    run = read_run(path)
    assert run.changed_inputs() == []
    assert run.scenario.recorded_path(str(retired)) == "old/run.json"
    retired.write_text("{}")
    (fault,) = run.changed_inputs()
    assert (fault.setting, fault.where) == (setting, str(retired))


def test_a_shapefile_is_changed_when_one_of_its_parts_is(project):
    """Other names in the .dbf are another boundary, though the shapes are as they were."""
    for suffix in (".shp", ".dbf"):
        (project / f"zones{suffix}").write_text("as it was")
    path = project / "outputs" / "mine" / "run.json"
    content = json.loads(path.read_text())
    content["scenario"]["boundaries"] = {"district": {"file": "zones.shp"}}
    content["inputs"].append({"path": "zones.shp", "sha256": sha256_of(project / "zones.shp")})
    path.write_text(json.dumps(content))
    assert read_run(path).changed_inputs() == []
    (project / "zones.dbf").write_text("renamed")
    (fault,) = read_run(path).changed_inputs()
    assert fault.setting == "boundaries.district.file"


def test_versions_that_differ_are_told(project):
    """A library of another version may find another plan."""
    run = read_run(project / "outputs" / "mine")
    assert run.other_versions({"pandas": "2.0"}) == {"pandas": ("1.0", "2.0")}
    assert run.other_versions({"pandas": "1.0", "new": "1"}) == {}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"scenario": []}', "\0", "[" * 100_000])
def test_what_is_no_record_is_a_message(tmp_path, text):
    """Damaged, empty or another program's: one fault, no traceback."""
    (tmp_path / "run.json").write_text(text)
    with pytest.raises(InputError) as caught:
        read_run(tmp_path)
    assert [fault.where for fault in caught.value.faults] == [str(tmp_path / "run.json")]
    with pytest.raises(InputError, match="cannot be read"):
        read_run(tmp_path / "none.json")


def test_odd_inputs_of_a_record_are_left_out(project):
    """A record whose list of inputs is invalid still has its scenario."""
    path = project / "outputs" / "mine" / "run.json"
    content = json.loads(path.read_text())
    for inputs in (None, 3, ["x"], [{"path": 3}], {"path": "x"}):
        path.write_text(json.dumps(content | {"inputs": inputs, "versions": []}))
        assert read_run(path).changed_inputs() == []
