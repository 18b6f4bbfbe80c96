"""The dive, on counties all of whose clusters are columns: what it says of every plan holds."""

from __future__ import annotations

from collections import Counter
from functools import cache

import numpy as np
import pytest

from cluster_geo.optimise import DiveParams, SearchParams
from cluster_geo.optimise.columns import Column, Columns
from cluster_geo.optimise.dive import Dive
from cluster_geo.optimise.integer import best_cover
from cluster_geo.optimise.problem import Problem
from cluster_geo.plan import Cluster
from cluster_geo.rules import MostMovers
from tests.books import random_rulebook
from tests.oracle import all_clusters, best_plan
from tests.worlds import random_county


@cache
def columns_of(seed: int) -> tuple[Problem, Columns, float | None]:
    """Return a county's problem, all its clusters as columns, and the cost of its best plan."""
    county = random_county(seed, 8)
    rulebook = random_rulebook(county, seed)
    problem = Problem.of(county, rulebook, ())
    columns = Columns(problem.rulebook, problem.atoms, problem.unit)
    sets = (columns.atoms_of(cluster.members) for cluster in all_clusters(county.urns, rulebook))
    columns.admit(atoms for atoms in sets if atoms is not None)
    best = best_plan(county, rulebook)
    return problem, columns, None if best is None else best[0] / problem.unit


def dive(problem: Problem, columns: Columns, **options) -> Dive:
    rules, atoms = problem.rulebook.plan_rules, len(problem.atoms)
    return Dive(columns.admitted, atoms, rules, ceiling=problem.ceiling, **options)


@pytest.mark.parametrize("tens", range(12))
def test_no_plan_is_below_its_bound_and_none_loses_a_column(tens):
    """The bound is at most the best plan, whose columns are all within the distance to it."""
    seen: Counter[str] = Counter()
    for seed in range(10 * tens, 10 * tens + 10):
        problem, columns, best = columns_of(seed)
        if best is None or not columns.admitted:
            continue
        for rounds in (0, 12):
            params = SearchParams(dive=DiveParams(rounds=rounds))
            dived = dive(problem, columns, params=params).run()
            assert dived.bound <= best + 1e-6
            exact, bound = best_cover(
                columns.admitted, len(problem.atoms), problem.rulebook.plan_rules, cuts=dived.cuts
            )
            assert exact is not None
            cost = sum(columns.admitted[c].cost for c in exact)
            assert cost == pytest.approx(best, abs=1e-6)
            assert bound <= best + 1e-6
            assert (dived.reduced[exact] <= best - dived.bound + 1e-6).all()
            seen["a plan"] += dived.chosen is not None
            seen["cuts"] += bool(dived.cuts)
            if dived.chosen is not None:
                chosen = [columns.admitted[c] for c in dived.chosen]
                covered = sorted(a for column in chosen for a in column.atoms)
                assert covered == list(range(len(problem.atoms)))
                assert sum(column.cost for column in chosen) >= best - 1e-6
    assert seen["a plan"] >= 5, seen


def test_it_finds_the_best_plan_of_most_counties():
    """That is what it is for: without cuts it seldom would."""
    found, possible = 0, 0
    for seed in range(60):
        problem, columns, best = columns_of(seed)
        if best is not None and columns.admitted:
            possible += 1
            chosen = dive(problem, columns).run().chosen
            cost = sum(columns.admitted[c].cost for c in chosen) if chosen else np.inf
            found += cost <= best + 1e-6
    assert found >= 0.8 * possible > 20, (found, possible)


def test_it_looks_for_nothing_at_or_above_the_cutoff():
    """A plan of the incumbent's cost is no better one."""
    for seed in range(30):
        problem, columns, best = columns_of(seed)
        if best is not None and columns.admitted:
            assert dive(problem, columns, cutoff=best).run().chosen is None


def test_a_dive_without_time_still_has_a_bound():
    """It stops before the first cluster is fixed."""
    problem, columns, best = columns_of(9)
    dived = dive(problem, columns, spent=lambda: True).run()
    assert dived.chosen is None
    assert -np.inf < dived.bound <= best + 1e-6


def test_a_cluster_without_rivals_ends_in_time():
    """Its atoms are partly left to slack, so nothing is forbidden with it; the dive goes on."""
    tied = Column((0, 1), Cluster((1, 2), 1), 1.0, (5.0,))
    other = Column((2,), Cluster((3,), 3), 1.0, (0.0,))
    rule = MostMovers({1: "a", 2: "b", 3: "c"}, 2)
    work = []
    asked = Dive([tied, other], 3, (rule,), ceiling=1e3, spend=work.append)
    assert asked.run().chosen is None
    assert len(work) < 20
