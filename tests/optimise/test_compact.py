"""The compact model finds what brute force finds, and says truthfully how sure it is."""

from __future__ import annotations

import pytest

from cluster_geo.audit import audit
from cluster_geo.optimise.compact import solve_compact
from cluster_geo.rules import NumberOfClusters, OnePiece, Rulebook, Size, TravelToHub
from tests.books import random_rulebook
from tests.optimise.lies import LIES, Liar
from tests.oracle import best_plan
from tests.worlds import draw_county, random_county


@pytest.mark.parametrize("seed", range(40))
def test_equals_brute_force_with_every_feature_on(seed):
    """The compact optimum, brute force and the sum of judged prices are one number."""
    county = random_county(seed, 6 + seed % 3)
    rulebook = random_rulebook(county, seed)
    best = best_plan(county, rulebook)
    result = solve_compact(county, rulebook)
    if best is None:
        assert (result.status, result.stopped_by) == ("impossible", "proof")
        assert result.plan is None
        return
    assert result.status == "optimal"
    assert result.cost == pytest.approx(best[0], abs=1e-6)
    assert result.bound == pytest.approx(best[0], abs=1e-6)
    assert audit(county, rulebook, result.plan).broken == ()
    assert audit(county, rulebook, result.plan).cost == pytest.approx(best[0], abs=1e-6)


def test_a_solver_that_fails_is_named(monkeypatch):
    """No plan, no bound, and the failure in words; the rounds and the seed are as they were."""
    county = random_county(9, 6)
    Liar(LIES["error"], 0, 9).at_the_door(monkeypatch)
    result = solve_compact(county, random_rulebook(county, 9), seed=4)
    assert (result.status, result.stopped_by) == ("none found", "solver failure")
    assert (result.plan, result.cost, result.bound) == (None, None, None)
    assert result.failure.startswith("HiGHS ")
    assert (result.seed, result.work) == (4, 1)


def test_a_ring_is_not_cut_where_it_would_fall_apart():
    """Schools at the ends of a bridge are near, but the way between them is the long one."""
    county = draw_county(
        """
        s p p
        . . p
        s p p
        """
    )
    travel = county.travel
    rules = (Size(3, 4), OnePiece(county.neighbours.graph), TravelToHub(travel))
    rulebook = Rulebook(rules, travel, (NumberOfClusters(2, 2),))
    result = solve_compact(county, rulebook)
    assert result.cost == pytest.approx(best_plan(county, rulebook)[0])
    assert audit(county, rulebook, result.plan).kept


def test_out_of_time_is_not_called_optimal():
    """With no time at all there is no plan, no proof and no invented figure."""
    county = random_county(1, 8)
    result = solve_compact(county, random_rulebook(county, 1), time_limit=0.0)
    assert (result.status, result.stopped_by) == ("none found", "time limit")
    assert (result.plan, result.cost, result.bound) == (None, None, None)


def test_a_lower_limit_is_refused_where_the_model_cannot_say_it():
    """A rule whose row rests on a variable that prices push down has no lower limit here."""

    class AtLeastTwo:
        name, low, high = "at least two", 2.0, 9.0

        def coefficient(self, cluster):
            return 1.0

        def formulate(self, model, price):
            model.charge_absence(frozenset(), price)

    county = random_county(1, 4)
    rulebook = Rulebook((), county.travel, (AtLeastTwo(),))
    with pytest.raises(NotImplementedError, match="at least two"):
        solve_compact(county, rulebook)
