"""`cluster-geo move`: a change by hand, with codes, names and the record of the run kept."""

import json

import pandas as pd
import pytest

from tests.cli.street import FIRST, write_plan, write_street


@pytest.fixture
def solved(run, tmp_path):
    """A street of eight schools solved to the end, and its folder."""
    scenario = write_street(tmp_path, "psppspps", "WWWWEEEE", "T..TT..T")
    told = run("propose", scenario, "--out", "out", "--set", "solve.work=20000")
    assert told.exit_code == 0, told.output
    return tmp_path / "out"


def plan_of(folder):
    """Return code and name of each school's cluster."""
    table = pd.read_csv(folder / "clusters.csv").set_index("urn")
    return table["cluster"].to_dict(), dict(
        zip(table["cluster"], table["cluster_name"], strict=True)
    )


def test_a_school_is_moved(run, solved, tmp_path):
    """It alone changes; what it does is said, and how far the plan is from the best possible."""
    before, names = plan_of(solved)
    bytes_before = (solved / "clusters.csv").read_bytes()
    there = next(code for urn, code in before.items() if code != before[FIRST + 3])
    options = ("--out", "moved", "--by", "Head teacher", "--reason", "Nearer")
    told = run("move", solved, f"{FIRST + 3}={there}", *options)
    assert told.exit_code == 0, told.output
    after, names_after = plan_of(tmp_path / "moved")
    assert {urn for urn in before if before[urn] != after[urn]} == {FIRST + 3}
    assert names_after == names
    assert (solved / "clusters.csv").read_bytes() == bytes_before
    assert "The score changes by" in told.stdout
    assert "could improve by at most" in " ".join(told.stdout.split())
    record = json.loads((tmp_path / "moved" / "run.json").read_text(encoding="utf-8"))
    assert record["bound"] == json.loads((solved / "run.json").read_text())["bound"]
    decisions = pd.read_csv(tmp_path / "moved" / "decisions.csv")
    assert decisions[["urn", "role", "reason"]].to_numpy().tolist() == [
        [FIRST + 3, "Head teacher", "Nearer"]
    ]
    moves = pd.read_csv(tmp_path / "moved" / "moves.csv")
    assert list(moves["urn"]) == [FIRST + 3]


def test_a_moved_plan_is_moved_again(run, solved, tmp_path):
    """What was decided last counts: nothing is broken by an earlier decision."""
    before, _ = plan_of(solved)
    there = next(code for urn, code in before.items() if code != before[FIRST + 3])
    assert run("move", solved, f"{FIRST + 3}={there}", "--out", "one").exit_code == 0
    told = run("move", "one", f"{FIRST + 3}={before[FIRST + 3]}", "--out", "two")
    assert told.exit_code == 0, told.output
    assert "Broken by it" not in told.stdout
    assert "1 pin of the scenario would be taken away" in told.stdout
    assert "Every requirement is met" in told.stdout
    assert plan_of(tmp_path / "two")[0] == before


def test_a_plan_that_breaks_a_requirement_is_written(run, solved, tmp_path):
    """With what it breaks."""
    before, _ = plan_of(solved)
    last = max(before)
    there = next(code for urn, code in before.items() if code != before[last])
    told = run("move", solved, f"{last}={there}", "--out", "moved")
    assert told.exit_code == 0, told.output
    assert "Broken by it" in told.stdout
    assert (tmp_path / "moved" / "report.html").is_file()


@pytest.mark.parametrize(
    ("moves", "found"),
    [
        (["x"], "'x' moves no school"),
        (["100001"], "'100001' moves no school"),
        (["100001="], "'100001=' moves no school"),
        (["0=A", "9999999999=A"], "2 faults"),
        (["100001=A", "100001=B"], "is to join two clusters"),
        (["100001=A", "7=B"], "3 faults"),
    ],
)
def test_moves_that_cannot_be_made(run, solved, tmp_path, moves, found):
    """Every fault in one message, exit code 2, and nothing is written."""
    told = run("move", solved, *moves, "--out", "moved")
    assert told.exit_code == 2
    assert found in " ".join(told.stderr.split())
    assert not (tmp_path / "moved").exists()


def test_a_plan_by_hand_may_lie_beside_its_outputs(run, tmp_path):
    """Only an output folder is never written: a list may lie on the desk, and its map beside it."""
    scenario = write_street(tmp_path, "psppspps", "WWWWEEEE", "T..TT..T")
    write_plan(tmp_path / "hand.csv", "1234", "56", "78")
    told = run("move", "hand.csv", f"{FIRST + 3}=C-2", "--scenario", scenario, "--out", "moved")
    assert told.exit_code == 0, told.output
    told = run("move", "moved", f"{FIRST + 3}=C-1", "--out", "moved/deeper")
    assert told.exit_code == 2
    assert "the plan that this is made from is there" in told.stderr
    told = run("move", "moved", f"{FIRST + 3}=C-1", "--out", "moved")
    assert told.exit_code == 2
