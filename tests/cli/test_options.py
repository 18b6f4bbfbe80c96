"""Options that stand for settings."""

from pathlib import Path

import pytest

from cluster_geo.cli.options import overrides_of
from cluster_geo.errors import ScenarioError
from tests.cli.street import write_plan, write_street


def test_options_become_settings():
    """Each option is a setting; --set comes last and wins."""
    found = overrides_of(
        schools=Path("gias.csv"),
        authorities=("Kent", "Medway"),
        boundaries=("district=d.geojson", "pcn=p.gpkg:PCN Name"),
        land=Path("land.gpkg"),
        settings=("clusters.count=45:60", "plan.title = A = B", "schools.file=other.csv"),
    )
    assert found == {
        "schools.file": "other.csv",
        "schools.authorities": ("Kent", "Medway"),
        "neighbours.land": Path("land.gpkg"),
        "boundaries.district.file": Path("d.geojson"),
        "boundaries.pcn.file": Path("p.gpkg"),
        "boundaries.pcn.name_field": "PCN Name",
        "clusters.count": "45:60",
        "plan.title": "A = B",
    }


@pytest.mark.parametrize(
    ("text", "file", "field"),
    [
        ("C:\\maps\\d.gpkg", "C:\\maps\\d.gpkg", None),
        ("C:\\maps\\d.gpkg:NAME", "C:\\maps\\d.gpkg", "NAME"),
        ("maps:old/d.gpkg", "maps:old/d.gpkg", None),
        ("d.gpkg", "d.gpkg", None),
    ],
)
def test_colons_that_are_no_field(text, file, field):
    """The colon of a drive or of a folder's name does not split a path."""
    found = overrides_of(boundaries=[f"district={text}"])
    assert found["boundaries.district.file"] == Path(file)
    assert found.get("boundaries.district.name_field") == field


def test_a_file_with_a_colon_that_is_there(tmp_path):
    """A file whose own name has a colon is found."""
    path = tmp_path / "d:2024.geojson"
    path.touch()
    assert overrides_of(boundaries=[f"district={path}"]) == {"boundaries.district.file": path}


def test_all_malformed_options_are_named_at_once():
    """Options without an equals sign are one message."""
    with pytest.raises(ScenarioError) as caught:
        overrides_of(boundaries=["district", "=f", "a="], settings=["x", "=3"])
    assert len(caught.value.faults) == 5


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        ("own=z.gpkg", {"file": "z.gpkg"}),
        ("own=z.gpkg:NAME", {"file": "z.gpkg", "name_field": "NAME"}),
        ("own=z.gpkg:wards:NAME", {"file": "z.gpkg", "file_layer": "wards", "name_field": "NAME"}),
        ("own=z.gpkg:wards:", {"file": "z.gpkg", "file_layer": "wards"}),
        ("own=C:/z.gpkg:NAME", {"file": "C:/z.gpkg", "name_field": "NAME"}),
    ],
)
def test_a_boundary_names_file_layer_and_field(text, settings):
    """The layer of the file stands between it and the field; a drive's colon parts nothing."""
    found = {key: str(value) for key, value in overrides_of(boundaries=[text]).items()}
    assert found == {f"boundaries.own.{key}": value for key, value in settings.items()}


@pytest.mark.parametrize(
    "command",
    [
        ["check"], ["propose"], ["explain"], ["price"], ["options"],
        ["sweep", "--vary", "clusters.count=2,3"], ["audit", "plan.csv", "--scenario"],
        ["map", "plan.csv", "--scenario"], ["why", "plan.csv", "100001", "--scenario"],
        ["export", "plan.csv", "--to", "out", "--scenario"],
    ],
    ids=lambda command: command[0],
)  # fmt: skip
def test_faults_of_options_and_of_the_scenario_are_one_message(run, tmp_path, command):
    """Whoever puts right what is said has put all of it right."""
    scenario = write_street(tmp_path, "psppsp")
    write_plan(tmp_path / "plan.csv", "123", "456")
    scenario.write_text(scenario.read_text(encoding="utf-8") + "[srp]\nwieght = 1\n")
    told = run(
        *command, scenario, "--boundary", "nofile", "--set", "x", "--set", "clusters.sise=2:3"
    )
    assert told.exit_code == 2
    assert "4 faults in the input" in told.stderr
    for fault in ("'nofile' names no layer", "'x' sets nothing", "clusters.sise", "wieght"):
        assert fault in told.stderr, fault


def test_a_layer_left_out_by_its_faulty_option_is_not_a_second_fault(run, tmp_path):
    """That the layer then has no zones only follows."""
    scenario = write_street(tmp_path, "psppsp")
    scenario.write_text(
        scenario.read_text(encoding="utf-8") + '[boundaries.pcn]\nrule = "priced"\n'
    )
    told = run("check", scenario, "--boundary", "pcn")
    assert "1 fault in the input" in told.stderr
    assert "neither polygons nor a column" in run("check", scenario).stderr


@pytest.mark.parametrize(
    ("wrong", "settings"),
    [
        # A value of the wrong type, a setting that does not exist, two that contradict each other,
        # an option that is none: whatever is wrong, the file that is not there is listed too.
        (("--set", "clusters.size=banana"), {"clusters.size"}),
        (("--set", "trusts.wieght=3"), {"trusts.wieght"}),
        (("--set", "clusters.primaries=99"), {"clusters.primaries"}),
        (("--boundary", "ward"), {"--boundary"}),
        (("--set", "clusters.size=banana", "--set", "trusts.wieght=3", "--boundary", "ward"),
         {"clusters.size", "trusts.wieght", "--boundary"}),
        ((), set()),
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", ["check", "propose"])
def test_missing_files_are_listed_with_faults_of_settings(run, command, wrong, settings):
    """One message: a planner who has corrected it is not sent back for the next fault."""
    missing = ("--schools", "nofile.csv", "--boundary", "pcn=none.geojson", "--land", "sea.gpkg")
    answer = run(command, *missing, *wrong)
    assert answer.exit_code == 2
    for name in ("nofile.csv", "none.geojson", "sea.gpkg"):
        assert answer.stderr.count(f"there is no file '{name}'") == 1
    assert all(answer.stderr.count(name) for name in settings)
    assert answer.stderr.startswith(f"{3 + len(settings)} faults in the input:")
