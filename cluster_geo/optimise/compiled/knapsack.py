"""The relaxation at the heart of pricing: the best set of atoms, contiguity aside.

With the hub and the main zones fixed, what a cluster is charged is a sum over its atoms, a
charge once for each family of atoms that is present (a trust), and a charge or a refusal that
hangs on which *marks* were met (a secondary school, an SRP). The best set of 8 to 14 schools is
then found exactly by dynamic programming over (schools so far, marks met), family by family: a
knapsack with set-up charges (Chajakis and Guignard 1994).
"""

from __future__ import annotations

import numpy as np
from numba import njit

# A choice is one byte: what was done with the item in its low two bits, and above them the
# marks met before it was taken, which the state it led to does not tell.
_SKIPPED, _TAKEN, _OPENED = 0, 1, 2
MOST_MARKS = 4


@njit(cache=True, nogil=True)
def knapsack(
    count: int,
    size: np.ndarray,
    weight: np.ndarray,
    marks: np.ndarray,
    family: np.ndarray,
    opening: np.ndarray,
    room: int,
    need: int,
    lacking: np.ndarray,
    start_marks: int,
    chosen: np.ndarray,
) -> float:
    """Minimise the charges of a set of items of between `need` and `room` schools.

    Parameters
    ----------
    count : int
        Items; the arrays hold at least so many, items of one family side by side.
    size, weight, marks : ndarray, shape (count,)
        Schools, charge and marks (bits) of each item.
    family : ndarray of int, shape (count,)
        Family of each item, or -1.
    opening : ndarray, shape (count,)
        Charge for the first item taken of the item's family.
    room, need : int
        Most and fewest schools.
    lacking : ndarray, shape (number of mark sets,)
        Charge by the set of marks met in the end; inf refuses.
    start_marks : int
        Marks met before any item is taken.
    chosen : ndarray of bool, shape (count,)
        Receives the best set.

    Returns
    -------
    float
        The least charge, inf where no set is allowed.
    """
    kinds = lacking.size
    states = (room + 1) * kinds
    best = np.full(states, np.inf)
    opened = np.empty(states)
    best[start_marks] = 0.0
    choice = np.zeros((count, states), dtype=np.uint8)
    closed = np.zeros((count, states), dtype=np.bool_)
    item = 0
    reach = 0
    while item < count:
        last = item
        while last + 1 < count and family[item] >= 0 and family[last + 1] == family[item]:
            last += 1
        if family[item] < 0 or opening[item] == 0.0:
            reach = min(room, reach + size[item])
            w, b, step = weight[item], marks[item], size[item]
            for schools in range(reach, step - 1, -1):
                for kind in range(kinds):
                    before = best[(schools - step) * kinds + kind]
                    if before + w < best[schools * kinds + (kind | b)]:
                        best[schools * kinds + (kind | b)] = before + w
                        choice[item, schools * kinds + (kind | b)] = _TAKEN | (kind << 2)
            item += 1
            continue
        opened[:] = np.inf
        for it in range(item, last + 1):
            reach = min(room, reach + size[it])
            w, b, step = weight[it], marks[it], size[it]
            charge = opening[it]
            for schools in range(reach, step - 1, -1):
                for kind in range(kinds):
                    source = (schools - step) * kinds + kind
                    target = schools * kinds + (kind | b)
                    if opened[source] + w < opened[target]:
                        opened[target] = opened[source] + w
                        choice[it, target] = _TAKEN | (kind << 2)
                    if best[source] + w + charge < opened[target]:
                        opened[target] = best[source] + w + charge
                        choice[it, target] = _OPENED | (kind << 2)
        for state in range(states):
            if opened[state] < best[state]:
                best[state] = opened[state]
                closed[last, state] = True
        item = last + 1
    least = np.inf
    at = -1
    for schools in range(need, room + 1):
        for kind in range(kinds):
            total = best[schools * kinds + kind] + lacking[kind]
            if total < least:
                least = total
                at = schools * kinds + kind
    chosen[:count] = False
    if at >= 0:
        _trace_back(count, size, family, opening, choice, closed, at, kinds, chosen)
    return least


@njit(cache=True, nogil=True)
def _trace_back(
    count: int,
    size: np.ndarray,
    family: np.ndarray,
    opening: np.ndarray,
    choice: np.ndarray,
    closed: np.ndarray,
    at: int,
    kinds: int,
    chosen: np.ndarray,
) -> None:
    """Follow the choices back from the final state `at`."""
    item = count - 1
    while item >= 0:
        if family[item] < 0 or opening[item] == 0.0:
            done = choice[item, at]
            if done & 3:
                chosen[item] = True
                at = (at // kinds - size[item]) * kinds + (done >> 2)
            item -= 1
            continue
        inside = closed[item, at]
        this = family[item]
        while item >= 0 and family[item] == this:
            if inside:
                done = choice[item, at]
                if done & 3:
                    chosen[item] = True
                    at = (at // kinds - size[item]) * kinds + (done >> 2)
                    inside = (done & 3) == _TAKEN
            item -= 1
