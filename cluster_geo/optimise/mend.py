"""A plan mended: one made for other schools, or under other rules, as a cover to begin from.

A plan of last year has schools that have closed and lacks those that have opened; under a new
boundary or a lock its clusters may fall apart. It is still the best place to begin, and the only
one where few schools are to move.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import networkx as nx
import numpy as np

from cluster_geo.optimise.columns import Atoms
from cluster_geo.optimise.problem import Problem
from cluster_geo.plan import Plan


def mended(problem: Problem, plan: Plan) -> np.ndarray | None:
    """Return a cover near a plan: each cluster in one piece, and every atom in one of them.

    Of a cluster in several pieces the largest stays. Atoms left over join a cluster beside them:
    one with room, and of those the one with the nearest school.

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
        held = [home[urn] for urn in urns if urn in home]
        if held:
            cluster_of[a] = max(sorted(set(held)), key=held.count)
    graph = _neighbours(problem)
    _keep_largest(graph, cluster_of, problem)
    while (cluster_of < 0).any():
        loose = np.flatnonzero(cluster_of < 0).tolist()
        joined = [(a, k) for a in loose if (k := _beside(a, graph, cluster_of, problem)) >= 0]
        if not joined:
            return None
        # One at a time: room is used up by each.
        a, k = joined[0]
        cluster_of[a] = k
    return np.unique(cluster_of, return_inverse=True)[1].astype(np.int64)


def _neighbours(problem: Problem) -> nx.Graph[int]:
    """Return the graph of neighbouring atoms; complete if clusters need not be in one piece."""
    arrays = problem.arrays
    graph: nx.Graph[int] = nx.Graph()
    if not arrays.connected:
        graph.add_edges_from(combinations(range(arrays.size.size), 2))
    graph.add_nodes_from(range(arrays.size.size))
    for a in range(arrays.size.size):
        near = arrays.near_of[arrays.near_start[a] : arrays.near_start[a + 1]]
        graph.add_edges_from((a, int(b)) for b in near)
    return graph


def _keep_largest(graph: nx.Graph[int], cluster_of: np.ndarray, problem: Problem) -> None:
    """Take all but the largest piece out of each cluster."""
    size = problem.arrays.size
    for k in range(int(cluster_of.max(initial=-1)) + 1):
        inside = graph.subgraph(np.flatnonzero(cluster_of == k).tolist())
        pieces: Iterable[set[int]] = sorted(
            nx.connected_components(inside), key=lambda s: (int(size[list(s)].sum()), -min(s))
        )[:-1]
        for piece in pieces:
            cluster_of[list(piece)] = -1


def _beside(a: int, graph: nx.Graph[int], cluster_of: np.ndarray, problem: Problem) -> int:
    """Return the cluster beside an atom that it would join, or -1."""
    arrays = problem.arrays
    hubs = arrays.hub_of[arrays.hub_start[a] : arrays.hub_start[a + 1]]
    near = [b for b in graph.neighbors(a) if cluster_of[b] >= 0]
    if not near:
        return -1

    def merit(b: int) -> tuple[bool, float, int]:
        held = int(arrays.size[cluster_of == cluster_of[b]].sum())
        return (held + int(arrays.size[a]) > arrays.high, float(arrays.amount[hubs, b].min()), b)

    return int(cluster_of[min(near, key=merit)])


def sets_of(cluster_of: np.ndarray) -> list[Atoms]:
    """Return the atoms of each cluster of a cover."""
    return [
        tuple(np.flatnonzero(cluster_of == k).tolist()) for k in range(int(cluster_of.max()) + 1)
    ]
