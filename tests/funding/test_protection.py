"""Shares between limits, against bisection and against an integer programme."""

from fractions import Fraction

import pulp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_geo.funding.protection import held_within


@st.composite
def worlds(draw):
    """Up to six clusters with limits, and a sum."""
    number = draw(st.integers(1, 6))
    formula = draw(st.lists(st.integers(0, 60), min_size=number, max_size=number))
    low = draw(st.lists(st.integers(0, 50), min_size=number, max_size=number))
    spread = draw(st.lists(st.none() | st.integers(0, 60), min_size=number, max_size=number))
    high = [None if s is None else lo + s for lo, s in zip(low, spread, strict=True)]
    return formula, low, high, draw(st.integers(0, 300))


def clamped(k, formula, low, high):
    return [
        max(k * f, lo) if hi is None else min(max(k * f, lo), hi)
        for f, lo, hi in zip(formula, low, high, strict=True)
    ]


def by_bisection(formula, low, high, total):
    """The shares at the factor that a hundred halvings find; None where there is none."""
    least, most = sum(low), sum(clamped(10**9, formula, low, high))
    if not least <= total <= most:
        return None
    a, b = 0.0, 1e9
    for _ in range(200):
        middle = (a + b) / 2
        a, b = (middle, b) if sum(clamped(middle, formula, low, high)) < total else (a, middle)
    return clamped(b, formula, low, high)


@settings(max_examples=300)
@given(worlds())
def test_the_shares_are_those_of_bisection(world):
    """And they add up exactly, within their limits."""
    found, oracle = held_within(*world), by_bisection(*world)
    assert (found is None) == (oracle is None)
    if found is None:
        return
    formula, low, high, total = world
    assert sum(found.shares) == total
    assert found.shares == pytest.approx(oracle, abs=1e-6)
    for share, f, lo, hi in zip(found.shares, formula, low, high, strict=True):
        assert share >= lo
        assert hi is None or share <= hi
        if lo < share and (hi is None or share < hi):
            assert share == found.factor * f


def by_programme(formula, low, high, total):
    """The same as an integer programme: each cluster at its least, at its most, or scaled."""
    model, big = pulp.LpProblem("shares", pulp.LpMinimize), 10_000
    factor = model.add_variable("factor", 0)
    shares = []
    for k, (f, lo, hi) in enumerate(zip(formula, low, high, strict=True)):
        share = model.add_variable(f"share_{k}", lo, hi)
        at_least = model.add_variable(f"least_{k}", cat="Binary")
        at_most = model.add_variable(f"most_{k}", cat="Binary")
        model += share >= f * factor - big * at_most
        model += share <= f * factor + big * at_least
        model += share <= lo + big * (1 - at_least)
        model += share >= (0 if hi is None else hi) - big * (1 - at_most)
        model += at_least + at_most <= 1
        if hi is None:
            model += at_most == 0
        shares.append(share)
    model += pulp.lpSum(shares) == total
    model += factor
    model.solve(pulp.HiGHS(msg=False, threads=1))
    if pulp.LpStatus[model.status] != "Optimal":
        return None
    return [share.varValue for share in shares]


@pytest.mark.parametrize(
    "world",
    [
        ([30, 20, 10], [0, 25, 0], [None, None, None], 60),
        ([30, 20, 10], [0, 25, 12], [28, None, None], 66),
        ([30, 20, 10, 0], [10, 25, 12, 3], [28, 26, 40, 9], 80),
        ([5, 50, 17], [6, 0, 0], [8, 30, 40], 60),
        ([5, 50], [6, 0], [8, 30], 39),
        ([5, 50], [30, 30], [None, None], 59),
    ],
)
def test_the_shares_are_those_of_an_integer_programme(world):
    """Where it has none, neither have we."""
    found, oracle = held_within(*world), by_programme(*world)
    assert (found is None) == (oracle is None)
    if found is not None:
        assert [float(share) for share in found.shares] == pytest.approx(oracle, abs=1e-4)


def test_a_worked_example():
    """Three with 30, 20 and 10, the second protected at 25: the others pay 5 by 7 eighths."""
    found = held_within([30, 20, 10], [0, 25, 0], [None] * 3, 60)
    assert found.factor == Fraction(7, 8)
    assert found.shares == [Fraction(105, 4), 25, Fraction(35, 4)]


def test_all_at_a_limit_is_scaled_by_nothing():
    """There is no factor to show where no share follows it."""
    assert held_within([5, 5], [3, 4], [3, 4], 7).factor is None
