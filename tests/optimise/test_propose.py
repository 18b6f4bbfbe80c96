"""A scenario solved: wishes granted or not, and said; frozen clusters kept; Ctrl-C."""

from __future__ import annotations

import pytest

from cluster_geo.audit import audit
from cluster_geo.optimise import propose
from cluster_geo.rules import find_clashes
from cluster_geo.scenario import load_county, read_scenario, rulebook_of

LIMITS = {"solve.work": "15000"}


@pytest.fixture(scope="module")
def county():
    return load_county(read_scenario("example"))


@pytest.fixture(scope="module")
def found(county):
    """The example's plan, with its one wish."""
    return propose(county, read_scenario("example", LIMITS))


def hard(rulebook) -> set[str]:
    """Names of the hard rules."""
    return {rule.name for rule in rulebook.rules if rule.hard}


def test_a_wish_that_can_be_kept_is_hard(county, found):
    """The rule is hard in the rulebook returned, the plan keeps it, and the run says so."""
    result, rulebook = found
    assert "non-selective" in hard(rulebook)
    assert audit(result.plan, county, rulebook).kept
    assert any("kept as a hard rule" in s and "any child can enter" in s for s in result.statements)


def test_the_trace_tells_of_trials(found):
    """Points of the trials carry no cost, for their plans are under other rules."""
    result, _ = found
    trials = [point for point in result.trace if point.stage == "wishes"]
    assert trials
    assert all(point.cost is None and point.bound is None for point in trials)
    assert [p.work for p in result.trace] == sorted(p.work for p in result.trace)
    assert result.work >= result.trace[-1].work


def test_a_wish_that_counting_refutes_is_priced(county):
    """PCNs of the wrong sizes cannot be hard: the words say why, and a plan is found all the same."""
    settings = {"boundaries.pcn.rule": "hard-if-possible", "boundaries.pcn.weight": "1"}
    asked = read_scenario("example", LIMITS | settings)
    assert find_clashes(rulebook_of(asked, county, {"boundaries.pcn": True}), county)
    result, rulebook = propose(county, asked)
    assert "pcn" not in hard(rulebook)
    assert "non-selective" in hard(rulebook)
    assert audit(result.plan, county, rulebook).kept
    (words,) = [words for words in result.statements if "boundary of pcn" in words]
    assert "not a hard rule" in words
    assert "no plan can" in words


@pytest.fixture
def reference(found, tmp_path):
    """Write the plan found as a reference plan; return its path and clusters by code."""
    result, _ = found
    path = tmp_path / "old.csv"
    rows = [f"{urn},{code}" for urn, code in sorted(result.plan.code_of.items())]
    path.write_text("\n".join(["urn,cluster", *rows]) + "\n")
    return path, dict(zip(result.plan.labels, result.plan.clusters, strict=True))


def test_a_frozen_cluster_stays(county, reference):
    """A cluster frozen by its code is in the new plan as it was."""
    path, clusters = reference
    code = min(clusters)
    settings = {
        "reference.plan": str(path),
        "reference.freeze_clusters": [code],
        "trusts.weight": "9",
    }
    result, rulebook = propose(county, read_scenario("example", LIMITS | settings))
    assert clusters[code].members in [c.members for c in result.plan.clusters]
    assert result.cost == pytest.approx(rulebook.cost(result.plan))


def test_all_frozen(county, reference):
    """With every cluster frozen the plan is the old one."""
    path, clusters = reference
    settings = {"reference.plan": str(path), "reference.freeze_clusters": sorted(clusters)}
    result, _ = propose(county, read_scenario("example", LIMITS | settings))
    assert {c.members for c in result.plan.clusters} == {c.members for c in clusters.values()}
    assert result.status == "optimal"


def test_interrupted_in_the_last_search(county):
    """Ctrl-C once a plan is there ends the search with that plan."""

    def stop(point):
        if point.cost is not None:
            raise KeyboardInterrupt

    result, rulebook = propose(county, read_scenario("example", LIMITS), progress=stop)
    assert result.stopped_by == "interrupted"
    assert result.status in ("feasible", "optimal")
    assert audit(result.plan, county, rulebook).kept


def test_a_plan_to_begin_from(county, found):
    """A plan that keeps the wishes is begun from, and what is returned is no worse."""
    plan = found[0].plan
    result, rulebook = propose(county, read_scenario("example", {"solve.work": "1"}), start=plan)
    assert result.cost <= rulebook.cost(plan) + 1e-6
