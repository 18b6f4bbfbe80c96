"""GerryChain: short bursts of ReCom on this very cost.

ReCom merges two neighbouring clusters and splits them along a random spanning tree, so that
sizes and pieces are kept; what else a cluster breaks is charged. A burst is a short random walk
from the best plan so far (Cannon and others, 2023).
"""

import random
import time
from functools import partial

import networkx as nx
import numpy as np
from gerrychain import Graph, Partition
from gerrychain.constraints import Bounds
from gerrychain.optimization import SingleMetricOptimizer
from gerrychain.proposals import recom
from gerrychain.tree import bipartition_tree
from gerrychain.updaters import Tally

from tests.benchmarks.peers.cost import searched_cost

# The best of 1, 2, 3, 5, 10, 20 and 50 on Kent.
BURST = 3
BURSTS_WITHOUT_END = 10**9


def solve(problem, seconds, seed):
    """Walk until the time is up; return the best plan met."""
    end = time.perf_counter() + seconds
    low, high = int(problem["low"]), int(problem["high"])
    middle = (low + high) / 2
    rng = random.Random(seed)
    split = partial(bipartition_tree, max_attempts=500, allow_pair_reselection=True)
    start = Partition.from_random_assignment(
        _graph(problem),
        int(problem["count"]),
        epsilon=_slack(problem),
        pop_col="schools",
        updaters={"schools": Tally("schools"), "prices": partial(_prices, problem)},
        rng=rng,
    )
    walk = SingleMetricOptimizer(
        partial(
            recom,
            pop_col="schools",
            pop_target=middle,
            epsilon=(high - middle) / middle,
            bipartition_tree_fn=split,
        ),
        [Bounds(lambda plan: plan["schools"].values(), bounds=(low, high))],
        start,
        lambda plan: sum(plan["prices"].values()),
        maximize=False,
        rng=rng,
    )
    steps = 0
    for _ in walk.short_bursts(BURST, BURSTS_WITHOUT_END):
        steps += 1
        if time.perf_counter() > end:
            break
    best = walk.best_part
    labels = [int(best.assignment[node]) for node in range(len(problem["points"]))]
    return labels, f"{steps:,} steps"


def _graph(problem):
    graph = nx.Graph()
    graph.add_nodes_from(range(len(problem["points"])), schools=1)
    graph.add_edges_from(problem["edges"].tolist())
    return Graph.from_networkx(graph)


def _slack(problem) -> float:
    """How far a first plan's clusters may be from the average size, as a share of it."""
    average = len(problem["points"]) / int(problem["count"])
    return min(average - int(problem["low"]), int(problem["high"]) - average) / average


def _prices(problem, plan) -> dict[int, float]:
    """Price of each cluster, faults charged; only clusters that have changed are priced anew."""
    if plan.parent is None:
        changed = set(plan.parts)
        prices = {}
    else:
        changed = {plan.parent.assignment[node] for node in plan.flips} | set(plan.flips.values())
        prices = dict(plan.parent["prices"])
    for part in changed:
        members = np.fromiter(plan.parts[part], dtype=np.int64)
        prices[part] = searched_cost(problem, members)
    return prices
