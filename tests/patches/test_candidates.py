"""Every connected set is listed, once."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest

from cluster_geo.patches.candidates import connected_sets


@pytest.mark.parametrize("seed", range(8))
def test_the_list_is_that_of_every_subset(seed):
    """By brute force over all subsets of a random graph, also one in several pieces."""
    graph = nx.gnp_random_graph(9, 0.28, seed=seed)
    for low, high in ((1, 2), (2, 4), (3, 5)):
        found = list(connected_sets(graph, low, high))
        assert len(found) == len(set(found))
        assert set(found) == {
            some
            for number in range(low, high + 1)
            for some in combinations(range(9), number)
            if nx.is_connected(graph.subgraph(some))
        }
