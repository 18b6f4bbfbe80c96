"""Exact pricing of one hub: the cluster of least reduced cost, by branch and bound.

A node fixes some atoms in, some out, and the main zone of each priced layer. Its bound is the
relaxation of `relax.py`, in which pieces are not asked for: where the best set falls apart the
node branches on the atoms that join or separate the parts. Every replacement only lowers the
charge, so the least bound over the open nodes is proven whenever the search stops.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from cluster_geo.optimise.compiled.arrays import Arrays
from cluster_geo.optimise.compiled.evaluate import faults, in_one_piece
from cluster_geo.optimise.compiled.local import (
    FREE,
    IN,
    OUT,
    Duals,
    Local,
    localise,
    reduced_cost,
    universe_of,
)
from cluster_geo.optimise.compiled.polish import polish
from cluster_geo.optimise.compiled.relax import relax


class Tree(NamedTuple):
    """The nodes of a search, and what it has found.

    Parameters
    ----------
    status : ndarray of int8, shape (nodes, u)
        FREE, IN or OUT.
    bound, choice, pivot : ndarray, shape (nodes,)
        Lower bound, main zones chosen, and the atom to branch on.
    heap : ndarray of int, shape (nodes,)
        Open nodes, least bound first.
    counts : ndarray of int, shape (4,)
        Nodes stored, nodes in the heap, clusters found, mends left.
    level : ndarray, shape (2,)
        The reduced cost to beat, and the least bound of the nodes closed.
    share, tilt : ndarray
        Multipliers of the minorants, carried from node to node.
    best : ndarray of bool, shape (u,)
    found, found_cost : ndarray
        Clusters found and their reduced costs.
    """

    status: np.ndarray
    bound: np.ndarray
    choice: np.ndarray
    pivot: np.ndarray
    heap: np.ndarray
    counts: np.ndarray
    level: np.ndarray
    share: np.ndarray
    tilt: np.ndarray
    best: np.ndarray
    found: np.ndarray
    found_cost: np.ndarray


STORED, HEAPED, FOUND, MENDS = 0, 1, 2, 3
TO_BEAT, CLOSED = 0, 1
# Costs this near are the same.
SAME = 1e-7


@njit(cache=True, nogil=True)
def price_hub(
    arrays: Arrays,
    duals: Duals,
    hub: int,
    threshold: float,
    tolerance: float,
    most_nodes: int,
    rounds: int,
    found: np.ndarray,
    found_cost: np.ndarray,
) -> tuple[float, int, int]:
    """Find clusters with this hub whose reduced cost is below `threshold`, and bound the rest.

    Parameters
    ----------
    threshold : float
        Reduced costs at or above it need not be told apart.
    tolerance : float
        The search ends when the best cluster found is within it of the bound.
    most_nodes : int
        Nodes bounded at most, beside the first of each choice of main zones.
    rounds : int
        Subgradient steps at the first nodes; later nodes take half as many.
    found : ndarray of int, shape (f, w)
        Receives clusters (atoms, ended by -1), at most f, in the order they were met.
    found_cost : ndarray, shape (f,)
        Receives their reduced costs.

    Returns
    -------
    bound, number, nodes
        No admissible cluster with this hub has a reduced cost below min(bound, threshold);
        the number of clusters found; the nodes bounded.
    """
    universe = universe_of(arrays, duals, hub, threshold)
    if universe.size == 0:
        return threshold, 0, 0
    local = localise(arrays, duals, hub, universe)
    choices = local.zones.shape[0]
    tree = _plant(arrays, local, choices + most_nodes + 2, threshold, found, found_cost)
    child = np.zeros(universe.size, dtype=np.int8)
    nodes = 0
    for c in range(choices):
        child[:] = FREE
        child[local.home] = IN
        _open(arrays, duals, local, hub, tree, child, c, rounds, threshold, tolerance)
        nodes += 1
    while tree.counts[HEAPED] > 0 and nodes < most_nodes:
        node = tree.heap[0]
        if tree.bound[node] >= tree.level[TO_BEAT] - tolerance:
            break
        _pop(tree)
        at = tree.pivot[node]
        for side in (IN, OUT):
            child[:] = tree.status[node]
            child[at] = side
            if side == IN and not _exclude_clashes(arrays, local, child, at):
                continue
            later = max(1, rounds // 2)
            c = tree.choice[node]
            _open(arrays, duals, local, hub, tree, child, c, later, threshold, tolerance)
            nodes += 1
    proven = min(tree.level[CLOSED], tree.level[TO_BEAT])
    if tree.counts[HEAPED] > 0:
        proven = min(proven, tree.bound[tree.heap[0]])
    return proven, tree.counts[FOUND], nodes


@njit(cache=True, nogil=True)
def _plant(
    arrays: Arrays,
    local: Local,
    capacity: int,
    threshold: float,
    found: np.ndarray,
    found_cost: np.ndarray,
) -> Tree:
    u = local.atoms.size
    count = np.zeros(4, dtype=np.int64)
    count[MENDS] = 2
    return Tree(
        np.empty((capacity, u), dtype=np.int8),
        np.empty(capacity),
        np.empty(capacity, dtype=np.int64),
        np.empty(capacity, dtype=np.int64),
        np.empty(capacity, dtype=np.int64),
        count,
        np.array([threshold, threshold]),
        np.zeros((local.cut_price.size, 3)),
        np.zeros(arrays.tilt_price.size),
        np.zeros(u, dtype=np.bool_),
        found,
        found_cost,
    )


@njit(cache=True, nogil=True)
def _open(
    arrays: Arrays,
    duals: Duals,
    local: Local,
    hub: int,
    tree: Tree,
    child: np.ndarray,
    choice: int,
    rounds: int,
    threshold: float,
    tolerance: float,
) -> None:
    """Bound a node; keep what its best set gives; close the node or put it on the heap."""
    enough = tree.level[TO_BEAT] - tolerance
    value = relax(arrays, local, child, choice, tree.share, tree.tilt, rounds, enough, tree.best)
    if value >= enough:
        tree.level[CLOSED] = min(tree.level[CLOSED], value)
        return
    members = np.empty(child.size + arrays.high + 3, dtype=np.int64)
    m = _members(local, tree.best, members)
    cost = np.inf
    if faults(arrays, members, m) == 0 and in_one_piece(arrays, members, m):
        cost = reduced_cost(arrays, duals, hub, members, m)
        _keep(tree, members, m, cost, threshold)
    elif tree.counts[MENDS] > 0:
        tree.counts[MENDS] -= 1
        m, mended = polish(arrays, duals, local, hub, members, m, 24)
        _keep(tree, members, m, mended, threshold)
    at = _pivot(arrays, local, child, tree.best, value, cost)
    if at < 0:
        # Either the set costs what the bound says, or nothing is free: then it is all there is.
        tree.level[CLOSED] = min(tree.level[CLOSED], max(value, cost - SAME))
        return
    node = tree.counts[STORED]
    tree.counts[STORED] += 1
    tree.status[node] = child
    tree.bound[node] = value
    tree.choice[node] = choice
    tree.pivot[node] = at
    _push(tree, node)


@njit(cache=True, nogil=True)
def _push(tree: Tree, node: int) -> None:
    heap, bound = tree.heap, tree.bound
    at = tree.counts[HEAPED]
    heap[at] = node
    tree.counts[HEAPED] += 1
    while at > 0:
        up = (at - 1) // 2
        if bound[heap[up]] <= bound[heap[at]]:
            break
        heap[up], heap[at] = heap[at], heap[up]
        at = up


@njit(cache=True, nogil=True)
def _pop(tree: Tree) -> None:
    heap, bound = tree.heap, tree.bound
    tree.counts[HEAPED] -= 1
    heaped = tree.counts[HEAPED]
    heap[0] = heap[heaped]
    at = 0
    while True:
        low = at
        for down in (2 * at + 1, 2 * at + 2):
            if down < heaped and bound[heap[down]] < bound[heap[low]]:
                low = down
        if low == at:
            return
        heap[low], heap[at] = heap[at], heap[low]
        at = low


@njit(cache=True, nogil=True)
def _exclude_clashes(arrays: Arrays, local: Local, child: np.ndarray, at: int) -> bool:
    """Put out what may not be with the atom put in; False where that is in already."""
    a = local.atoms[at]
    for clash in range(arrays.apart_start[a], arrays.apart_start[a + 1]):
        for i in range(child.size):
            if local.atoms[i] == arrays.apart_of[clash]:
                if child[i] == IN:
                    return False
                child[i] = OUT
    return True


@njit(cache=True, nogil=True)
def _members(local: Local, taken: np.ndarray, out: np.ndarray) -> int:
    m = 0
    for i in range(taken.size):
        if taken[i]:
            out[m] = local.atoms[i]
            m += 1
    return m


@njit(cache=True, nogil=True)
def _keep(tree: Tree, members: np.ndarray, m: int, cost: float, threshold: float) -> None:
    """Keep a cluster below the threshold, unless it is there or there is no room for it."""
    if cost >= threshold:
        return
    tree.level[TO_BEAT] = min(tree.level[TO_BEAT], cost)
    found = tree.found
    number = tree.counts[FOUND]
    if number >= found.shape[0] or m >= found.shape[1]:
        return
    ordered = np.sort(members[:m])
    for f in range(number):
        same = found[f, m] == -1
        for place in range(m):
            if not same or found[f, place] != ordered[place]:
                same = False
                break
        if same:
            return
    found[number, :m] = ordered
    found[number, m:] = -1
    tree.found_cost[number] = cost
    tree.counts[FOUND] += 1


@njit(cache=True, nogil=True)
def _pivot(
    arrays: Arrays,
    local: Local,
    status: np.ndarray,
    taken: np.ndarray,
    value: float,
    cost: float,
) -> int:
    """Choose the atom to branch on, or -1 where the set taken proves the node's bound."""
    if np.isfinite(cost):
        if cost <= value + SAME:
            return -1
        return _loosest(arrays, local, status, taken)
    if arrays.connected:
        at = _joint(local, status, taken)
        if at >= 0:
            return at
    return _loosest(arrays, local, status, taken)


@njit(cache=True, nogil=True)
def _joint(local: Local, status: np.ndarray, taken: np.ndarray) -> int:
    """Choose an atom of a part cut off from the hub, or one on its way to the hub; -1: none."""
    u = taken.size
    # Way from the hub with taken atoms for nothing and others for their weight (Dijkstra).
    far = np.full(u, np.inf)
    before = np.full(u, -1, dtype=np.int64)
    done = np.zeros(u, dtype=np.bool_)
    far[local.home] = 0.0
    while True:
        i = -1
        for k in range(u):
            if not done[k] and np.isfinite(far[k]) and (i < 0 or far[k] < far[i]):
                i = k
        if i < 0:
            break
        done[i] = True
        for at in range(local.near_start[i], local.near_start[i + 1]):
            k = local.near_of[at]
            if status[k] != OUT and not done[k]:
                step = 0.0 if taken[k] else 1e-3 + max(0.0, local.weight[k])
                if far[i] + step < far[k]:
                    far[k] = far[i] + step
                    before[k] = i
    # The part cut off: an atom already in decides first, then the one of least weight.
    pick = -1
    for i in range(u):
        if taken[i] and far[i] > 0.0:
            if pick < 0:
                pick = i
            elif (status[i] == IN) != (status[pick] == IN):
                if status[i] == IN:
                    pick = i
            elif local.weight[i] < local.weight[pick]:
                pick = i
    if pick < 0:
        return -1
    if status[pick] == FREE:
        return pick
    at = pick
    way = -1
    while at >= 0:
        if not taken[at] and status[at] == FREE:
            way = at
        at = before[at]
    return way


@njit(cache=True, nogil=True)
def _loosest(arrays: Arrays, local: Local, status: np.ndarray, taken: np.ndarray) -> int:
    """Choose the free atom with most charge at stake in cuts, groups, clashes and sets."""
    u = taken.size
    stake = np.zeros(u)
    for cut in range(local.cut_price.size):
        held = 0
        inside = 0
        for corner in range(3):
            i = local.cuts[cut, corner]
            if i >= 0 and taken[i]:
                held += 1
                if status[i] == IN:
                    inside += 1
        if held >= 2 and inside < 2:
            for corner in range(3):
                i = local.cuts[cut, corner]
                if i >= 0 and taken[i] and status[i] == FREE:
                    stake[i] += local.cut_price[cut]
    pick = -1
    for i in range(u):
        if status[i] != FREE:
            continue
        a = local.atoms[i]
        if taken[i]:
            for at in range(arrays.group_start[a], arrays.group_start[a + 1]):
                group = arrays.group_of[at]
                if group != arrays.family[a]:
                    stake[i] += arrays.group_price[group]
            if arrays.apart_start[a + 1] > arrays.apart_start[a]:
                stake[i] += 1.0
            for b in range(arrays.tilt_price.size):
                stake[i] += arrays.tilt_price[b] * abs(arrays.tilt[b, a])
        for s in range(arrays.set_need.size):
            if arrays.in_set[a, s] > 0:
                stake[i] += 1e-3
        if taken[i]:
            stake[i] += 1e-6
        if pick < 0 or stake[i] > stake[pick]:
            pick = i
    return pick
