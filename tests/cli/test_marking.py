"""Every folder of files for insiders says so, whichever command wrote it."""

from __future__ import annotations

import pytest

from cluster_geo.export.marking import NOTE
from tests.cli.street import write_plan, write_street
from tests.studies.here import run_here

INTERNAL = ("--set", "plan.audience=internal")
WORK = ("--set", "solve.work=2000")


@pytest.fixture
def street(run, monkeypatch, tmp_path):
    """Return what runs a command on a street of eight schools, and the street's scenario."""
    run_here(monkeypatch)
    scenario = write_street(tmp_path, "psppspps", "WWWWEEEE", "T..TT..T")
    write_plan(tmp_path / "a.csv", "12345", "678")
    write_plan(tmp_path / "b.csv", "1234", "5678")
    return run, scenario


def written(scenario, command):
    """Return the words of a command that writes the folder "out"."""
    by = ("--scenario", scenario)
    return {
        "propose": (scenario, "--out", "out", *WORK),
        "no plan": (scenario, "--out", "out", "--set", "clusters.count=5"),
        "explain": (scenario, "--out", "out", "--set", "clusters.count=5"),
        "price": (scenario, "--out", "out", "--plan", "b.csv"),
        "sweep": (scenario, "--out", "out", "--vary", "clusters.count=2,3"),
        "options": (scenario, "--out", "out", "--number", "2", *WORK),
        "compare": ("a.csv", "b.csv", *by, "--out", "out"),
        "export": ("b.csv", *by, "--to", "out"),
    }[command]


TABLES = {".csv", ".parquet", ".gpkg", ".geojson", ".xlsx", ".html", ".md"}
COMMANDS = ("propose", "no plan", "explain", "price", "sweep", "options", "compare", "export")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_for_insiders_bears_the_marking_as_a_file(street, tmp_path, command):
    """Each folder with a table in it has the note; the public has none, nor is an earlier one left."""
    run, scenario = street
    name = "propose" if command == "no plan" else command
    words = written(scenario, command)
    told = run(name, *words, *INTERNAL)
    assert told.exit_code in {0, 3}, told.output
    files = [path for path in (tmp_path / "out").rglob("*") if path.suffix in TABLES]
    folders = {path.parent for path in files}
    assert folders
    assert {folder for folder in folders if not (folder / NOTE).is_file()} == set()
    note = (tmp_path / "out" / NOTE).read_text(encoding="utf-8")
    assert note.startswith("OFFICIAL-SENSITIVE\n")
    assert "must not leave" in note
    if command == "price":
        # It may be another command's folder: what is marked there stays so.
        return
    assert run(name, *words).exit_code == told.exit_code
    assert list((tmp_path / "out").rglob(NOTE)) == []


def test_the_note_is_listed_with_what_was_written(street):
    """A planner reads it where the files are named."""
    run, scenario = street
    told = run("price", scenario, "--out", "out", "--plan", "b.csv", "--audience", "internal")
    assert f"Written to out: price.csv, price.html, {NOTE}" in told.stdout
