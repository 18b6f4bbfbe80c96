"""Prices in any currency: the same plan, and costs and bounds in proportion."""

from __future__ import annotations

import numpy as np
import pytest

from cluster_geo.optimise import solve
from cluster_geo.optimise.problem import Problem, typical
from cluster_geo.tolerances import USUAL
from tests.books import random_rulebook
from tests.worlds import random_county

SCHOOLS = 12
SCALES = (1e-6, 1e6)
MORE_SCALES = (1e-3, 1e3, 1e4)
# Solves with cuts, branches, and proofs that there is no plan.
SEEDS = (1, 4, 9, 12, 17, 23)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("scales", [SCALES, pytest.param(MORE_SCALES, marks=pytest.mark.nightly)])
def test_prices_times_a_factor_change_nothing_else(seed, scales):
    """Status, end and plan are the same, cost and bound are multiplied."""
    county = random_county(seed, SCHOOLS)

    def solved(scale):
        return solve(county, random_rulebook(county, seed, scale), work=20_000, gap=1e-5, seed=seed)

    plain = solved(1.0)
    for scale in scales:
        scaled = solved(scale)
        assert (scaled.status, scaled.stopped_by) == (plain.status, plain.stopped_by)
        assert (scaled.plan is None) == (plain.plan is None)
        if plain.plan is not None:
            assert scaled.cost / scale == pytest.approx(plain.cost, rel=1e-9)
            assert scaled.bound / scale == pytest.approx(plain.bound, rel=1e-4)
            assert scaled.bound <= plain.cost * scale * (1.0 + 1e-9)


def test_a_power_of_two_is_exact():
    """The unit is one: the very same search, to the last bit."""
    county = random_county(9, SCHOOLS)
    plain, scaled = (
        solve(county, random_rulebook(county, 9, scale), work=20_000, gap=1e-5)
        for scale in (1.0, 2.0**20)
    )
    assert scaled.cost == plain.cost * 2.0**20
    assert scaled.bound == plain.bound * 2.0**20
    assert scaled.work == plain.work
    assert scaled.plan == plain.plan


@pytest.mark.parametrize("scale", [1e-9, 1e-3, 1.0, 37.5, 1e8])
def test_the_unit_makes_a_charge_usual(scale):
    """Whatever the currency, a school's charge is between one and two times `USUAL`."""
    county = random_county(3, SCHOOLS)
    problem = Problem.of(county, random_rulebook(county, 3, scale), [])
    mantissa, _ = np.frexp(problem.unit)
    assert mantissa == 0.5
    tilted = problem.arrays.tilt_price[:, None] * np.abs(problem.arrays.tilt)
    charge = max(typical(problem.arrays), tilted.sum(axis=0).mean())
    assert USUAL <= charge < 2.0 * USUAL


def test_nothing_is_charged():
    """Where every price is nought there is no scale, and any plan is as good as any."""
    county = random_county(9, SCHOOLS)
    rulebook = random_rulebook(county, 9, 0.0)
    assert Problem.of(county, rulebook, []).unit == 1.0
    result = solve(county, rulebook, work=20_000)
    assert (result.status, result.cost) == ("optimal", 0.0)
