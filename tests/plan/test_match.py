"""Two plans matched cluster by cluster."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_geo.plan import Cluster, Plan, match, movers


def plan_of(*groups: tuple[int, ...]) -> Plan:
    return Plan.of(Cluster(tuple(sorted(g)), min(g)) for g in groups)


def test_a_plan_is_in_the_order_of_its_lowest_urns():
    """Whatever order the clusters are given in."""
    plan = plan_of((5, 6), (2, 9), (1, 7))
    assert [c.members for c in plan.clusters] == [(1, 7), (2, 9), (5, 6)]
    assert plan.cluster_of[9] == 1
    assert plan.labels == ("C-01", "C-02", "C-03")
    assert plan.code_of[6] == "C-03"


def test_clusters_by_code_keep_their_codes():
    """Codes follow the clusters into their order."""
    plan = Plan.coded({"B": Cluster((1, 2), 1), "A": Cluster((3,), 3)}, {"B": "Bee"}, ["Z"])
    assert plan.codes == ("B", "A")
    assert (plan.names, plan.retired) == ({"B": "Bee"}, ("Z",))


def test_a_plan_within_some_schools():
    """Strangers drop out, clusters of strangers alone too, and codes stay."""
    plan = Plan.coded({"B": Cluster((1, 2), 2), "A": Cluster((3, 4), 3)}, {"B": "Bee"})
    found = plan.within({2, 5})
    assert found.clusters == (Cluster((2,), 2),)
    assert (found.codes, found.names) == (("B",), {"B": "Bee"})


def test_a_split_cluster_is_matched_to_its_larger_half():
    """The smaller half has moved; a new school has not."""
    before = plan_of((1, 2, 3, 4, 5), (6, 7))
    after = plan_of((1, 2), (3, 4, 5), (6, 7, 8))
    assert match(before, after) == {1: 0, 2: 1}
    assert movers(before, after) == (1, 2)


def test_among_equal_halves_the_one_that_keeps_the_hub():
    """A tie of schools is broken by the central school."""
    before = Plan.of([Cluster((1, 2, 3, 4), 3)])
    after = Plan.of([Cluster((1, 2), 1), Cluster((3, 4), 3)])
    assert match(before, after) == {1: 0}


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=4, max_size=9))
@settings(max_examples=60, deadline=None)
def test_no_other_matching_keeps_more_schools(places):
    """Against every matching of up to four clusters with up to four."""

    def split(side: int) -> Plan:
        groups = [tuple(u for u, p in enumerate(places) if p[side] == k) for k in range(4)]
        return plan_of(*[g for g in groups if g])

    before, after = split(0), split(1)
    stay = len(places) - len(movers(before, after))
    old = [set(c.members) for c in before.clusters] + [set()] * 4
    new = [set(c.members) for c in after.clusters]
    best = max(
        sum(len(n & old[k]) for n, k in zip(new, order, strict=False))
        for order in permutations(range(len(old)), len(new))
    )
    assert stay == best
