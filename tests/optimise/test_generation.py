"""Column generation: at every point of a run the bound is one and the cost is real."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from cluster_geo.optimise import (
    ColumnParams,
    PricingParams,
    SearchParams,
    StartParams,
    generation,
    solve,
)
from cluster_geo.optimise.pricing import Priced, Pricer
from cluster_geo.progress import STAGES
from cluster_geo.rules import OnePiece, Rulebook, Size, TravelToHub, Trusts
from tests.books import random_rulebook
from tests.optimise.exercised import SCHOOLS
from tests.optimise.test_enumeration import begun
from tests.oracle import best_plan
from tests.solving import agrees
from tests.worlds import random_county


@pytest.mark.parametrize("seed", [17, 31, 73, 89, 115, 142, 222, 228, 231, 373, 380, 390, 424])
def test_bound_and_cost_enclose_the_optimum_all_along(seed, monkeypatch):
    """Each round's own bound, at whatever duals, is at most the cost of the best plan.

    In these counties cuts have duals (17: a branch) before the root is closed.
    """
    county = random_county(seed, SCHOOLS)
    rulebook = random_rulebook(county, seed)
    best = best_plan(county, rulebook)
    assert best is not None
    rounds = []
    bound_of = generation.Generation._bound_of

    def watched(self, solution, priced):
        rounds.append(bound_of(self, solution, priced))
        return rounds[-1]

    monkeypatch.setattr(generation.Generation, "_bound_of", watched)
    result = solve(county, rulebook, work=10_000, gap=1e-5, threads=1)
    assert len(rounds) >= 2
    # Rounds at a node of branch and price bound the plans of that node alone.
    if not any(point.stage == "branches" for point in result.trace):
        assert all(bound <= best[0] + 1e-6 for bound in rounds)
    for point in result.trace:
        assert point.bound is None or point.bound <= best[0] + 1e-6
        assert point.cost is None or point.cost >= best[0] - 1e-6


def larger(seed: int, n: int):
    """Roll a county too large for brute force, and rules that leave plans."""
    county = random_county(seed, n)
    rules = (
        Size(3, 7),
        OnePiece(county.neighbours.graph),
        TravelToHub(county.travel),
        Trusts(county.schools.grouped_by("trust_uid"), 3.0),
    )
    return county, Rulebook(rules, county.travel)


def test_the_trace_only_gets_better():
    """Cost never rises, the bound never falls, and time, work and columns go one way."""
    county, rulebook = larger(1, 40)
    points = []
    result = solve(county, rulebook, work=20_000, threads=1, progress=points.append)
    assert result.trace == tuple(points)
    assert {"first plan", "columns"} <= {point.stage for point in points} <= STAGES.keys()
    assert result.cost == result.trace[-1].cost
    for before, after in pairwise(result.trace):
        assert after.seconds >= before.seconds
        assert after.work >= before.work
        assert after.columns >= before.columns
        assert before.cost is None or after.cost <= before.cost
        assert before.bound is None or after.bound >= before.bound


def test_the_seed_changes_the_way_not_the_truth():
    """From different beginnings other clusters are met, and costs and bounds do not contradict."""
    county, rulebook = larger(2, 30)
    results = [solve(county, rulebook, work=20_000, threads=1, seed=s) for s in (0, 1, 2, 0)]
    assert [r.seed for r in results] == [0, 1, 2, 0]
    first, second, third, again = (set(r.known) for r in results)
    assert again == first
    assert len({frozenset(first), frozenset(second), frozenset(third)}) == 3
    costs = [r.cost for r in results]
    bounds = [r.bound for r in results]
    assert max(bounds) <= min(costs) + 1e-6
    assert all(np.isfinite(costs))


def test_known_clusters_are_not_in_the_way_of_a_better_one():
    """With one place for what pricing finds of a hub, it filled with a cluster there already."""
    county = random_county(19, 7)
    params = SearchParams(
        start=StartParams(full_atoms=1, jitter=0.0, hot=0.234019847218049, swaps=1.0),
        columns=ColumnParams(smoothed=7, box=1.0),
        pricing=PricingParams(kept=1, rows=0),
    )
    result = agrees(county, random_rulebook(county, 19), params=params)
    assert (result.status, result.failure) == ("optimal", "")


def test_places_for_what_pricing_finds_are_doubled_as_often_as_they_are_in_the_way():
    """However many there are: clusters known already fill them all, and may do so again."""
    pricer = Pricer(1, 12)
    problem, generation = begun(5, pricer)
    generation.converge(None, 1e-6, lambda _: None)
    pricer.close()
    solution = generation.solution
    assert solution is not None
    hubs = len(problem.model.urns)
    for before in (1, 4):
        generation.kept = before
        low = np.full(hubs, -1.0)
        full = Priced(low, low, [[(0,)] * before for _ in range(hubs)], limited=0)
        assert not generation._stuck(replace(solution, slack=0.0), full, solution.value, 0)
        assert generation.kept == 2 * before


def test_a_master_has_every_column_of_its_source():
    """Also those that a plan offered from elsewhere has brought, at their own places."""
    county = random_county(5, 8)
    rulebook = random_rulebook(county, 5)
    pricer = Pricer(1, 12)
    problem, generation = begun(5, pricer)
    columns = generation.columns
    cost, best = best_plan(county, rulebook)
    columns.admit([columns.atoms_of(cluster.members) for cluster in best.clusters])
    generation.converge(None, 1e-6, lambda _: None)
    pricer.close()
    assert generation.master.columns == len(columns.admitted) >= len(best.clusters)
    assert generation.solution.value * problem.unit <= cost + 1e-6
