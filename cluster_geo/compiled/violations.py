"""Violated subset-row cuts: triples of atoms that a fractional cover puts together too often."""

from __future__ import annotations

import numpy as np

from cluster_geo.compiled.jit import entry, inner
from cluster_geo.tolerances import WEIGHT


@entry
def violated(
    atoms: int,
    starts: np.ndarray,
    members: np.ndarray,
    weights: np.ndarray,
    together: np.ndarray,
    least: float,
    most: int,
) -> tuple[np.ndarray, np.ndarray]:
    """List every triple violated by more than `least`, and by how much, up to `most` of them.

    A triple is met with the weight of its pairs, less twice the weight of columns with all
    three, which the pairs count three times and the cut once.

    Parameters
    ----------
    atoms : int
    starts, members : ndarray of int
        Atoms of each column (compressed rows).
    weights : ndarray
        x of each column.
    together : ndarray, shape (atoms, atoms)
        Weight of the columns that hold both.
    least : float
    most : int

    Returns
    -------
    triples : ndarray of int, shape (t, 3)
    excess : ndarray, shape (t,)
    """
    triples = np.empty((most, 3), dtype=np.int64)
    excess = np.empty(most)
    found = 0
    near = np.empty(atoms, dtype=np.int64)
    for i in range(atoms):
        number = 0
        for j in range(i + 1, atoms):
            if together[i, j] > WEIGHT:
                near[number] = j
                number += 1
        for a in range(number):
            for b in range(a + 1, number):
                j, k = near[a], near[b]
                pairs = together[i, j] + together[i, k] + together[j, k]
                if pairs <= 1.0 + least:
                    continue
                all_three = _held_together(i, j, k, starts, members, weights)
                over = pairs - 2.0 * all_three - 1.0
                if over > least and found < most:
                    triples[found, 0], triples[found, 1], triples[found, 2] = i, j, k
                    excess[found] = over
                    found += 1
    return triples[:found], excess[:found]


@inner
def _held_together(
    i: int, j: int, k: int, starts: np.ndarray, members: np.ndarray, weights: np.ndarray
) -> float:
    """Weight of the columns that hold all three atoms."""
    total = 0.0
    for column in range(weights.size):
        missing = 3
        for at in range(starts[column], starts[column + 1]):
            if members[at] == i or members[at] == j or members[at] == k:
                missing -= 1
        if missing == 0:
            total += weights[column]
    return total
