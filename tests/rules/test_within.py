"""A rulebook for a part of a county: the same rules, of those schools alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_geo.plan import Cluster
from cluster_geo.rules import (
    NumberOfClusters,
    Rulebook,
    Size,
    Together,
    TravelToHub,
    WorstTrip,
    rulebook_within,
)
from tests.books import every_rule, random_rulebook
from tests.oracle import best_plan
from tests.paying import agreed
from tests.rules.variants import more_rules
from tests.solving import faults, solved
from tests.worlds import draw_county, random_county

ROW = draw_county("p s p s p")
ONE, TWO, THREE, FOUR, FIVE = ROW.urns


def bound(*rules, part, plan_rules=(), keep=()):
    """Bind rules of the row to a part of it; return both."""
    county = ROW.within(part)
    book = Rulebook(rules, ROW.travel, plan_rules)
    return county, rulebook_within(book, county, keep)


@pytest.mark.parametrize("hard", [True, False])
def test_of_a_group_only_the_schools_of_the_part_are_asked_to_be_together(hard):
    """Members outside are no business of a cluster here: nothing is missing without them."""
    groups = {"F": frozenset({ONE, TWO, FIVE}), "gone": frozenset({FOUR, FIVE})}
    federations = Together("federations", groups, 3.0, hard=hard)
    county, book = bound(federations, part=(ONE, TWO, THREE))
    (rule,) = book.rules
    assert rule.groups == {"F": {ONE, TWO}}
    whole = agreed(rule, county, Cluster((ONE, TWO), ONE))
    assert (whole.kept, whole.price, whole.count, whole.words) == (True, 0.0, 0.0, "")
    half = agreed(rule, county, Cluster((TWO, THREE), TWO))
    assert (half.kept, half.price, half.count) == (not hard, 0.0 if hard else 1.5, 0.5)


def test_a_plan_of_the_part_is_found_where_a_group_reaches_beyond_it():
    """With the member outside still asked for there would be none."""
    federation = Together("federations", {"F": frozenset({ONE, FIVE})}, hard=True)
    county, book = bound(federation, Size(1, 2), part=(ONE, TWO))
    assert best_plan(county, book) is not None


def test_rules_on_travel_are_of_the_parts_own_matrix():
    """Rows and columns of the part are other places than in the county."""
    rules = (TravelToHub(ROW.travel), WorstTrip(ROW.travel, 1.0))
    county = ROW.within((THREE, FOUR, FIVE))
    book = rulebook_within(Rulebook(rules, ROW.travel), county)
    cluster = book.cluster((THREE, FOUR, FIVE))
    assert cluster.hub == FOUR
    assert book.hub.worst == 1.0
    assert agreed(book.rules[0], county, cluster).price == 2.0
    assert agreed(book.rules[1], county, cluster).kept
    assert not agreed(book.rules[1], county, Cluster((THREE, FOUR, FIVE), THREE)).kept
    assert all(rule.travel is county.travel for rule in book.rules)


def test_rules_over_the_plan_are_left_out_unless_given():
    """How many clusters the county has says nothing of a part of it."""
    number = NumberOfClusters(9, 9)
    assert bound(Size(1, 2), part=(ONE, TWO), plan_rules=(number,))[1].plan_rules == ()
    own = NumberOfClusters(1, 1)
    kept = bound(Size(1, 2), part=(ONE, TWO), plan_rules=(number,), keep=(own,))[1]
    assert kept.plan_rules == (own,)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_a_cluster_of_the_part_is_judged_as_in_the_county(seed):
    """But for groups that reach beyond the part, where less can be missing."""
    county = random_county(seed, 7)
    dice = np.random.default_rng(seed)
    part = county.within(int(u) for u in dice.choice(county.urns, 5, replace=False))
    rules = (*every_rule(county, seed), *more_rules(county, seed))
    book = Rulebook(rules, county.travel)
    there = rulebook_within(book, part)
    members = tuple(sorted(int(u) for u in dice.choice(part.urns, 3, replace=False)))
    cluster = book.cluster(members)
    assert there.cluster(members) == cluster
    for rule, bound_rule in zip(book.rules, there.rules, strict=True):
        before, after = rule.judge(cluster), bound_rule.judge(cluster)
        if isinstance(rule, Together):
            assert (after.kept, -after.count) >= (before.kept, -before.count)
        else:
            assert after == before


@pytest.mark.parametrize("seed", [0, 3, 4, 9, 14, 19])
def test_the_best_plan_of_a_part_is_found(seed):
    """What the search makes of the rules of a part is what brute force makes of them."""
    county = random_county(seed, 9)
    part = county.within(county.urns[2:])
    book = rulebook_within(random_rulebook(county, seed), part)
    assert best_plan(part, book) is not None
    assert faults(solved(part, book), part, book) == []
