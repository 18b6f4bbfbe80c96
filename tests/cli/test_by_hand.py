"""A plan moved by hand beside the record of its run: what was proven still holds, and is said."""

from __future__ import annotations

import json
import re

import pytest

from tests.cli.street import FIRST, write_street

NOT_KNOWN = "so it is not known how far it is from the best possible"


@pytest.fixture
def solved(run, tmp_path):
    """A street of eight schools solved to the end, its folder, and what runs a command."""
    scenario = write_street(tmp_path, "psppspps", "WWWWEEEE", "T..TT..T")
    told = run("propose", scenario, "--out", "out", "--set", "solve.work=20000")
    assert told.exit_code == 0, told.output
    return run, tmp_path / "out"


def by_hand(folder, *clusters):
    """Write a plan beside the run's record: of each cluster the places of its schools."""
    rows = [f"{FIRST + int(k) - 1},C-{n}" for n, places in enumerate(clusters) for k in places]
    path = folder / "by_hand.csv"
    path.write_text("\n".join(["urn,cluster", *rows]), encoding="utf-8")
    return path


def record_of(folder):
    return json.loads((folder / "run.json").read_text(encoding="utf-8"))


def said(run, path, to, *options):
    """What export prints of how sure a plan is; the report says the same."""
    told = run("export", path, "--to", to, *options)
    assert told.exit_code == 0, told.output
    line = next(x for x in told.stdout.splitlines() if x.startswith("This plan"))
    report = (path.parents[1] / to / "report.html").read_text(encoding="utf-8")
    assert line in " ".join(report.split()).replace("&#39;", "'")
    return line


def test_a_plan_moved_by_hand_says_how_far_it_is_from_the_best(solved, tmp_path):
    """School 4 with the east: dearer than the best, by no more than is said; and so once more."""
    run, folder = solved
    best = record_of(folder)
    assert best["status"] == "optimal"
    line = said(run, by_hand(folder, "123", "456", "78"), "moved")
    record = record_of(tmp_path / "moved")
    assert record["cost"] > best["cost"]
    assert (record["status"], record["bound"]) == ("audited", best["bound"])
    assert record["gap"] == pytest.approx((record["cost"] - best["bound"]) / record["cost"])
    claimed = float(re.search(r"improve by at most ([\d.]+) %", line)[1])
    assert 0 < 100 * record["gap"] <= claimed <= 100 * record["gap"] + 0.1
    again = said(run, by_hand(tmp_path / "moved", "1234", "5678"), "again")
    assert "could improve by at most" in again
    assert record_of(tmp_path / "again")["bound"] == best["bound"]
    audited = run("audit", tmp_path / "again")
    assert again in audited.stdout


def test_a_plan_far_from_the_best_has_no_percentage(solved):
    """A distance of a quarter of the score is of no use to a reader, as of any other plan."""
    run, folder = solved
    line = said(run, by_hand(folder, "12", "3456", "78"), "far")
    assert "nothing useful is proven" in line


def test_the_runs_own_plan_is_not_said_to_be_worse(solved, tmp_path):
    """Exported again from its file, the best plan is still the best."""
    run, folder = solved
    line = said(run, folder / "clusters.csv", "again")
    assert re.search(r"can score lower by more than 0(\.0\d*)? %", line), line


def test_a_plan_that_breaks_a_requirement_is_not_compared(solved, tmp_path):
    """The bound is of plans that keep the rules: a plan that breaks one may score less."""
    run, folder = solved
    line = said(run, by_hand(folder, "1234", "5", "678"), "broken")
    assert "It breaks a requirement, so its score cannot be compared" in line
    assert "improve" not in line
    assert record_of(tmp_path / "broken")["gap"] is None


@pytest.mark.parametrize("change", ["weight", "file", "version", "bound", "record"])
def test_what_was_proven_otherwise_is_not_claimed(solved, tmp_path, change):
    """Other weights, another register, another version, a run that proved nothing, no record."""
    run, folder = solved
    plan, options = by_hand(folder, "123", "456", "78"), ()
    record = record_of(folder)
    if change == "weight":
        options = ("--set", "trusts.weight=0.7")
    elif change == "file":
        register = tmp_path / "schools.csv"
        register.write_text(register.read_text(encoding="utf-8").replace("550000", "550001"))
    elif change == "version":
        record["versions"]["cluster-geo"] = "0.0.1"
    elif change == "bound":
        record["bound"] = None
    else:
        options = ("--scenario", tmp_path / "street.toml")
        record = {}
    (folder / "run.json").write_text(json.dumps(record), encoding="utf-8")
    line = said(run, plan, "moved", *options)
    assert NOT_KNOWN in line
    assert record_of(tmp_path / "moved")["bound"] is None


def test_other_words_on_the_plan_change_no_rule(solved):
    """Its title, its audience and its version may change between the run and the move."""
    run, folder = solved
    options = ("--set", "plan.title=Moved by hand", "--audience", "internal")
    assert "improve by at most" in said(run, by_hand(folder, "123", "456", "78"), "moved", *options)


def test_a_preference_that_became_a_requirement_is_judged_as_one(run, tmp_path):
    """The bound was proven of plans within the districts; one across them is not compared."""
    scenario = write_street(tmp_path, "psppspps", "WWWWEEEE")
    wished = ("--set", "boundaries.district.rule=hard-if-possible", "--set", "solve.work=20000")
    told = run("propose", scenario, "--out", "out", *wished)
    assert told.exit_code == 0, told.output
    folder = tmp_path / "out"
    assert "boundaries.district" in record_of(folder)["requirements"]
    within = said(run, by_hand(folder, "1234", "56", "78"), "within")
    assert "no plan can score lower by more than" in within
    across = said(run, by_hand(folder, "12", "345", "678"), "across")
    assert "breaks a requirement" in across
    record = record_of(folder)
    del record["requirements"]
    (folder / "run.json").write_text(json.dumps(record), encoding="utf-8")
    assert NOT_KNOWN in said(run, folder / "by_hand.csv", "unknown")


def test_what_was_proven_with_frozen_clusters_is_of_plans_that_keep_them(run, tmp_path):
    """A plan that takes a frozen cluster apart may be better than any that keeps it."""
    scenario = write_street(tmp_path, "psppspps")
    frozen = tmp_path / "before.csv"
    rows = [f"{FIRST + k},{'A' if k < 2 else 'B'}" for k in range(8)]
    frozen.write_text("\n".join(["urn,cluster", *rows]), encoding="utf-8")
    kept = ("--set", f"reference.plan={frozen}", "--set", "reference.freeze_clusters=A")
    told = run("propose", scenario, "--out", "out", *kept, "--set", "solve.work=20000")
    assert told.exit_code == 0, told.output
    folder = tmp_path / "out"
    still = said(run, by_hand(folder, "12", "3456", "78"), "kept")
    assert "improve by at most" in still
    assert "1 cluster is frozen, so the proof covers only plans that keep it unchanged." in still
    assert NOT_KNOWN in said(run, by_hand(folder, "123", "456", "78"), "apart")


def test_the_name_that_each_cluster_takes_is_said(run, tmp_path):
    """A school moved in the list of a run keeps its old cluster's name beside the new code."""
    scenario = write_street(tmp_path, "psppsp")
    names = ["West", "West", "West", "East", "East", "West"]
    rows = [f"{FIRST + k},{'A' if k < 3 else 'B'},{name}" for k, name in enumerate(names)]
    rows[1] = rows[1].removesuffix("West")
    plan = tmp_path / "moved.csv"
    plan.write_text("\n".join(["urn,cluster,cluster_name", *rows]), encoding="utf-8")
    told = run("audit", plan, "--scenario", scenario)
    assert told.exit_code == 0, told.output
    words = "moved.csv: B is called 'East'; 'West' in row 7 was left out."
    assert words in told.stdout
    assert re.search(r"│ B +│ East +│ +3 │", told.stdout)
    assert words in run("export", plan, "--to", "out", "--scenario", scenario).stderr
