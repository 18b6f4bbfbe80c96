"""Trusts, federations, pairs, networks and pins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_geo.plan import Cluster
from cluster_geo.rules import Apart, MostClustersOfTrust, Together, Trusts, pin_rules

GROUP = frozenset({1, 2, 3, 4, 5})


@given(st.lists(st.integers(0, 3), min_size=8, max_size=8))
def test_together_adds_up_to_the_price_of_each_extra_piece(places):
    """However a group is split, a plan pays for its pieces less one."""
    rule = Together("networks", {"N": GROUP}, price=4.0)
    pieces = [tuple(u for u in range(8) if places[u] == k) for k in range(4)]
    verdicts = [rule.judge(Cluster(members, members[0])) for members in pieces if members]
    extra = len({places[urn] for urn in GROUP}) - 1
    assert sum(v.price for v in verdicts) == pytest.approx(4.0 * extra)
    assert sum(v.count for v in verdicts) == pytest.approx(extra)


def test_together_hard_refuses_any_part_of_a_group_and_names_the_rest():
    """Nothing is charged where the rule is hard."""
    rule = Together("pairs", {"P": frozenset({1, 2})}, 4.0, hard=True, names={2: "Juniors"})
    verdict = rule.judge(Cluster((1, 3), 1))
    assert (verdict.kept, verdict.price) == (False, 0.0)
    assert verdict.words == "P without Juniors (2)"
    assert rule.judge(Cluster((1, 2), 1)).kept
    assert rule.judge(Cluster((3,), 3)).kept


def test_each_network_has_its_own_price():
    """A network without a price is shown only."""
    rule = Together("networks", {"a": frozenset({1, 2}), "b": frozenset({1, 3})}, {"a": 2.0})
    verdict = rule.judge(Cluster((1,), 1))
    assert (verdict.price, verdict.count) == (1.0, 1.0)


def test_trusts_are_charged_per_trust_present():
    """The first piece is in the cost, however many schools it has."""
    trusts = Trusts({"T": frozenset({1, 2, 3}), "U": frozenset({4})}, 3.0, {"T": "Oak Trust"})
    verdict = trusts.judge(Cluster((1, 2, 4, 9), 1))
    assert (verdict.price, verdict.count) == (6.0, 2)
    assert verdict.words == "Oak Trust: 2 of its 3 schools; U: 1 of its 1 school"
    assert trusts.judge(Cluster((9,), 9)).price == 0


def test_at_most_so_many_clusters_of_a_trust():
    """Each cluster the trust is in counts one."""
    rule = MostClustersOfTrust("T", frozenset({1, 2}), most=3)
    assert rule.coefficient(Cluster((1, 2), 1)) == 1
    assert rule.coefficient(Cluster((5,), 5)) == 0
    assert (rule.low, rule.high) == (-float("inf"), 3)
    settled = MostClustersOfTrust("T", frozenset({1, 2}), most=3, elsewhere=2)
    assert settled.high == 1


def test_apart_refuses_two_of_a_group():
    """One of them is welcome."""
    rule = Apart((frozenset({1, 2, 3}),), {1: "Ash", 2: "Elm"})
    assert rule.judge(Cluster((1, 5), 1)).kept
    verdict = rule.judge(Cluster((1, 2, 5), 1))
    assert (verdict.kept, verdict.count) == (False, 1)
    assert verdict.words == "Ash (1) and Elm (2) in one cluster"
    # Two schools too many, of one group.
    assert rule.judge(Cluster((1, 2, 3), 1)).count == 2


def test_schools_fixed_to_numbers_are_together_within_and_apart_across():
    """A cluster holds all of one number and none of another."""
    rules = pin_rules(fixed={"3": [1, 2], "7": [4, 5]}, apart=[[1, 9]], together=[[6, 8]])

    def admits(*members):
        return all(rule.judge(Cluster(members, members[0])).kept for rule in rules)

    assert admits(1, 2)
    assert admits(4, 5, 6, 8)
    assert not admits(1)
    assert not admits(1, 2, 4, 5)
    assert not admits(1, 2, 9)
    assert not admits(6)
    assert [rule.name for rule in rules] == [
        *("pins.together", "pins.apart", "pins.fixed", "pins.fixed apart")
    ]
    together, _, fixed, _ = rules
    assert list(together.groups) == ["pin 1"]
    assert fixed.group_names == {"3": "cluster 3", "7": "cluster 7"}
    assert pin_rules() == ()
