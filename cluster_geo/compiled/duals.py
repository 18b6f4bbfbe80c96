"""What a restricted master charges and credits, and the reduced cost of one cluster."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cluster_geo.compiled.evaluate import shared_charges
from cluster_geo.compiled.jit import inner
from cluster_geo.compiled.layout import Arrays

# A cut counts a cluster that has at least this many of its three atoms.
MET = 2


class Duals(NamedTuple):
    """What a restricted master charges and credits.

    Parameters
    ----------
    atom : ndarray, shape (a,)
        Credit for covering each atom (free sign).
    cut_atoms : ndarray of int, shape (q, 3)
        Subset-row cuts: of these atoms, at most one chosen cluster holds two or more.
    cut_price : ndarray, shape (q,)
        Charge (>= 0) for holding two or more, minus the cut's dual.
    cut_start, cut_of : ndarray of int
        Cuts of each atom (compressed rows).
    """

    atom: np.ndarray
    cut_atoms: np.ndarray
    cut_price: np.ndarray
    cut_start: np.ndarray
    cut_of: np.ndarray


@inner
def cut_charges(duals: Duals, members: np.ndarray, m: int) -> float:
    """Return the charges of the cuts of which the cluster has two or three atoms."""
    start, cut_of = duals.cut_start, duals.cut_of
    atoms, price = duals.cut_atoms, duals.cut_price
    charge = 0.0
    for place in range(m):
        a = members[place]
        for at in range(start[a], start[a + 1]):
            cut = cut_of[at]
            if price[cut] <= 0.0:
                continue
            earlier = 0
            for before in range(place):
                b = members[before]
                if b == atoms[cut, 0] or b == atoms[cut, 1] or b == atoms[cut, 2]:
                    earlier += 1
            # Charged once, at the second of the cut's atoms that is met.
            if earlier == 1:
                charge += price[cut]
    return charge


@inner
def reduced_cost(arrays: Arrays, duals: Duals, hub: int, members: np.ndarray, m: int) -> float:
    """Reduced cost of a cluster with this hub (inf where the hub is refused)."""
    amount, dual = arrays.amount, duals.atom
    total = arrays.base
    for place in range(m):
        a = members[place]
        total += amount[hub, a] - dual[a]
    if total == np.inf:
        return total
    return total + shared_charges(arrays, members, m) + cut_charges(duals, members, m)
