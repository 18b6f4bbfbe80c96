"""Clusters in one piece."""

from __future__ import annotations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from cluster_geo.plan import Cluster
from cluster_geo.rules import OnePiece
from cluster_geo.rules.one_piece import pieces_of
from tests.worlds import draw_county

COUNTY = draw_county(
    """
    p p p
    p . p
    s . s
    """
)


def test_schools_on_two_arms_need_the_way_round():
    """The two feet of an arch are two pieces, and the smaller one is named."""
    rule = OnePiece(COUNTY.neighbours.graph, COUNTY.schools.names)
    left, right = (100004, 100006), (100007,)
    verdict = rule.judge(Cluster((*left, *right), 100004))
    assert not verdict.kept
    assert verdict.words == (
        "School 7 (100007) is cut off: no neighbours in the cluster join it to the other schools"
    )
    assert verdict.count == 1
    assert rule.judge(Cluster((100001, 100003, 100006, 100007), 100001)).count == 3
    assert rule.judge(Cluster(COUNTY.urns, 100001)).kept


@given(st.sets(st.sampled_from(COUNTY.urns), min_size=1))
def test_pieces_are_those_networkx_finds(members):
    """The quick search is networkx's connected components."""
    expected = nx.connected_components(COUNTY.neighbours.graph.subgraph(members))
    assert {frozenset(piece) for piece in expected} == set(
        pieces_of(members, COUNTY.neighbours.graph)
    )
