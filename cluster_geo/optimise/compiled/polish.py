"""Heuristic pricing: mend a set of atoms into a cluster, one school at a time."""

from __future__ import annotations

import numpy as np
from numba import njit

from cluster_geo.optimise.compiled.arrays import Arrays
from cluster_geo.optimise.compiled.evaluate import faults, in_one_piece
from cluster_geo.optimise.compiled.local import Duals, Local, reduced_cost

_FAULT_PRICE = 40.0


@njit(cache=True, nogil=True)
def polish(
    arrays: Arrays,
    duals: Duals,
    local: Local,
    hub: int,
    members: np.ndarray,
    m: int,
    most_steps: int,
) -> tuple[int, float]:
    """Descend from the hub's part of a set by adding, dropping and exchanging atoms.

    Parameters
    ----------
    members : ndarray of int
        Atoms of the set, the first `m`; holds the hub's atom. Replaced by the result.
    most_steps : int
        Steps at most; each takes the best single change.

    Returns
    -------
    m, cost
        The atoms now in `members`, and the reduced cost (inf where no cluster that keeps the
        hard rules was reached).
    """
    home = arrays.home[hub]
    width = arrays.high + 3
    now = np.empty(width, dtype=np.int64)
    trial = np.empty(width, dtype=np.int64)
    held = np.zeros(arrays.size.size, dtype=np.bool_)
    inside = np.zeros(arrays.size.size, dtype=np.bool_)
    for i in range(local.atoms.size):
        inside[local.atoms[i]] = True
    m = _hub_part(arrays, home, members, m, now)
    for place in range(m):
        held[now[place]] = True
    value = _priced(arrays, duals, hub, now, m)
    edge = np.empty(local.atoms.size, dtype=np.int64)
    for _ in range(most_steps):
        number = _edge(arrays, local, inside, held, now, m, edge)
        best_change = -1e-9
        add, drop = -1, -1
        for place in range(m):
            if now[place] == home:
                continue
            trial[: m - 1] = _others(now, m, place)[: m - 1]
            if not in_one_piece(arrays, trial, m - 1):
                continue
            change = _priced(arrays, duals, hub, trial, m - 1) - value
            if change < best_change:
                best_change, add, drop = change, -1, place
        trial[:m] = now[:m]
        for e in range(number):
            trial[m] = edge[e]
            change = _priced(arrays, duals, hub, trial, m + 1) - value
            if change < best_change:
                best_change, add, drop = change, edge[e], -1
        for e in range(number):
            for place in range(m):
                if now[place] == home:
                    continue
                trial[:m] = now[:m]
                trial[place] = edge[e]
                change = _priced(arrays, duals, hub, trial, m) - value
                if change < best_change and in_one_piece(arrays, trial, m):
                    best_change, add, drop = change, edge[e], place
        if add < 0 and drop < 0:
            break
        if drop >= 0:
            held[now[drop]] = False
            if add >= 0:
                now[drop] = add
            else:
                now[drop] = now[m - 1]
                m -= 1
        elif m + 2 < width:
            now[m] = add
            m += 1
        else:
            break
        if add >= 0:
            held[add] = True
        value += best_change
    if faults(arrays, now, m) > 0:
        return m, np.inf
    members[:m] = now[:m]
    return m, reduced_cost(arrays, duals, hub, now, m)


@njit(cache=True, nogil=True)
def _priced(arrays: Arrays, duals: Duals, hub: int, members: np.ndarray, m: int) -> float:
    broken = faults(arrays, members, m)
    return reduced_cost(arrays, duals, hub, members, m) + _FAULT_PRICE * broken


@njit(cache=True, nogil=True)
def _others(members: np.ndarray, m: int, place: int) -> np.ndarray:
    out = members.copy()
    out[place] = out[m - 1]
    return out


@njit(cache=True, nogil=True)
def _hub_part(arrays: Arrays, home: int, members: np.ndarray, m: int, out: np.ndarray) -> int:
    """Write the members joined to the hub into `out`, the hub first; return how many."""
    out[0] = home
    if not arrays.connected:
        number = 1
        for place in range(m):
            if members[place] != home and number < out.size - 2:
                out[number] = members[place]
                number += 1
        return number
    number = 1
    head = 0
    while head < number:
        a = out[head]
        head += 1
        for at in range(arrays.near_start[a], arrays.near_start[a + 1]):
            b = arrays.near_of[at]
            new = False
            for place in range(m):
                if members[place] == b:
                    new = True
            for place in range(number):
                if out[place] == b:
                    new = False
            if new and number < out.size - 2:
                out[number] = b
                number += 1
    return number


@njit(cache=True, nogil=True)
def _edge(
    arrays: Arrays,
    local: Local,
    inside: np.ndarray,
    held: np.ndarray,
    members: np.ndarray,
    m: int,
    edge: np.ndarray,
) -> int:
    """List the atoms of the universe next to the members."""
    number = 0
    if not arrays.connected:
        for i in range(local.atoms.size):
            if not held[local.atoms[i]]:
                edge[number] = local.atoms[i]
                number += 1
        return number
    for place in range(m):
        a = members[place]
        for at in range(arrays.near_start[a], arrays.near_start[a + 1]):
            b = arrays.near_of[at]
            if inside[b] and not held[b]:
                new = True
                for e in range(number):
                    if edge[e] == b:
                        new = False
                if new:
                    edge[number] = b
                    number += 1
    return number
