"""The end of a node by a list of its clusters: what it says of every plan holds."""

from __future__ import annotations

import pytest

from cluster_geo.optimise import SearchParams, finish
from cluster_geo.optimise.budget import Budget
from cluster_geo.optimise.finish import Finish
from cluster_geo.optimise.pricing import Pricer
from cluster_geo.optimise.standing import Standing
from tests.optimise.test_dive import columns_of
from tests.optimise.test_enumeration import converged

MANY = 10**6
SEEDS = range(24)


def ended(
    seed: int, above: float, *, seconds: float | None = None
) -> tuple[float | None, Standing, float | None]:
    """End a county at its root with an incumbent that costs so much more than the best plan.

    Returns what is proven, the standing, and the cost of the best plan, in units.
    """
    problem, _, best = columns_of(seed)
    pricer = Pricer(1, 12)
    standing = Standing(problem, Budget(seconds, 10**9 if seconds is None else None), 1e-6, 0)
    if best is None:
        return None, standing, None
    problem, generation, _ = converged(seed, pricer)
    standing = Standing(problem, standing.budget, 1e-6, 0)
    # A plan of that cost, by word alone: what is sought is a better one.
    standing.cost = best + above
    proven = Finish(standing, pricer, SearchParams()).end(generation, MANY)
    pricer.close()
    return None if proven is None else proven.bound, standing, best


@pytest.mark.parametrize("above", [0.3, 3.0])
def test_the_best_plan_is_found_and_proven(above):
    """Wherever the list is whole, by brute force."""
    seen = 0
    for seed in SEEDS:
        proven, standing, best = ended(seed, above)
        if proven is not None:
            assert proven == pytest.approx(best, rel=2e-6, abs=1e-5)
            assert proven <= best
            assert standing.cost == pytest.approx(best, abs=1e-6)
            seen += 1
    assert seen >= 8


def test_a_programme_at_its_limit_proves_no_more_than_it_says(monkeypatch):
    """It may have found nothing, and its bound may be below the best plan."""
    monkeypatch.setattr(finish, "best_cover", lambda *_, **__: (None, 0.25))
    for seed in SEEDS:
        proven, _, best = ended(seed, 3.0)
        assert proven is None or proven <= best


def test_a_dive_keeps_to_the_time_that_is_left(monkeypatch):
    """A dive solves programmes of its own: it must know when to stop."""
    kept = []

    class Timed(finish.Dive):
        def __init__(self, *columns, left, **others):
            kept.append(left())
            super().__init__(*columns, left=left, **others)

    monkeypatch.setattr(finish, "Dive", Timed)
    for seed in SEEDS:
        ended(seed, 3.0, seconds=1_000.0)
    assert kept
    assert all(0.0 < left <= 1_000.0 for left in kept)
