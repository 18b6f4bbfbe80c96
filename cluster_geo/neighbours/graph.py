"""The graph of neighbouring schools and the log of how it was made."""

from __future__ import annotations

from dataclasses import dataclass, field

import networkx as nx

from cluster_geo.records import Notice, Source


@dataclass(frozen=True, slots=True)
class EdgeEntry:
    """One line of the edge log: an edge that was dropped from the triangulation or added to it.

    Parameters
    ----------
    urn_a, urn_b : int
        The two schools, lower URN first.
    km : float
        Straight line between them.
    off_land_m : float
        Metres of that line off land; 0 where no land layer was given.
    event : str
        "water" (dropped: too much of it off land), "reach" (dropped: too long), "crossing"
        (kept or added: a listed crossing joins the banks), "bridge" (added: joins a piece).
    """

    urn_a: int
    urn_b: int
    km: float
    off_land_m: float
    event: str


@dataclass(frozen=True, eq=False)
class Neighbours:
    """Schools as nodes (URN), neighbouring schools as edges.

    Parameters
    ----------
    graph : networkx.Graph
        Edge attributes: `km` (straight line) and `kind`: "delaunay", "coincident",
        "crossing" or "bridge".
    notices : tuple of Notice
        What a planner should know: edges cut by water, crossings used, pieces bridged.
    sources : tuple of Source
        The land layer and the crossings file, where given.
    log : tuple of EdgeEntry
        Every edge that was dropped or added, one by one.
    whole : networkx.Graph
        The graph with the schools around those planned; by default `graph`.
    """

    graph: nx.Graph[int]
    notices: tuple[Notice, ...] = field(default=())
    sources: tuple[Source, ...] = field(default=())
    log: tuple[EdgeEntry, ...] = field(default=())
    whole: nx.Graph[int] = field(default_factory=nx.Graph)

    def __post_init__(self) -> None:
        if not self.whole:
            object.__setattr__(self, "whole", self.graph)

    @property
    def pieces(self) -> tuple[frozenset[int], ...]:
        """Connected pieces of the graph, largest first."""
        return connected_pieces(self.graph)

    def __repr__(self) -> str:
        graph = self.graph
        return (
            f"<Neighbours: {graph.number_of_nodes()} schools, {graph.number_of_edges()} edges, "
            f"{len(self.pieces)} piece(s)>"
        )


def connected_pieces(graph: nx.Graph[int]) -> tuple[frozenset[int], ...]:
    """Connected pieces of a graph of URNs, largest first, ties by lowest URN."""
    found = (frozenset(piece) for piece in nx.connected_components(graph))
    return tuple(sorted(found, key=lambda piece: (-len(piece), min(piece))))
