"""The choice of the branching atom if a node's best set is infeasible or exceeds the bound."""

from __future__ import annotations

import numpy as np

from cluster_geo.compiled.company import companies_at_stake
from cluster_geo.compiled.duals import MET
from cluster_geo.compiled.jit import inner
from cluster_geo.compiled.layout import Arrays
from cluster_geo.compiled.local import FREE, IN, OUT, Local
from cluster_geo.compiled.separators import Separators, separators_at_stake
from cluster_geo.tolerances import RELAXED

# At stake in a clash, in a set that a rule asks for, and in any atom taken: last resorts.
_CLASH, _SET, _TAKEN = 1.0, 1e-3, 1e-6
# Length of a step by an atom that is not taken, beside its weight: of ways through atoms that bring
# something the shortest is found.
_STEP = 1e-3


@inner
def pivot_of(
    arrays: Arrays,
    local: Local,
    status: np.ndarray,
    taken: np.ndarray,
    press: np.ndarray,
    rows: Separators,
    value: float,
    cost: float,
) -> int:
    """Choose the atom to branch on, or -1 if the set's cost equals the node's bound."""
    if cost <= value + RELAXED:
        return -1
    if cost == np.inf and arrays.connected:
        at = _joint(local, status, taken)
        if at >= 0:
            return at
    return _loosest(arrays, local, status, taken, press, rows)


@inner
def _joint(local: Local, status: np.ndarray, taken: np.ndarray) -> int:
    """Choose an atom of a part cut off from the hub, or one on its way to the hub; -1: none."""
    weight = local.weight
    far = np.empty(taken.size)
    before = np.empty(taken.size, dtype=np.int64)
    _ways(local, status, taken, far, before)
    # The part cut off: an atom already in decides first, then the one of least weight.
    pick = -1
    for i in range(taken.size):
        if taken[i] and far[i] > 0.0:
            if pick < 0:
                pick = i
            elif (status[i] == IN) != (status[pick] == IN):
                if status[i] == IN:
                    pick = i
            elif weight[i] < weight[pick]:
                pick = i
    if pick < 0 or status[pick] == FREE:
        return pick
    at = pick
    way = -1
    while at >= 0:
        if not taken[at] and status[at] == FREE:
            way = at
        at = before[at]
    return way


@inner
def _ways(
    local: Local, status: np.ndarray, taken: np.ndarray, far: np.ndarray, before: np.ndarray
) -> None:
    """Find ways from the hub on which atoms taken cost nothing, others their weight (Dijkstra)."""
    near_start, near_of, weight = local.near_start, local.near_of, local.weight
    done = np.zeros(taken.size, dtype=np.bool_)
    for i in range(taken.size):
        far[i] = np.inf
        before[i] = -1
    far[local.home] = 0.0
    while True:
        i = -1
        for k in range(taken.size):
            if not done[k] and far[k] < np.inf and (i < 0 or far[k] < far[i]):
                i = k
        if i < 0:
            return
        done[i] = True
        for at in range(near_start[i], near_start[i + 1]):
            k = near_of[at]
            if status[k] != OUT and not done[k]:
                step = 0.0 if taken[k] else _STEP + max(0.0, weight[k])
                if far[i] + step < far[k]:
                    far[k] = far[i] + step
                    before[k] = i


@inner
def _loosest(
    arrays: Arrays,
    local: Local,
    status: np.ndarray,
    taken: np.ndarray,
    press: np.ndarray,
    rows: Separators,
) -> int:
    """Choose the free atom with most charge at stake in cuts, company, groups, clashes and sets."""
    start, group_of, price = arrays.group_start, arrays.group_of, arrays.group_price
    atoms, family, apart_start = local.atoms, local.family, arrays.apart_start
    tilt, tilt_price, in_set = arrays.tilt, arrays.tilt_price, arrays.in_set
    stake = np.zeros(taken.size)
    _cuts_at_stake(local, status, taken, stake)
    companies_at_stake(arrays, local, status, taken, press, stake)
    separators_at_stake(rows, taken, stake)
    pick = -1
    for i in range(taken.size):
        if status[i] != FREE:
            continue
        a = atoms[i]
        if taken[i]:
            stake[i] += _TAKEN
            for at in range(start[a], start[a + 1]):
                if group_of[at] != family[i]:
                    stake[i] += price[group_of[at]]
            if apart_start[a + 1] > apart_start[a]:
                stake[i] += _CLASH
            for b in range(tilt_price.size):
                stake[i] += tilt_price[b] * abs(tilt[b, a])
        for s in range(in_set.shape[1]):
            if in_set[a, s] > 0:
                stake[i] += _SET
        if pick < 0 or stake[i] > stake[pick]:
            pick = i
    return pick


@inner
def _cuts_at_stake(local: Local, status: np.ndarray, taken: np.ndarray, stake: np.ndarray) -> None:
    """Add the prices of the cuts that atoms taken meet, and that are not met for sure."""
    cuts, prices = local.cuts, local.cut_price
    for cut in range(prices.size):
        held = 0
        inside = 0
        for corner in range(3):
            i = cuts[cut, corner]
            if i >= 0 and taken[i]:
                held += 1
                if status[i] == IN:
                    inside += 1
        if held >= MET > inside:
            for corner in range(3):
                i = cuts[cut, corner]
                if i >= 0 and taken[i] and status[i] == FREE:
                    stake[i] += prices[cut]
