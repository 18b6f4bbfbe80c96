"""Every patch there could be: sets of neighbouring clusters in one piece, each listed once."""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx

# A list of more would take minutes to judge, and its integer programme gigabytes.
MOST_LISTED = 150_000


def connected_sets(graph: nx.Graph[int], low: int, high: int) -> Iterator[tuple[int, ...]]:
    """Yield every set of `low` to `high` nodes that is in one piece, each once.

    The algorithm is ESU (Wernicke 2006, IEEE/ACM Transactions on Computational Biology 3): a set
    grows from its lowest node by nodes that are higher and that only the newest member adjoins.

    Examples
    --------
    >>> list(connected_sets(nx.path_graph(4), 2, 3))
    [(0, 1), (0, 1, 2), (1, 2), (1, 2, 3), (2, 3)]
    """
    for root in sorted(graph):
        above = frozenset(node for node in graph[root] if node > root)
        yield from _grown(graph, (root,), above, frozenset(graph[root]) | {root}, low, high)


def _grown(
    graph: nx.Graph[int],
    members: tuple[int, ...],
    extension: frozenset[int],
    seen: frozenset[int],
    low: int,
    high: int,
) -> Iterator[tuple[int, ...]]:
    if len(members) >= low:
        yield tuple(sorted(members))
    if len(members) == high:
        return
    left = set(extension)
    for node in sorted(extension):
        left.discard(node)
        new = {other for other in graph[node] if other > members[0] and other not in seen}
        yield from _grown(
            graph, (*members, node), frozenset(left | new), seen | set(graph[node]), low, high
        )
