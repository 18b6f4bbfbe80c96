"""The knapsack against every subset of a handful of items."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numba import njit

from cluster_geo.compiled.knapsack import Items, knapsack


@njit
def solved(items, weight, room, need, lacking, start_marks, chosen):
    """Call the kernel, which has no wrapper for Python, from compiled code."""
    return knapsack(items, weight, room, need, lacking, start_marks, chosen)


def random_items(rng):
    """Roll up to eight items in up to three families, one of which may be free."""
    count = int(rng.integers(1, 9))
    family = np.sort(rng.integers(-1, 3, count))
    opening = np.where(family >= 0, np.array([0.0, 2.0, 1.5])[family], 0.0)
    return Items(
        place=np.arange(count),
        size=rng.integers(1, 3, count),
        marks=rng.integers(0, 4, count),
        family=family,
        opening=opening,
    )


def value_of(items, weight, lacking, start_marks, chosen):
    """Charge a set of items."""
    marks = start_marks
    for k in chosen:
        marks |= int(items.marks[k])
    opened = {int(items.family[k]): items.opening[k] for k in chosen if items.family[k] >= 0}
    return sum(weight[k] for k in chosen) + sum(opened.values()) + lacking[marks]


@pytest.mark.parametrize("seed", range(300))
def test_the_best_of_all_subsets_is_found(seed):
    """Value and set are those of brute force, or both say that no set is allowed."""
    rng = np.random.default_rng(seed)
    items = random_items(rng)
    count = items.size.size
    weight = rng.normal(0, 3, count)
    lacking = np.array([np.inf if rng.random() < 0.3 else 3.0, 1.0, 2.0, 0.0])
    room = int(rng.integers(1, 7))
    need = int(rng.integers(0, room + 1))
    start = int(rng.integers(0, 4))
    chosen = np.zeros(count, dtype=bool)
    value = solved(items, weight, room, need, lacking, start, chosen)
    best = min(
        (
            value_of(items, weight, lacking, start, some)
            for number in range(count + 1)
            for some in combinations(range(count), number)
            if need <= sum(items.size[list(some)]) <= room
        ),
        default=np.inf,
    )
    assert value == pytest.approx(best)
    if np.isfinite(best):
        own = tuple(np.flatnonzero(chosen).tolist())
        assert need <= sum(items.size[list(own)]) <= room
        assert value_of(items, weight, lacking, start, own) == pytest.approx(best)
