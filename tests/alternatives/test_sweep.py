"""Runs laid side by side."""

import pytest

from cluster_geo.alternatives import Sweep, Variation, grid, read_axis
from cluster_geo.scenario import read_scenario

FOUND = {"status": "feasible", "gap": 0.01, "without_srp": 1, "with_srp": 2, "clusters": 3}


def row(cost, bound, travel, pieces, **others):
    """What a run came to."""
    figures = {"cost": cost, "bound": bound, "travel": travel, "trust_pieces": pieces}
    return FOUND | figures | others


@pytest.fixture
def three():
    """Two ways to one end, and a run that stands for itself."""
    return (
        Variation("east", {"a.b": 1}, title="join the East", best_of="join one"),
        Variation("west", {"a.b": 2}, "east", "join the West", "join one"),
        Variation("alone", {"c.d": 3}, "east", "as it is"),
    )


def laid_out(variations, *rows):
    names = [variation.name for variation in variations]
    return Sweep.of(read_scenario("example"), variations, dict(zip(names, rows, strict=True)))


def test_of_several_ways_the_best_is_kept(three):
    """The way with the lower score is the best; what was not kept is on no front."""
    found = laid_out(three, row(90, 80, 50.0, 9), row(80, 79, 40.0, 9), row(99, 99, 60.0, 5))
    assert found.table["best"].tolist() == [False, True, True]
    assert found.table["front"].tolist() == [False, True, True]
    (said,) = found.choices()
    assert said.startswith(
        "Join one: 2 ways were tried, and the best plan is that of “join the West”"
    )
    assert "No other way can score better" in said


def test_a_best_that_is_not_proven_is_told(three):
    """Another way whose bound lies below may yet be better."""
    found = laid_out(three, row(90, 70, 50.0, 9), row(80, 79, 40.0, 9), row(99, 99, 60.0, 5))
    assert "not ruled out" in found.choices()[0]
    none = {"status": "impossible", "words": "No plan."}
    assert "none has a plan" in laid_out(three, none, none, row(99, 99, 60.0, 5)).choices()[0]


def test_titles_stand_for_settings():
    """Settings tell runs apart only where no title does; all of them are in the table."""
    grown = grid([read_axis("clusters.size=6:10,8:14")])
    runs = (*grown, Variation("own", {"trusts.weight": 1}, title="trusts weak"))
    found = laid_out(runs, *[row(1, 1, 1.0, 1)] * 3)
    assert found.titled
    assert found.varied == ("clusters.size",)
    assert {"clusters.size", "trusts.weight"} <= set(found.table)
    assert found.table["title"].tolist() == ["size-6-10", "size-8-14", "trusts weak"]


def test_a_measure_that_some_plans_lack_compares_nothing(three):
    """Crossings of a layer that only some scenarios know leave no run off the front."""
    rows = row(80, 79, 40.0, 9, outside_x=3), row(90, 80, 50.0, 9), row(99, 99, 60.0, 5)
    assert laid_out(three, *rows).table["front"].tolist() == [True, False, True]
