"""A first plan: cut each region into clusters along spanning trees, then anneal."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise

import networkx as nx
import numpy as np

from cluster_geo.compiled.anneal import anneal
from cluster_geo.compiled.arrays import Arrays
from cluster_geo.optimise.budget import MOVES_A_UNIT, Budget
from cluster_geo.optimise.columns import Atoms, atoms_in

# Temperatures in the currency of costs, relative to the mean price of a school: the search
# begins where a worsening by half a cluster's price is common, and ends where next to none is.
HOT, COLD = 1.6, 0.027
# Moves of a full annealing, for each atom.
MOVES = 7_000
# Share of a full annealing that a first look at a number of clusters takes.
LOOK = 0.12
POOL = 40_000
# Share of the time left that the looks, and again the full annealings, may take together.
FIRST_SHARE = 0.35
TRIAL_MOVES = 3_000


@dataclass(frozen=True)
class Start:
    """Where a search for a first plan ended.

    Parameters
    ----------
    sets : list of tuple of int
        Atoms of each cluster of the best cover met.
    broken : int
        Things its clusters break; 0 for a cover that keeps every rule on clusters.
    pool : list of tuple of int
        Atoms of other clusters met that break nothing.
    number : int
        Clusters it was begun with.
    """

    sets: list[Atoms]
    price: float
    broken: int
    pool: list[Atoms]
    number: int


def first_plan(
    arrays: Arrays,
    regions: Sequence[Sequence[int]],
    numbers: range,
    *,
    seed: int,
    budget: Budget,
    threads: ThreadPoolExecutor,
    effort: float = 1.0,
) -> Start | None:
    """Search for a plan with one of several numbers of clusters.

    Parameters
    ----------
    regions : sequence of sequence of int
        Atoms that no cluster can leave, each region in one piece.
    numbers : range
        Numbers of clusters allowed.
    effort : float
        Share of a full annealing.

    Returns
    -------
    Start or None
        None where no number can be shared out among the regions: then there is no plan.
    """
    possible = [n for n in numbers if _shares(arrays, regions, n) is not None]
    if not possible:
        return None
    tried = _spaced(possible)
    looks: list[Start] = []
    if len(tried) > 1:
        looks = _runs(arrays, regions, [(n, seed) for n in tried], LOOK * effort, budget, threads)
        middle = min(looks, key=_merit).number
        reach = max(1, (len(possible) // MOST_LOOKS) // 2)
        near = [n for n in possible if abs(n - middle) <= reach]
        tried = sorted(near, key=lambda n: (abs(n - middle), n))[:2]
    runs = [(tried[0], seed), (tried[-1], seed + 1)]
    full = _runs(arrays, regions, runs, effort, budget, threads, needed=not looks)
    best = min([*full, *looks], key=_merit)
    pool = dict.fromkeys(atoms for run in [*full, *looks] for atoms in [*run.sets, *run.pool])
    return replace(best, pool=list(pool))


MOST_LOOKS = 7


def _merit(start: Start) -> tuple[int, float]:
    return (start.broken, start.price)


def _spaced(numbers: Sequence[int]) -> list[int]:
    """At most `MOST_LOOKS` of the numbers, evenly spaced, both ends among them."""
    if len(numbers) <= MOST_LOOKS:
        return list(numbers)
    places = np.linspace(0, len(numbers) - 1, MOST_LOOKS).round().astype(int)
    return [numbers[int(place)] for place in places]


def _runs(
    arrays: Arrays,
    regions: Sequence[Sequence[int]],
    runs: Iterable[tuple[int, int]],
    effort: float,
    budget: Budget,
    threads: ThreadPoolExecutor,
    *,
    needed: bool = True,
) -> list[Start]:
    """Anneal with each number and seed; once the time is up, only the first, and if `needed`."""
    chosen = list(runs)
    left = budget.seconds_left()
    seconds = None if left is None else FIRST_SHARE * left / len(chosen)

    def run(place: int) -> Start | None:
        if budget.timed and budget.spent and (place > 0 or not needed):
            return None
        number, seed = chosen[place]
        return _anneal(arrays, regions, number, seed, effort, budget, seconds)

    return [start for start in threads.map(run, range(len(chosen))) if start is not None]


def _anneal(
    arrays: Arrays,
    regions: Sequence[Sequence[int]],
    number: int,
    seed: int,
    effort: float,
    budget: Budget,
    seconds: float | None,
) -> Start:
    shares = _shares(arrays, regions, number)
    assert shares is not None, "numbers that cannot be shared out are not tried"
    rng = np.random.default_rng(seed)
    cluster_of = np.zeros(arrays.size.size, dtype=np.int64)
    made = 0
    for region, share in zip(regions, shares, strict=True):
        for part in _cut(_graph(arrays, region), share, arrays, rng):
            cluster_of[part] = made
            made += 1
    steps = int(MOVES * arrays.size.size * effort)
    pool = np.empty((POOL, arrays.high + 1), dtype=np.int64)
    finite = np.where(np.isfinite(arrays.amount), arrays.amount, np.nan)
    scale = max(1e-6, _typical(finite, arrays))
    if seconds is not None:
        steps = min(steps, _moves_in(seconds, arrays, cluster_of, made, HOT * scale, pool))
    price, broken, pooled = anneal(
        arrays, cluster_of, made, steps, HOT * scale, COLD * scale, seed, pool
    )
    budget.spend(steps // MOVES_A_UNIT)
    sets = [tuple(int(a) for a in np.flatnonzero(cluster_of == k)) for k in range(made)]
    pooled_sets = atoms_in(pool[:pooled])
    return Start([s for s in sets if s], float(price), int(broken), pooled_sets, number)


def _moves_in(
    seconds: float,
    arrays: Arrays,
    cluster_of: np.ndarray,
    made: int,
    hot: float,
    pool: np.ndarray,
) -> int:
    """Return how many moves this machine tries in so many seconds, by a short trial.

    Moves are priced by walking over clusters, so a county of thousands of schools, or a busy
    machine, would else anneal far beyond its time.
    """
    trial = cluster_of.copy()
    anneal(arrays, trial, made, 1, hot, hot, 0, pool)  # the first call compiles or loads
    began = time.monotonic()
    anneal(arrays, trial, made, TRIAL_MOVES, hot, hot, 0, pool)
    return max(1, int(seconds * TRIAL_MOVES / max(1e-9, time.monotonic() - began)))


def _typical(amount: np.ndarray, arrays: Arrays) -> float:
    """Typical charge of a school: for the hub its cluster's size would take it to."""
    near = np.sort(np.where(np.isnan(amount), np.inf, amount), axis=1)
    typical = near[:, min(near.shape[1] - 1, (arrays.low + arrays.high) // 2)]
    finite = typical[np.isfinite(typical)]
    prices = [arrays.group_price, arrays.set_price, arrays.zone_price]
    floor = max((float(p.max()) for p in prices if p.size), default=0.0)
    return max(float(np.median(finite)) if finite.size else 0.0, 0.5 * floor)


def _shares(arrays: Arrays, regions: Sequence[Sequence[int]], number: int) -> list[int] | None:
    """Share a number of clusters out among regions by their schools; None where it cannot be."""
    needed = np.flatnonzero(arrays.set_need > 0)
    schools = [int(arrays.size[list(region)].sum()) for region in regions]
    least = [-(-s // arrays.high) for s in schools]
    most = []
    for region, size, low in zip(regions, schools, least, strict=True):
        held = arrays.in_set[np.array(region)][:, needed].sum(axis=0) // arrays.set_need[needed]
        # A region that cannot keep the rules still gets a share: the search tells by how little.
        most.append(max(low, int(min([size // arrays.low, *held]))))
    if not sum(least) <= number <= sum(most):
        return None
    shares = list(least)
    while sum(shares) < number:
        open_ = [r for r in range(len(regions)) if shares[r] < most[r]]
        shares[max(open_, key=lambda r: (schools[r] / shares[r], -r))] += 1
    return shares


def _graph(arrays: Arrays, region: Sequence[int]) -> nx.Graph[int]:
    """Neighbours within a region, with the mean charge between the two as weight."""
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
                graph.add_edge(a, b, weight=charge if np.isfinite(charge) else 1e3)
    return graph


def _cut(
    graph: nx.Graph[int], number: int, arrays: Arrays, rng: np.random.Generator
) -> list[list[int]]:
    """Cut a connected graph into connected parts by removing edges of spanning trees.

    As in recombination (DeFord, Duchin and Solomon 2021), but with cheap edges preferred. Where
    no edge gives parts of allowed sizes the most even one is taken; annealing mends the sizes.
    """
    if number == 1 or graph.number_of_nodes() < number:
        return [sorted(graph.nodes)]
    best: tuple[float, set[int], int] | None = None
    for _ in range(TREES):
        tree: nx.Graph[int] = nx.Graph()
        for a, b in graph.edges:
            tree.add_edge(a, b, weight=graph.edges[a, b]["weight"] * rng.uniform(0.5, 1.5))
        tree.add_nodes_from(graph.nodes)
        tree = nx.minimum_spanning_tree(tree)
        for score, part, share in _tree_cuts(tree, number, arrays):
            if best is None or score < best[0]:
                best = (score, part, share)
        if best is not None and best[0] < 1.0:
            break
    assert best is not None, "a tree of two nodes or more has an edge to cut"
    _, part, share = best
    rest = set(graph.nodes) - part
    return [
        *_cut(graph.subgraph(sorted(part)).copy(), share, arrays, rng),
        *_cut(graph.subgraph(sorted(rest)).copy(), number - share, arrays, rng),
    ]


TREES = 12


def _tree_cuts(
    tree: nx.Graph[int], number: int, arrays: Arrays
) -> Iterable[tuple[float, set[int], int]]:
    """Yield the best cut of a tree: its score (below 1: it fits), one part and its share.

    A cut fits where each part can be shared into clusters of allowed sizes with the members of
    sets that each must have; the more even and the nearer to halves, the better.
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
    """Numbers of clusters that a part's schools can make while the rest makes the others.

    Where there are none, the one nearest to its part of the schools.
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
