"""`explain` on the command line."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from cluster_geo.explain import Explanation, ask
from cluster_geo.export.explanation import write_explanation
from cluster_geo.optimise import Result
from cluster_geo.publish import ExplanationPublication
from cluster_geo.scenario import Brief
from cluster_geo.verbs import explaining
from tests.briefs import disclosed
from tests.cli.street import write_street
from tests.explain.clashes import zone_too_small

# Both secondaries at one end, one cluster in reach of them: twelve schools make two clusters of
# six, and no count tells that one of the two has none.
ONE_END, SIX = "ss" + 10 * "p", "clusters.size=2:6"
# One secondary in a district of six, where two clusters of four at most must be: counted.
SHORT, DISTRICTS = "sppppp" + "sspppp", 6 * "A" + 6 * "B"


def test_a_clash_is_told_and_written(run, tmp_path):
    """A size that no cluster of the example can have: exit 3, and a page, a text and a record."""
    result = run(
        "explain", "--set", "clusters.size=8:9", "--set", "clusters.count=3",
        "--time-limit", "10", "--out", "why",
    )  # fmt: skip
    assert result.exit_code == 3
    assert "It is proven that no plan meets the requirements." in result.stdout
    assert "a cluster has at most 9 schools (without it, the others can be kept)" in result.stdout
    record = json.loads((tmp_path / "why" / "explanation.json").read_text(encoding="utf-8"))
    assert record["status"] == "impossible"
    assert record["clashes"][0]["irreducible"]
    page = (tmp_path / "why" / "explanation.html").read_text(encoding="utf-8")
    assert "Why there is no plan" in page
    assert "<script" not in page


def test_a_proposal_that_cannot_be_is_explained(run, tmp_path):
    """Exit 3, a report and a record of what clashes, no file of a plan; and it can be repeated."""
    street = write_street(tmp_path, 6 * "sp")
    settings = ("--set", "clusters.count=2", "--set", "solve.work=2000")
    first = run("propose", street, *settings, "--out", "one")
    assert first.exit_code == 3
    assert "It is proven that no plan meets the requirements." in first.stderr
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == ["report.html", "run.json"]
    assert "the plan has at most 2 clusters" in first.stdout
    assert run("propose", "--from", "one", "--out", "two").exit_code == 3
    for name in ("report.html", "run.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    assert run("audit", "one").exit_code == 2


@pytest.mark.parametrize(("status", "code"), [("possible", 0), ("not proven", 4)])
def test_the_exit_code_says_how_sure_it_is(run, monkeypatch, status, code):
    """Out of time is never taken for impossible."""
    found = Explanation(status)
    monkeypatch.setattr(explaining, "explain", lambda *_, **__: found)
    told = run("explain")
    assert told.exit_code == code
    assert "OFFICIAL-SENSITIVE" not in told.stdout
    marked = run("explain", "--audience", "internal")
    assert marked.stdout.startswith("OFFICIAL-SENSITIVE")


@pytest.mark.parametrize("limit", ["solve.work=1", "solve.time_limit=1"])
def test_what_only_a_search_can_prove_is_never_exit_3_out_of_time(
    run, tmp_path, monkeypatch, limit
):
    """The search ends without a proof: exit 4, and no rule is said to clash with another."""
    if "time" in limit:
        over = Result("none found", "time limit", None, None, None, 1.0, 0)
        monkeypatch.setattr(ask, "optimise", SimpleNamespace(solve=lambda *_, **__: over))
    street = write_street(tmp_path, ONE_END)
    told = run("explain", street, "--set", SIX, "--set", limit, "--out", "why")
    assert told.exit_code == 4
    assert "it is not proven that there is none" in told.stdout
    record = json.loads((tmp_path / "why" / "explanation.json").read_text(encoding="utf-8"))
    assert (record["status"], record["clashes"]) == ("not proven", [])


def test_a_proposal_out_of_time_is_exit_4_and_with_more_of_it_exit_3(run, tmp_path):
    """The same street, one unit of work and enough of it."""
    street = write_street(tmp_path, ONE_END)
    asked = ("propose", street, "--set", SIX, "--out", "run", "--set")
    assert run(*asked, "solve.work=1").exit_code == 4
    assert json.loads((tmp_path / "run" / "run.json").read_text(encoding="utf-8"))
    assert run(*asked, "solve.work=20000").exit_code == 3


@pytest.mark.parametrize(
    ("command", "page", "record"),
    [("explain", "explanation.html", "explanation.json"), ("propose", "report.html", "run.json")],
)
def test_a_proof_stands_where_its_rules_are_not_settled(run, tmp_path, command, page, record):
    """Counted, and no time to show of each rule that it is needed: exit 3, and the rule says so."""
    street = write_street(tmp_path, SHORT, DISTRICTS)
    hard = ("--set", "boundaries.district.rule=hard", "--set", "clusters.size=2:4")
    told = run(command, street, *hard, "--set", "solve.work=1", "--out", "run")
    assert told.exit_code == 3
    words = "it may or may not be needed for the clash"
    assert f"({words})" in told.stdout
    for name in (page, record):
        assert words in (tmp_path / "run" / name).read_text(encoding="utf-8")


def test_files_of_an_explanation_are_marked(tmp_path):
    """Inside the authority every page says so, above and below, and so does the text."""
    case = zone_too_small()
    inside = disclosed(case.county, Brief(audience="internal"))
    found = Explanation("not proven", statements=("Nothing was tried.",))
    write_explanation(tmp_path / "why", ExplanationPublication(inside, found))
    page = (tmp_path / "why" / "explanation.html").read_text(encoding="utf-8")
    assert page.count("OFFICIAL-SENSITIVE") >= 2
    text = (tmp_path / "why" / "explanation.md").read_text(encoding="utf-8")
    assert "OFFICIAL-SENSITIVE" in text.splitlines()[2]
    write_explanation(tmp_path / "why", ExplanationPublication(disclosed(case.county), found))
    for name in ("explanation.html", "explanation.md"):
        assert "OFFICIAL" not in (tmp_path / "why" / name).read_text(encoding="utf-8")
