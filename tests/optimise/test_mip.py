"""Results of HiGHS are reported correctly, however PuLP would interpret them."""

from __future__ import annotations

import math
import subprocess
import sys
from dataclasses import replace

import highspy
import numpy as np
import pulp
import pytest
from scipy.sparse import csc_array

from cluster_geo.errors import SolverError
from cluster_geo.optimise import solve
from cluster_geo.optimise.compact import _ending, compact_model, solve_compact
from cluster_geo.optimise.mip import NOTHING_PROVEN, MipOutcome, solve_mip, solve_programme
from cluster_geo.optimise.solver import ModelStatus, Programme
from cluster_geo.read import LayerSpec, read_county
from cluster_geo.rules import (
    OnePiece,
    Phases,
    Rulebook,
    Size,
    TravelToHub,
    Trusts,
    srp_coverage,
)
from cluster_geo.schools import read_schools
from tests.books import random_rulebook
from tests.optimise.lies import Liar
from tests.worlds import random_county


def problem_of(*rows: pulp.LpConstraint, objective=0) -> pulp.LpProblem:
    problem = pulp.LpProblem("test", pulp.LpMinimize)
    problem.setObjective(objective + 0)
    for k, row in enumerate(rows):
        problem += (row, f"row_{k}")
    return problem


def whole(name: str) -> pulp.LpVariable:
    return pulp.LpProblem("names", pulp.LpMinimize).add_variable(name, 0, 9, pulp.LpInteger)


def test_the_constant_of_the_objective_is_in_cost_and_bound():
    """HiGHS is never given it."""
    x = whole("x")
    outcome = solve_mip(problem_of(2 * x >= 5, objective=x + 100))
    assert (outcome.proven, outcome.objective, outcome.bound) == (True, 103, 103)
    assert outcome.values == {"x": 3}
    assert not outcome.impossible


def test_no_solution_is_proven():
    """The bound is infinite and there are no values."""
    x = whole("x")
    outcome = solve_mip(problem_of(2 * x == 5, objective=x))
    assert outcome.impossible
    assert (outcome.objective, outcome.bound, outcome.values) == (None, math.inf, {})


def test_a_run_that_time_stops_proves_nothing():
    """PuLP calls it optimal."""
    county = random_county(5, 30)
    rules = (Size(4, 7), OnePiece(county.neighbours.graph), TravelToHub(county.travel))
    problem, _ = compact_model(county, Rulebook(rules, county.travel))
    outcome = solve_mip(problem, time_limit=0.0)
    assert not outcome.proven
    assert not outcome.impossible
    if outcome.objective is None:
        assert outcome.values == {}
    else:
        assert outcome.bound < outcome.objective


@pytest.mark.real
def test_thanet_is_solved_to_a_proof(real_data):
    """39 real schools: cost and bound meet."""
    schools = read_schools(
        real_data / "gias" / "edubasealldata20250718_kent_medway.csv",
        authorities=["Kent"],
        districts=["Thanet"],
    )
    county = read_county(schools=schools, layers=[LayerSpec(name="district", column="district")])
    trusts = {t: urns for t, urns in schools.grouped_by("trust_uid").items() if len(urns) > 1}
    rules = (
        Size(8, 14),
        Phases(schools.primaries, schools.secondaries),
        OnePiece(county.neighbours.graph),
        TravelToHub(county.travel),
        Trusts(trusts, 3.0),
        srp_coverage(schools.where("srp"), 5.0),
    )
    result = solve_compact(county, Rulebook(rules, county.travel), gap=0.02)
    assert result.status == "optimal"
    assert result.bound <= 99.7040 + 1e-4 <= result.cost + 2e-4
    assert result.gap <= 0.02


def knapsack(seed: int) -> tuple[pulp.LpProblem, dict[str, float]]:
    """Return a cover that takes HiGHS many nodes, with a bad solution of it."""
    rng = np.random.default_rng(seed)
    problem = pulp.LpProblem("knapsack", pulp.LpMinimize)
    x = [problem.add_variable(f"x{i}", 0, 1, pulp.LpInteger) for i in range(40)]
    for row in range(12):
        weights = rng.integers(20, 90, 40).tolist()
        problem += (pulp.LpAffineExpression(list(zip(x, weights, strict=True))) >= 700, f"r{row}")
    prices = rng.integers(20, 90, 40).tolist()
    problem.setObjective(pulp.LpAffineExpression(list(zip(x, prices, strict=True))) + 50)
    return problem, {f"x{i}": 1.0 for i in range(40)}


@pytest.mark.parametrize("limits", [{"most_nodes": 1}, {"time_limit": 0.0}, {"gap": 0.3}])
@pytest.mark.parametrize("seed", [1, 2])
def test_at_a_limit_the_bound_is_the_solvers_and_not_the_solution(seed, limits):
    """With a bad solution to begin from, the bound stays below the best one's cost."""
    problem, start = knapsack(seed)
    best = solve_mip(problem)
    assert best.status == "optimal"
    stopped = solve_mip(problem, start=start, **limits)
    assert stopped.status == ("optimal" if "gap" in limits else "limit")
    assert stopped.objective >= best.objective - 1e-6
    assert stopped.bound <= best.objective + 1e-6
    # Cost and bound are apart: neither was taken for the other.
    assert stopped.bound < stopped.objective - 1.0


def covering(seed: int) -> tuple[Programme, np.ndarray]:
    """Return the choice of clusters that hold each school once, and a pair that does."""
    rng = np.random.default_rng(seed)
    schools, clusters = int(rng.integers(6, 10)), int(rng.integers(10, 40))
    matrix = (rng.random((schools, clusters)) < 0.5).astype(float)
    first = np.zeros(schools)
    first[rng.choice(schools, int(rng.integers(1, schools)), replace=False)] = 1.0
    matrix[:, -2:] = np.stack([first, 1.0 - first], axis=1)
    programme = Programme(
        cost=np.round(rng.uniform(1.0, 20.0, clusters), 4),
        low=np.zeros(clusters),
        high=np.ones(clusters),
        matrix=csc_array(np.vstack([matrix, np.ones(clusters)])),
        row_low=np.ones(schools + 1),
        row_high=np.append(np.ones(schools), 4.0),
        whole=np.ones(clusters, dtype=bool),
    )
    return programme, (np.arange(clusters) >= clusters - 2).astype(float)


@pytest.mark.parametrize("seed", range(60))
def test_a_start_never_changes_the_answer(seed):
    """HiGHS 1.16.0 calls one start in ten optimal, at a cost that it does not have."""
    programme, start = covering(seed)
    assert programme.kept_by(start)
    plain = solve_programme(programme)
    begun = solve_programme(programme, start={str(i): x for i, x in enumerate(start)})
    assert begun.status == plain.status == "optimal"
    assert begun.objective == pytest.approx(plain.objective, abs=1e-6)
    assert begun.bound == pytest.approx(plain.bound, abs=1e-6)
    assert begun.objective <= programme.cost_of(start) + 1e-6


# Answers to an integer programme that cannot be: each leaves all else as HiGHS answered it.
IMPOSSIBLE_ANSWERS = {
    "unknown": lambda a: replace(a, model=ModelStatus.kUnknown),
    "model error": lambda a: replace(a, model=ModelStatus.kModelError),
    "memory limit": lambda a: replace(a, model=ModelStatus.kMemoryLimit),
    "the call failed": lambda a: replace(a, run=highspy.HighsStatus.kError),
    "its bound above its cost": lambda a: replace(a, bound=a.objective + 5.0),
    "optimal far above its bound": lambda a: replace(a, bound=a.objective - 5.0),
    "another objective": lambda a: replace(a, objective=a.objective + 5.0),
}


@pytest.mark.parametrize("kind", IMPOSSIBLE_ANSWERS)
def test_an_answer_that_cannot_be_is_asked_for_again(kind, monkeypatch):
    """Once, from a model made anew; a solver that repeats it has no usable answer."""
    problem, _ = knapsack(1)
    truth = solve_mip(problem)
    with monkeypatch.context() as patch:
        liar = Liar(IMPOSSIBLE_ANSWERS[kind]).at_the_door(patch)
        outcome = solve_mip(problem)
    assert (liar.lied, liar.calls) == (1, 2)
    assert (outcome.status, outcome.objective) == ("optimal", truth.objective)
    with monkeypatch.context() as patch:
        liar = Liar(IMPOSSIBLE_ANSWERS[kind], times=9).at_the_door(patch)
        with pytest.raises(SolverError, match=r"^HiGHS \d.*: .*\.$"):
            solve_mip(problem)
    assert liar.calls == 2


def test_presolve_alone_proves_nothing(monkeypatch):
    """A feasible model that presolve calls infeasible (HiGHS 1.14) is solved without it."""

    class Presolve(Liar):
        def __call__(self, model):
            answer = self._ask(model)
            presolved = model.getOptionValue("presolve")[1] != "off"
            self.lied += presolved
            return replace(answer, model=ModelStatus.kInfeasible) if presolved else answer

    liar = Presolve(lambda answer: answer).at_the_door(monkeypatch)
    problem, _ = knapsack(1)
    outcome = solve_mip(problem)
    assert liar.lied == 1
    assert outcome.status == "optimal"
    x = whole("x")
    assert solve_mip(problem_of(2 * x == 5, objective=x)).impossible


def test_another_user_of_the_solver_in_the_process():
    """HiGHS keeps one scheduler per process: whoever asked for other threads is no matter."""
    other = highspy.Highs()
    other.setOptionValue("output_flag", False)
    highspy.Highs.resetGlobalScheduler(True)
    other.setOptionValue("threads", 3)
    other.addVar(0.0, 1.0)
    assert other.run() == highspy.HighsStatus.kOk
    x = whole("x")
    assert solve_mip(problem_of(2 * x >= 5, objective=x + 100)).objective == 103
    county = random_county(9, 8)
    assert solve(county, random_rulebook(county, 9), work=10_000).status == "optimal"


def test_the_solver_prints_nothing():
    """Not even its banner, which it prints by itself and past Python."""
    script = (
        "import pulp; from cluster_geo.optimise.mip import solve_mip\n"
        "p = pulp.LpProblem('a', pulp.LpMinimize)\n"
        "x = p.add_variable('x', 0, 9, pulp.LpInteger); p += (2 * x >= 5, 'r')\n"
        "p.setObjective(x + 0); assert solve_mip(p).objective == 3\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


@pytest.mark.parametrize("closed", [True, False])
def test_the_compact_model_calls_optimal_what_is_proven(closed):
    """A plan found at a limit is feasible and no more."""
    county = random_county(9, 6)
    rulebook = random_rulebook(county, 9)
    plan = rulebook.plan([county.urns])
    outcome = MipOutcome("optimal" if closed else "limit", 9.0, 7.0, {"x": 1.0})
    assert _ending(outcome, plan) == (("optimal", "gap") if closed else ("feasible", "time limit"))
    assert _ending(NOTHING_PROVEN, None) == ("none found", "time limit")
