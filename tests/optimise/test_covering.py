"""The fewest groups that hold some schools, against every way to group them."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache

import highspy
import numpy as np
import pytest

from cluster_geo.optimise import least_cover
from cluster_geo.optimise.solver import ModelStatus
from tests.optimise.lies import LIES, Liar


def fewest(reach: np.ndarray, most: int, apart: set[tuple[int, int]]) -> float:
    """Try every group of the first row left, then the rest."""
    rows = range(reach.shape[0])

    def fits(group: frozenset[int]) -> bool:
        together = {(a, b) for a in group for b in group if a < b}
        return (
            len(group) <= most
            and not together & apart
            and bool(reach[sorted(group)].all(axis=0).any())
        )

    @cache
    def least(left: frozenset[int]) -> float:
        if not left:
            return 0
        first, *others = sorted(left)
        found = math.inf
        for mask in range(2 ** len(others)):
            group = frozenset([first, *(o for i, o in enumerate(others) if mask >> i & 1)])
            if fits(group):
                found = min(found, 1 + least(left - group))
        return found

    return least(frozenset(rows))


def rolled(seed: int):
    rng = np.random.default_rng(seed)
    rows = int(rng.integers(4, 8))
    reach = rng.random((rows, 5)) < 0.5
    reach[np.arange(rows), rng.integers(0, 5, rows)] = True
    pairs = [(a, b) for a in range(rows) for b in range(a + 1, rows)]
    apart = [pair for pair in pairs if rng.random() < 0.2]
    return reach, int(rng.integers(2, 4)), apart


@pytest.mark.parametrize("seed", range(25))
def test_the_fewest_by_brute_force(seed):
    """The least number, where there is one; it is reached in no time."""
    reach, most, apart = rolled(seed)
    assert least_cover(reach, most, apart) == fewest(reach, most, set(apart))


def test_a_row_that_no_group_can_hold():
    """Nothing is proven beyond what counting says."""
    assert least_cover(np.zeros((5, 2), dtype=bool), 2) == 3
    reach = np.array([[True], [True], [False]])
    assert least_cover(reach, 2) == 2
    assert least_cover(np.zeros((0, 2), dtype=bool), 2) == 0


@pytest.mark.parametrize("kind", LIES)
def test_a_failing_solver_leaves_what_counting_says(kind, monkeypatch):
    """The floor holds whatever the solver answers."""
    reach, most, apart = rolled(3)
    truth = fewest(reach, most, set(apart))
    Liar(LIES[kind], 0, 99).at_the_door(monkeypatch)
    found = least_cover(reach, most, apart)
    assert math.ceil(len(reach) / most) <= found <= truth


@pytest.mark.parametrize("seed", range(25))
def test_at_a_limit_without_a_solution_the_bound_alone_is_the_floor(seed, monkeypatch):
    """Rounded up to a whole number, and no further."""
    reach, most, apart = rolled(seed)
    truth = fewest(reach, most, set(apart))

    def stopped(answer):
        none = highspy.SolutionStatus.kSolutionStatusNone
        return replace(
            answer, model=ModelStatus.kTimeLimit, primal=none, bound=truth - 0.5, nodes=1
        )

    Liar(stopped).at_the_door(monkeypatch)
    assert least_cover(reach, most, apart) == truth
