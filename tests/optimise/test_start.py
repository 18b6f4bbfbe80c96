"""The first plan: a cover in one piece each, region by region, and clusters that break nothing."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from cluster_geo.optimise import SearchParams, StartParams, start
from cluster_geo.optimise.budget import LATE, MOVES_A_UNIT, Budget, OutOfTime
from cluster_geo.optimise.columns import Columns
from cluster_geo.optimise.problem import Problem
from cluster_geo.optimise.start import first_plan
from cluster_geo.rules import (
    NumberOfClusters,
    OnePiece,
    Phases,
    Rulebook,
    Size,
    TravelToHub,
    Zones,
)
from tests.worlds import random_county


def problem_of(seed: int, n: int, *rules, size=(3, 7), plan_rules=()):
    """Roll a county and lay out its problem."""
    county = random_county(seed, n)
    always = (Size(*size), OnePiece(county.neighbours.graph), TravelToHub(county.travel))
    rulebook = Rulebook((*always, *(r(county) for r in rules)), county.travel, plan_rules)
    return county, rulebook, Problem.of(county, rulebook, ())


BRIEF = SearchParams(start=StartParams(brief_atoms=1))


def begun(problem, *, seed=0, threads=1, effort=0.3, budget=None, **more):
    """Search for a first plan."""
    with ThreadPoolExecutor(threads) as pool:
        return first_plan(
            problem.arrays,
            problem.regions,
            problem.numbers,
            seed=seed,
            budget=budget or Budget(None),
            threads=pool,
            effort=effort,
            **more,
        )


@pytest.mark.parametrize("seed", range(6))
def test_a_cover_and_a_pool(seed):
    """Every atom is covered once; what keeps the rules by the search's count keeps them."""
    _, rulebook, problem = problem_of(
        seed, 40, lambda c: Phases(c.schools.primaries, c.schools.secondaries)
    )
    start = begun(problem, seed=seed)
    assert sorted(a for s in start.sets for a in s) == list(range(len(problem.atoms)))
    assert len(start.sets) in problem.numbers
    columns = Columns(rulebook, problem.atoms)
    # Of a run that ended with broken clusters those are in the pool too, and refused at the door.
    assert columns.admit(start.pool)
    if start.broken == 0:
        assert all(rulebook.admits(rulebook.cluster(_urns(problem, s))) for s in start.sets)


def _urns(problem, atoms):
    return [urn for a in atoms for urn in problem.atoms[a]]


def test_regions_are_not_crossed():
    """With hard zones each cluster lies in one."""
    county, _, problem = problem_of(
        4, 40, lambda c: Zones("district", c.layers["district"].zone_of, hard=True)
    )
    district = county.layers["district"].zone_of
    start = begun(problem)
    assert len(problem.regions) >= 2
    assert all(len({district[u] for u in _urns(problem, s)}) == 1 for s in start.sets)


def test_a_given_number_is_met():
    """The number of clusters asked for is the number there are."""
    _, _, problem = problem_of(5, 40, plan_rules=(NumberOfClusters(8, 8),))
    assert len(begun(problem).sets) == 8


def test_the_seed_is_where_the_chances_start():
    """One seed meets the same clusters every time, another seed others."""
    _, _, problem = problem_of(6, 40)
    first, again, second = (begun(problem, seed=s) for s in (3, 3, 4))
    assert first == again
    assert set(first.pool) != set(second.pool)


def test_threads_change_nothing():
    """One thread or three: the same sets in the same order."""
    _, _, problem = problem_of(6, 40)
    assert begun(problem, threads=1) == begun(problem, threads=3)
    assert begun(problem, threads=1, params=BRIEF) == begun(problem, threads=3, params=BRIEF)


def test_numbers_that_no_region_can_share():
    """Regions too small for the number of clusters: there is no plan, and none is made up."""
    _, _, problem = problem_of(
        4,
        11,
        lambda c: Zones("district", c.layers["district"].zone_of, hard=True),
        size=(5, 6),
        plan_rules=(NumberOfClusters(1, 1),),
    )
    assert begun(problem) is None


@pytest.mark.parametrize("number", [(), (NumberOfClusters(8, 8),)])
def test_a_plan_is_there_early(number):
    """A short annealing comes first; where its plan is enough, no full one follows."""
    _, _, problem = problem_of(5, 40, plan_rules=number)
    early, budget, spent = [], Budget(None), []

    def enough(found):
        early.append(found)
        spent.append(budget.done)
        return False

    best = begun(problem, effort=1.0, budget=budget, enough=enough, params=BRIEF)
    assert early[0].broken == 0
    assert sorted(a for s in early[0].sets for a in s) == list(range(len(problem.atoms)))
    full = BRIEF.start.moves * len(problem.atoms) / MOVES_A_UNIT
    assert spent[0] < 0.1 * full < budget.done
    assert best.price <= early[0].price
    again = Budget(None)
    assert begun(problem, effort=1.0, budget=again, enough=lambda _: True, params=BRIEF) == early[0]
    assert again.done == spent[0]


def test_ctrl_c_ends_annealings_in_other_threads(monkeypatch):
    """They would take hours; the pool of threads ends only when they have."""
    _, _, problem = problem_of(6, 40)
    anneal = start.anneal

    def interrupting(*arguments):
        os.kill(os.getpid(), signal.SIGINT)
        return anneal(*arguments)

    monkeypatch.setattr(start, "anneal", interrupting)
    # A run of tests in the background begins with Ctrl-C ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            begun(problem, threads=2, effort=1e5)
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_cover_that_takes_too_long_is_given_up():
    """Of thousands of schools the first cover alone may take longer than there is time."""
    _, _, problem = problem_of(6, 40)
    with pytest.raises(OutOfTime):
        begun(problem, budget=Budget(0.0, _began=time.monotonic() - 2.0 * LATE))
    assert begun(problem, budget=Budget(0.0, _began=time.monotonic() + 100.0)).sets
