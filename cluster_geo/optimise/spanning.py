"""Split regions into connected parts along spanning trees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import networkx as nx
import numpy as np

from cluster_geo.compiled.arrays import Arrays
from cluster_geo.optimise.budget import OutOfTime
from cluster_geo.optimise.plan_params import StartParams


def shared_out(arrays: Arrays, regions: Sequence[Sequence[int]], number: int) -> list[int] | None:
    """Distribute a number of clusters over regions by their schools; None if impossible."""
    needed = np.flatnonzero(arrays.set_need > 0)
    schools = [int(arrays.size[list(region)].sum()) for region in regions]
    least = [-(-s // arrays.high) for s in schools]
    most = []
    for region, size, low in zip(regions, schools, least, strict=True):
        held = arrays.in_set[np.array(region)][:, needed].sum(axis=0) // arrays.set_need[needed]
        # A region that cannot keep the rules still gets a share; the search finds the violations.
        most.append(max(low, int(min([size // arrays.low, *held]))))
    if not sum(least) <= number <= sum(most):
        return None
    shares = list(least)
    while sum(shares) < number:
        open_ = [r for r in range(len(regions)) if shares[r] < most[r]]
        shares[max(open_, key=lambda r: (schools[r] / shares[r], -r))] += 1
    return shares


def parts_of(
    arrays: Arrays,
    region: Sequence[int],
    number: int,
    rng: np.random.Generator,
    params: StartParams = StartParams(),
    late: Callable[[], bool] = lambda: False,
) -> list[list[int]]:
    """Cut a region into `number` connected parts, of allowed cluster sizes if possible.

    Raises
    ------
    OutOfTime
        If it is too late to complete them.
    """
    return _cut(_graph(arrays, region, params.refused_edge), number, arrays, rng, params, late)


def _graph(arrays: Arrays, region: Sequence[int], refused: float) -> nx.Graph[int]:
    """Return the graph of neighbours in a region, weighted by the charge between them."""
    inside = set(region)
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(sorted(inside))
    if not arrays.connected:
        chain = sorted(inside)
        graph.add_edges_from(pairwise(chain), weight=1.0)
        return graph
    for a in sorted(inside):
        for at in range(arrays.near_start[a], arrays.near_start[a + 1]):
            b = int(arrays.near_of[at])
            if b in inside and a < b:
                hub = int(arrays.hub_of[arrays.hub_start[b]])
                charge = float(arrays.amount[hub, a])
                graph.add_edge(a, b, weight=charge if np.isfinite(charge) else refused)
    return graph


def _cut(
    graph: nx.Graph[int],
    number: int,
    arrays: Arrays,
    rng: np.random.Generator,
    params: StartParams,
    late: Callable[[], bool],
) -> list[list[int]]:
    """Cut a connected graph into connected parts by removing edges of spanning trees.

    As in recombination (DeFord, Duchin and Solomon 2021), but cheap edges are preferred. If no
    edge gives parts of allowed sizes, the most even cut is used and annealing repairs the sizes.
    """
    if number == 1 or graph.number_of_nodes() < number:
        return [sorted(graph.nodes)]
    if late():
        raise OutOfTime
    best: tuple[float, set[int], int] | None = None
    least, most = 1.0 - params.jitter, 1.0 + params.jitter
    for _ in range(params.trees):
        tree: nx.Graph[int] = nx.Graph()
        for a, b in graph.edges:
            tree.add_edge(a, b, weight=graph.edges[a, b]["weight"] * rng.uniform(least, most))
        tree.add_nodes_from(graph.nodes)
        tree = nx.minimum_spanning_tree(tree)
        for score, part, share in _tree_cuts(tree, number, arrays):
            if best is None or score < best[0]:
                best = (score, part, share)
        if best is not None and best[0] < 1.0:
            break
    assert best is not None, "a tree with two or more nodes has an edge"
    _, part, share = best
    rest = set(graph.nodes) - part
    return [
        *_cut(graph.subgraph(sorted(part)).copy(), share, arrays, rng, params, late),
        *_cut(graph.subgraph(sorted(rest)).copy(), number - share, arrays, rng, params, late),
    ]


def _tree_cuts(
    tree: nx.Graph[int], number: int, arrays: Arrays
) -> Iterable[tuple[float, set[int], int]]:
    """Yield the best cut of a tree: its score (below 1: it fits), one part and its share.

    A cut fits if each part can be split into clusters of allowed sizes with enough members of the
    required sets; the more even the sizes and the closer to halves, the better.
    """
    root = min(tree.nodes)
    parent = {child: a for a, child in nx.dfs_edges(tree, root)}
    needed = np.flatnonzero(arrays.set_need > 0)
    below = {a: np.append(arrays.size[a], arrays.in_set[a, needed]) for a in tree.nodes}
    for a in nx.dfs_postorder_nodes(tree, root):
        if a in parent:
            below[parent[a]] = below[parent[a]] + below[a]
    whole = below[root]
    best: tuple[float, int, int] | None = None
    for a in sorted(parent):
        part, rest = below[a], whole - below[a]
        for share in _possible_shares(part, rest, number, arrays):
            uneven = abs(part[0] / share * number / whole[0] - 1.0)
            lopsided = abs(share / number - 0.5)
            misfit = _misfit(part, share, arrays) + _misfit(rest, number - share, arrays)
            score = misfit or min(0.999, 0.5 * uneven + lopsided)
            if best is None or score < best[0]:
                best = (score, a, share)
    if best is not None:
        score, a, share = best
        cut = tree.copy()
        cut.remove_edge(a, parent[a])
        yield score, set(nx.node_connected_component(cut, a)), share


def _possible_shares(
    part: np.ndarray, rest: np.ndarray, number: int, arrays: Arrays
) -> Iterable[int]:
    """Return the numbers of clusters possible for a part while the rest has the others.

    If there are none, return the number nearest to the part's share of the schools.
    """
    mine, other = int(part[0]), int(rest[0])
    low = max(1, -(-mine // arrays.high), number - other // arrays.low)
    high = min(number - 1, mine // arrays.low, number - -(-other // arrays.high))
    if low <= high:
        return range(low, high + 1)
    nearest = round(number * mine / (mine + other))
    return (min(number - 1, max(1, nearest)),)


def _misfit(part: np.ndarray, share: int, arrays: Arrays) -> float:
    """Schools too few or too many for a share, and members of needed sets too few; 0: it fits."""
    schools = int(part[0])
    off = max(0, arrays.low * share - schools) + max(0, schools - arrays.high * share)
    needs = arrays.set_need[arrays.set_need > 0] * share
    return float(off + np.maximum(0, needs - part[1:]).sum())
