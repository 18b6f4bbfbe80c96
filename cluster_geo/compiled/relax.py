"""A node's bound: the knapsack, with linear minorants for everything that it leaves out.

They are minorants of cuts and imbalances (`minorants.py`), of company that is missing
(`company.py`), of groups outside the families, and of contiguity (`separators.py`). Subgradient
steps adjust their multipliers to the sets found.
"""

from __future__ import annotations

import numpy as np

from cluster_geo.compiled.company import add_companies, follow_companies, open_companies
from cluster_geo.compiled.effort import Effort
from cluster_geo.compiled.jit import inner
from cluster_geo.compiled.knapsack import Items, knapsack
from cluster_geo.compiled.layout import Arrays
from cluster_geo.compiled.local import FREE, IN, Local, reach
from cluster_geo.compiled.minorants import (
    add_cuts,
    add_tilts,
    follow_cuts,
    follow_tilts,
    open_cuts,
)
from cluster_geo.compiled.separators import (
    Separators,
    add_separators,
    find_separators,
    follow_separators,
    open_separators,
)
from cluster_geo.tolerances import RELAXED


@inner
def relax(
    arrays: Arrays,
    local: Local,
    status: np.ndarray,
    choice: int,
    share: np.ndarray,
    tilt: np.ndarray,
    press: np.ndarray,
    rows: Separators,
    effort: Effort,
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
    press : ndarray, shape (w, u)
        Multipliers of the atoms that want company, changed in place.
    rows : Separators
        Ways to the hub asked for so far, and their multipliers; changed in place.
    effort : Effort
        Tells how long the steps are.
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
    queue = np.empty(u, dtype=np.int64)
    if not reach(local, arrays.connected, status, reached, queue):
        return np.inf
    present = np.zeros(arrays.group_price.size, dtype=np.bool_)
    fixed, schools, met = _settled(arrays, local, status, choice, present)
    if schools > arrays.high:
        return np.inf
    items, weight = _items(arrays, local, status, reached, choice, present)
    lacking = _lacking(arrays)
    place, room, need = items.place, arrays.high - schools, max(0, arrays.low - schools)
    settled, shift = np.zeros(u), np.empty(u)
    live = np.empty((share.shape[0], 5), dtype=np.int64)
    charged, lively = open_cuts(local, status, reached, share, live, settled)
    fixed += charged
    wanting = np.empty(press.shape[0], dtype=np.bool_)
    fixed += open_companies(arrays, local, status, reached, wanting, settled)
    if fixed == np.inf:
        return np.inf
    adjusted = np.empty(place.size)
    chosen = np.empty(place.size, dtype=np.bool_)
    taken = np.empty(u, dtype=np.bool_)
    bound = -np.inf
    open_separators(rows, status, reached)
    for step in range(rounds):
        for i in range(u):
            shift[i] = settled[i]
            taken[i] = status[i] == IN
        constant = add_cuts(local, share, live, lively, shift)
        constant += add_tilts(arrays, local, status, tilt, shift)
        constant += add_companies(local, status, reached, press, wanting, shift)
        constant += add_separators(rows, status, shift)
        for k in range(place.size):
            adjusted[k] = weight[k] + shift[place[k]]
        value = fixed + constant
        value += knapsack(items, adjusted, room, need, lacking, met, chosen)
        for k in range(place.size):
            taken[place[k]] = chosen[k]
        if value > bound:
            bound = value
            for i in range(u):
                best[i] = taken[i]
        if bound >= cutoff:
            break
        pace = 1.0 / (1.0 + effort.slowing * step)
        loose = follow_cuts(local, share, live, lively, taken, pace)
        loose += follow_tilts(arrays, local, tilt, taken, pace)
        gap = min(cutoff - value, effort.farthest)
        loose += follow_companies(arrays, local, status, reached, press, wanting, taken, gap, pace)
        if arrays.connected:
            loose += find_separators(rows, local, taken, status, queue)
            loose += follow_separators(rows, taken, pace * gap)
        if loose <= RELAXED:
            break
    return bound


@inner
def _settled(
    arrays: Arrays, local: Local, status: np.ndarray, choice: int, present: np.ndarray
) -> tuple[float, int, int]:
    """Charges, schools and marks of the atoms that are in; note the groups `present`."""
    start, group_of, price = arrays.group_start, arrays.group_of, arrays.group_price
    atoms, weight, zones = local.atoms, local.weight, local.zones
    size, marks = local.size, local.marks
    fixed = arrays.base
    schools = 0
    met = 0
    for i in range(status.size):
        if status[i] == IN:
            a = atoms[i]
            fixed += weight[i] + zones[choice, i]
            schools += size[i]
            met |= marks[i]
            for at in range(start[a], start[a + 1]):
                group = group_of[at]
                if not present[group]:
                    present[group] = True
                    fixed += price[group]
    return fixed, schools, met


@inner
def _items(
    arrays: Arrays,
    local: Local,
    status: np.ndarray,
    reached: np.ndarray,
    choice: int,
    present: np.ndarray,
) -> tuple[Items, np.ndarray]:
    """Free atoms within reach and their weights; a group outside the families shares its charge.

    p * max(x) >= p * sum(x) / (number of x): the charge for presence, spread over the free
    members of a group of which none is in.
    """
    start, group_of, price = arrays.group_start, arrays.group_of, arrays.group_price
    atoms, families, weights, zones = local.atoms, local.family, local.weight, local.zones
    sizes, all_marks = local.size, local.marks
    free = np.zeros(price.size, dtype=np.int64)
    place = np.empty(status.size, dtype=np.int64)
    count = 0
    for i in range(status.size):
        if status[i] == FREE and reached[i]:
            place[count] = i
            count += 1
            for at in range(start[atoms[i]], start[atoms[i] + 1]):
                free[group_of[at]] += 1
    size = np.empty(count, dtype=np.int64)
    marks = np.empty(count, dtype=np.int64)
    family = np.empty(count, dtype=np.int64)
    opening = np.empty(count)
    weight = np.empty(count)
    for k in range(count):
        i = place[k]
        a = atoms[i]
        total = weights[i] + zones[choice, i]
        family[k] = -1
        opening[k] = 0.0
        for at in range(start[a], start[a + 1]):
            group = group_of[at]
            if present[group]:
                continue
            if group == families[i]:
                family[k] = group
                opening[k] = price[group]
            else:
                total += price[group] / free[group]
        size[k] = sizes[i]
        marks[k] = all_marks[i]
        weight[k] = total
    return Items(place[:count], size, marks, family, opening), weight


@inner
def _lacking(arrays: Arrays) -> np.ndarray:
    """Charge by the set of marks met; inf where a set that is needed is not met."""
    marked, need, price = arrays.marked, arrays.set_need, arrays.set_price
    lacking = np.zeros(1 << marked.size)
    for kind in range(lacking.size):
        for bit in range(marked.size):
            if kind & (1 << bit) == 0:
                s = marked[bit]
                lacking[kind] += np.inf if need[s] > 0 else price[s]
    return lacking
