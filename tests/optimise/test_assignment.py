"""Hubs and duals of p-medians: near the optimum on small ones, and no harm on any."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pytest

from cluster_geo.optimise import AssignmentParams, SearchParams, budget, solve
from cluster_geo.optimise.assignment import Medians, assigned, duals, interchange
from cluster_geo.optimise.budget import Budget
from cluster_geo.optimise.problem import Problem
from cluster_geo.optimise.standing import Standing
from cluster_geo.rules import NumberOfClusters, Rulebook, Size, TravelToHub
from tests.oracle import best_plan
from tests.worlds import FIRST_URN, make_county

MEDIANS = SearchParams(assignment=AssignmentParams(least_atoms=2))


def rolled(seed: int, atoms: int = 12) -> np.ndarray:
    """Roll what each of some points in a square costs with each."""
    points = np.random.default_rng(seed).uniform(0.0, 10.0, (atoms, 2))
    return np.linalg.norm(points[:, None] - points[None, :], axis=2)


def optimum(charge: np.ndarray, number: int) -> float:
    """Return the least cost of so many hubs, by brute force."""
    hubs = combinations(range(len(charge)), number)
    return min(float(charge[list(chosen)].min(axis=0).sum()) for chosen in hubs)


@pytest.mark.parametrize("number", [1, 2, 3, 5, 12])
def test_interchange_finds_nearly_the_best_hubs(number):
    """Never better than the best, seldom worse, and each hub once."""
    hits = 0
    for seed in range(20):
        charge, rng = rolled(seed), np.random.default_rng(seed)
        hubs = interchange(charge, number, rng, lambda: False)
        assert len(set(hubs.tolist())) == number
        cost, best = charge[hubs].min(axis=0).sum(), optimum(charge, number)
        assert cost >= best - 1e-9
        hits += cost <= best + 1e-9
    assert hits >= 14


def test_sizes_are_kept_where_they_can_be():
    """Each atom is with one hub, each hub with itself, and no cluster is too large or too small."""
    for seed in range(40):
        charge, rng = rolled(seed, 24), np.random.default_rng(seed)
        hubs = interchange(charge, 4, rng, lambda: False)
        served = assigned(charge, hubs, np.ones(24, dtype=np.int64), 5, 7)
        assert served[hubs].tolist() == [0, 1, 2, 3]
        held = np.bincount(served, minlength=4)
        assert (held >= 5).all()
        assert (held <= 7).all()


@pytest.mark.parametrize("number", [2, 4])
def test_the_duals_prove_nearly_the_optimum(number):
    """Their bound (Lagrangian, by its formula) is never above it, and within 2 %."""
    for seed in range(20):
        charge = rolled(seed)
        best = optimum(charge, number)
        dual = duals(charge, number, best, AssignmentParams(), lambda: False)
        reduced = np.minimum(0.0, charge - dual).sum(axis=1)
        bound = dual.sum() + np.sort(reduced)[:number].sum()
        assert 0.9 * best <= bound <= best + 1e-9


def clique(seed: int, schools: int = 9) -> tuple:
    """Return a county of neighbours all, its rules, and its problem."""
    urns = range(FIRST_URN, FIRST_URN + schools)
    rows = [{"urn": urn, "phase": "primary", "x": 4e5, "y": 2e5} for urn in urns]
    county = make_county(rows, combinations(urns, 2), matrix=rolled(seed, schools))
    rules = (Size(2, 5), TravelToHub(county.travel))
    book = Rulebook(rules, county.travel, (NumberOfClusters(3, 3),))
    return county, book, Problem.of(county, book, ())


@pytest.mark.parametrize("seed", range(12))
def test_a_search_from_medians_is_as_right_as_any(seed):
    """It ends with the best plan by brute force."""
    county, book, _ = clique(seed)
    result = solve(county, book, work=20_000, threads=1, params=MEDIANS)
    assert result.status == "optimal"
    assert result.cost == pytest.approx(best_plan(county, book)[0], abs=1e-6)


# A value of each number at which another search is made.
STEERS = {
    "starts": 1,
    "least_atoms": 10,
    "most_atoms": 5,
    "steps": 0,
    "pace": 0.05,
    "patience": 1,
    "box": 3.0,
    "time": 0.5,
}


def searched(params: AssignmentParams) -> list:
    """Return the steps of searches."""
    steps = []
    for seed in range(4):
        county, book, _ = clique(seed, 13)
        asked = SearchParams(assignment=params)
        result = solve(county, book, work=3_000, threads=1, params=asked)
        steps += [(p.stage, p.work, p.columns, p.cost, p.bound) for p in result.trace]
    return steps


@pytest.mark.parametrize("key", sorted(set(STEERS) - {"time"}))
def test_a_number_steers_the_search(key):
    """Set away from its default, with all else the same, another search is made."""
    usual = MEDIANS.assignment
    value = STEERS[key]
    if key == "least_atoms":
        value = 100
    assert searched(usual) != searched(replace(usual, **{key: value}))


def test_its_time_is_a_share_of_what_is_left(monkeypatch):
    """Twice the share is twice the time."""
    _, _, problem = clique(0)
    clock = SimpleNamespace(now=1_000.0)
    monkeypatch.setattr(budget.time, "monotonic", lambda: clock.now)
    for share in (0.1, 0.2):
        clock.now = 1_000.0
        standing = Standing(problem, Budget(100.0, _began=clock.now), 1e-4, 0)
        params = AssignmentParams(time=share)
        spent = Medians(problem, rolled(0), params, standing)._spent()
        for now in (1_000.0 + 99.0 * share, 1_000.0 + 101.0 * share):
            clock.now = now
            assert spent() == (now > 1_000.0 + 100.0 * share)
