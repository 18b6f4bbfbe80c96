"""Heuristic pricing: repair a set of atoms into a cluster, one change at a time."""

from __future__ import annotations

import numpy as np

from cluster_geo.compiled.duals import Duals, reduced_cost
from cluster_geo.compiled.effort import Effort
from cluster_geo.compiled.evaluate import faults, in_one_piece
from cluster_geo.compiled.jit import inner
from cluster_geo.compiled.layout import Arrays
from cluster_geo.compiled.local import Local
from cluster_geo.tolerances import SAME_SUM


@inner
def polish(
    arrays: Arrays,
    duals: Duals,
    local: Local,
    hub: int,
    members: np.ndarray,
    m: int,
    effort: Effort,
) -> tuple[int, float]:
    """Descend from the hub's part of a set by adding, dropping and exchanging atoms.

    Parameters
    ----------
    members : ndarray of int
        The first `m` are the atoms of the set, including the hub's. Replaced by the result.
    effort : Effort
        Limits the steps, each of which makes the best single change, and sets the price of
        violations on the way.

    Returns
    -------
    m, cost
        The atoms now in `members`, and the reduced cost (inf where no cluster that keeps the
        hard rules was reached).
    """
    home, price = arrays.home[hub], effort.fault_price
    width = arrays.high + 3
    now = np.empty(width, dtype=np.int64)
    trial = np.empty(width, dtype=np.int64)
    # The last place is for "adds none".
    edge = np.empty(local.atoms.size + 1, dtype=np.int64)
    size = _hub_part(arrays, home, members, m, now)
    value = _priced(arrays, duals, hub, price, now, size)
    for _ in range(effort.mend_steps):
        number = _edge(arrays, local, now, size, edge)
        edge[number] = -1
        least = value - SAME_SUM
        add = drop = -1
        for e in range(number + 1):
            for place in range(-1, size):
                if (place >= 0 and now[place] == home) or (place < 0 and edge[e] < 0):
                    continue
                t = _changed(now, size, edge[e], place, trial)
                if t > width - 2:
                    continue
                changed = _priced(arrays, duals, hub, price, trial, t)
                if changed < least and in_one_piece(arrays, trial, t):
                    least, add, drop = changed, edge[e], place
        if add < 0 and drop < 0:
            break
        size = _changed(now, size, add, drop, trial)
        for place in range(size):
            now[place] = trial[place]
        value = least
    if faults(arrays, now, size) > 0 or not in_one_piece(arrays, now, size):
        return size, np.inf
    for place in range(size):
        members[place] = now[place]
    return size, reduced_cost(arrays, duals, hub, now, size)


@inner
def _priced(
    arrays: Arrays, duals: Duals, hub: int, price: float, members: np.ndarray, m: int
) -> float:
    broken = faults(arrays, members, m)
    return reduced_cost(arrays, duals, hub, members, m) + price * broken


@inner
def _changed(members: np.ndarray, m: int, add: int, drop: int, out: np.ndarray) -> int:
    """Write the members less that in place `drop`, and with the atom `add`, into `out`."""
    number = 0
    for place in range(m):
        if place != drop:
            out[number] = members[place]
            number += 1
    if add >= 0:
        out[number] = add
        number += 1
    return number


@inner
def _hub_part(arrays: Arrays, home: int, members: np.ndarray, m: int, out: np.ndarray) -> int:
    """Write the members joined to the hub into `out`, the hub first; return how many."""
    near_start, near_of = arrays.near_start, arrays.near_of
    room = out.size - 2
    out[0] = home
    number = 1
    if not arrays.connected:
        for place in range(m):
            if members[place] != home and number < room:
                out[number] = members[place]
                number += 1
        return number
    head = 0
    while head < number:
        a = out[head]
        head += 1
        for at in range(near_start[a], near_start[a + 1]):
            b = near_of[at]
            if number < room and _holds(members, m, b) and not _holds(out, number, b):
                out[number] = b
                number += 1
    return number


@inner
def _holds(members: np.ndarray, m: int, atom: int) -> bool:
    for place in range(m):
        if members[place] == atom:
            return True
    return False


@inner
def _edge(arrays: Arrays, local: Local, members: np.ndarray, m: int, edge: np.ndarray) -> int:
    """List the atoms of the universe that can be added: those next to the members."""
    atoms, near_start, near_of = local.atoms, local.near_start, local.near_of
    beside = np.zeros(atoms.size, dtype=np.bool_)
    for i in range(atoms.size):
        if not arrays.connected:
            beside[i] = True
        elif _holds(members, m, atoms[i]):
            for at in range(near_start[i], near_start[i + 1]):
                beside[near_of[at]] = True
    number = 0
    for i in range(atoms.size):
        if beside[i] and not _holds(members, m, atoms[i]):
            edge[number] = atoms[i]
            number += 1
    return number
