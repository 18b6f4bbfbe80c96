"""Patches are the best there are: against every grouping, judged in plain Python."""

from __future__ import annotations

import math

import pytest

from cluster_geo.errors import InputError
from cluster_geo.optimise import solve
from cluster_geo.patches import grouping as module
from cluster_geo.patches.fewest import fewest_posts
from tests.patches.towns import Plainly, grouping_of, role, rolled

ROLES = {
    "plain": {},
    "zones": {"layer": "district", "weight": 900.0},
    "hard": {"layer": "district", "rule": "hard", "balance": 1.0},
    "pcn": {"layer": "pcn", "weight": 40.0, "demand": {"clusters": 4.0, "schools": 1.0}},
    "even": {"balance": 400.0, "demand": {"ehcp": 1.0, "clusters": 2.0}},
}


@pytest.mark.parametrize("name", ROLES)
@pytest.mark.parametrize("seed", range(4))
def test_no_grouping_scores_less(name, seed):
    """Score and bound are the best of all groupings; there is none only where there is none."""
    county, plan = rolled(seed)
    asked = role(**ROLES[name])
    result = grouping_of(county, plan, asked, 3).solve(time_limit=20, seed=1)
    best = Plainly(county, plan, asked, 3).best()
    if best == math.inf:
        assert (result.status, result.plan) == ("impossible", None)
        return
    assert result.status == "optimal"
    assert result.cost == pytest.approx(best)
    assert result.bound == pytest.approx(best)
    assert result.bound <= result.cost
    assert len(result.plan) == 3


def test_some_of_these_worlds_have_a_grouping():
    """The oracle above is not about nothing."""
    asked = role()
    best = [Plainly(*rolled(seed), asked, 3).best() for seed in range(4)]
    assert sum(cost < math.inf for cost in best) >= 2


@pytest.mark.parametrize("seed", range(3))
def test_the_optimiser_of_clusters_finds_the_same(seed):
    """One level up the same search, with the same rulebook, proves the same least score."""
    county, plan = rolled(seed)
    grouping = grouping_of(county, plan, role(balance=0.0, layer="district", weight=300.0), 3)
    found = grouping.solve(time_limit=20, seed=1)
    searched = solve(grouping.level.county, grouping.rulebook, work=20_000, seed=1, threads=1)
    assert (found.plan is None) == (searched.plan is None)
    if found.plan is not None:
        assert searched.cost == pytest.approx(found.cost)
        assert searched.bound <= found.cost + 1e-6


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("tight", [0.34, 0.45, 0.6])
def test_no_fewer_posts_could_make_every_visit(seed, tight):
    """Against every grouping into any number of patches that are within a post."""
    county, plan = rolled(seed)
    asked = role()
    grouping = grouping_of(county, plan, asked, 3)
    capacity = tight * math.fsum(grouping.load.values())
    found = fewest_posts(grouping, capacity, time_limit=20, seed=1)
    best = Plainly(county, plan, asked, 3).fewest(capacity)
    assert found.settled
    assert found.found == best
    assert found.by_visits == math.ceil(1 / tight)
    alone = {code for code, visits in Plainly(county, plan, asked, 3).visits.items()
             if visits > capacity}  # fmt: skip
    assert {grouping.level.code_of[hub] for hub in found.too_much} == alone


@pytest.mark.parametrize("seed", range(3))
def test_a_long_list_is_begun_with_a_grouping_of_the_search(seed, monkeypatch):
    """It ends at the same score; without time to improve it, what it began with stands."""
    monkeypatch.setattr(module, "LONG_LIST", 0)
    county, plan = rolled(seed)
    grouping = grouping_of(county, plan, role(), 3)
    best = Plainly(county, plan, role(), 3).best()
    found = grouping.solve(time_limit=20, seed=1)
    assert found.cost == (None if best == math.inf else pytest.approx(best))
    monkeypatch.setattr(module, "best_cover", lambda *_, **__: (None, -math.inf))
    begun = grouping.solve(time_limit=20, seed=1)
    assert (begun.plan is None) == (best == math.inf)
    if begun.plan is not None:
        assert begun.cost >= best - 1e-6
        assert (begun.status, begun.bound) == ("feasible", None)


def test_too_many_possible_patches_are_refused(monkeypatch):
    """A list that would fill the memory is a fault of the setting."""
    monkeypatch.setattr(module, "MOST_LISTED", 5)
    county, plan = rolled(0)
    with pytest.raises(InputError, match=r"more than 5 possible patches of 2 to 3 clusters"):
        grouping_of(county, plan, role(), 3).solve(time_limit=5, seed=1)
