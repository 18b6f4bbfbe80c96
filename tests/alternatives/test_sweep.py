"""Runs laid side by side."""

import pytest

from cluster_geo.alternatives import Sweep, Variation, grid, read_axis
from cluster_geo.cli.show_sweep import show_run, show_sweep
from cluster_geo.cli.terminal import console
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
        "Join one: 2 ways were tried, and the best plan found is that of “join the West”"
    )
    assert "No other way can score better" in said


def test_a_best_that_is_not_proven_is_told(three):
    """Another way whose bound lies below may yet be better."""
    found = laid_out(three, row(90, 70, 50.0, 9), row(80, 79, 40.0, 9), row(99, 99, 60.0, 5))
    assert "Another way may have a better plan" in found.choices()[0]
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


def test_a_way_of_which_nothing_is_proven_may_be_better(three):
    """No bound, or no plan found in time, rules nothing out; a proof that there is none does."""
    best = row(80, 79, 40.0, 9)
    other = row(99, 99, 60.0, 5)
    for rival in (
        row(90, None, 50.0, 9),
        row(90, float("nan"), 50.0, 9),
        {"status": "none found", "words": "No plan was found."},
    ):
        (said,) = laid_out(three, rival, best, other).choices()
        assert "Another way may have a better plan" in said
    impossible = {"status": "impossible", "words": "No plan."}
    assert "No other way can score better" in laid_out(three, impossible, best, other).choices()[0]
    level = row(90, 80, 50.0, 9)
    assert "No other way can score better" in laid_out(three, level, best, other).choices()[0]


def test_that_no_way_has_a_plan_is_said_only_where_it_is_proven(three):
    """One way out of time: there may be a plan."""
    none, late = {"status": "impossible"}, {"status": "none found"}
    other = row(99, 99, 60.0, 5)
    proven = laid_out(three, none, none, other).choices()
    assert proven == ("Join one: 2 ways were tried, and it is proven that none has a plan.",)
    open_ = laid_out(three, none, late, other).choices()
    assert open_ == ("Join one: 2 ways were tried, and no plan was found.",)


def test_a_run_whose_solver_failed_is_named(three, tmp_path):
    """With its plan from before, or without one; the page says so below the table."""
    some = row(90, 80, 50.0, 9, failure="HiGHS 1.16.0: error", seconds=1.0)
    none = {"status": "none found", "failure": "HiGHS 1.16.0: error", "words": "None."}
    found = laid_out(three, some, none, row(99, 99, 60.0, 5))
    first, second = found.failures()
    assert first.startswith("join the East: The solver failed during the search (HiGHS 1.16.0: er")
    assert "The plan and figures shown are those found" in first
    assert second.startswith("join the West: The solver failed")
    assert "No plan was found before the failure, and nothing is proven" in second
    assert laid_out(three, none, none, none | {"failure": ""}).failures()


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        (0.003701, "at most 0.38 % better"),
        (0.2001, "nothing useful proven yet"),
        (1.2683, "nothing useful proven yet"),
    ],
)
def test_how_sure_a_run_is_on_the_terminal(capsys, three, gap, said):
    """A line as it ends, and a cell of the table; a share is rounded up."""
    ended = row(90, 80, 50.0, 9, gap=gap)
    show_run(console(), "east", ended, "1 of 3")
    assert capsys.readouterr().out == f"1 of 3  east: feasible, {said}\n"
    show_run(console(), "east", ended | {"failure": "HiGHS: error"}, "1 of 3")
    assert capsys.readouterr().out.endswith(", the solver failed\n")
    show_sweep(console(), laid_out(three, ended, ended, ended))
    shown = capsys.readouterr().out
    assert said.removeprefix("at most ").removesuffix(" better").split()[0] in shown
    assert "no other plan found is as good in everything and better" in " ".join(shown.split())
