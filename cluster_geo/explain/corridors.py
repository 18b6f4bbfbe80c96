"""Corridors: the schools by which a tied group could be one cluster in one piece."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import networkx as nx

from cluster_geo.county import County
from cluster_geo.explain.params import ExplainParams


def corridors(
    group: Collection[int],
    zone: str,
    zone_of: Mapping[int, str],
    county: County,
    detours: Iterable[float] = ExplainParams().detours,
) -> Iterator[frozenset[int]]:
    """Yield sets of schools in one piece that hold a group, those mostly in a zone first.

    Parameters
    ----------
    group : collection of int
        URNs.
    zone : str
        Code of the zone whose clusters the schools would join.
    zone_of : mapping of int to str
    county : County
    detours : iterable of float
        How many times as long a school of another zone is.

    Notes
    -----
    Shortest ways in the graph of neighbours, each school as long as `detours` says, laid from
    what is joined to the nearest of the group that is not.
    """
    seen: set[frozenset[int]] = set()
    for detour in detours:
        graph: nx.Graph[int] = nx.Graph()
        for urn in county.urns:
            for other in county.neighbours.graph[urn]:
                outside = [zone_of.get(u, "") != zone for u in (urn, other)]
                graph.add_edge(urn, other, length=2.0 + (detour - 1.0) * sum(outside))
        found = _joined(group, graph)
        if found is not None and found not in seen:
            seen.add(found)
            yield found


def _joined(group: Collection[int], graph: nx.Graph[int]) -> frozenset[int] | None:
    """Join a group by shortest ways; None where there is no way."""
    if not set(group) <= set(graph):
        return None
    first, *others = sorted(group)
    joined, left = {first}, set(others)
    while left:
        ways: dict[int, list[int]] = nx.multi_source_dijkstra_path(graph, joined, weight="length")
        reached = [ways[urn] for urn in sorted(left) if urn in ways]
        if not reached:
            return None
        nearest = min(reached, key=lambda way: nx.path_weight(graph, way, "length"))
        joined.update(nearest)
        left -= joined
    return frozenset(joined)
