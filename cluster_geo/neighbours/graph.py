"""The graph of neighbouring schools and the log of how it was made."""

from __future__ import annotations

from dataclasses import dataclass, field

import networkx as nx

from cluster_geo.records import Notice, Source


@dataclass(frozen=True, eq=False)
class Neighbours:
    """Schools as nodes (URN), neighbouring schools as edges.

    Parameters
    ----------
    graph : networkx.Graph
        Edge attributes: `km` (straight line) and `kind`: "delaunay", "coincident",
        "crossing" or "bridge".
    notices : tuple of Notice
        The edge log: edges cut by water, crossings used, pieces bridged.
    sources : tuple of Source
        The land layer and the crossings file, where given.
    """

    graph: nx.Graph
    notices: tuple[Notice, ...] = field(default=())
    sources: tuple[Source, ...] = field(default=())

    @property
    def pieces(self) -> tuple[frozenset[int], ...]:
        """Connected pieces of the graph, largest first."""
        found = (frozenset(piece) for piece in nx.connected_components(self.graph))
        return tuple(sorted(found, key=lambda piece: (-len(piece), min(piece))))
