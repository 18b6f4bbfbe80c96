"""What every command prints in a window of 80 columns: lines that fit, and figures that stay whole."""

from __future__ import annotations

import ast
import re
from itertools import pairwise
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import cluster_geo
from cluster_geo.cli import main
from cluster_geo.cli.group import COMMANDS
from cluster_geo.cli.terminal import lines_of
from tests.boundaries.pcn.ground import ALL, HALVES, write_lsoas, write_patients, write_workbook
from tests.cli.street import FIRST, write_plan, write_pupils, write_requests, write_street
from tests.studies.here import run_here
from tests.versions.folders import write_version

COLUMNS = 80
# A window of that width, to which colours may be sent but are not.
WINDOW = {"COLUMNS": str(COLUMNS), "FORCE_COLOR": "1", "NO_COLOR": "1", "TERM": "dumb"}
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
# A table's lines are its own: its cells break where they must.
TABLE = re.compile(r"[│┃┏┡└━┯╇┴]")
UNIT = re.compile(r"^ *(?:%|km\b|m\b|minutes|miles|seconds|units|schools?\b|clusters?\b|pupils?\b)")
CLI = Path(cluster_geo.__file__).parent / "cli"


@pytest.fixture
def window(tmp_path, monkeypatch):
    """A street with a plan by hand and a run, and what calls a command in a window."""
    monkeypatch.chdir(tmp_path)
    run_here(monkeypatch)
    scenario = write_street(tmp_path, "psppspps", "WWWWEEEE", "T..TT..T")
    write_plan(tmp_path / "hand.csv", "1234", "56", "78")
    write_plan(tmp_path / "other.csv", "12", "3456", "78")

    def call(*arguments):
        told = CliRunner().invoke(main, [*map(str, arguments)], env=WINDOW)
        assert told.exception is None or isinstance(told.exception, SystemExit), told.exception
        return [ESCAPES.sub("", line) for line in told.output.splitlines()]

    return call, scenario


def commands(scenario, folder):
    """A call of each command that has something to say, by its name."""
    work = ("--set", "solve.work=3000")
    by = ("--scenario", scenario)
    return {
        "propose": ["propose", scenario, "--out", "run", *work],
        "sweep": ["sweep", scenario, "--vary", "clusters.count=2,3,4", "--out", "sweep", *work],
        "explain": ["explain", scenario, "--set", "clusters.count=1", "--out", "why", *work],
        "why": ["why", "hand.csv", FIRST + 3, *by, "--time-limit", "5"],
        "price": ["price", scenario, "--trusts", "--time-limit", "2", "--out", "price", *work],
        "options": ["options", scenario, "--number", "2", "--within", "50%", "--out", "o", *work],
        "provision": [
            "provision", "hand.csv", *by, "--need", "ASD", "--new", "2", "--audience", "internal",
            "--pupils", write_pupils(folder / "pupils.csv"), "--out", "provision",
        ],
        "audit": ["audit", "hand.csv", *by],
        "update": ["update", "hand.csv", *by, "--out", "next", *work],
        "compare": ["compare", "hand.csv", "other.csv", *by, "--out", "changes"],
        "history": ["history", versions(folder)],
        "move": ["move", "hand.csv", f"{FIRST + 3}=C-2", *by, "--out", "moved"],
        "review": ["review", "nowhere"],
        "requests": ["requests", write_requests(folder / "asked.csv"), "--as-at", "2026-06-01"],
        "teams": [
            "teams", "hand.csv", *by, "--set", "teams.specialist-teacher.posts=1.5",
            "--set", "teams.specialist-teacher.demand.schools=6", "--out", "teams",
            "--set", "teams.specialist-teacher.visits_per_post=20",
        ],
        "map": ["map", "hand.csv", *by, "--out", "map.html"],
        "export": ["export", "hand.csv", "--to", "exported", *by],
        "packs": ["packs", "hand.csv", *by, "--out", "packs"],
        "pdf": ["pdf", "nowhere"],
        "verify": ["verify", "nowhere"],
        "check": ["check", "example", "--all"],
        "words": ["words"],
        "boundaries": [
            "boundaries", "pcn", "--epcn", write_workbook(folder / "ePCN.xlsx"), "--of", "11X",
            "--registrations", write_patients(folder / "patients.csv", HALVES),
            "--lsoa", write_lsoas(folder / "all.gpkg", ALL),
        ],
    }  # fmt: skip


def versions(folder):
    """Three versions with long reasons, corrections and doubts."""
    long = (
        "Two schools of one road became one, and the parish asked that its third school join them"
    )
    row = {"figure": "Pupils on roll of the cluster, sheet Clusters", "published": "2,310"}
    row |= {"correct": "2,130", "since": "2025-10-01", "reason": long}
    one = write_version(
        folder / "v" / "one", {"A-1": (1, 2), "B-2": (3, 4)}, effective_date="2025-09-01",
        decision_reference="Cabinet, 14 July 2025, minute 118", reason=long,
    )  # fmt: skip
    for number in ("2", "3"):
        write_version(
            folder / "v" / number, {"A-1": (1, 2, int(number))}, made_from=one, version=number,
            replaces="1", effective_date="2026-09-01", told=["Head teachers, 12 May 2026"] * 3,
            record={"corrections": [row]},
        )  # fmt: skip
    return folder / "v"


# A scenario's file is printed to be kept, and its lines are the file's.
SPEAKING = [name for name in COMMANDS if name != "scenario"]


@pytest.mark.parametrize("name", SPEAKING)
def test_lines_fit_the_window_and_figures_stay_whole(window, tmp_path, name):
    """No line is too long but for one long word, as a path; none ends within a figure."""
    call, scenario = window
    lines = call(*commands(scenario, tmp_path)[name])
    assert lines
    assert_fit(lines)


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "nowhere.toml"], ["audit", "nowhere.csv"], ["audit", "hand.csv"],
        ["check", "--boundary", "nofile", "--set", "x", "--set", "clusters.sise=2:3"],
        ["explain", "--set", "clusters.size=8:9", "--set", "clusters.count=3", "--time-limit", "5"],
        ["words", "gerrymander"],
    ],
)  # fmt: skip
def test_so_do_those_of_faults_and_of_clashes(window, arguments):
    """What went wrong is read as well as what went right."""
    call, _ = window
    assert_fit(call(*arguments))


def assert_fit(lines):
    """Every line is no longer than the window, and no figure goes on in the next."""
    long = [
        line for line in lines if len(line.rstrip()) > COLUMNS and len(line.strip().split(" ")) > 2
    ]
    assert long == []
    text = [("" if TABLE.search(line) else line) for line in lines]
    pairs = pairwise(text)
    broken = [
        (line, after)
        for line, after in pairs
        if re.search(r"\d$", line) and UNIT.match(after) and len(line) > COLUMNS / 2
    ]
    assert broken == []


def test_items_of_a_list_are_indented_below_their_first_line():
    """What goes on belongs to the item, and is seen to."""
    lines = lines_of("1. " + 12 * "clusters of " + "schools\n   - " + 12 * "schools in ", 40)
    second = next(k for k, line in enumerate(lines) if line.startswith("   - "))
    first, *more = lines[:second]
    assert first.startswith("1. clusters")
    assert more
    assert all(re.match(r"   \w", line) for line in more)
    assert len(lines) > second + 1
    assert all(re.match(r"     \w", line) for line in lines[second + 1 :])


def test_sentences_are_printed_by_one_function():
    """No command prints past it: rich and click break lines where a figure may be."""
    found = []
    for path in sorted(CLI.glob("*.py")):
        if path.name in ("terminal.py", "scenario.py", "progress.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func)
            shown = ast.unparse(node.args[0]) if node.args else ""
            if called == "click.echo" or (
                called.endswith(".print") and shown not in ("table", "shown")
            ):
                found.append(f"{path.name}: {ast.unparse(node)}")
    assert found == []


@pytest.mark.parametrize("name", COMMANDS)
def test_help_fits_the_window(name):
    """But for the examples, which are to be pasted."""
    command = main.get_command(click.Context(main), name)
    told = CliRunner().invoke(main, [name, "--help"], env=WINDOW)
    assert command is not None
    assert told.exit_code == 0
    text = re.sub(r"Example:\n(?:    .*\n)+", "", told.output)
    assert [line for line in text.splitlines() if len(line) > COLUMNS] == []
