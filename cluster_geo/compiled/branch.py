"""Exact pricing of one hub: the cluster of least reduced cost, by branch and bound.

A node fixes some atoms in, some out, and the main zone of each priced layer. Its bound is the
relaxation of `relax.py`, which requires contiguity only through separators of parts from the hub;
if the best set is still not contiguous, the node branches on the atoms that join or separate the
parts. The relaxation never exceeds the charge, so the least bound over the open nodes is valid
whenever the search stops.
"""

from __future__ import annotations

import numpy as np

from cluster_geo.compiled.duals import Duals, reduced_cost
from cluster_geo.compiled.effort import Aim, Effort
from cluster_geo.compiled.evaluate import faults, in_one_piece
from cluster_geo.compiled.jit import entry, inner
from cluster_geo.compiled.layout import Arrays
from cluster_geo.compiled.local import FREE, IN, OUT, Local, localise
from cluster_geo.compiled.pivot import pivot_of
from cluster_geo.compiled.polish import polish
from cluster_geo.compiled.relax import relax
from cluster_geo.compiled.tree import (
    CLOSED,
    FOUND,
    HEAPED,
    MENDS,
    TO_BEAT,
    Tree,
    keep,
    plant,
    pop,
    push,
)
from cluster_geo.compiled.universe import universe_of
from cluster_geo.tolerances import RELAXED


@entry
def price_hub(
    arrays: Arrays,
    duals: Duals,
    hub: int,
    threshold: float,
    tolerance: float,
    effort: Effort,
    every: bool,
    found: np.ndarray,
    found_cost: np.ndarray,
) -> tuple[float, int, int]:
    """Find clusters with this hub whose reduced cost is below `threshold`, and bound the rest.

    Parameters
    ----------
    threshold : float
        Clusters with reduced costs at or above it are of no interest.
    tolerance : float
        The search ends when the best cluster found is within it of the bound.
    effort : Effort
        Limits of the search.
    every : bool
        Find all of them, not only those that lead to the best; `tolerance` must then be 0.
    found : ndarray of int, shape (f, w)
        Receives at most f clusters (atoms, terminated by -1), in the order they are found.
    found_cost : ndarray, shape (f,)
        Receives their reduced costs.

    Returns
    -------
    bound, number, nodes
        No admissible cluster with this hub has a reduced cost below min(bound, threshold), or, if
        `every`, no other than those found; the number of clusters found; the nodes bounded.
    """
    inside = np.empty(arrays.size.size, dtype=np.bool_)
    u = universe_of(arrays, duals, hub, threshold, inside)
    if u == 0:
        return threshold, 0, 0
    local = localise(arrays, duals, hub, inside, u, effort.zone_choices)
    choices, most_nodes = local.zones.shape[0], effort.most_nodes
    capacity = choices + most_nodes + 2
    cuts, tilts = local.cut_price.size, arrays.tilt_price.size
    companies = arrays.alone_price.size
    tree = plant(capacity, u, cuts, tilts, companies, threshold, effort, found, found_cost)
    child = np.empty(u, dtype=np.int8)
    aim = Aim(threshold, tolerance, every)
    nodes = _open_roots(arrays, duals, local, hub, tree, effort, aim, child)
    steps = effort.later_steps
    while tree.counts[HEAPED] > 0 and nodes < most_nodes:
        if tree.bound[tree.heap[0]] >= tree.level[TO_BEAT] - tolerance:
            break
        if every and tree.level[CLOSED] < threshold:
            # Out of room: the list will not be whole.
            break
        node = pop(tree)
        choice = tree.choice[node]
        at = tree.pivot[node]
        for side in range(IN, OUT + 1):
            for i in range(u):
                child[i] = tree.status[node, i]
            child[at] = side
            if side == OUT or _exclude_clashes(arrays, local, child, at):
                _open(arrays, duals, local, hub, tree, effort, aim, child, choice, steps)
                nodes += 1
    proven = min(tree.level[CLOSED], tree.level[TO_BEAT])
    if tree.counts[HEAPED] > 0:
        proven = min(proven, tree.bound[tree.heap[0]])
    return proven, tree.counts[FOUND], nodes


@inner
def _open_roots(
    arrays: Arrays,
    duals: Duals,
    local: Local,
    hub: int,
    tree: Tree,
    effort: Effort,
    aim: Aim,
    child: np.ndarray,
) -> int:
    """Bound a root for each choice of main zones, the most promising first; return how many.

    The choices that a quick bound shows to be of no interest are fathomed together.
    """
    opened = 0
    least = np.empty(local.zones.shape[0])
    for choice in range(least.size):
        least[choice] = _at_least(arrays, local, choice)
    for choice in np.argsort(least, kind="mergesort"):
        if least[choice] >= tree.level[TO_BEAT] - aim.tolerance:
            tree.level[CLOSED] = min(tree.level[CLOSED], least[choice])
            break
        for i in range(child.size):
            child[i] = FREE
        child[local.home] = IN
        _open(arrays, duals, local, hub, tree, effort, aim, child, choice, effort.steps)
        opened += 1
    return opened


@inner
def _at_least(arrays: Arrays, local: Local, choice: int) -> float:
    """Return a quick lower bound for a choice of main zones: the hub, and what is worth adding.

    All charges left out are at least 0.
    """
    weight, zones, size = local.weight, local.zones, local.size
    room = arrays.high - size[local.home]
    worth = weight + zones[choice]
    worth[local.home] = np.inf
    worth.sort()
    total = arrays.base + weight[local.home] + zones[choice, local.home]
    for i in range(min(room, worth.size)):
        if worth[i] >= 0.0:
            break
        total += worth[i]
    return float(total)


@inner
def _open(
    arrays: Arrays,
    duals: Duals,
    local: Local,
    hub: int,
    tree: Tree,
    effort: Effort,
    aim: Aim,
    child: np.ndarray,
    choice: int,
    steps: int,
) -> None:
    """Bound a node and keep clusters from its best set; fathom the node or put it on the heap."""
    level, counts = tree.level, tree.counts
    enough = level[TO_BEAT] - aim.tolerance
    share, tilt, press, rows, best = tree.share, tree.tilt, tree.press, tree.rows, tree.best
    value = relax(
        arrays, local, child, choice, share, tilt, press, rows, effort, steps, enough, best
    )
    if value >= enough:
        level[CLOSED] = min(level[CLOSED], value)
        return
    members = np.empty(child.size + arrays.high + 3, dtype=np.int64)
    m = _members(local, best, members)
    cost = np.inf
    if faults(arrays, members, m) == 0 and in_one_piece(arrays, members, m):
        cost = reduced_cost(arrays, duals, hub, members, m)
        if aim.every:
            if counts[FOUND] >= tree.found.shape[0]:
                # Out of room: what is left of this node stays unknown.
                level[CLOSED] = min(level[CLOSED], value)
                return
            keep(tree, members, m, cost, aim.threshold)
            level[TO_BEAT] = aim.threshold
            _go_on(local, tree, child, choice, value)
            return
        keep(tree, members, m, cost, aim.threshold)
    elif counts[MENDS] > 0 and not aim.every:
        counts[MENDS] -= 1
        m, mended = polish(arrays, duals, local, hub, members, m, effort)
        keep(tree, members, m, mended, aim.threshold)
    at = pivot_of(arrays, local, child, best, press, rows, value, cost)
    if at < 0:
        # Either the set's cost equals the bound, or no atom is free, so that there is no other set.
        level[CLOSED] = min(level[CLOSED], max(value, cost - RELAXED))
    else:
        push(tree, child, choice, at, value)


@inner
def _go_on(local: Local, tree: Tree, child: np.ndarray, choice: int, value: float) -> None:
    """Branch on an atom of a set that was found, so that the node's other sets are found too."""
    best, weight = tree.best, local.weight
    pick = -1
    for i in range(child.size):
        if child[i] != FREE:
            continue
        if pick < 0 or best[i] > best[pick] or (best[i] == best[pick] and weight[i] < weight[pick]):
            pick = i
    if pick >= 0:
        push(tree, child, choice, pick, value)


@inner
def _exclude_clashes(arrays: Arrays, local: Local, child: np.ndarray, at: int) -> bool:
    """Exclude the atoms that must be apart from the atom put in; False if one is already in."""
    start, apart_of, atoms = arrays.apart_start, arrays.apart_of, local.atoms
    a = atoms[at]
    for clash in range(start[a], start[a + 1]):
        for i in range(child.size):
            if atoms[i] == apart_of[clash]:
                if child[i] == IN:
                    return False
                child[i] = OUT
    return True


@inner
def _members(local: Local, taken: np.ndarray, out: np.ndarray) -> int:
    """Write the atoms taken into `out`; return how many."""
    atoms = local.atoms
    m = 0
    for i in range(taken.size):
        if taken[i]:
            out[m] = atoms[i]
            m += 1
    return m
