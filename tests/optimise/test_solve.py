"""The optimiser against brute force and the compact model, on counties where both can be had."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cluster_geo.audit import audit
from cluster_geo.county import County
from cluster_geo.optimise import (
    CutParams,
    EnumerationParams,
    IntegerParams,
    Result,
    SearchParams,
    solve_compact,
)
from cluster_geo.rules import NumberOfClusters, Rulebook, Trusts, WorstTrip
from tests.books import random_rulebook, worst_of
from tests.optimise.exercised import CHOSEN, SCHOOLS, exercised
from tests.oracle import best_plan
from tests.solving import BRIEF, BRIEF_START, GAP, NEAR, agrees, book, faults, line, solved
from tests.worlds import random_county

draws = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


# With lists of clusters a small county ends at its root; without, it takes branches, and so few
# columns make an integer master leave some out.
LISTS = BRIEF
BRANCHES = SearchParams(
    start=BRIEF_START,
    cuts=CutParams(of_atom=1, rounds=1),
    integer=IntegerParams(few_columns=4, most_columns=16),
    enumeration=EnumerationParams(most=1, of_node=1),
)


@dataclass(frozen=True)
class Solved:
    """A small county and its rules, what the solve makes of them, and what it made use of."""

    county: County
    rulebook: Rulebook
    result: Result
    seen: Counter[str]


@cache
def chosen(seed: int, params: SearchParams) -> Solved:
    county = random_county(seed, SCHOOLS)
    rulebook = random_rulebook(county, seed)
    with exercised() as seen:
        result = solved(county, rulebook, params=params)
    return Solved(county, rulebook, result, seen)


@pytest.mark.parametrize("params", [BRANCHES, LISTS], ids=["branches", "lists"])
@pytest.mark.parametrize("seed", CHOSEN)
def test_equals_brute_force_with_every_rule_on(seed, params):
    """No bound is above the optimum, and what is called optimal is; no plan breaks a rule."""
    here = chosen(seed, params)
    assert faults(here.result, here.county, here.rulebook) == []
    best = best_plan(here.county, here.rulebook)
    assert here.result.status == ("impossible" if best is None else "optimal")
    for point in here.result.trace if best is not None else ():
        assert point.bound is None or point.bound <= best[0] + NEAR
        assert point.cost is None or point.cost >= best[0] - NEAR


def test_the_chosen_counties_exercise_the_whole_search():
    """What the tests of truth are about occurs in them, and more than once."""
    both = [chosen(seed, params) for seed in CHOSEN for params in (BRANCHES, LISTS)]
    seen = sum((one.seen for one in both), Counter())
    statuses = Counter(one.result.status for one in both)
    assert min(statuses["optimal"], statuses["impossible"]) >= 5, statuses
    expected = (
        *("cut duals", "branch on the number", "branch on a hub", "branch on a school served"),
        *("node bounded", "node whole"),
        *("generation decided", "generation near", "generation exhausted"),
        *("number, a dual from above", "number, a dual from below"),
        *("other rule over the plan, a dual from above",),
        *("dive", "dive, a better plan", "dive, cuts that hold up its bound"),
        *("integer master", "integer master, a better plan", "list, root ended"),
    )
    assert [kind for kind in expected if seen[kind] < 2] == [], seen


@pytest.mark.nightly
@pytest.mark.parametrize("tens", range(100))
def test_any_small_county_equals_brute_force(tens):
    """A thousand counties as they come; most exercise little of the search."""
    for seed in range(10 * tens, 10 * tens + 10):
        county = random_county(seed, 5 + seed % 4)
        rulebook = random_rulebook(county, seed)
        result = solved(county, rulebook)
        assert faults(result, county, rulebook) == [], seed
        assert result.status in ("optimal", "impossible"), seed


# Counties of eleven schools: one without a plan, two whose search takes cuts with duals and
# branches, and some that end at the root. By night those too for which the model takes seconds.
NONE, BRANCHED, AT_ROOT = (1001,), (1064, 1096), (1089, 1102, 1118)
SLOW = (1009, 1044, 1055, 1072, 1081, 1091, 1134, 1174)


@pytest.mark.parametrize(
    "seed",
    [*NONE, *BRANCHED, *AT_ROOT, *(pytest.param(seed, marks=pytest.mark.nightly) for seed in SLOW)],
)
def test_equals_the_compact_model(seed):
    """Where brute force is too slow, the one model of all clusters at once is the judge."""
    county = random_county(seed, 11)
    rulebook = random_rulebook(county, seed)
    compact = solve_compact(county, rulebook)
    assert compact.status == ("impossible" if seed in NONE else "optimal")
    with exercised() as seen:
        results = [solved(county, rulebook, params=params) for params in (BRANCHES, LISTS)]
    for result in results:
        if compact.cost is None:
            assert result.status == "impossible"
            continue
        assert result.status == "optimal"
        assert result.bound <= compact.cost + NEAR
        assert result.cost >= compact.cost - NEAR
        assert result.cost == pytest.approx(compact.cost, rel=1e-5)
    if seed in BRANCHED:
        assert seen["cut duals"] > 0
        assert seen["branch on a hub"] > 0
        assert seen["node bounded"] > 0


@given(seed=st.integers(0, 10**6), n=st.integers(1, 30))
@draws
def test_every_plan_passes_the_audit(seed, n):
    """Whatever the county and the rules: a plan that is returned keeps them and costs its cost."""
    county = random_county(seed, n) if n > 2 else line(n)
    rulebook = random_rulebook(county, seed) if n > 2 else book(county)
    result = solved(county, rulebook, work=3_000, params=LISTS)
    assert (result.plan is None) == (result.status in ("impossible", "none found"))
    if result.plan is not None:
        verdict = audit(county, rulebook, result.plan)
        assert verdict.kept
        assert verdict.cost == pytest.approx(result.cost, abs=NEAR)
        assert result.bound is None or result.bound <= result.cost + NEAR


@given(seed=st.integers(0, 10**6))
@draws
def test_a_tighter_rule_never_costs_less(seed):
    """Smaller clusters, a shorter longest trip or fewer numbers of clusters: never cheaper."""
    county = random_county(seed, 7)
    worst = worst_of(county, seed)
    number = 2 + seed % 3
    loose = book(county, Trusts(county.schools.grouped_by("trust_uid"), 3.0), size=(1, 5))
    before = agrees(county, loose, params=LISTS)
    assert before.plan is not None
    for tight in (
        book(county, loose.rules[-1], size=(2, 4)),
        book(county, loose.rules[-1], WorstTrip(county.travel, worst), size=(1, 5)),
        book(county, loose.rules[-1], size=(1, 5), plan_rules=[NumberOfClusters(number, number)]),
    ):
        after = agrees(county, tight, params=LISTS)
        if after.cost is not None:
            assert after.cost >= before.bound - NEAR
            if before.status == "optimal":
                assert after.cost >= before.cost * (1 - 2 * GAP) - NEAR
