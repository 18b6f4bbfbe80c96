"""What is left of a rule where some of what it asks for is given up."""

from __future__ import annotations

import math

from cluster_geo.rules import NumberOfClusters, Phases, Size, Zones
from tests.solving import line


def test_one_limit_of_a_number_is_kept():
    """The other asks for nothing, and without both there is no rule."""
    rule = NumberOfClusters(3.0, 5.0)
    low, high = rule.only({"low"}), rule.only({"high"})
    assert (low.low, low.high) == (3.0, math.inf)
    assert (high.low, high.high) == (0.0, 5.0)
    assert rule.only({"low", "high"}) == rule
    assert rule.only(()) is None


def test_one_phase_is_kept():
    """As many of it as were asked for, and none of the other."""
    county = line(4)
    schools = frozenset(county.urns)
    rule = Phases(schools, schools, least_primaries=2, least_secondaries=3)
    one, other = rule.only({"primaries"}, county), rule.only({"secondaries"}, county)
    assert (one.least_primaries, one.least_secondaries) == (2, 0)
    assert (other.least_primaries, other.least_secondaries) == (0, 3)
    assert rule.only((), county) is None


def test_boundaries_that_may_be_crossed_cost_what_was_asked():
    """Whatever they cost before, and under a name of their own."""
    rule = Zones("district", {1: "A"}, price=2.0, hard=True)
    crossed = rule.crossed(7.0)
    assert (crossed.price, crossed.hard) == (7.0, False)
    assert crossed.name != rule.name


def test_only_a_range_that_holds_the_one_asked_for_is_looser():
    """Both ends may stay; a range with one end further in is neither."""
    county = line(30)
    for turn in Size(8, 14).turns(county):
        assert turn.rule is not None
        low, high = turn.rule.low, turn.rule.high
        assert turn.looser == (low <= 8 and high >= 14)
        assert turn.tighter == (low >= 8 and high <= 14)
