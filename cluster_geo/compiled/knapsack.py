"""The relaxation at the heart of pricing: the best set of atoms, contiguity aside.

With the hub and the main zones fixed, the charge of a cluster is a sum over its atoms, a charge
once for each family of atoms that is present (a trust), and a charge or a refusal that depends on
which *marks* are present (a secondary school, an SRP). The best set of 8 to 14 schools is then
found exactly by dynamic programming over (schools so far, marks present), family by family: a
knapsack problem with set-up charges (Chajakis and Guignard 1994).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cluster_geo.compiled.jit import inner

# A choice is one byte: the decision on the item in its low two bits; then the marks present before
# the item was taken, which cannot be recovered from the resulting state; and one bit for whether
# the state came from inside the family.
_TAKEN, _OPENED, _DONE, _INSIDE = 1, 2, 3, 32


class Items(NamedTuple):
    """Items to choose from, those of one family side by side.

    Parameters
    ----------
    place : ndarray of int, shape (count,)
        Where each comes from; not looked at here.
    size, marks : ndarray of int, shape (count,)
        Schools and marks (bits) of each.
    family : ndarray of int, shape (count,)
        Family of each, or -1 (also where it has no charge of its own).
    opening : ndarray, shape (count,)
        Charge for the first item taken of the item's family.
    """

    place: np.ndarray
    size: np.ndarray
    marks: np.ndarray
    family: np.ndarray
    opening: np.ndarray


@inner
def knapsack(
    items: Items,
    weight: np.ndarray,
    room: int,
    need: int,
    lacking: np.ndarray,
    start_marks: int,
    chosen: np.ndarray,
) -> float:
    """Minimise the charges of a set of items of between `need` and `room` schools.

    Parameters
    ----------
    weight : ndarray, shape (count,)
        Charge for each item.
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
    size, marks, family, opening = items.size, items.marks, items.family, items.opening
    count = size.size
    kinds = lacking.size
    states = (room + 1) * kinds
    best = np.empty(states)
    opened = np.empty(states)
    for state in range(states):
        best[state] = np.inf
    best[start_marks] = 0.0
    choice = np.zeros((count, states), dtype=np.uint8)
    reach = 0
    last_family = -1
    for item in range(count):
        if family[item] >= 0 and family[item] != last_family:
            for state in range(states):
                opened[state] = np.inf
        last_family = family[item]
        charge = opening[item]
        w, b, step = weight[item], marks[item], size[item]
        reach = min(room, reach + step)
        for schools in range(reach, step - 1, -1):
            for kind in range(kinds):
                source = (schools - step) * kinds + kind
                target = schools * kinds + (kind | b)
                if last_family < 0:
                    if best[source] + w < best[target]:
                        best[target] = best[source] + w
                        choice[item, target] = _TAKEN | (kind << 2)
                    continue
                if opened[source] + w < opened[target]:
                    opened[target] = opened[source] + w
                    choice[item, target] = _TAKEN | (kind << 2)
                if best[source] + w + charge < opened[target]:
                    opened[target] = best[source] + w + charge
                    choice[item, target] = _OPENED | (kind << 2)
        if last_family >= 0 and (item + 1 == count or family[item + 1] != last_family):
            for state in range(states):
                if opened[state] < best[state]:
                    best[state] = opened[state]
                    choice[item, state] |= _INSIDE
    least = np.inf
    at = -1
    for state in range(need * kinds, states):
        if best[state] + lacking[state % kinds] < least:
            least = best[state] + lacking[state % kinds]
            at = state
    _trace_back(items, choice, at, kinds, chosen)
    return least


@inner
def _trace_back(items: Items, choice: np.ndarray, at: int, kinds: int, chosen: np.ndarray) -> None:
    """Follow the choices back from the final state `at` (-1: there is none)."""
    size, family = items.size, items.family
    inside = False
    for item in range(size.size - 1, -1, -1):
        chosen[item] = False
        if at < 0:
            continue
        done = choice[item, at]
        if family[item] >= 0 and (item + 1 == size.size or family[item + 1] != family[item]):
            inside = done & _INSIDE != 0
        if (inside or family[item] < 0) and done & _DONE != 0:
            chosen[item] = True
            at = (at // kinds - size[item]) * kinds + ((done & (_INSIDE - 1)) >> 2)
            inside = done & _DONE == _TAKEN
