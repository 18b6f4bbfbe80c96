"""A plan mended: one made for other schools, or under other rules, as a cover to begin from.

A plan of last year has schools that have closed and lacks those that have opened; under a new
boundary or a lock its clusters may fall apart. It is still the best place to begin, and the only
one where few schools are to move.
"""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import numpy as np

from cluster_geo.optimise.columns import Atoms
from cluster_geo.optimise.problem import Problem
from cluster_geo.plan import Plan


def mended(problem: Problem, plan: Plan) -> np.ndarray | None:
    """Return a cover near a plan: each cluster in one piece, and every atom in one of them.

    Of a cluster in several pieces the largest stays. Atoms left over join a cluster beside them,
    one after the other: one with room if there is one, and of those the one with the nearest
    school.

    Parameters
    ----------
    problem : Problem
    plan : Plan
        Its schools may be others than the problem's.

    Returns
    -------
    ndarray of int, shape (a,) or None
        Cluster of each atom, counted from 0; None if the plan holds none of the atoms, or if some
        atom has no way to a cluster.
    """
    arrays = problem.arrays
    cluster_of = np.full(arrays.size.size, -1, dtype=np.int64)
    home = {urn: k for k, cluster in enumerate(plan.clusters) for urn in cluster.members}
    for a, urns in enumerate(problem.atoms):
        # Schools tied together that the plan has apart stay where most of them are.
        homes = [home[urn] for urn in urns if urn in home]
        if homes:
            cluster_of[a] = max(sorted(set(homes)), key=homes.count)
    _keep_largest(problem, cluster_of)
    there = cluster_of >= 0
    held: np.ndarray = np.bincount(cluster_of[there], arrays.size[there], len(plan.clusters))
    loose = np.flatnonzero(cluster_of < 0).tolist()
    while loose:
        # One at a time, since each takes up room; the first that has a cluster beside it.
        ways = ((a, _beside(problem, a, cluster_of, held)) for a in loose)
        joined, k = next(((a, k) for a, k in ways if k >= 0), (-1, -1))
        if k < 0:
            return None
        cluster_of[joined] = k
        held[k] += arrays.size[joined]
        loose.remove(joined)
    return np.unique(cluster_of, return_inverse=True)[1].astype(np.int64)


def _keep_largest(problem: Problem, cluster_of: np.ndarray) -> None:
    """Take all but the largest piece out of each cluster; no piece goes beyond a region."""
    arrays = problem.arrays
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(arrays.size.size))
    for region in problem.regions:
        if arrays.connected:
            inside = set(region)
            near = ((a, b) for a in region for b in _near(problem, a).tolist() if b in inside)
            graph.add_edges_from(near)
        else:
            graph.add_edges_from(
                pair
                for k in np.unique(cluster_of[region]).tolist()
                for pair in pairwise(a for a in region if cluster_of[a] == k)
            )
    for k in range(int(cluster_of.max(initial=-1)) + 1):
        own = graph.subgraph(np.flatnonzero(cluster_of == k).tolist())
        pieces = sorted(
            nx.connected_components(own),
            key=lambda s: (int(arrays.size[list(s)].sum()), -min(s)),
        )
        for piece in pieces[:-1]:
            cluster_of[list(piece)] = -1


def _near(problem: Problem, a: int) -> np.ndarray:
    """Return the atoms beside one: all, if clusters need not be in one piece."""
    arrays = problem.arrays
    if not arrays.connected:
        return np.arange(arrays.size.size)
    return arrays.near_of[arrays.near_start[a] : arrays.near_start[a + 1]]


def _beside(problem: Problem, a: int, cluster_of: np.ndarray, held: np.ndarray) -> int:
    """Return the cluster beside an atom that it would join, or -1.

    That is one with room, and of those the one with the school that is cheapest to serve from here;
    none beyond a boundary that no cluster may cross.
    """
    arrays = problem.arrays
    near = _near(problem, a)
    near = near[cluster_of[near] >= 0]
    if not near.size:
        return -1
    hubs = arrays.hub_of[arrays.hub_start[a] : arrays.hub_start[a + 1]]
    full = held[cluster_of[near]] + arrays.size[a] > arrays.high
    charge = arrays.amount[np.ix_(hubs, near)].min(axis=0)
    if not np.isfinite(charge).any():
        return -1
    return int(cluster_of[near[np.lexsort((near, charge, full, np.isinf(charge)))[0]]])


def sets_of(cluster_of: np.ndarray) -> list[Atoms]:
    """Return the atoms of each cluster of a cover."""
    return [
        tuple(np.flatnonzero(cluster_of == k).tolist()) for k in range(int(cluster_of.max()) + 1)
    ]
