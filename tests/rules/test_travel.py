"""Travel, the hub and the worst trip."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_geo.plan import Cluster
from cluster_geo.rules import HubChoice, Rulebook, TravelToHub, WorstTrip
from cluster_geo.travel import Travel
from tests.worlds import random_county

# School 1 is cheapest to reach in sum, but 2 has the shorter worst trip.
FOUR = Travel(
    (1, 2, 3, 4),
    np.array([[0, 3, 9, 9], [1, 0, 9, 9], [1, 3, 0, 9], [4, 3, 9, 0]], dtype=float),
)


def test_travel_runs_from_member_to_hub():
    """A matrix may be asymmetric."""
    verdict = TravelToHub(FOUR, 2.0).judge(Cluster((1, 2, 3, 4), 1))
    assert (verdict.count, verdict.price) == (6.0, 12.0)


def test_a_cap_moves_the_hub_from_the_medoid_to_a_member_that_meets_it():
    """As DESIGN defines the hub; without such a member the cluster is refused."""
    assert HubChoice(FOUR).of((1, 2, 3, 4)) == 1
    assert HubChoice(FOUR, worst=3.0).of((1, 2, 3, 4)) == 2
    capped = Rulebook((WorstTrip(FOUR, 3.0),), FOUR)
    assert capped.admits(capped.cluster((1, 2, 3, 4)))
    tight = Rulebook((WorstTrip(FOUR, 2.0),), FOUR)
    verdict = tight.judge(tight.cluster((1, 2, 3, 4)))["worst trip"]
    assert verdict.words.endswith(
        "more than 2 km from any central school: the longest journey is 4 km"
    )


def test_ties_go_to_the_lowest_urn():
    """Two schools are each other's equals."""
    assert HubChoice(Travel((7, 8), np.array([[0.0, 2.0], [2.0, 0.0]]))).of((7, 8)) == 7


@given(seed=st.integers(0, 999))
@settings(max_examples=30, deadline=None)
def test_no_member_would_be_a_cheaper_hub(seed):
    """The hub has the least total travel of all members."""
    county = random_county(seed, 7)
    hub = HubChoice(county.travel).of(county.urns)
    rule = TravelToHub(county.travel)
    least = min(rule.judge(Cluster(county.urns, urn)).price for urn in county.urns)
    assert rule.judge(Cluster(county.urns, hub)).price == pytest.approx(least)
