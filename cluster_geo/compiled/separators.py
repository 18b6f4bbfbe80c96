"""Contiguity in a node's bound: a cluster has an atom of every separator of a member and the hub.

If a cluster has atom i, it has an atom of every set S of atoms that separates i from the hub:
x_i <= sum of x_k over S. Such rows are found when the best set of a node is not contiguous (S is
what surrounds the part cut off) and are kept for all nodes of the hub. Each is charged by a
multiplier >= 0, price * (x_i - sum of x_k), which is never positive for a contiguous cluster, so
the bound is valid whatever the multipliers are ("relax and cut", Lucena 2005).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cluster_geo.compiled.jit import inner
from cluster_geo.compiled.local import IN, Local


class Separators(NamedTuple):
    """Rows that require a path to the hub.

    Parameters
    ----------
    atom : ndarray of int, shape (r,)
        Place of the atom that is to be reached.
    size : ndarray of int, shape (r,)
        Atoms of each separator.
    of : ndarray of int, shape (r, u)
        Their places.
    price : ndarray, shape (r,)
        Multipliers, >= 0.
    live : ndarray of bool, shape (r,)
        Whether the row is active at the node.
    held : ndarray of int, shape (1,)
        Rows there.
    """

    atom: np.ndarray
    size: np.ndarray
    of: np.ndarray
    price: np.ndarray
    live: np.ndarray
    held: np.ndarray


@inner
def no_separators(rows: int, atoms: int) -> Separators:
    """Lay out room for so many rows over so many atoms."""
    return Separators(
        atom=np.empty(rows, dtype=np.int64),
        size=np.empty(rows, dtype=np.int64),
        of=np.empty((rows, atoms), dtype=np.int64),
        price=np.zeros(rows),
        live=np.empty(rows, dtype=np.bool_),
        held=np.zeros(1, dtype=np.int64),
    )


@inner
def open_separators(rows: Separators, status: np.ndarray, reached: np.ndarray) -> None:
    """Mark the rows that are active at a node: those not satisfied by the atoms that are in."""
    atom, size, of, live = rows.atom, rows.size, rows.of, rows.live
    for row in range(rows.held[0]):
        live[row] = reached[atom[row]]
        for at in range(size[row]):
            if status[of[row, at]] == IN:
                live[row] = False


@inner
def add_separators(rows: Separators, status: np.ndarray, shift: np.ndarray) -> float:
    """Add the charges of the rows to `shift`; return their constant."""
    atom, size, of, price, live = rows.atom, rows.size, rows.of, rows.price, rows.live
    constant = 0.0
    for row in range(rows.held[0]):
        if live[row] and price[row] > 0.0:
            if status[atom[row]] == IN:
                constant += price[row]
            else:
                shift[atom[row]] += price[row]
            for at in range(size[row]):
                shift[of[row, at]] -= price[row]
    return constant


@inner
def follow_separators(rows: Separators, taken: np.ndarray, step: float) -> float:
    """Move the multipliers along the subgradient; return by how much the rows were loose.

    The step is `step` over the squared length of the subgradient (Polyak).
    """
    atom, size, of, price, live = rows.atom, rows.size, rows.of, rows.price, rows.live
    slope = np.zeros(price.size)
    length = 0.0
    loose = 0.0
    for row in range(rows.held[0]):
        if live[row]:
            total = 1.0 if taken[atom[row]] else 0.0
            for at in range(size[row]):
                if taken[of[row, at]]:
                    total -= 1.0
            if total < 0.0 and price[row] == 0.0:
                total = 0.0
            slope[row] = total
            length += total * total
            loose += total if total > 0.0 else -total * price[row]
    if length > 0.0:
        for row in range(rows.held[0]):
            if slope[row] != 0.0:
                price[row] = max(0.0, price[row] + step / length * slope[row])
    return loose


@inner
def find_separators(
    rows: Separators, local: Local, taken: np.ndarray, status: np.ndarray, queue: np.ndarray
) -> int:
    """Add a row for each part of a set that is cut off from the hub; return how many."""
    near_start, near_of, of = local.near_start, local.near_of, rows.of
    part = np.zeros(taken.size, dtype=np.int64)
    _spread(local, taken, status, local.home, 1, part, queue)
    parts = 1
    for root in range(taken.size):
        if part[root] != 0 or not taken[root]:
            continue
        row = _room(rows)
        if row < 0:
            break
        parts += 1
        rows.atom[row] = _spread(local, taken, status, root, parts, part, queue)
        number = 0
        for i in range(taken.size):
            if part[i] != parts:
                for at in range(near_start[i], near_start[i + 1]):
                    if part[near_of[at]] == parts:
                        of[row, number] = i
                        number += 1
                        break
        rows.size[row] = number
        rows.price[row] = 0.0
        rows.live[row] = True
    return parts - 1


@inner
def _spread(
    local: Local,
    taken: np.ndarray,
    status: np.ndarray,
    root: int,
    name: int,
    part: np.ndarray,
    queue: np.ndarray,
) -> int:
    """Name the part of a set that holds `root`; return its atom that most asks for a way.

    That is one that is in, and of those or else of all the one of least weight.
    """
    near_start, near_of, weight = local.near_start, local.near_of, local.weight
    part[root] = name
    queue[0] = root
    head, tail = 0, 1
    pick = root
    while head < tail:
        i = queue[head]
        head += 1
        if (status[i] == IN) != (status[pick] == IN):
            if status[i] == IN:
                pick = i
        elif weight[i] < weight[pick]:
            pick = i
        for at in range(near_start[i], near_start[i + 1]):
            k = near_of[at]
            if taken[k] and part[k] == 0:
                part[k] = name
                queue[tail] = k
                tail += 1
    return pick


@inner
def _room(rows: Separators) -> int:
    """Give a place for a new row: a free one, else that of a row without a price; -1: none."""
    if rows.held[0] < rows.price.size:
        rows.held[0] += 1
        return int(rows.held[0] - 1)
    for row in range(rows.price.size):
        if rows.price[row] <= 0.0:
            return row
    return -1


@inner
def separators_at_stake(rows: Separators, taken: np.ndarray, stake: np.ndarray) -> None:
    """Add the prices of the rows that a set keeps with room to spare."""
    atom, size, of, price, live = rows.atom, rows.size, rows.of, rows.price, rows.live
    for row in range(rows.held[0]):
        if live[row] and price[row] > 0.0:
            met = 0
            for at in range(size[row]):
                if taken[of[row, at]]:
                    met += 1
            if met > (1 if taken[atom[row]] else 0):
                stake[atom[row]] += price[row]
                for at in range(size[row]):
                    if taken[of[row, at]]:
                        stake[of[row, at]] += price[row]
