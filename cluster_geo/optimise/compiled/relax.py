"""A node's bound: the knapsack with cuts, groups and imbalance replaced by linear minorants."""

from __future__ import annotations

import numpy as np
from numba import njit

from cluster_geo.optimise.compiled.arrays import Arrays
from cluster_geo.optimise.compiled.knapsack import knapsack
from cluster_geo.optimise.compiled.local import FREE, IN, Local, reach

# Corners of a cut's three pairs.
_PAIRS = np.array([[0, 1], [0, 2], [1, 2]])


@njit(cache=True, nogil=True)
def relax(
    arrays: Arrays,
    local: Local,
    status: np.ndarray,
    choice: int,
    share: np.ndarray,
    tilt: np.ndarray,
    rounds: int,
    cutoff: float,
    best: np.ndarray,
) -> float:
    """Bound the reduced cost of every cluster that keeps to `status` and the main zones chosen.

    Parameters
    ----------
    status : ndarray of int8, shape (u,)
        FREE, IN or OUT.
    choice : int
        Row of `local.zones`.
    share : ndarray, shape (q, 3)
        Multipliers of the pairs of each cut, changed in place.
    tilt : ndarray, shape (b,)
        Multipliers of the imbalances in [-1, 1], changed in place.
    rounds : int
        Subgradient steps at most.
    cutoff : float
        Steps end once the bound is at least so high.
    best : ndarray of bool, shape (u,)
        Receives the members of the set behind the best bound.

    Returns
    -------
    float
        The bound; inf where nothing keeps to the status.
    """
    u = status.size
    reached = np.empty(u, dtype=np.bool_)
    if not reach(local, arrays.connected, status, reached):
        return np.inf
    present = np.zeros(arrays.group_price.size, dtype=np.bool_)
    fixed = arrays.base
    schools = 0
    met = 0
    for i in range(u):
        if status[i] == IN:
            a = local.atoms[i]
            fixed += local.weight[i] + local.zones[choice, i]
            schools += local.size[i]
            met |= local.marks[i]
            for at in range(arrays.group_start[a], arrays.group_start[a + 1]):
                group = arrays.group_of[at]
                if not present[group]:
                    present[group] = True
                    fixed += arrays.group_price[group]
    if schools > arrays.high:
        return np.inf
    items, weight = _items(arrays, local, status, reached, choice, present)
    lacking = _lacking(arrays, local)
    count = items.size
    size = local.size[items]
    marks = local.marks[items]
    family = local.family[items]
    opening = np.zeros(count)
    for k in range(count):
        if family[k] >= 0 and not present[family[k]]:
            opening[k] = arrays.group_price[family[k]]
    chosen = np.zeros(count, dtype=np.bool_)
    taken = np.zeros(u, dtype=np.bool_)
    bound = -np.inf
    shift = np.zeros(u)
    adjusted = np.empty(count)
    for step in range(rounds):
        constant = _cut_minorants(local, status, reached, share, shift)
        constant += _tilt_minorants(arrays, local, status, tilt, shift)
        for k in range(count):
            adjusted[k] = weight[k] + shift[items[k]]
        value = knapsack(
            count,
            size,
            adjusted,
            marks,
            family,
            opening,
            arrays.high - schools,
            max(0, arrays.low - schools),
            lacking,
            met,
            chosen,
        )
        value += fixed + constant
        for i in range(u):
            taken[i] = status[i] == IN
        for k in range(count):
            taken[items[k]] = chosen[k]
        if value > bound:
            bound = value
            best[:] = taken
        if not np.isfinite(value) or bound >= cutoff:
            break
        pace = 1.0 / (1.0 + 0.5 * step)
        loose = _follow_cuts(local, status, reached, share, taken, pace)
        loose += _follow_tilts(arrays, local, tilt, taken, pace)
        if loose <= 1e-7:
            break
    return bound


@njit(cache=True, nogil=True)
def _items(
    arrays: Arrays,
    local: Local,
    status: np.ndarray,
    reached: np.ndarray,
    choice: int,
    present: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Free atoms within reach and their weights; a group outside the families shares its charge.

    p * max(x) >= p * sum(x) / (number of x): the charge for presence, spread over the free
    members of a group of which none is in.
    """
    u = status.size
    free = np.zeros(arrays.group_price.size, dtype=np.int64)
    items = np.empty(u, dtype=np.int64)
    count = 0
    for i in range(u):
        if status[i] == FREE and reached[i]:
            items[count] = i
            count += 1
            a = local.atoms[i]
            for at in range(arrays.group_start[a], arrays.group_start[a + 1]):
                free[arrays.group_of[at]] += 1
    items = items[:count]
    weight = np.empty(count)
    for k in range(count):
        i = items[k]
        a = local.atoms[i]
        total = local.weight[i] + local.zones[choice, i]
        for at in range(arrays.group_start[a], arrays.group_start[a + 1]):
            group = arrays.group_of[at]
            if group != arrays.family[a] and not present[group]:
                total += arrays.group_price[group] / free[group]
        weight[k] = total
    return items, weight


@njit(cache=True, nogil=True)
def _lacking(arrays: Arrays, local: Local) -> np.ndarray:
    """Charge by the set of marks met; inf where a set that is needed is not met."""
    kinds = 1 << local.marked.size
    lacking = np.zeros(kinds)
    for kind in range(kinds):
        for bit in range(local.marked.size):
            if not kind & (1 << bit):
                s = local.marked[bit]
                lacking[kind] += np.inf if arrays.set_need[s] > 0 else arrays.set_price[s]
    return lacking


@njit(cache=True, nogil=True)
def _cut_minorants(
    local: Local, status: np.ndarray, reached: np.ndarray, share: np.ndarray, shift: np.ndarray
) -> float:
    """Set `shift` to the minorants' weights and return their constant.

    For atoms a, b, c of a cut with price p, the charge is p * [x_a + x_b + x_c >= 2], at least
    sum of share_ab * p * (x_a + x_b - 1) over the pairs while the shares sum to 1 at most.
    """
    shift[:] = 0.0
    constant = 0.0
    free = np.empty(3, dtype=np.int64)
    for cut in range(local.cut_price.size):
        price = local.cut_price[cut]
        inside = 0
        number = 0
        fixed = -1
        for corner in range(3):
            i = local.cuts[cut, corner]
            if i >= 0 and reached[i]:
                if status[i] == IN:
                    inside += 1
                    fixed = corner
                else:
                    free[number] = corner
                    number += 1
        if inside >= 2:
            constant += price
        elif inside == 1 and number == 1:
            shift[local.cuts[cut, free[0]]] += price
        elif inside == 1 and number == 2:
            first = share[cut, fixed + free[0] - 1]
            second = share[cut, fixed + free[1] - 1]
            part = first / (first + second) if first + second > 0.0 else 0.5
            shift[local.cuts[cut, free[0]]] += price * part
            shift[local.cuts[cut, free[1]]] += price * (1.0 - part)
        elif inside == 0 and number >= 2:
            for pair in range(3):
                i = local.cuts[cut, _PAIRS[pair, 0]]
                k = local.cuts[cut, _PAIRS[pair, 1]]
                if i >= 0 and k >= 0 and reached[i] and reached[k]:
                    part = price * share[cut, pair]
                    shift[i] += part
                    shift[k] += part
                    constant -= part
    return constant


@njit(cache=True, nogil=True)
def _follow_cuts(
    local: Local,
    status: np.ndarray,
    reached: np.ndarray,
    share: np.ndarray,
    taken: np.ndarray,
    pace: float,
) -> float:
    """Move the shares toward the pairs that `taken` holds; return by how much they were loose."""
    loose = 0.0
    for cut in range(local.cut_price.size):
        inside = 0
        number = 0
        held = 0
        for corner in range(3):
            i = local.cuts[cut, corner]
            if i >= 0 and reached[i]:
                if status[i] == IN:
                    inside += 1
                else:
                    number += 1
                if taken[i]:
                    held += 1
        if inside >= 2 or inside + number < 2 or (inside == 1 and number == 1):
            continue
        value = 0.0
        total = 0.0
        for pair in range(3):
            i = local.cuts[cut, _PAIRS[pair, 0]]
            k = local.cuts[cut, _PAIRS[pair, 1]]
            if i < 0 or k < 0 or not reached[i] or not reached[k]:
                share[cut, pair] = 0.0
                continue
            if inside == 1 and status[i] != IN and status[k] != IN:
                continue
            both = int(taken[i]) + int(taken[k]) - 1
            value += share[cut, pair] * both
            total += share[cut, pair]
        if inside == 1:
            value = value / total if total > 0.0 else 0.5 * (held - 1)
        true = 1.0 if held >= 2 else 0.0
        gap = true - value
        if gap <= 1e-9:
            continue
        loose += gap * local.cut_price[cut]
        aimed = False
        for pair in range(3):
            i = local.cuts[cut, _PAIRS[pair, 0]]
            k = local.cuts[cut, _PAIRS[pair, 1]]
            aim = 0.0
            if not aimed and i >= 0 and k >= 0 and taken[i] and taken[k]:
                aim = 1.0
                aimed = True
            if held == 1 and ((i >= 0 and taken[i]) or (k >= 0 and taken[k])):
                continue
            share[cut, pair] += pace * (aim - share[cut, pair])
    return loose


@njit(cache=True, nogil=True)
def _tilt_minorants(
    arrays: Arrays, local: Local, status: np.ndarray, tilt: np.ndarray, shift: np.ndarray
) -> float:
    """Add t * price * (sum of amounts), at most the absolute value while -1 <= t <= 1."""
    constant = 0.0
    for b in range(tilt.size):
        price = arrays.tilt_price[b] * tilt[b]
        for i in range(status.size):
            amount = price * arrays.tilt[b, local.atoms[i]]
            if status[i] == IN:
                constant += amount
            else:
                shift[i] += amount
    return constant


@njit(cache=True, nogil=True)
def _follow_tilts(
    arrays: Arrays, local: Local, tilt: np.ndarray, taken: np.ndarray, pace: float
) -> float:
    loose = 0.0
    for b in range(tilt.size):
        total = 0.0
        for i in range(taken.size):
            if taken[i]:
                total += arrays.tilt[b, local.atoms[i]]
        gap = abs(total) - tilt[b] * total
        if gap > 1e-9:
            loose += gap * arrays.tilt_price[b]
            aim = 1.0 if total > 0.0 else -1.0
            tilt[b] += pace * (aim - tilt[b])
    return loose
