"""Staying close to a reference plan."""

from __future__ import annotations

from cluster_geo.plan import Cluster
from cluster_geo.rules import CloseToReference, MostMovers

OLD = {1: "A", 2: "A", 3: "A", 4: "B", 5: "B"}


def test_a_school_of_another_old_cluster_is_a_mover():
    """The main old cluster stays; the newcomer from B is charged."""
    rule = CloseToReference(OLD, price=2.0, names={4: "Elm"})
    verdict = rule.judge(Cluster((1, 2, 4), 1))
    assert (verdict.price, verdict.count) == (2.0, 1)
    assert verdict.words == "Elm (4) not in A in the reference plan"


def test_a_new_school_is_never_a_mover():
    """It was in no cluster, so it has left none."""
    new = frozenset({9})
    assert CloseToReference(OLD, new, 2.0).judge(Cluster((1, 9), 1)).price == 0
    assert CloseToReference(OLD, new, 2.0).judge(Cluster((9,), 9)).price == 0
    assert MostMovers(OLD, 1, new).coefficient(Cluster((1, 4, 9), 1)) == 1


def test_a_split_moves_nobody():
    """Both halves of a split cluster hold only schools that were together."""
    rule = MostMovers(OLD, 0)
    assert rule.coefficient(Cluster((1,), 1)) + rule.coefficient(Cluster((2, 3), 2)) == 0
