"""The fewest movers first, then the score: both stages against brute force."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from cluster_geo import optimise, pipeline
from cluster_geo.certificate import verify
from cluster_geo.plan import Plan, movers
from cluster_geo.scenario import load_county, read_scenario, reference_plan, rulebook_of
from cluster_geo.wishes import solve_scenario
from cluster_geo.wishes.fewest import fewest_movers
from cluster_geo.wishes.splits import moving_at_most
from tests.cli.street import FIRST, write_plan, write_street
from tests.oracle import all_plans

# Streets of eight schools with earlier plans, most of which no longer keep the rules.
STREETS = {
    "one is too large": ("psppspps", ("12345", "678")),
    "none must move": ("psppspps", ("123", "45", "678")),
    "two clusters are too small": ("pspspsps", ("1", "234", "5", "678")),
    "all was one": ("psppspps", ("12345678",)),
}
SETTINGS = {"clusters.size": "2:4", "solve.work": 40000, "solve.gap": 0}


def asked(tmp_path, street: str, **more):
    phases, clusters = STREETS[street]
    scenario = write_street(tmp_path, phases, "WWWWEEEE", "T..TT..T")
    plan = write_plan(tmp_path / "earlier.csv", *clusters)
    return read_scenario(scenario, SETTINGS | {"reference.plan": plan} | more)


def movers_of(rulebook, clusters) -> int:
    rule = next(rule for rule in rulebook.rules if rule.name == "reference")
    return int(sum(rule.judge(cluster).count for cluster in clusters))


@pytest.mark.parametrize("street", STREETS)
def test_both_stages_against_brute_force(tmp_path, street):
    """No plan moves fewer schools, as they are counted in the lists; the bounds hold of all plans."""
    scenario = asked(tmp_path, street, **{"reference.fewest_movers": True})
    county = load_county(scenario)
    result, rulebook = solve_scenario(county, scenario)
    reference = reference_plan(county, scenario)
    plans = [
        (len(movers(reference, Plan.of(clusters))), movers_of(rulebook, clusters), cost)
        for clusters, cost in all_plans(county, rulebook_of(county, scenario))
    ]
    fewest = min(plans)[0]
    moved = len(movers(reference, result.plan))
    assert moved == fewest
    said = " ".join(result.statements)
    assert ("No school has to move" in said) == (fewest == 0)
    assert fewest == 0 or f"{fewest} school" in said
    assert "another cluster than in the earlier plan" not in said
    if "it is proven that fewer cannot" in said:
        assert min(by_rule for _, by_rule, _ in plans) == fewest
    # The score: no plan that moves so few is below the bound, nor found to be below the result.
    best = min(cost for number, _, cost in plans if number <= fewest)
    assert result.bound <= best + 1e-6
    assert result.cost == pytest.approx(best)


def test_the_streets_differ_in_what_must_move(tmp_path):
    """From none to several; and a better score would move more of them."""
    seen: Counter[int] = Counter()
    more = 0
    for street in STREETS:
        scenario = asked(tmp_path, street, **{"reference.fewest_movers": True})
        county = load_county(scenario)
        reference = reference_plan(county, scenario)
        few, _ = solve_scenario(county, scenario)
        free, _ = solve_scenario(county, asked(tmp_path, street))
        moved = len(movers(reference, few.plan))
        seen[moved] += 1
        more += len(movers(reference, free.plan)) > moved
        assert few.cost >= free.cost - 1e-9
    assert len(seen) >= 2
    assert more >= 1


def test_what_a_first_stage_found_is_recorded_and_verified(tmp_path):
    """The certificate is of plans that move no more schools."""
    scenario = asked(
        tmp_path,
        "two clusters are too small",
        **{"reference.fewest_movers": True, "solve.certificate": True},
    )
    proposal = pipeline.propose(load_county(scenario), scenario)
    pipeline.write(proposal, tmp_path / "out")
    found = verify(tmp_path / "out", processes=1)
    assert found.complete
    assert found.bound == pytest.approx(proposal.result.cost, abs=1e-2)
    assert pipeline.floor_beside(tmp_path / "out", scenario) is None


def test_a_limit_that_cannot_be_kept_is_impossible(tmp_path):
    """With a most number of movers below the fewest, there is no plan."""
    few = asked(tmp_path, "two clusters are too small", **{"reference.fewest_movers": True})
    county = load_county(few)
    result, rulebook = solve_scenario(county, few)
    fewest = movers_of(rulebook, result.plan.clusters)
    assert fewest > 0
    both = {"reference.fewest_movers": True, "reference.most_movers": fewest - 1}
    result, _ = solve_scenario(county, asked(tmp_path, "two clusters are too small", **both))
    assert result.status == "impossible"


def test_under_a_limit_of_work_no_clock_decides(tmp_path, monkeypatch):
    """The first stage has its share of the work, however long what came before took."""
    solve = optimise.solve
    wish = {"boundaries.district.rule": "hard-if-possible", "reference.fewest_movers": True}
    scenario = asked(tmp_path, "two clusters are too small", **wish)

    def units(seconds: float) -> list[int]:
        """Return what each search is given where each takes so long."""
        given = []

        def watched(*arguments, **options):
            given.append(options["work"])
            return replace(solve(*arguments, **options), seconds=seconds)

        monkeypatch.setattr(optimise, "solve", watched)
        solve_scenario(load_county(scenario), scenario)
        return given

    assert units(0.1) == units(100.0)


def test_urns_of_the_street():
    """The plans above count schools from the first."""
    assert FIRST == 100_001


def test_stopped_by_hand_no_further_search_begins(tmp_path):
    """Neither for a closer proof of the fewest, nor for plans without splits."""
    scenario = asked(tmp_path, "one is too large", **{"reference.fewest_movers": True})
    county = load_county(scenario)
    reference = reference_plan(county, scenario)
    found, rulebook = solve_scenario(county, scenario)
    stopped = replace(found, stopped_by="interrupted", cost=0.0, bound=None)
    searches = []

    def search(*arguments):
        searches.append(arguments)
        return stopped

    few = fewest_movers(rulebook, search, reference)
    assert len(searches) == 1
    assert few.found == len(movers(reference, found.plan))
    kept = moving_at_most(stopped, 0, reference, rulebook, search)
    assert len(searches) == 1
    assert kept is stopped
