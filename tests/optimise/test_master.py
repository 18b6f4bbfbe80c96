"""The restricted master against a linear programme solved by other hands."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import linprog

from cluster_geo.errors import SolverError
from cluster_geo.optimise import solve, solver
from cluster_geo.optimise.budget import OutOfTime
from cluster_geo.optimise.columns import Column
from cluster_geo.optimise.master import Master
from cluster_geo.plan import Cluster
from cluster_geo.rules import NumberOfClusters
from tests.books import random_rulebook
from tests.worlds import random_county

ATOMS = 7
WIDE = 1e4


def rolled_columns(seed: int, number: int) -> list[Column]:
    """Roll columns; each single atom is one, so that there is a cover."""
    rng = np.random.default_rng(seed)
    sets = {(a,) for a in range(ATOMS)}
    while len(sets) < number:
        size = int(rng.integers(2, 5))
        sets.add(tuple(sorted(int(a) for a in rng.choice(ATOMS, size, replace=False))))
    return [
        Column(atoms, Cluster(atoms, atoms[0]), float(rng.uniform(1, 9)), (1.0,))
        for atoms in sorted(sets)
    ]


def expected(columns, rule, triples=()) -> float:
    """Solve the same programme with SciPy."""
    cover = np.array([[float(a in c.atoms) for c in columns] for a in range(ATOMS)])
    total = np.array([[c.coefficients[0] for c in columns]])
    held = np.array([[float(len(set(t) & set(c.atoms)) > 1) for c in columns] for t in triples])
    upper = [total, -total, *([held] if triples else [])]
    limits = [rule.high, -rule.low, *[1.0] * len(triples)]
    found = linprog(
        [c.cost for c in columns],
        A_ub=np.vstack(upper),
        b_ub=limits,
        A_eq=cover,
        b_eq=np.ones(ATOMS),
    )
    assert found.success
    return float(found.fun)


@pytest.mark.parametrize("seed", range(12))
def test_value_and_duals(seed):
    """The value is the programme's, and at its duals no column known is worth more."""
    columns = rolled_columns(seed, 30)
    rule = NumberOfClusters(3.0, 4.0)
    master = Master(ATOMS, (rule,))
    master.add(columns)
    master.box(np.zeros(ATOMS), WIDE)
    solution = master.solve()
    assert solution.slack == pytest.approx(0.0, abs=1e-9)
    assert solution.value == pytest.approx(expected(columns, rule))
    reduced = [
        c.cost - solution.atom_duals[list(c.atoms)].sum() - solution.plan_duals[0] for c in columns
    ]
    assert min(reduced) > -1e-6
    assert np.all(solution.weights >= -1e-9)
    tau = solution.plan_duals[0]
    dual_value = solution.atom_duals.sum() + tau * (rule.low if tau > 0 else rule.high)
    assert dual_value == pytest.approx(solution.value)


@pytest.mark.parametrize("seed", range(12))
def test_columns_added_after_cuts_meet_them(seed):
    """It does not matter which came first, the cut or the column."""
    columns = rolled_columns(seed, 30)
    rule = NumberOfClusters(1.0, 7.0)
    triples = [(0, 1, 2), (1, 3, 5), (2, 4, 6)]
    master = Master(ATOMS, (rule,))
    master.add(columns[:15])
    master.cut(triples[:2])
    master.add(columns[15:])
    master.cut(triples[2:])
    master.box(np.zeros(ATOMS), WIDE)
    solution = master.solve()
    assert master.cuts == triples
    assert solution.value == pytest.approx(expected(columns, rule, triples))
    assert np.all(solution.cut_duals <= 0.0)


def test_a_box_holds_the_duals():
    """Within a narrow box the duals stay in it, and the value is no more than the true one."""
    columns = rolled_columns(1, 30)
    master = Master(ATOMS, (NumberOfClusters(-math.inf, math.inf),))
    master.add(columns)
    centre = np.full(ATOMS, 0.4)
    master.box(centre, 0.2)
    solution = master.solve()
    assert np.all(np.abs(solution.atom_duals - centre) <= 0.2 + 1e-9)
    assert solution.value <= expected(columns, NumberOfClusters(0.0, 99.0)) + 1e-9


def test_without_columns_the_slacks_cover():
    """A master that cannot cover says so by its slack, and fails nowhere."""
    master = Master(ATOMS, (NumberOfClusters(2.0, 2.0),))
    master.box(np.ones(ATOMS), 1.0)
    solution = master.solve()
    assert solution.slack > 1.0
    assert solution.weights.size == 0


@pytest.mark.parametrize(("low", "high", "sign"), [(-math.inf, 2.0, -1), (5.0, math.inf, 1)])
def test_a_limit_on_one_side_has_a_dual_of_one_sign(low, high, sign):
    """A row with no lower limit never pays, one with no upper limit never charges."""
    master = Master(ATOMS, (NumberOfClusters(low, high),))
    master.add(rolled_columns(2, 30))
    master.box(np.zeros(ATOMS), WIDE)
    assert sign * master.solve().plan_duals[0] >= 0.0


def test_a_time_limit_is_of_one_solve(monkeypatch):
    """HiGHS adds up the time of all its runs: a master must have its time again at each."""
    ask, allowed = solver.ask, []

    def asked(highs):
        ends = highs.getOptionValue("time_limit")[1]
        allowed.append(ends - highs.getRunTime())
        return ask(highs)

    monkeypatch.setattr(solver, "ask", asked)
    master = Master(ATOMS, (NumberOfClusters(2.0, 2.0),))
    for _ in range(3):
        master.solve(60.0)
    master.solve()
    assert allowed == [pytest.approx(60.0, abs=1e-3)] * 3 + [math.inf]


def test_a_master_that_takes_longer_is_out_of_time(monkeypatch):
    """Whether a programme of this size would be ended in time depends on HiGHS's version."""
    ask = solver.ask
    late = solver.ModelStatus.kTimeLimit
    monkeypatch.setattr(solver, "ask", lambda highs: replace(ask(highs), model=late))
    master = Master(ATOMS, (NumberOfClusters(2.0, 2.0),))
    with pytest.raises(OutOfTime):
        master.solve(60.0)
    with pytest.raises(SolverError, match="kTimeLimit"):
        master.solve()


def test_a_search_that_runs_out_of_time_in_a_master_keeps_what_it_has(monkeypatch):
    """The plan and the bound of before; the reason is the time limit."""
    county = random_county(84, 8)
    rulebook = random_rulebook(county, 84)
    solve_master, calls = Master.solve, []

    def late(self, seconds=None):
        calls.append(seconds)
        if len(calls) > 3:
            raise OutOfTime
        return solve_master(self, seconds)

    monkeypatch.setattr(Master, "solve", late)
    found = solve(county, rulebook, time_limit=500.0, gap=0.0, threads=1)
    assert (found.status, found.stopped_by) == ("feasible", "time limit")
    assert found.bound is not None
    assert all(seconds is not None and 0.0 < seconds <= 500.0 for seconds in calls)
