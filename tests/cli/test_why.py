"""`why` on the command line: a street of six schools, its plan drawn by hand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cluster_geo.plan import read_figures
from cluster_geo.records import sha256_of
from tests.cli.street import FIRST, write_plan, write_street


@pytest.fixture
def street(tmp_path):
    """Return a plan of two halves, and the options that say what it is judged by."""
    scenario = write_street(tmp_path, "psppsp", "WWWEEE", "T..T..")
    plan = write_plan(tmp_path / "plan.csv", "123", "456")
    return plan, "--scenario", scenario


def test_a_school_between_two_clusters(run, street):
    """Its cluster and journey, its ties, and what the other cluster would mean."""
    plan, *options = street
    told = run("why", plan, FIRST + 2, *options)
    assert told.exit_code == 0, told.output
    assert told.stdout.startswith("School 3 (100003) is in cluster")
    assert "The central school is School 2 (100002), 1.3 km away." in told.stdout
    assert "1. C-2: 2.6 km to its central school." in told.stdout
    # 2.6 km for 1.3, and a school outside its main district.
    assert "moving only this school changes the score by +2.8" in told.stdout
    assert "pinned there: the score changes by +2.8" in told.stdout


def test_inside_the_authority_the_answer_is_marked(run, street):
    """The marking comes first, above the school."""
    plan, *options = street
    told = run("why", plan, FIRST, *options, "--audience", "internal")
    assert told.exit_code == 0, told.output
    assert told.stdout.splitlines()[:2] == [
        "OFFICIAL-SENSITIVE", "School 1 (100001) is in cluster C-1.",
    ]  # fmt: skip


def test_a_school_that_the_plan_has_not(run, street):
    """The message names the plan and the number."""
    plan, *options = street
    told = run("why", plan, "123456", *options)
    assert told.exit_code == 2
    assert "plan.csv: the plan has no school with the URN 123456" in told.stderr


def test_a_plan_by_itself_does_not_tell_its_rules(run, street):
    """Without a record beside it the message asks for the scenario."""
    told = run("why", street[0], FIRST)
    assert told.exit_code == 2
    assert "Say which scenario the plan belongs to with --scenario" in told.stderr


def test_what_the_score_would_tell_of_a_small_count_is_left_out(run, street):
    """One pupil with a plan in School 3: the change of its move would tell that, but to insiders."""
    plan, *options = street
    schools = plan.with_name("schools.csv")
    head, *rows = schools.read_text(encoding="utf-8").splitlines()
    counts = [20, 20, 1, 20, 20, 20]
    rows = [f"{row},{count}" for row, count in zip(rows, counts, strict=True)]
    schools.write_text("\n".join([f"{head},ehcp", *rows]) + "\n", encoding="utf-8")
    weighed = ("--set", "balance.plans.column=ehcp", "--set", "balance.plans.weight=1")
    public = run("why", plan, FIRST + 2, *options, *weighed)
    assert "moving only this school changes the score by +2.8" in public.stdout
    assert "Left out, since counts below 5 are withheld: balance.plans." in public.stdout
    internal = run("why", plan, FIRST + 2, *options, *weighed, "--audience", "internal")
    assert "moving only this school changes the score by +2.8" not in internal.stdout
    assert "Left out, since" not in internal.stdout


def test_the_answer_is_kept_for_a_list_of_decisions(run, street, tmp_path):
    """With its day, its plan and the words as printed; the same call gives the same bytes."""
    plan, *options = street
    call = ("why", plan, FIRST + 2, *options, "--as-at", "2026-02-01")
    told = run(*call, "--save", "one.json")
    assert told.exit_code == 0, told.output
    assert "Written: one.json" in told.stdout
    figures = read_figures(tmp_path / "one.json").figures
    assert figures.asked.isoformat() == "2026-02-01"
    assert (figures.urn, figures.name, figures.cluster) == (FIRST + 2, "School 3", "C-1")
    assert figures.plan.sha256 == sha256_of(plan)
    assert figures.audience == "public"
    assert "\n".join(figures.text) + "\nWritten: one.json\n" == told.stdout
    (move,) = figures.alternatives
    assert (move.cluster, move.travel, move.alone, move.change) == ("C-2", 2.6, 2.8, 2.8)
    audited = run("audit", plan, *options)
    assert f"Score of the plan: {figures.score:,.1f}" in audited.stdout
    run(*call, "--save", "two.json")
    assert (tmp_path / "two.json").read_bytes() == (tmp_path / "one.json").read_bytes()
    today = run("why", plan, FIRST + 2, *options, "--save", "today.json")
    assert today.exit_code == 0
    kept = read_figures(tmp_path / "today.json").figures
    assert abs((kept.asked - datetime.now(tz=UTC).date()).days) <= 1


def test_figures_are_never_written_over(run, street, tmp_path):
    """They are a record: the file stays, and nothing is searched for."""
    plan, *options = street
    (tmp_path / "one.json").write_text("mine")
    told = run("why", plan, FIRST + 2, *options, "--save", "one.json")
    assert told.exit_code == 2
    assert "exists already" in told.stderr
    assert (tmp_path / "one.json").read_text() == "mine"
    told = run("why", plan, FIRST + 2, *options, "--as-at", "2026-02-01")
    assert told.exit_code == 2
    assert "give --save too" in " ".join(told.stderr.split())
    told = run("why", plan, 5, *options, "--save", "two.json")
    assert told.exit_code == 2
    assert not (tmp_path / "two.json").exists()


def test_figures_for_the_public_hold_no_plain_hash_of_small_counts(run, street, tmp_path):
    """The plan's file may be for the authority; inside it the hash is plain and the score whole."""
    plan, *options = street
    schools = plan.with_name("schools.csv")
    head, *rows = schools.read_text(encoding="utf-8").splitlines()
    rows = [f"{row},{count}" for row, count in zip(rows, [20, 20, 1, 20, 20, 20], strict=True)]
    schools.write_text("\n".join([f"{head},ehcp", *rows]) + "\n", encoding="utf-8")
    weighed = ("--set", "balance.plans.column=ehcp", "--set", "balance.plans.weight=1")
    found = {}
    for audience in ("public", "internal"):
        call = ("why", plan, FIRST + 2, *options, *weighed, "--audience", audience)
        assert run(*call, "--save", f"{audience}.json").exit_code == 0
        found[audience] = read_figures(tmp_path / f"{audience}.json").figures
    assert found["public"].plan.sha256.startswith("hmac-sha256:")
    assert found["internal"].plan.sha256 == sha256_of(plan)
    assert found["public"].score < found["internal"].score
    assert "Left out, since counts below 5 are withheld" in "\n".join(found["public"].text)
