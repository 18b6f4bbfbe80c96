"""Solve small counties, and hold what comes of it against brute force and the audit."""

from __future__ import annotations

import pytest

from cluster_geo.audit import audit
from cluster_geo.county import County
from cluster_geo.optimise import Result, SearchParams, StartParams, solve
from cluster_geo.rules import OnePiece, Rule, Rulebook, Size, TravelToHub
from tests.oracle import best_plan
from tests.worlds import FIRST_URN, draw_county

# Bounds are given a little below what is proven, so that no last digit is wrong.
GAP = 1e-5
# Units of work, so that a busy machine finds no less than an idle one.
WORK = 30_000
NEAR = 1e-6
# A tenth of the annealing, which takes most of a small search, and finds first plans that leave the
# rest of it something to do.
BRIEF_START = StartParams(moves=700)
BRIEF = SearchParams(start=BRIEF_START)


def solved(county: County, rulebook: Rulebook, **options) -> Result:
    """Solve in work enough for a small county."""
    return solve(county, rulebook, **{"work": WORK, "gap": GAP, "threads": 1, **options})


def book(county: County, *rules: Rule, size=(1, 99), pieces=True, plan_rules=()):
    """Return rules with size, pieces and travel among them."""
    always = [Size(*size), TravelToHub(county.travel)]
    if pieces:
        always.append(OnePiece(county.neighbours.graph))
    return Rulebook((*always, *rules), county.travel, tuple(plan_rules))


def agrees(county: County, rulebook: Rulebook, **options) -> Result:
    """Solve a county whose best plan brute force can find, and return what agrees with it."""
    result = solved(county, rulebook, **options)
    assert faults(result, county, rulebook) == []
    return result


def faults(result: Result, county: County, rulebook: Rulebook) -> list[str]:
    """Return what brute force and the audit hold against a result; nothing, if it is right."""
    best = best_plan(county, rulebook)
    if best is None:
        told = result.status in ("impossible", "none found") and result.cost is None
        return [] if told and result.plan is None else ["a plan where there is none"]
    right = {
        "calls possible impossible": result.status in ("optimal", "feasible", "none found"),
        "bound above the optimum": result.bound is None or result.bound <= best[0] + NEAR,
        "optimal, but is not": result.status != "optimal"
        or result.cost == pytest.approx(best[0], rel=2 * GAP, abs=NEAR),
    }
    if result.plan is not None:
        verdict = audit(county, rulebook, result.plan)
        right |= {
            f"breaks {verdict.broken}": verdict.broken == (),
            "another cost than the audit's": verdict.cost == pytest.approx(result.cost, abs=NEAR),
            "cheaper than the optimum": result.cost >= best[0] - NEAR,
        }
    return [fault for fault, kept in right.items() if not kept]


def line(n: int) -> County:
    """Return `n` primaries in a row."""
    return draw_county("p" * n)


def members_of(result: Result) -> list[tuple[int, ...]]:
    """Return the members of each cluster, URNs counted from 1."""
    return [tuple(u - FIRST_URN + 1 for u in c.members) for c in result.plan.clusters]
