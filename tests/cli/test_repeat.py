"""A run repeated from its record, and outputs for an audience."""

import os

import pytest
from click.testing import CliRunner

from cluster_geo.cli import main
from cluster_geo.pipeline import propose, write
from cluster_geo.scenario import load_county, read_scenario
from tests.hostile import towns


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """A folder in which a run under a limit of work has been made."""
    folder = tmp_path_factory.mktemp("repeat")
    towns.write(folder, towns.files())
    before = os.getcwd()  # noqa: PTH109
    os.chdir(folder)
    assert run("propose", "mine.toml", "--out", "first").exit_code == 0
    yield folder
    os.chdir(before)


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def bytes_of(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_run_is_repeated_byte_by_byte(town, tmp_path, monkeypatch):
    """Under a limit of work every file is the same, in another folder and from another place."""
    assert run("propose", "--from", "first", "--out", "again").exit_code == 0
    assert bytes_of(town / "again") == bytes_of(town / "first")
    monkeypatch.chdir(tmp_path)
    record = town / "first" / "run.json"
    assert run("propose", "--from", record, "--out", "elsewhere").exit_code == 0
    assert bytes_of(tmp_path / "elsewhere") == bytes_of(town / "first")


def test_python_gives_what_the_command_gives(town):
    """The same scenario asked for in a notebook comes to the same plan, and the same files."""
    scenario = read_scenario("mine.toml")
    write(propose(load_county(scenario), scenario), town / "notebook")
    assert bytes_of(town / "notebook") == bytes_of(town / "first")


def test_what_has_changed_stops_the_repeat(town):
    """A changed file is named, and taken only where that is asked for."""
    networks = town / "networks.csv"
    before = networks.read_bytes()
    networks.write_bytes(before + f"{towns.URNS[5]},Downs,\r\n".encode())
    try:
        refused = run("propose", "--from", "first", "--out", "changed")
        assert refused.exit_code == 2
        assert "networks.file: it has changed since that run" in refused.stderr
        assert not (town / "changed").exists()
        taken = run("propose", "--from", "first", "--changed-inputs", "--out", "changed")
        assert taken.exit_code == 0
        assert "it has changed" in taken.stderr
    finally:
        networks.write_bytes(before)


def test_a_limit_of_time_is_said_to_repeat_nothing(town):
    """A repeat without a limit of work warns that it may end with another plan."""
    assert run("propose", "mine.toml", "--set", "schools.srp=srp.csv", "--out", "timed",
               "--time-limit", 3).exit_code == 0  # fmt: skip
    text = (town / "mine.toml").read_text().replace("work = 60", "")
    (town / "timed.toml").write_text(text.replace("time_limit = 5", "time_limit = 1"))
    assert run("propose", "timed.toml", "--out", "timed").exit_code == 0
    again = run("propose", "--from", "timed", "--out", "timed")
    assert again.exit_code == 0
    assert "may end with another plan" in again.stderr


def test_a_scenario_or_a_record_but_not_both(town):
    """Two answers to one question are a usage error."""
    assert run("propose", "mine.toml", "--from", "first").exit_code == 2


def test_the_audience_is_the_publics_unless_said(town):
    """Counts below 5 of the planner's own are in internal outputs alone, which are marked."""
    assert run("propose", "--from", "first", "--out", "in", "--audience", "internal").exit_code == 0
    public = (town / "first" / "clusters.csv").read_text(encoding="utf-8-sig").splitlines()
    internal = (town / "in" / "clusters.csv").read_text(encoding="utf-8-sig").splitlines()
    place = public[0].split(",").index("srp_on_roll")
    assert public[1].split(",")[place] == ""
    assert internal[1].split(",")[place] == "3"
    assert "OFFICIAL-SENSITIVE" in (town / "in" / "report.html").read_text(encoding="utf-8")
    assert "OFFICIAL-SENSITIVE" not in (town / "first" / "report.html").read_text(encoding="utf-8")
    written = run("export", "first", "--to", "again_in", "--audience", "internal")
    assert written.exit_code == 0
    assert run("map", "first", "--out", "m.html", "--audience", "internal").exit_code == 0
    assert "OFFICIAL-SENSITIVE" in (town / "m.html").read_text(encoding="utf-8")
