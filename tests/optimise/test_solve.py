"""The optimiser against brute force and the compact model, on counties where both can be had."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cluster_geo.audit import audit
from cluster_geo.county import County
from cluster_geo.optimise import Result, solve_compact
from cluster_geo.rules import NumberOfClusters, Rulebook, Trusts, WorstTrip
from tests.books import random_rulebook, worst_of
from tests.solving import GAP, NEAR, agrees, book, faults, line, solved
from tests.worlds import random_county

draws = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@cache
def rolled(seed: int) -> tuple[County, Rulebook, Result]:
    """Return the county and rules of a seed, and what the solve makes of them."""
    county = random_county(seed, 5 + seed % 4)
    rulebook = random_rulebook(county, seed)
    return county, rulebook, solved(county, rulebook)


@pytest.mark.parametrize("tens", range(20))
def test_equals_brute_force_with_every_rule_on(tens):
    """No bound is above the optimum, and what is called optimal is; no plan breaks a rule."""
    for seed in range(10 * tens, 10 * tens + 10):
        county, rulebook, result = rolled(seed)
        assert faults(result, county, rulebook) == [], seed


def test_most_are_solved_to_a_proof():
    """The proofs above are no empty ones: nearly all counties are proven one way or the other."""
    results = [rolled(seed)[2] for seed in range(200)]
    proven = [r for r in results if r.status in ("optimal", "impossible")]
    assert len(proven) >= 0.98 * len(results)
    assert sum(r.status == "none found" for r in results) <= 0.02 * len(results)
    assert {r.status for r in results} >= {"optimal", "impossible"}


@pytest.mark.parametrize("seed", range(1000, 1012))
def test_equals_the_compact_model(seed):
    """Where brute force is too slow, the one model of all clusters at once is the judge."""
    county = random_county(seed, 11)
    rulebook = random_rulebook(county, seed)
    compact = solve_compact(county, rulebook)
    result = solved(county, rulebook)
    if compact.status == "impossible":
        assert result.plan is None
        return
    assert compact.status == "optimal"
    assert result.status != "impossible"
    assert result.bound is None or result.bound <= compact.cost + NEAR
    assert result.cost is None or result.cost >= compact.cost - NEAR
    if result.status == "optimal":
        assert result.cost == pytest.approx(compact.cost, rel=1e-5)


@given(seed=st.integers(0, 10**6), n=st.integers(1, 30))
@draws
def test_every_plan_passes_the_audit(seed, n):
    """Whatever the county and the rules: a plan that is returned keeps them and costs its cost."""
    county = random_county(seed, n) if n > 2 else line(n)
    rulebook = random_rulebook(county, seed) if n > 2 else book(county)
    result = solved(county, rulebook, work=3_000)
    assert (result.plan is None) == (result.status in ("impossible", "none found"))
    if result.plan is not None:
        verdict = audit(result.plan, county, rulebook)
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
    before = agrees(county, loose)
    assert before.plan is not None
    for tight in (
        book(county, loose.rules[-1], size=(2, 4)),
        book(county, loose.rules[-1], WorstTrip(county.travel, worst), size=(1, 5), worst=worst),
        book(county, loose.rules[-1], size=(1, 5), plan_rules=[NumberOfClusters(number, number)]),
    ):
        after = agrees(county, tight)
        if after.cost is not None:
            assert after.cost >= before.bound - NEAR
            if before.status == "optimal":
                assert after.cost >= before.cost * (1 - 2 * GAP) - NEAR
