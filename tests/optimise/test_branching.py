"""The tree of branch and price: what its bound is, and when nothing but rounding is left."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from types import SimpleNamespace

import numpy as np
import pytest

from cluster_geo.optimise import PricingParams, SearchParams, generation, solve
from cluster_geo.optimise.branching import Branching
from cluster_geo.optimise.columns import Columns
from cluster_geo.optimise.problem import Problem
from cluster_geo.optimise.proof import Lagrangian, Multipliers
from tests.books import random_rulebook
from tests.oracle import best_plan
from tests.solving import BRIEF, BRIEF_START, book, line
from tests.worlds import random_county

# Weights of {1, 2}, {2, 3}, {3, 4}, {4, 1}: a half of each is fractional, the first and the
# third are a plan.
SETS = ((0, 1), (1, 2), (2, 3), (0, 3))
FRACTIONAL = (0.5, 0.5, 0.5, 0.5)
WHOLE = (1.0, 0.0, 1.0, 0.0)
NEVER = 1e9
NOWHERE = Multipliers(np.zeros(4), np.zeros(0), {})


@dataclass
class Node:
    """What a node's generation comes to, written down instead of solved."""

    bound: float
    weights: tuple[float, ...] = FRACTIONAL
    ending: str = "near"
    rounding: float = 0.0
    converges: bool = True
    ceiling: float = NEVER
    half: float = 1.0
    plan_rules: tuple = ()
    params: SearchParams = field(default_factory=SearchParams)
    centre: np.ndarray = field(default_factory=lambda: np.zeros(4))

    @property
    def highest(self) -> Lagrangian:
        return Lagrangian(NOWHERE, np.zeros(4), self.bound)

    def __post_init__(self) -> None:
        self.solution = SimpleNamespace(weights=np.array(self.weights))
        self.master = SimpleNamespace(cuts=[])

    def converge(self, best, target, progress) -> bool:
        return self.converges

    def cut(self) -> int:
        return 0


class NoLists:
    """Ends no node by a list of its clusters."""

    def end(self, node, most) -> None:
        """Find every list too long."""


def tree(monkeypatch, root: Node, *nodes: Node) -> Branching:
    """Return a tree of four schools in a ring whose nodes come to what is written down."""
    county = line(4)
    problem = Problem.of(county, book(county, size=(1, 4), pieces=False), [])
    columns = Columns(problem.rulebook, problem.atoms)
    columns.admit(SETS)
    for node in (root, *nodes):
        node.model, node.columns, node.arrays = problem.model, columns, problem.arrays
    script = list(nodes)
    monkeypatch.setattr(Branching, "_generation", lambda self, *_: script.pop(0))
    return Branching(root, columns, problem.numbers, NoLists())


def test_the_bound_is_the_least_of_open_and_closed_nodes(monkeypatch):
    """A whole node closes at its bound, which holds once all open ones are above it."""
    here = tree(monkeypatch, Node(8.0), Node(9.5, WHOLE), Node(12.0), Node(13.0, WHOLE))
    assert (here.bound, len(here.open)) == (8.0, 2)
    here.step(20.0, 1e-4)
    assert (here.bound, len(here.open)) == (8.0, 1)
    here.step(9.6, 1e-4)
    assert (here.bound, len(here.open)) == (9.5, 0)


def test_the_bound_is_that_of_the_open_node_left_behind(monkeypatch):
    """One branch was solved and divided again; the other is as open as before."""
    here = tree(monkeypatch, Node(8.0), Node(9.5))
    here.step(20.0, 1e-4)
    assert sorted(node.bound for node in here.open) == [8.0, 9.5, 9.5]
    assert here.bound == 8.0


def test_a_node_above_the_best_plan_is_not_branched_on(monkeypatch):
    """What it leaves open is the gap aimed at, and no more."""
    here = tree(monkeypatch, Node(8.0), Node(11.0), Node(10.5))
    here.step(10.0, 1e-2)
    here.step(10.0, 1e-2)
    assert here.open == []
    assert here.rounding == pytest.approx(0.1)


@pytest.mark.parametrize("below", [0.02, 0.4])
def test_a_node_just_below_the_best_plan_is(monkeypatch, below):
    """Only a bound within the gap closes a node whose solution is fractional."""
    here = tree(monkeypatch, Node(8.0), Node(10.0 - below))
    here.step(10.0, 1e-3)
    assert len(here.open) == 3


def test_a_node_that_is_out_of_time_stays_open(monkeypatch):
    """Its bound is its parent's."""
    here = tree(monkeypatch, Node(8.0), Node(99.0, WHOLE, converges=False))
    assert here.step(20.0, 1e-4) is None
    assert (here.bound, len(here.open)) == (8.0, 2)


def test_a_node_above_the_ceiling_is_empty(monkeypatch):
    """There is no plan in it, so it is closed without a plan to compare it with."""
    here = tree(monkeypatch, Node(8.0, ceiling=50.0), Node(51.0), Node(60.0))
    here.step(None, 1e-4)
    here.step(None, 1e-4)
    assert (here.open, here.bound) == ([], 51.0)


@pytest.mark.parametrize("ending", ["near", "exhausted", "limited"])
def test_what_a_whole_node_leaves_open_is_kept(monkeypatch, ending):
    """Its tolerance adds to what may be called rounding, unless its pricing was cut short."""
    here = tree(monkeypatch, Node(8.0), Node(9.0, WHOLE, ending, rounding=0.25))
    here.step(20.0, 1e-4)
    assert here.rounding == 0.25
    assert here.limited == (ending == "limited")


def test_tolerances_are_no_wider_than_asked(monkeypatch):
    """Wherever generation ends with a whole solution, it and the bound are within rounding."""
    seen: Counter[str] = Counter()
    converge = generation.Generation.converge

    def watched(self, best, target, progress):
        done = converge(self, best, target, progress)
        weights = self.solution.weights if self.solution is not None else np.array([0.5])
        whole = np.minimum(weights, 1.0 - weights).max(initial=0.0) < 1e-6
        seen[self.ending] += 1
        if whole and self.ending in ("near", "exhausted"):
            value = self.solution.value
            clusters = max(1, self.most_clusters)
            # A quarter of the gap, or a few of the least tolerances for each cluster.
            assert self.rounding <= 0.6 * target * abs(value) + 1e-5 * clusters
            assert value - self.bound <= self.rounding + 1e-9
        return done

    monkeypatch.setattr(generation.Generation, "converge", watched)
    for seed in range(15):
        county = random_county(seed, 8)
        for gap in (1e-2, 1e-4, 0.0):
            solve(
                county, random_rulebook(county, seed), work=5_000, gap=gap, threads=1, params=BRIEF
            )
    assert min(seen[ending] for ending in ("decided", "near", "exhausted")) >= 1, seen


def test_pricing_cut_short_is_not_called_rounding():
    """With hardly a node for each hub the search ends sooner, and says what ended it."""
    few = SearchParams(start=BRIEF_START, pricing=PricingParams(first_nodes=1, most_nodes=1))
    seen: Counter[str] = Counter()
    for seed in range(30):
        county = random_county(seed, 8)
        rulebook = random_rulebook(county, seed)
        result = solve(county, rulebook, work=3_000, gap=1e-6, threads=1, params=few)
        seen[result.stopped_by] += 1
        if result.stopped_by == "pricing limit":
            best = best_plan(county, rulebook)
            assert result.status == ("none found" if result.plan is None else "feasible")
            assert best is None or result.bound <= best[0]
            assert not result.failure
    assert seen["pricing limit"] >= 1, seen
    assert seen["solver failure"] == 0, seen
