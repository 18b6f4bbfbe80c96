"""Every cluster in one piece in the graph of neighbouring schools."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import networkx as nx

from cluster_geo.county import County
from cluster_geo.phrases import named
from cluster_geo.plan import Cluster
from cluster_geo.rules.change import Turn
from cluster_geo.rules.model import ClusterModel
from cluster_geo.rules.rule import Rule
from cluster_geo.rules.verdict import Verdict


@dataclass(frozen=True, eq=False)
class OnePiece(Rule):
    """The members induce a connected subgraph of the neighbours.

    Parameters
    ----------
    graph : networkx.Graph
        Schools by URN; an edge joins neighbours.
    names : mapping of int to str, optional
        Schools' names, for the words.
    """

    graph: nx.Graph[int]
    names: Mapping[int, str] = field(default_factory=dict, repr=False)
    name: str = "one piece"
    hard: bool = True

    @property
    def heading(self) -> str:
        """What the rule is called on a page."""
        return "Each cluster is in one piece on the ground"

    def sentence(self, county: County) -> str:  # noqa: ARG002 - the same in every county
        """Say what the rule asks for."""
        return "each cluster is in one piece on the ground"

    def judge(self, cluster: Cluster) -> Verdict:
        """Count the pieces beyond the first."""
        pieces = pieces_of(cluster.members, self.graph)
        if len(pieces) == 1:
            return Verdict()
        cut_off = [urn for piece in pieces[1:] for urn in piece]
        one = len(cut_off) == 1
        words = (
            f"{named(cut_off, self.names)} {'is' if one else 'are'} cut off: no neighbours in the "
            f"cluster join {'it' if one else 'them'} to the other schools"
        )
        return Verdict(kept=False, count=len(pieces) - 1, words=words)

    def formulate(self, model: ClusterModel) -> None:
        """Connect the members."""
        model.connect(self.graph)

    @property
    def neighbours(self) -> nx.Graph[int]:
        """The graph in which clusters are in one piece."""
        return self.graph

    def turns(self, county: County) -> Iterator[Turn[Rule]]:  # noqa: ARG002
        """Yield nothing: a cluster must be in one piece, so the rule has no variants."""
        yield from ()


def pieces_of(members: Iterable[int], graph: nx.Graph[int]) -> list[frozenset[int]]:
    """Split `members` into the connected pieces they induce in `graph`, largest first.

    A search over the adjacency is many times faster than a networkx subgraph, and rules are
    judged hundreds of thousands of times.
    """
    left = set(members)
    adjacency = graph.adj
    pieces = []
    while left:
        start = left.pop()
        piece = {start}
        frontier = [start]
        while frontier:
            for urn in adjacency[frontier.pop()]:
                if urn in left:
                    left.remove(urn)
                    piece.add(urn)
                    frontier.append(urn)
        pieces.append(frozenset(piece))
    return sorted(pieces, key=lambda piece: (-len(piece), min(piece)))
