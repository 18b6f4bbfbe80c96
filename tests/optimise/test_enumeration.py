"""Lists of all clusters that a better plan could have: complete, or not given at all."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from cluster_geo.optimise import EnumerationParams, SearchParams
from cluster_geo.optimise.budget import Budget
from cluster_geo.optimise.columns import Columns
from cluster_geo.optimise.enumeration import Enumeration
from cluster_geo.optimise.generation import Generation
from cluster_geo.optimise.pricing import Pricer
from cluster_geo.optimise.problem import Problem
from tests.books import random_rulebook
from tests.oracle import all_plans, best_plan
from tests.worlds import random_county

MANY = 10**6


def begun(seed: int, pricer: Pricer) -> tuple[Problem, Generation]:
    """Return a county's problem and its column generation, of no columns yet."""
    county = random_county(seed, 8)
    rulebook = random_rulebook(county, seed)
    problem = Problem.of(county, rulebook, ())
    generation = Generation(
        problem.model,
        problem.rulebook.plan_rules,
        problem.numbers[-1],
        Columns(problem.rulebook, problem.atoms, problem.unit),
        pricer,
        Budget(None, 100_000),
        np.zeros(len(problem.atoms)),
        2.0,
        ceiling=problem.ceiling,
    )
    return problem, generation


def converged(seed: int, pricer: Pricer) -> tuple[Problem, Generation, list]:
    """Return a county's problem, its column generation, and all its plans with their costs."""
    problem, generation = begun(seed, pricer)
    generation.converge(None, 1e-4, lambda _: None)
    county = random_county(seed, 8)
    return problem, generation, list(all_plans(county, random_rulebook(county, seed)))


def test_no_plan_below_the_cost_has_a_cluster_that_is_not_listed():
    """Whatever the cost, however far above the bound: by brute force over all plans."""
    seen: Counter[str] = Counter()
    pricer = Pricer(1, 12)
    for seed in range(40):
        county = random_county(seed, 8)
        if best_plan(county, random_rulebook(county, seed)) is None:
            continue
        problem, generation, plans = converged(seed, pricer)
        if generation.proof is None:
            continue
        for above in (0.2, 2.0, 9.0):
            cost = generation.proof.bound + above
            budget = Budget(None, 10**9)
            listed = Enumeration(pricer, budget, SearchParams()).listed(
                generation.proof, cost, MANY
            )
            assert listed is not None
            assert len(listed) == len(set(listed))
            for clusters, score in plans:
                rules = problem.rulebook.plan_rules
                sums = (
                    rule.low <= sum(map(rule.coefficient, clusters)) <= rule.high for rule in rules
                )
                if score / problem.unit < cost - 1e-6 and all(sums):
                    atoms = [generation.columns.atoms_of(c.members) for c in clusters]
                    assert set(atoms) <= set(listed)
                    seen["plans"] += 1
            seen["lists"] += 1
    pricer.close()
    assert min(seen["plans"], seen["lists"]) >= 60, seen


@pytest.mark.parametrize(
    ("params", "most"),
    [
        (EnumerationParams(), 1),
        (EnumerationParams(of_hub=1), MANY),
        (EnumerationParams(time=0.0), MANY),
    ],
    ids=["too long", "too long for a hub", "no work left for it"],
)
def test_a_list_that_is_not_whole_is_none(params, most):
    """Part of a list would prove what is not so."""
    pricer = Pricer(1, 12)
    _, generation, _ = converged(9, pricer)
    enumeration = Enumeration(pricer, Budget(None, 10**6), SearchParams(enumeration=params))
    assert enumeration.listed(generation.proof, generation.proof.bound + 9.0, most) is None
    pricer.close()


@pytest.mark.parametrize("sample", [1, 2, 12])
def test_a_list_is_whole_whichever_hub_reaches_its_limit(sample):
    """Also where it is none of those that are tried first: all clusters are listed, or none."""
    pricer = Pricer(1, 12)
    # Here the first hub has half as many clusters as the second.
    _, generation, _ = converged(17, pricer)

    def listed(**limits):
        params = SearchParams(enumeration=EnumerationParams(sample=sample, **limits))
        cost = generation.proof.bound + 9.0
        return Enumeration(pricer, Budget(None, 10**6), params).listed(generation.proof, cost, MANY)

    whole = set(listed())
    found = [listed(of_hub=most) for most in range(1, 130, 3)]
    pricer.close()
    assert found[0] is None
    assert all(some is None or set(some) == whole for some in found)
    assert found[-1] is not None


@pytest.mark.parametrize(
    ("params", "seconds", "nodes"),
    [
        (EnumerationParams(), None, EnumerationParams().nodes),
        (EnumerationParams(nodes=7), None, 7),
        (EnumerationParams(pace=2.0), 1_000.0, 2_000),
        (EnumerationParams(pace=2.0, nodes=900), 1_000.0, 900),
    ],
)
def test_a_list_takes_its_share_of_the_time(params, seconds, nodes):
    """So many nodes in all, and no more than the time left is worth."""
    pricer = Pricer(1, 12)
    enumeration = Enumeration(pricer, Budget(seconds), SearchParams(enumeration=params))
    assert enumeration._nodes() == pytest.approx(nodes, rel=0.01)
    pricer.close()
