"""The bound against the truth, term by term: at any duals, and at every node of a tree."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest

from cluster_geo.county import County
from cluster_geo.optimise import CutParams, EnumerationParams, SearchParams, branching, solve
from cluster_geo.optimise.budget import Budget
from cluster_geo.optimise.columns import Columns
from cluster_geo.optimise.generation import Generation
from cluster_geo.optimise.master import MasterSolution
from cluster_geo.optimise.pricing import Pricer
from cluster_geo.optimise.problem import Problem
from cluster_geo.plan import Cluster
from cluster_geo.rules import MostClustersOfTrust, MostMovers, NumberOfClusters, Rulebook
from tests.books import random_rulebook
from tests.oracle import all_clusters, all_plans, best_plan
from tests.solving import BRIEF, BRIEF_START
from tests.worlds import random_county

SCHOOLS = 7
TARGET = 1e-6
# What sums of floats and the tolerance of pricing leave, for one cluster.
EXACT = 1e-4


@dataclass(frozen=True)
class World:
    """A small county laid out for the search, with all its clusters judged one by one."""

    problem: Problem
    clusters: tuple[Cluster, ...]

    def generation(self, pricer: Pricer, cuts=()) -> Generation:
        problem = self.problem
        columns = Columns(problem.rulebook, problem.atoms, problem.unit)
        number = len(problem.atoms)
        return Generation(
            problem.model,
            problem.rulebook.plan_rules,
            problem.numbers[-1],
            columns,
            pricer,
            Budget(None),
            np.zeros(number),
            1.0,
            cuts,
        )

    def atoms_of(self, cluster: Cluster) -> list[int] | None:
        """Return the atoms of a cluster, or None where it splits one."""
        return Columns(self.problem.rulebook, self.problem.atoms).atoms_of(cluster.members)

    def least_of_hub(self, solution: MasterSolution, cuts) -> dict[int, float]:
        """Least reduced cost of any cluster of each hub: written out, nothing of it shared."""
        rulebook, least = self.problem.rulebook, {}
        for cluster in self.clusters:
            atoms = self.atoms_of(cluster)
            if atoms is None:
                continue
            reduced = sum(rule.judge(cluster).price for rule in rulebook.rules if not rule.hard)
            reduced /= self.problem.unit
            for a in atoms:
                reduced -= solution.atom_duals[a]
            for place, rule in enumerate(rulebook.plan_rules):
                reduced -= solution.plan_duals[place] * rule.coefficient(cluster)
            for place, cut in enumerate(cuts):
                if len(set(cut) & set(atoms)) > 1:
                    reduced -= solution.cut_duals[place]
            least[cluster.hub] = min(least.get(cluster.hub, 0.0), reduced)
        return least


@cache
def world(seed: int) -> World | None:
    county = random_county(seed, SCHOOLS)
    rulebook = random_rulebook(county, seed)
    problem = Problem.of(county, rulebook, [])
    clusters = tuple(
        cluster for cluster in all_clusters(county.urns, rulebook) if rulebook.admits(cluster)
    )
    if not clusters or not problem.numbers or len(problem.atoms) < 4:
        return None
    return World(problem, clusters)


def rolled_duals(rng, problem: Problem, cuts: int) -> MasterSolution:
    """Roll duals of every sign that the bound allows, near what a school costs."""
    plan = []
    for rule in problem.rulebook.plan_rules:
        low = 0.0 if np.isinf(rule.high) else -2.0
        high = 0.0 if np.isinf(rule.low) else 2.0
        plan.append(rng.uniform(low, high) if rng.random() < 0.8 else 0.0)
    return MasterSolution(
        value=0.0,
        slack=0.0,
        atom_duals=rng.normal(2.5, 1.5, len(problem.atoms)),
        plan_duals=np.array(plan),
        cut_duals=np.where(rng.random(cuts) < 0.7, -rng.uniform(0.2, 2.0, cuts), 0.0),
        weights=np.empty(0),
        reduced=np.empty(0),
        iterations=0,
    )


def test_the_bound_at_any_duals_is_the_sum_of_its_terms():
    """It is never above what the least reduced costs by brute force add up to, and near it.

    Left out, a hub, a cut's dual or a limit's would lift it above that sum.
    """
    seen: Counter[str] = Counter()
    pricer = Pricer(1, SCHOOLS + 2)
    for seed in range(60):
        here = world(seed)
        if here is None:
            continue
        rng = np.random.default_rng(seed)
        for _ in range(4):
            atoms = np.arange(len(here.problem.atoms))
            cuts = {tuple(sorted(rng.choice(atoms, 3, replace=False).tolist())) for _ in range(3)}
            generation = here.generation(pricer, sorted(cuts))
            solution = rolled_duals(rng, here.problem, len(generation.master.cuts))
            tolerance = generation._tolerance(solution.value, TARGET)
            priced = generation._price(*generation._charged(solution), tolerance)
            bound = generation._bound_of(solution, priced)
            least = here.least_of_hub(solution, generation.master.cuts)
            most = here.problem.numbers[-1]
            total = solution.atom_duals.sum() + solution.cut_duals.sum()
            for rule, tau in zip(
                here.problem.rulebook.plan_rules, solution.plan_duals, strict=True
            ):
                total += 0.0 if tau == 0 else tau * (rule.low if tau > 0 else rule.high)
            total += sum(sorted(least.values())[:most])
            assert bound <= total + 1e-9
            seen["worlds"] += 1
            seen["near"] += bound >= total - EXACT * SCHOOLS
            seen["cut duals"] += bool((solution.cut_duals < 0).any())
            seen["limits above"] += bool((solution.plan_duals < 0).any())
            seen["limits below"] += bool((solution.plan_duals > 0).any())
            negative = sum(value < -EXACT for value in least.values())
            seen["several hubs"] += negative > 1
            seen["few clusters allowed"] += negative > most
            seen["other rules over the plan"] += len(here.problem.rulebook.plan_rules) > 1
    pricer.close()
    # All of it occurred, and the bound is tight enough to show what is left out.
    assert min(seen.values()) >= 10, seen
    assert seen["near"] >= 0.5 * seen["worlds"], seen


def kept(plan: tuple[Cluster, ...], decisions: branching.Decisions, rulebook: Rulebook) -> bool:
    """Whether a cover keeps the rules over the plan and a node's decisions."""
    sums = all(
        rule.low - 1e-9 <= sum(map(rule.coefficient, plan)) <= rule.high + 1e-9
        for rule in rulebook.plan_rules
    )
    hubs = {cluster.hub for cluster in plan}
    hub_of = {urn: cluster.hub for cluster in plan for urn in cluster.members}
    served = all(hub_of[urn] == hub for urn, hub in decisions.served)
    apart = not any(hub_of[urn] == hub for urn, hub in decisions.not_served)
    chosen = hubs.issuperset(decisions.hubs) and hubs.isdisjoint(decisions.no_hubs)
    return sums and len(plan) in decisions.numbers and served and apart and chosen


# Counties of eight schools whose solves branch, on hubs and on numbers of clusters; with lists of
# clusters, or with cuts, they would end at the root.
NO_LISTS = SearchParams(
    start=BRIEF_START,
    cuts=CutParams(least_violation=0.5),
    enumeration=EnumerationParams(most=1, of_node=1),
)
BRANCHING = (9, 84, 115, 187, 225, 228, 242, 340, 373, 409)


def test_every_node_is_bounded_by_its_own_best_plan(monkeypatch):
    """Node by node the bound is at most the best plan of the node, and no plan falls between."""
    seen: Counter[str] = Counter()
    for seed in BRANCHING:
        county = random_county(seed, 8)
        rulebook = random_rulebook(county, seed)
        plans = list(all_plans(county, rulebook))
        best = best_plan(county, rulebook)
        steps = []
        step = branching.Branching.step

        def watched(self, cost, target, step=step, steps=steps):
            node = self.open[0].decisions
            generation = step(self, cost, target)
            steps.append((node, generation, self.bound))
            return generation

        with monkeypatch.context() as patch:
            patch.setattr(branching.Branching, "step", watched)
            result = solve(county, rulebook, work=10_000, gap=1e-6, threads=1, params=NO_LISTS)
        unit = Problem.of(county, rulebook, []).unit
        for decisions, generation, bound in steps:
            seen["steps"] += 1
            seen["hubs"] += bool(decisions.hubs)
            seen["no hubs"] += bool(decisions.no_hubs)
            seen["served"] += bool(decisions.served)
            seen["not served"] += bool(decisions.not_served)
            seen["numbers"] += decisions.numbers != Problem.of(county, rulebook, []).numbers
            own = [cost for plan, cost in plans if kept(plan, decisions, rulebook)]
            if own and generation is not None:
                assert generation.bound * unit <= min(own) + 1e-6
            if best is not None:
                assert bound * unit <= best[0] + 1e-6
        assert steps, f"seed {seed} does not branch"
        assert result.status == ("impossible" if best is None else "optimal")
        if best is not None:
            assert result.cost == pytest.approx(best[0], rel=2e-6, abs=1e-6)
    kinds = ("hubs", "no hubs", "served", "not served", "numbers")
    assert min(seen[kind] for kind in kinds) >= 5, seen


def coupled(seed: int) -> tuple[County, Rulebook]:
    """Hard districts, joined by a number of clusters and a limit on a trust's clusters."""
    rng = np.random.default_rng(seed)
    county = random_county(seed, 8)
    book = random_rulebook(county, seed)
    rules = [r for r in book.rules if r.name not in ("district", "srp hard", "pairs")]
    zones = [rule for rule in book.rules if rule.name == "district"]
    trusts = county.schools.grouped_by("trust_uid")
    uid, members = max(trusts.items(), key=lambda item: len(item[1]))
    number = int(rng.integers(3, 6))
    limits = (
        NumberOfClusters(number, number),
        MostClustersOfTrust(uid, members, most=int(rng.integers(1, 3))),
    )
    return county, Rulebook((*rules, *zones), book.travel, limits)


def test_regions_coupled_by_a_number_and_a_trust():
    """What is found, and what is proven of it, is what brute force says."""
    seen: Counter[str] = Counter()
    for seed in range(24):
        county, rulebook = coupled(seed)
        best = best_plan(county, rulebook)
        regions = len(Problem.of(county, rulebook, []).regions)
        result = solve(county, rulebook, work=10_000, gap=1e-6, threads=1, params=BRIEF)
        seen["several regions"] += regions > 1
        if best is None:
            seen["none"] += 1
            assert result.status == "impossible"
            continue
        seen["plans"] += 1
        free = best_plan(county, Rulebook(rulebook.rules, rulebook.travel, ()))
        seen["limits that matter"] += best[0] > free[0] + 1e-6
        assert result.status == "optimal"
        assert result.cost == pytest.approx(best[0], rel=2e-6, abs=1e-6)
        assert result.bound <= best[0] + 1e-9
    assert min(seen[k] for k in ("several regions", "none", "plans", "limits that matter")) >= 2, (
        seen
    )


def test_frozen_clusters_count_towards_every_limit():
    """What is left over may have only what the frozen clusters leave of each limit."""
    seen: Counter[str] = Counter()
    for seed in range(12):
        county = random_county(seed, 7)
        book = random_rulebook(county, seed)
        old = {urn: f"R{place % 3}" for place, urn in enumerate(county.urns)}
        trusts = county.schools.grouped_by("trust_uid")
        uid, members = max(trusts.items(), key=lambda item: len(item[1]))
        plans = sorted(all_plans(county, book), key=lambda found: found[1])
        if len(plans) < 2:
            continue
        frozen = plans[0][0][0]
        for limit in (
            NumberOfClusters(1, 3),
            NumberOfClusters(4, 8),
            MostMovers(old, most=3),
            MostClustersOfTrust(uid, members, most=1),
        ):
            rulebook = Rulebook(book.rules, book.travel, (limit,))
            costs = [
                cost
                for plan, cost in plans
                if frozen in plan
                and limit.low - 1e-9 <= sum(map(limit.coefficient, plan)) <= limit.high + 1e-9
            ]
            kind = type(limit).__name__
            seen[f"{kind} counted"] += bool(limit.coefficient(frozen))
            result = solve(
                county, rulebook, work=10_000, gap=1e-6, threads=1, frozen=[frozen], params=BRIEF
            )
            if costs:
                seen[f"{kind} kept"] += 1
                assert result.status == "optimal"
                assert result.cost == pytest.approx(min(costs), rel=2e-6, abs=1e-6)
            else:
                seen[f"{kind} impossible"] += 1
                assert result.plan is None
                assert result.status == "impossible"
    for kind in ("NumberOfClusters", "MostMovers", "MostClustersOfTrust"):
        for what in ("counted", "kept", "impossible"):
            assert seen[f"{kind} {what}"] >= 1, seen
