"""`propose --warm` on the command line: a run begins where an earlier one ended."""

from __future__ import annotations

import json

import pytest

import cluster_geo as cg
from cluster_geo.plan import movers
from cluster_geo.scenario import rulebook_of
from cluster_geo.tolerances import SAME_SCORE
from tests.cli.street import write_street


def test_a_run_begins_from_an_earlier_one(run, tmp_path):
    """The same question again has the same answer; after a small change the new rules are kept."""
    scenario = write_street(tmp_path, "psppspps", "WWWWEEEE", "T..TT..T")
    first = run("propose", scenario, "--out", "first")
    assert first.exit_code == 0, first.output
    again = run("propose", scenario, "--warm", "first", "--out", "again")
    assert again.exit_code == 0, again.output
    table = (tmp_path / "first" / "clusters.csv").read_bytes()
    assert (tmp_path / "again" / "clusters.csv").read_bytes() == table
    two = run("propose", scenario, "--set", "clusters.count=2", "--warm", "first", "--out", "two")
    assert two.exit_code == 0, two.output
    record = json.loads((tmp_path / "two" / "run.json").read_text(encoding="utf-8"))
    assert (record["clusters"], record["kept"]) == (2, True)


def test_a_folder_of_no_run_is_refused_before_the_search(run, tmp_path):
    """An empty folder, and one whose clusters were lost, are messages; nothing is written."""
    scenario = write_street(tmp_path, "ps")
    size = ("--set", "clusters.size=2")
    (tmp_path / "empty").mkdir()
    assert run("propose", scenario, *size, "--warm", "empty", "--out", "out").exit_code == 2
    assert run("propose", scenario, *size, "--out", "first").exit_code == 0
    (tmp_path / "first" / "known.txt.gz").write_text("lost")
    told = run("propose", scenario, *size, "--warm", "first", "--out", "out")
    assert told.exit_code == 2
    assert "it is not a file of clusters of an earlier run" in told.stderr
    assert not (tmp_path / "out").exists()


def test_a_search_that_finds_nothing_leaves_the_earlier_plan(run, tmp_path):
    """Out of time, the folder still holds what it held, and that is said."""
    scenario = write_street(tmp_path, "pspppp")
    size = ("--set", "clusters.size=3", "--set", "clusters.secondaries=0")
    assert run("propose", scenario, *size, "--out", "out").exit_code == 0
    table = (tmp_path / "out" / "clusters.csv").read_bytes()
    scenario = write_street(tmp_path, "sspppp")
    told = run("propose", scenario, *size[:2], "--time-limit", "1e-9", "--out", "out")
    assert told.exit_code == 4
    assert "The plan of an earlier run in out was left as it is." in told.stdout
    assert (tmp_path / "out" / "clusters.csv").read_bytes() == table


def pinned(scenario, urn, hub):
    """The scenario with a school pinned to the central school of another cluster."""
    together = scenario.pins.model_copy(update={"together": ((urn, hub),)})
    return scenario.model_copy(update={"pins": together})


def edits(county, plan):
    """Yield each school beside another cluster: the plan with it there, and that central school."""
    place_of = plan.cluster_of
    for urn in county.urns:
        for k in sorted({place_of[v] for v in county.neighbours.graph[urn]} - {place_of[urn]}):
            groups = [set(cluster.members) - {urn} for cluster in plan.clusters]
            groups[k] |= {urn}
            yield urn, plan.clusters[k].hub, [group for group in groups if group]


@pytest.mark.parametrize(
    ("phases", "districts", "trusts"),
    [
        ("psppspsppspps", "W" * 13, "." * 13),
        ("pspsppspsppsps", "WWWWWWWEEEEEEE", "T..T..T..T..T."),
    ],
)
def test_a_small_change_moves_no_more_schools_than_by_hand(tmp_path, phases, districts, trusts):
    """For a pin that one move meets the plan found scores no more, or less with more movers.

    Of plans with the same score any may be found, so the schools are spaced unevenly.
    """
    path = write_street(tmp_path, phases, districts, trusts)
    table = tmp_path / "schools.csv"
    text = table.read_text(encoding="utf-8")
    for k in range(len(phases)):
        text = text.replace(f",{550_000 + 1000 * k},", f",{550_000 + 1000 * k + 13 * k * k},")
    table.write_text(text, encoding="utf-8")
    scenario = cg.read_scenario(path, {"solve.work": 3000})
    county = cg.load_county(scenario)
    first = cg.propose(county, scenario)
    cg.write(first, tmp_path / "first")
    tried = 0
    for urn, hub, groups in edits(county, first.plan):
        asked = pinned(scenario, urn, hub)
        rules = rulebook_of(county, asked)
        hand = rules.plan(groups)
        if not rules.keeps(hand):
            continue
        tried += 1
        found = cg.propose(county, asked, warm=tmp_path / "first")
        assert found.audit.cost <= rules.cost(hand) + SAME_SCORE
        moved = [len(movers(first.plan, plan)) for plan in (found.plan, hand)]
        assert moved[0] <= moved[1] or found.audit.cost < rules.cost(hand) - SAME_SCORE
    assert tried > 2
