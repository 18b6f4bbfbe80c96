"""Subset-row cuts: for any three atoms, at most one chosen cluster has two or more of them.

Each is the Chvatal-Gomory cut of three covering rows with multipliers of one half (Jepsen,
Petersen, Spoorendonk and Pisinger 2008, "Subset-row inequalities applied to the vehicle-routing
problem with time windows", Operations Research 56).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cluster_geo.compiled.violations import violated
from cluster_geo.optimise.columns import Atoms
from cluster_geo.optimise.params import CutParams
from cluster_geo.tolerances import WEIGHT


def separate(
    sets: Sequence[Atoms],
    weights: np.ndarray,
    atoms: int,
    *,
    known: set[Atoms],
    params: CutParams = CutParams(),
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
        Cuts that were added before.
    params : CutParams
        Limits the number of cuts, in total and for each atom.
    """
    support = np.flatnonzero(weights > WEIGHT).tolist()
    chosen = [sets[c] for c in support]
    starts = np.zeros(len(chosen) + 1, dtype=np.int64)
    np.cumsum([len(s) for s in chosen], out=starts[1:])
    members = np.array([a for s in chosen for a in s], dtype=np.int64)
    together = np.zeros((atoms, atoms))
    for s, weight in zip(chosen, weights[support], strict=True):
        together[np.ix_(s, s)] += weight
    np.fill_diagonal(together, 0.0)
    triples, excess = violated(
        atoms,
        starts,
        members,
        weights[support],
        together,
        float(params.least_violation),
        params.most_found,
    )
    picked: list[Atoms] = []
    used = np.zeros(atoms, dtype=np.int64)
    for row in np.argsort(-excess, kind="stable"):
        triple = (int(triples[row, 0]), int(triples[row, 1]), int(triples[row, 2]))
        if triple in known or any(used[a] >= params.of_atom for a in triple):
            continue
        used[list(triple)] += 1
        picked.append(triple)
        if len(picked) == params.added:
            break
    return picked
