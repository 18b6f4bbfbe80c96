"""The nodes of a search for one hub's best cluster, and the clusters it has found."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cluster_geo.compiled.effort import Effort
from cluster_geo.compiled.jit import inner
from cluster_geo.compiled.separators import Separators, no_separators

# Places in `Tree.counts` and `Tree.level`.
STORED, HEAPED, FOUND, MENDS = 0, 1, 2, 3
TO_BEAT, CLOSED = 0, 1


class Tree(NamedTuple):
    """The nodes of a search, and what it has found.

    Parameters
    ----------
    status : ndarray of int8, shape (nodes, u)
        FREE, IN or OUT.
    bound : ndarray, shape (nodes,)
        Lower bound of each node.
    choice, pivot : ndarray of int, shape (nodes,)
        Main zones chosen, and the atom to branch on.
    heap : ndarray of int, shape (nodes,)
        Open nodes, least bound first.
    counts : ndarray of int, shape (4,)
        Nodes stored, nodes in the heap, clusters found, repairs left.
    level : ndarray, shape (2,)
        The reduced cost to beat, and the least bound of the fathomed nodes.
    share, tilt, press : ndarray
        Multipliers of the minorants, carried from node to node.
    rows : Separators
        Ways to the hub asked for, likewise.
    best : ndarray of bool, shape (u,)
        The set behind the last node's bound.
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
    press: np.ndarray
    rows: Separators
    best: np.ndarray
    found: np.ndarray
    found_cost: np.ndarray


@inner
def plant(
    capacity: int,
    atoms: int,
    cuts: int,
    tilts: int,
    companies: int,
    threshold: float,
    effort: Effort,
    found: np.ndarray,
    found_cost: np.ndarray,
) -> Tree:
    """Lay out a tree with room for `capacity` nodes of so many atoms, cuts and so on."""
    counts = np.zeros(4, dtype=np.int64)
    counts[MENDS] = effort.mends
    level = np.empty(2)
    level[TO_BEAT] = level[CLOSED] = threshold
    return Tree(
        status=np.empty((capacity, atoms), dtype=np.int8),
        bound=np.empty(capacity),
        choice=np.empty(capacity, dtype=np.int64),
        pivot=np.empty(capacity, dtype=np.int64),
        heap=np.empty(capacity, dtype=np.int64),
        counts=counts,
        level=level,
        share=np.zeros((cuts, 3)),
        tilt=np.zeros(tilts),
        press=np.zeros((companies, atoms)),
        rows=no_separators(effort.rows, atoms),
        best=np.empty(atoms, dtype=np.bool_),
        found=found,
        found_cost=found_cost,
    )


@inner
def push(tree: Tree, status: np.ndarray, choice: int, pivot: int, value: float) -> None:
    """Store a node and put it on the heap."""
    heap, bound, counts = tree.heap, tree.bound, tree.counts
    node = counts[STORED]
    counts[STORED] += 1
    for i in range(status.size):
        tree.status[node, i] = status[i]
    bound[node] = value
    tree.choice[node] = choice
    tree.pivot[node] = pivot
    at = counts[HEAPED]
    counts[HEAPED] += 1
    heap[at] = node
    while at > 0:
        up = (at - 1) // 2
        if bound[heap[up]] <= bound[heap[at]]:
            break
        heap[up], heap[at] = heap[at], heap[up]
        at = up


@inner
def pop(tree: Tree) -> int:
    """Take the node with the least bound off the heap."""
    heap, bound, counts = tree.heap, tree.bound, tree.counts
    node = heap[0]
    counts[HEAPED] -= 1
    heaped = counts[HEAPED]
    heap[0] = heap[heaped]
    at = 0
    while True:
        low = at
        for down in range(2 * at + 1, min(2 * at + 3, heaped)):
            if bound[heap[down]] < bound[heap[low]]:
                low = down
        if low == at:
            return int(node)
        heap[low], heap[at] = heap[at], heap[low]
        at = low


@inner
def keep(tree: Tree, members: np.ndarray, m: int, cost: float, threshold: float) -> None:
    """Keep a cluster below the threshold, unless it is there or there is no room for it.

    The members are put in ascending order.
    """
    if cost >= threshold:
        return
    found, counts = tree.found, tree.counts
    tree.level[TO_BEAT] = min(tree.level[TO_BEAT], cost)
    number = counts[FOUND]
    if number >= found.shape[0] or m >= found.shape[1]:
        return
    for place in range(1, m):
        a = members[place]
        at = place
        while at > 0 and members[at - 1] > a:
            members[at] = members[at - 1]
            at -= 1
        members[at] = a
    for f in range(number):
        same = found[f, m] == -1
        for place in range(m):
            same = same and found[f, place] == members[place]
        if same:
            return
    for place in range(found.shape[1]):
        found[number, place] = members[place] if place < m else -1
    tree.found_cost[number] = cost
    counts[FOUND] += 1
