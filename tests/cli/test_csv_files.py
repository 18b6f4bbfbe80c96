"""Every CSV file that a command writes opens in Excel with its accents, and is read again."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from cluster_geo.compare.published import read_plan_file
from cluster_geo.delimited import open_delimited
from cluster_geo.scenario import load_county, read_scenario
from tests.cli.street import write_plan, write_pupils, write_street
from tests.studies.here import run_here

SOURCE = Path(__file__).resolve().parents[2] / "cluster_geo"
MARK = b"\xef\xbb\xbf"
ACCENTED = "Ysgol Tŷ Éluard"
DECISIONS = "urn,request,decision,reason,date,role\n100001,C-2,no,Too far from the pont de l'Été,2026-01-05,Head of service\n"

# A command, and the CSV files it writes into the folder "out".
RUNS = {
    "propose": {"clusters.csv", "mail_merge.csv", "moves.csv", "decisions.csv"},
    "export": {"clusters.csv", "mail_merge.csv"},
    "price": {"price.csv", "trusts.csv"},
    "provision": {"provision.csv", "provision_curve.csv"},
    "sweep": {"sweep.csv", "clusters.csv", "mail_merge.csv"},
    "options": {
        *("options.csv", "differences.csv", "settled.csv", "pairs.csv"),
        *("clusters.csv", "mail_merge.csv"),
    },
    "compare": {
        *("moves.csv", "clusters_compared.csv", "rules_compared.csv", "measures_compared.csv"),
        *("trusts_compared.csv", "names_second.csv"),
    },
    "check": {"pairs.csv"},
}


@pytest.fixture
def street(run, monkeypatch, tmp_path):
    """Return what runs a command on a street of schools with accents, and its scenario."""
    run_here(monkeypatch)
    scenario = write_street(tmp_path, "psppspps", "WWWWEEEE", "T..TT..T")
    register = tmp_path / "schools.csv"
    renamed = register.read_text(encoding="utf-8").replace("School", ACCENTED)
    register.write_text(renamed, encoding="utf-8")
    write_plan(tmp_path / "a.csv", "12345", "678")
    write_plan(tmp_path / "b.csv", "1234", "5678")
    (tmp_path / "decisions.csv").write_text(DECISIONS, encoding="utf-8")
    rows = [f"{ACCENTED} {k},Grŵp {1 + k // 5}" for k in range(1, 9)]
    (tmp_path / "list.csv").write_text("\n".join(["school,cluster", *rows]), encoding="utf-8")
    (tmp_path / "out").mkdir()
    return run, scenario


def words_of(command, scenario):
    """Return the words of a command that writes the folder "out"."""
    work = ("--set", "solve.work=2000")
    papers = ("--set", "plan.previous_plan=a.csv", "--set", "plan.decisions=decisions.csv")
    by = ("--scenario", scenario)
    return {
        "propose": (scenario, "--out", "out", *work, *papers),
        "export": ("b.csv", *by, "--to", "out"),
        "price": (scenario, "--out", "out", "--plan", "b.csv", "--trusts"),
        "provision": (
            *("b.csv", *by, "--out", "out", "--need", "ASD", "--new", "1"),
            *("--pupils", write_pupils(Path("pupils.csv")), "--audience", "internal"),
        ),
        "sweep": (scenario, "--out", "out", "--vary", "clusters.count=2,3"),
        "options": (scenario, "--out", "out", "--number", "2", *work),
        "compare": ("a.csv", "list.csv", *by, "--out", "out"),
        "check": (scenario, "--pairs", "out/pairs.csv"),
    }[command]


@pytest.mark.parametrize("command", RUNS)
def test_every_csv_file_begins_with_the_mark_and_reads_back_the_same(street, tmp_path, command):
    """Excel needs the mark; our own reader takes a file with it and without it for the same."""
    run, scenario = street
    told = run(command, *words_of(command, scenario))
    assert told.exit_code == 0, told.output
    files = list((tmp_path / "out").rglob("*.csv"))
    assert {path.name for path in files} == RUNS[command]
    accents = 0
    for path in files:
        data = path.read_bytes()
        assert data.startswith(MARK), path
        assert data.count(MARK) == 1, path
        bare = path.with_suffix(".bare")
        bare.write_bytes(data.removeprefix(MARK))
        marked, plain = open_delimited(path), open_delimited(bare)
        assert marked.header == plain.header
        assert marked.text.removeprefix("\ufeff") == plain.text.removeprefix("\ufeff")
        assert not marked.header[0].startswith("\ufeff")
        accents += data.decode("utf-8-sig").count("Éluard")
    if command not in {"price", "sweep", "check", "provision"}:
        assert accents


def test_a_plan_is_the_same_with_the_mark_and_without(street, tmp_path):
    """Plans, decisions and lists of names that were saved by hand have it or not."""
    run, scenario = street
    told = run("export", "b.csv", "--scenario", scenario, "--to", "out")
    assert told.exit_code == 0, told.output
    county = load_county(read_scenario(scenario))
    for file in (tmp_path / "out" / "clusters.csv", tmp_path / "list.csv"):
        bare = file.read_bytes().removeprefix(MARK)
        (tmp_path / "bare.csv").write_bytes(bare)
        (tmp_path / "marked.csv").write_bytes(MARK + bare)
        plans = [
            read_plan_file(tmp_path / name, county).plan for name in ("bare.csv", "marked.csv")
        ]
        assert plans[0] == plans[1]
        assert len(plans[0].cluster_of) == 8


def test_no_csv_is_written_by_another_door():
    """The mark is put by `csv_bytes` alone: whoever writes a table of its own forgets it."""
    doors = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            written = isinstance(node, ast.Attribute) and node.attr in {"to_csv", "DictWriter"}
            direct = isinstance(node, ast.Attribute) and node.attr == "writer"
            if written or direct:
                doors.add(path.relative_to(SOURCE).as_posix())
    # The example county's files are made as the register's are: in its own encoding.
    assert doors == {"export/csvfile.py", "example/files.py"}
