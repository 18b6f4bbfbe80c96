"""The programme of sites against every choice there is."""

from dataclasses import replace

import numpy as np
import pytest

from cluster_geo.provision.model import Worth
from cluster_geo.provision.programme import solve_location
from cluster_geo.provision.reduced import Searcher
from cluster_geo.provision.relaxation import Relaxation
from tests.provision.towns import allowed, cost_of, rolled

NEAR = 1e-4


@pytest.mark.parametrize("seed", range(25))
def test_no_choice_is_better_than_the_one_found(seed):
    """Its cost is that of placing every pupil, and the least of all; so is its bound."""
    location, most = rolled(seed)
    best = min(cost_of(location, chosen) for chosen in allowed(location, most))
    found = solve_location(location, most)
    assert found.cost == pytest.approx(best, abs=NEAR)
    assert found.bound == pytest.approx(best, abs=NEAR)
    assert cost_of(location, found.chosen) == pytest.approx(best, abs=NEAR)
    assert found.chosen in set(allowed(location, most))


@pytest.mark.parametrize("seed", range(25, 40))
def test_pupils_are_all_counted_and_no_site_is_overfull(seed):
    """Each goes within reach to a site that is there or chosen, or is without a place."""
    location, most = rolled(seed)
    found = solve_location(location, most)
    assert found.flow.sum(axis=1) + found.without == pytest.approx(location.pupils, abs=NEAR)
    assert (found.flow.sum(axis=0) <= location.places + NEAR).all()
    assert (found.flow[location.travel > location.reach] == 0).all()
    shut = [j for j, kind in enumerate(location.kind) if kind and j not in found.chosen]
    assert found.flow[:, shut].sum() == pytest.approx(0, abs=NEAR)


@pytest.mark.parametrize("seed", range(40, 52))
def test_the_next_best_is_the_best_that_is_not_a_part_of_one_before(seed):
    """Three in a row: each is the cheapest that has a site which none of those before has."""
    location, most = rolled(seed)
    before = []
    for _ in range(3):
        left = [
            chosen
            for chosen in allowed(location, most)
            if all(set(chosen) - set(earlier) for earlier in before)
        ]
        found = solve_location(location, most, excluded=before)
        if not left:
            assert found is None
            break
        assert found.cost == pytest.approx(min(cost_of(location, c) for c in left), abs=NEAR)
        before.append(found.chosen)


@pytest.mark.parametrize("seed", [3, 7, 11])
def test_at_most_so_many_of_all_kinds(seed):
    """One measure is the best of those with one site."""
    location, most = rolled(seed)
    single = [chosen for chosen in allowed(location, most) if len(chosen) <= 1]
    found = solve_location(location, most, measures=1, start=())
    assert found.cost == pytest.approx(min(cost_of(location, c) for c in single), abs=NEAR)


def test_a_choice_to_begin_from_changes_nothing():
    """Not even the worst."""
    location, most = rolled(2)
    worst = max(allowed(location, most), key=lambda chosen: cost_of(location, chosen))
    assert solve_location(location, most, start=worst).cost == pytest.approx(
        solve_location(location, most).cost, abs=NEAR
    )


def test_without_time_nothing_is_called_a_choice():
    """A limit is not an answer: either there is none yet, or its bound is below its cost."""
    location, most = rolled(4)
    found = solve_location(location, most, time_limit=0.0)
    assert found is None or found.bound <= found.cost


@pytest.mark.parametrize("seed", range(60, 85))
def test_whatever_pupils_are_worth_no_choice_costs_less_than_is_proven(seed):
    """Of multipliers of any size, also of nonsense: neither all choices nor those with one site."""
    location, most = rolled(seed)
    rng = np.random.default_rng(seed)
    groups, sites = len(location.groups), len(location.kind)
    relaxation = Relaxation(location, most, measures=2)
    choices = [chosen for chosen in allowed(location, most) if len(chosen) <= 2]
    costs = {chosen: cost_of(location, chosen) for chosen in choices}
    for size in (1.0, 40.0, 500.0):
        worth = Worth(
            rng.uniform(-size, size, len(location.pupils)),
            rng.uniform(-size, size, groups),
            rng.uniform(-size, size, (groups, sites)) * opened(location),
        )
        gains = relaxation.at(worth)
        assert gains.bound <= min(costs.values()) + NEAR
        for j in location.choices:
            with_it = [cost for chosen, cost in costs.items() if j in chosen]
            if with_it:
                assert gains.less(relaxation.largest(gains.gain, j)) <= min(with_it) + NEAR


def opened(location):
    """Return where a multiplier of a site that opens a group has a row, shape (groups, sites)."""
    there = np.zeros((len(location.groups), len(location.kind)))
    for g, group in enumerate(location.groups):
        if not group.missing:
            there[g, list(group.sites)] = 1.0
    return there


@pytest.mark.parametrize("seed", range(85, 110))
def test_to_leave_sites_out_loses_nothing(seed):
    """The best of one, two and three measures, and the next best, are those of every choice."""
    location, most = rolled(seed)
    searcher = Searcher(location, most, accuracy=0.0, seed=0)
    if not location.choices:
        return
    best, gains = searcher.today(), None
    for measures in (1, 2, 3):
        choices = [chosen for chosen in allowed(location, most) if len(chosen) <= measures]
        best, gains = searcher.best(measures, best, gains.chosen if gains else (), None)
        least = min(cost_of(location, chosen) for chosen in choices)
        assert best.cost == pytest.approx(least, abs=NEAR)
        assert least - NEAR <= best.bound + NEAR <= least + 2 * NEAR
    left = [chosen for chosen in choices if set(chosen) - set(best.chosen)]
    following = searcher.another(3, [best], gains, 1, None)
    if left:
        least = min(cost_of(location, chosen) for chosen in left)
        assert following.cost == pytest.approx(least, abs=NEAR)
    else:
        assert following is None


def test_most_sites_are_left_out_where_one_is_far_better():
    """A town with one place that is near to all: the others are proven to be no use."""
    location, most = rolled(1)
    travel = np.full_like(location.travel, 29.0)
    travel[:, location.choices[0]] = 1.0
    one = replace(location, travel=travel, groups=(), places=np.full(len(location.kind), 99.0))
    relaxation = Relaxation(one, dict.fromkeys(most, 1), 1)
    gains = relaxation.sharpened(())
    assert relaxation.kept(gains, cost_of(one, one.choices[:1])) == one.choices[:1]
