"""Subset-row cuts: true of every plan, and found where a fractional cover breaks them."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from cluster_geo.optimise.cuts import separate
from cluster_geo.optimise.params import CutParams

MOST = CutParams(added=50)


def excess(triple, sets, weights) -> float:
    """Return by how much a triple is broken."""
    held = sum(w for s, w in zip(sets, weights, strict=True) if len(set(triple) & set(s)) > 1)
    return held - 1.0


def test_three_halves():
    """Three pairs of three atoms, each taken half: one and a half where one may be."""
    sets = [(0, 1), (1, 2), (0, 2)]
    assert separate(sets, np.full(3, 0.5), 3, known=set(), params=MOST) == [(0, 1, 2)]
    assert separate(sets, np.full(3, 0.5), 3, known={(0, 1, 2)}, params=MOST) == []


def test_a_whole_cover_breaks_none():
    """Of a plan nothing is cut off."""
    sets = [(0, 1, 2), (3, 4), (5,), (0, 3)]
    assert separate(sets, np.array([1.0, 1.0, 1.0, 0.0]), 6, known=set(), params=MOST) == []


def test_nothing_taken():
    """A master that only slacks cover has nothing to cut."""
    assert separate([(0, 1)], np.zeros(1), 2, known=set(), params=MOST) == []
    assert separate([], np.zeros(0), 2, known=set(), params=MOST) == []


@pytest.mark.parametrize("seed", range(30))
def test_the_most_violated_comes_first(seed):
    """What is found is broken, spread over the atoms, and the worst is among it."""
    rng = np.random.default_rng(seed)
    atoms = 9
    sets = [
        tuple(sorted(int(a) for a in rng.choice(atoms, rng.integers(2, 6), replace=False)))
        for _ in range(14)
    ]
    weights = rng.uniform(0, 0.5, len(sets))
    found = separate(sets, weights, atoms, known=set(), params=MOST)
    every = {t: excess(t, sets, weights) for t in combinations(range(atoms), 3)}
    worst = max(every.values())
    assert bool(found) == (worst > MOST.least_violation)
    assert all(every[t] > MOST.least_violation for t in found)
    assert all(sum(a in t for t in found) <= MOST.of_atom for a in range(atoms))
    if found:
        assert every[found[0]] == pytest.approx(worst)
    assert separate(sets, weights, atoms, known=set(), params=CutParams(added=1)) == found[:1]
