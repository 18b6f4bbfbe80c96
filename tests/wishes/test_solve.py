"""A scenario solved: wishes granted or not, and said; frozen clusters kept; Ctrl-C."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from cluster_geo import optimise as optimiser
from cluster_geo.audit import audit
from cluster_geo.optimise import Result, solve
from cluster_geo.optimise.problem import left_to_decide
from cluster_geo.rules import NumberOfClusters, Rulebook, Size, Zones, find_clashes
from cluster_geo.scenario import load_county, read_scenario, rulebook_of, with_inputs
from cluster_geo.wishes import solve as solving
from cluster_geo.wishes import solve_scenario
from cluster_geo.wishes import trials as trying
from cluster_geo.wishes.trials import TRIALS
from tests.worlds import draw_county

# A district of the example, and work enough for its plan and what the trials of wishes need.
DISTRICT = {"schools.districts": '["Alderwold"]', "clusters.count": "free"}
LIMITS = DISTRICT | {"solve.work": "6000"}
TWO_WISHES = {"srp.rule": "hard-if-possible"}


@pytest.fixture(scope="module")
def county():
    return load_county(read_scenario("example", DISTRICT))


@pytest.fixture(scope="module")
def found(county):
    """The district's plan, with its one wish."""
    return solve_scenario(county, read_scenario("example", LIMITS))


def hard(rulebook) -> set[str]:
    """Names of the hard rules."""
    return {rule.name for rule in rulebook.rules if rule.hard}


def test_a_wish_that_can_be_kept_is_hard(county, found):
    """The rule is hard in the rulebook returned, the plan keeps it, and the run says so."""
    result, rulebook = found
    assert "non-selective" in hard(rulebook)
    assert audit(county, rulebook, result.plan).kept
    assert any(
        "so it became a requirement" in s and "any child can enter" in s for s in result.statements
    )


def test_the_trace_tells_of_trials(found):
    """Points of the trials carry no cost, for their plans are under other rules."""
    result, _ = found
    trials = [point for point in result.trace if point.stage == "wishes"]
    assert trials
    assert all(point.cost is None and point.bound is None for point in trials)
    assert [p.work for p in result.trace] == sorted(p.work for p in result.trace)
    assert result.work >= result.trace[-1].work


@pytest.mark.parametrize("limit", ["work", "seconds"])
def test_trials_and_the_last_search_share_what_was_asked(limit, monkeypatch):
    """Each search is given the seed and its share of the limit; what they did adds up."""
    searches = []

    def watched(county, rulebook, **options):
        searches.append((options, solve(county, rulebook, **options)))
        return searches[-1][1]

    for module in (solving, trying):
        monkeypatch.setattr(module, "optimise", SimpleNamespace(solve=watched))
    settings = {
        **DISTRICT,
        "solve.seed": "7",
        "srp.rule": "hard-if-possible",
        **({"solve.work": "9000"} if limit == "work" else {"solve.time_limit": "6"}),
    }
    asked = read_scenario("example", settings)
    result, _ = solve_scenario(load_county(asked), asked)
    *trials, (last, final) = searches
    assert trials
    assert [options["seed"] for options, _ in searches] == [7] * len(searches)
    assert result.work == sum(found.work for _, found in searches)
    assert result.seconds == pytest.approx(sum(found.seconds for _, found in searches))
    spent = sum(found.work if limit == "work" else found.seconds for _, found in trials)
    whole = 9000 if limit == "work" else 6.0
    given = "work" if limit == "work" else "time_limit"
    if limit == "seconds":
        assert all(options["work"] is None for options, _ in searches)
    # The first trial has a third: one for two wishes together, one for each alone.
    assert trials[0][0][given] == pytest.approx(TRIALS * whole / 3, abs=1)
    assert sum(options[given] for options, _ in trials) <= len(trials) * TRIALS * whole
    assert last[given] == pytest.approx(max(1, whole - spent))
    assert final.seed == 7


def test_a_wish_that_counting_refutes_is_priced(county):
    """PCNs of the wrong sizes cannot be hard: the words say why, and a plan is found all the same."""
    settings = {"boundaries.pcn.rule": "hard-if-possible", "boundaries.pcn.weight": "1"}
    asked = read_scenario("example", LIMITS | settings)
    assert find_clashes(county, rulebook_of(county, asked, {"boundaries.pcn": True}))
    result, rulebook = solve_scenario(county, asked)
    assert "pcn" not in hard(rulebook)
    assert "non-selective" in hard(rulebook)
    assert audit(county, rulebook, result.plan).kept
    (words,) = [words for words in result.statements if "PCN boundary" in words]
    assert words.startswith("It remains a preference that ")
    assert "because no plan can" in words
    assert not words.endswith("..")
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
    asked = read_scenario("example", LIMITS | settings)
    result, rulebook = solve_scenario(with_inputs(county, asked), asked)
    assert clusters[code].members in [c.members for c in result.plan.clusters]
    assert result.cost == pytest.approx(rulebook.cost(result.plan))


def test_all_frozen(county, reference):
    """With every cluster frozen the plan is the old one."""
    path, clusters = reference
    settings = {"reference.plan": str(path), "reference.freeze_clusters": sorted(clusters)}
    asked = read_scenario("example", LIMITS | settings)
    result, _ = solve_scenario(with_inputs(county, asked), asked)
    assert {c.members for c in result.plan.clusters} == {c.members for c in clusters.values()}
    assert result.status == "optimal"


def test_interrupted_in_the_last_search(county):
    """Ctrl-C once a plan is there ends the search with that plan."""

    def stop(point):
        if point.cost is not None:
            raise KeyboardInterrupt

    result, rulebook = solve_scenario(county, read_scenario("example", LIMITS), progress=stop)
    assert result.stopped_by == "interrupted"
    assert result.status in ("feasible", "optimal")
    assert audit(county, rulebook, result.plan).kept


def test_interrupted_while_wishes_are_tried(county, monkeypatch):
    """Ctrl-C while the second wish is tried: the plan that keeps the first one is kept."""
    asked = read_scenario("example", LIMITS | TWO_WISHES)
    tried = []

    def solve(county, rulebook, **settings):
        tried.append(hard(rulebook) & {"non-selective", "srp"})
        if len(tried) == 1:
            return Result("none found", "work limit", None, None, None, 1.0, 1)
        if len(tried) == 3:
            return Result("none found", "interrupted", None, None, None, 1.0, 1)
        return optimiser.solve(county, rulebook, **settings)

    monkeypatch.setattr(trying, "optimise", SimpleNamespace(solve=solve))
    result, rulebook = solve_scenario(county, asked)
    assert len(tried) == 3
    first, second = tried[1], tried[0] - tried[1]
    assert first <= hard(rulebook)
    assert not second & hard(rulebook)
    assert result.stopped_by == "interrupted"
    assert result.status == "feasible"
    assert result.cost == pytest.approx(rulebook.cost(result.plan))
    assert audit(county, rulebook, result.plan).kept
    assert any("you stopped the search" in words for words in result.statements)


@pytest.mark.parametrize("begun", [False, True])
def test_interrupted_before_anything_was_found(county, found, monkeypatch, begun):
    """Ctrl-C in the first trial: no plan, unless the run began from one that will do."""

    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(trying, "optimise", SimpleNamespace(solve=stop))
    asked = read_scenario("example", LIMITS | {"federations.rule": "hard-if-possible"})
    start = found[0].plan if begun else None
    result, _ = solve_scenario(county, asked, start=start)
    assert result.stopped_by == "interrupted"
    assert (result.plan is not None) is begun
    assert result.status == ("feasible" if begun else "none found")


def test_what_is_frozen_is_no_clash():
    """A district of five that no plan can cut into threes and fours may be frozen as it is."""
    county = draw_county("p p p p p s s s", district="A A A A A B B B")
    district = Zones("district", county.layers["district"].zone_of, hard=True)
    rulebook = Rulebook((Size(3, 4), district), county.travel, (NumberOfClusters(2, 2),))
    assert find_clashes(county, rulebook)
    rest, left = left_to_decide(county, rulebook, [rulebook.cluster(county.urns[:5])])
    assert rest.urns == county.urns[5:]
    assert not find_clashes(rest, left)
    assert [(rule.low, rule.high) for rule in left.plan_rules] == [(1, 1)]
    assert left_to_decide(county, rulebook, ()) == (county, rulebook)


def test_a_plan_to_begin_from(county, found):
    """A plan that keeps the wishes is begun from, and what is returned is no worse."""
    plan = found[0].plan
    result, rulebook = solve_scenario(
        county, read_scenario("example", DISTRICT | {"solve.work": "1"}), start=plan
    )
    assert result.cost <= rulebook.cost(plan) + 1e-6
