"""Subset-row cuts: of any three atoms, at most one chosen cluster holds two or more.

Each is the Chvatal-Gomory cut of three covering rows with multipliers of one half (Jepsen,
Petersen, Spoorendonk and Pisinger 2008, "Subset-row inequalities applied to the vehicle-routing
problem with time windows", Operations Research 56).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numba import njit

from cluster_geo.optimise.columns import Atoms

LEAST_VIOLATION = 0.04
# Cuts that one atom may be in, of those added at a time: spread, they do more for the bound.
MOST_OF_ATOM = 4
MOST_FOUND = 200_000


def separate(
    sets: Sequence[Atoms], weights: np.ndarray, atoms: int, *, known: set[Atoms], most: int
) -> list[Atoms]:
    """Find the most violated cuts of a fractional cover.

    Parameters
    ----------
    sets : sequence of tuple of int
        Atoms of each column.
    weights : ndarray
        x of each column.
    atoms : int
        Number of atoms.
    known : set of tuple of int
        Cuts there already.
    most : int
        Cuts returned at most.
    """
    support = np.flatnonzero(weights > LEAST_WEIGHT).tolist()
    chosen = [sets[c] for c in support]
    starts = np.zeros(len(chosen) + 1, dtype=np.int64)
    np.cumsum([len(s) for s in chosen], out=starts[1:])
    members = np.array([a for s in chosen for a in s], dtype=np.int64)
    together = np.zeros((atoms, atoms))
    for s, weight in zip(chosen, weights[support], strict=True):
        together[np.ix_(s, s)] += weight
    np.fill_diagonal(together, 0.0)
    triples, excess = _violated(atoms, starts, members, weights[support], together)
    picked: list[Atoms] = []
    used = np.zeros(atoms, dtype=np.int64)
    for row in np.argsort(-excess, kind="stable"):
        triple = (int(triples[row, 0]), int(triples[row, 1]), int(triples[row, 2]))
        if triple in known or any(used[a] >= MOST_OF_ATOM for a in triple):
            continue
        used[list(triple)] += 1
        picked.append(triple)
        if len(picked) == most:
            break
    return picked


LEAST_WEIGHT = 1e-6


@njit(cache=True, nogil=True)
def _violated(
    atoms: int,
    starts: np.ndarray,
    members: np.ndarray,
    weights: np.ndarray,
    together: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """List every violated triple and by how much, up to `MOST_FOUND`.

    A triple is met with the weight of its pairs, less twice the weight of columns with all
    three, which the pairs count three times and the cut once.
    """
    triples = np.empty((MOST_FOUND, 3), dtype=np.int64)
    excess = np.empty(MOST_FOUND)
    found = 0
    near = np.empty(atoms, dtype=np.int64)
    for i in range(atoms):
        number = 0
        for j in range(i + 1, atoms):
            if together[i, j] > LEAST_WEIGHT:
                near[number] = j
                number += 1
        for a in range(number):
            for b in range(a + 1, number):
                j, k = near[a], near[b]
                pairs = together[i, j] + together[i, k] + together[j, k]
                if pairs <= 1.0 + LEAST_VIOLATION:
                    continue
                all_three = _held_together(i, j, k, starts, members, weights)
                over = pairs - 2.0 * all_three - 1.0
                if over > LEAST_VIOLATION and found < MOST_FOUND:
                    triples[found, 0], triples[found, 1], triples[found, 2] = i, j, k
                    excess[found] = over
                    found += 1
    return triples[:found], excess[:found]


@njit(cache=True, nogil=True)
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
