"""The benchmark runs from end to end on a district of the example, and counts as the rules do."""

import csv
import json
import sys
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from cluster_geo.example.files import SCHOOLS, write_example
from tests.benchmarks.__main__ import SMOKE, main
from tests.benchmarks.environment import peers_python
from tests.benchmarks.own import PLAN
from tests.benchmarks.parts import Asked, begun_before, changed_a_little
from tests.benchmarks.peer_model import peer_arrays
from tests.benchmarks.peers.cost import cluster_cost, cluster_faults
from tests.benchmarks.problem import Problem, nested_areas, single_districts
from tests.benchmarks.trial import PEERS, Bench


@pytest.fixture(scope="module")
def merrowshire(tmp_path_factory):
    """The whole example county under the benchmark's rules."""
    file = write_example(tmp_path_factory.mktemp("example")) / SCHOOLS
    settings = {"schools.authorities": ["Merrowshire"], "clusters.count": "11"}
    return Problem("Merrowshire", {"schools.file": str(file), **settings})


@pytest.fixture(scope="module")
def district(merrowshire):
    """The problem of the smoke run."""
    return Problem("Alderwold", {**merrowshire.settings, **SMOKE})


def test_the_smoke_run_writes_tables_and_a_figure(tmp_path):
    """Ours and the compact model end with the same cost, both in the table."""
    # Both stop when they are done; the seconds are for a machine that must compile first.
    words = ["--smoke", "--no-peers", "--seconds", "120", "--out", str(tmp_path)]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    with (tmp_path / "results.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["status"] for row in rows] == ["optimal", "optimal"]
    assert rows[0]["cost"] == rows[1]["cost"]
    assert rows[1]["ratio to ours"] == "1.000"
    assert all(float(row["peak MB"]) > 0 for row in rows)
    assert "breaking a hard rule" in (tmp_path / "results.md").read_text(encoding="utf-8")
    assert (tmp_path / "trace.csv").stat().st_size > 0
    assert (tmp_path / "results.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("method", PEERS)
def test_each_peer_gives_a_plan_that_can_be_judged(district, method):
    """A peer is started in its own environment and covers every school."""
    python = peers_python()
    if python is None:
        pytest.skip("the peers' environment is made by the benchmark command alone")
    trial = Bench(seed=1, peers=python).run("methods", district, method, 1.0)
    assert trial.status == "found", trial.note
    assert trial.cost > 0
    assert trial.peak_mb > 0


def test_peers_are_told_the_very_cost_they_are_judged_by(merrowshire):
    """The price of a cluster from the peers' arrays is the rulebook's, and so are the faults."""
    county, rulebook = merrowshire.loaded
    problem = peer_arrays(county, rulebook)
    assert int(problem["count"]) == 11
    rng = np.random.default_rng(5)
    urns = np.array(county.urns)
    for _ in range(200):
        middle = rng.integers(urns.size)
        near = np.argsort(problem["travel"][middle], kind="stable")[:20]
        members = np.sort(rng.choice(near, int(rng.integers(1, 18)), replace=False))
        cluster = rulebook.cluster(urns[members].tolist())
        assert cluster_cost(problem, members) == pytest.approx(rulebook.price(cluster))
        verdicts = rulebook.judge(cluster)
        kept = verdicts["size"].kept and verdicts["phases"].kept
        assert (cluster_faults(problem, members) == 0) == kept


def test_a_rule_the_peers_cannot_be_told_is_refused(merrowshire):
    """No peer is given an easier cost than its plan is judged by."""
    problem = merrowshire.changed("capped", travel__worst=5.0)
    with pytest.raises(NotImplementedError, match="told to forbid"):
        peer_arrays(*problem.loaded)


def test_areas_grow_around_the_largest_district(merrowshire):
    """One district, then more; clusters in proportion to schools; districts by themselves."""
    areas = nested_areas(merrowshire, 11)
    assert [area.settings["schools.districts"] for area in areas] == [["Saltholme"]]
    assert areas[0].settings["clusters.count"] == "4"
    alone = single_districts(merrowshire)
    assert [problem.name for problem in alone] == ["Alderwold", "Saltholme", "Stanmere"]
    assert {problem.settings["clusters.count"] for problem in alone} == {"free"}


@pytest.mark.nightly
def test_a_run_begins_from_an_earlier_one_with_something_changed(district, monkeypatch):
    """From the earlier run and anew, and both end with the same cost."""
    monkeypatch.setattr(
        "tests.benchmarks.parts.changed_a_little", lambda *a: changed_a_little(*a)[:1]
    )
    first, again, anew = begun_before(Bench(seed=1), Asked(district, seconds=120.0))
    assert first.status == "optimal"
    assert again.problem == anew.problem == "Alderwold, two schools together"
    assert again.method == "ours (column generation), begun before"
    assert again.cost == pytest.approx(anew.cost, rel=0.01)


def test_three_things_are_changed_a_little(merrowshire, tmp_path):
    """A lock on two neighbours of different clusters, a weight, a size."""
    urns = merrowshire.loaded[0].urns
    (tmp_path / PLAN).write_text(json.dumps([urns[:60], urns[60:]]))
    lock, weight, size = changed_a_little(merrowshire, tmp_path)
    (a, b), *_ = lock.settings["pins.together"]
    assert (a in urns[:60]) != (b in urns[:60])
    assert weight.settings["trusts.weight"] == 4.0
    assert size.settings["clusters.size"] == "8:13"


def test_a_method_that_does_not_end_is_ended(district, monkeypatch):
    """It has no plan, and the table says after how many seconds it was ended."""
    monkeypatch.setattr("tests.benchmarks.trial.PATIENCE", 0.0)
    monkeypatch.setattr("tests.benchmarks.trial.STARTING", 1.0)
    trial = Bench(seed=1).run("methods", district, "compact", 1.0)
    assert trial.status == "none found"
    assert trial.note == "ended after 1 s"
    assert trial.judgement is None


def test_a_method_that_fails_says_why(district):
    """The table has the last thing it said: here, that the peer is not in this environment."""
    trial = Bench(seed=1, peers=Path(sys.executable)).run("methods", district, "k_means", 1.0)
    assert trial.status == "failed"
    assert "k_means_constrained" in trial.note
