"""`why` on the command line: a street of six schools, its plan drawn by hand."""

from __future__ import annotations

import pytest

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
