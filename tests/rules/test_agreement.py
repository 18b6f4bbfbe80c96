"""Each rule's two faces say the same: what `judge` charges is what a model pays."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cluster_geo.county import County
from cluster_geo.plan import Cluster
from cluster_geo.rules import OnePiece, PlanRule, Rule
from tests.books import every_plan_rule, every_rule, pathway_rules
from tests.paying import cheapest
from tests.rules.variants import alike, more_plan_rules, more_rules
from tests.worlds import random_county

SCHOOLS = 6


# Each rule is tried in some of these worlds, so that one is made once for all rules, on clusters
# that are rolled anew.
WORLDS, ROLLS = st.integers(0, 49), st.integers(0, 10_000)


@cache
def world(seed: int) -> County:
    """A small county."""
    return random_county(seed, SCHOOLS)


@cache
def rules_of(seed: int) -> dict[str, Rule]:
    """Every rule over a cluster, with limits and prices rolled by the seed."""
    county = world(seed)
    rules = (*every_rule(county, seed), *pathway_rules(county, seed), *more_rules(county, seed))
    return {rule.name: rule for rule in rules}


@cache
def plan_rules_of(seed: int) -> dict[str, PlanRule]:
    """Every rule over a plan."""
    county = world(seed)
    rules = (*every_plan_rule(county, seed), *more_plan_rules(county, seed))
    return {rule.name: rule for rule in rules}


RULES = list(rules_of(0))
PLAN_RULES = [
    "number of clusters", "most movers", "clusters of T1", "movers of few", "clusters of Three",
    "two to four",
]  # fmt: skip

draws = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def test_no_two_parameters_of_a_rule_are_always_alike():
    """Else a rule that takes one for the other would charge, and model, the same."""
    assert alike((*rules_of(2).values(), *plan_rules_of(2).values())) == set()


def rolled_cluster(county: County, roll: int) -> Cluster:
    """Roll members and a hub."""
    rng = np.random.default_rng(roll)
    size = int(rng.integers(1, SCHOOLS + 1))
    members = tuple(sorted(int(u) for u in rng.choice(county.urns, size, replace=False)))
    return Cluster(members, int(rng.choice(members)))


@pytest.mark.parametrize("name", RULES)
@given(seed=WORLDS, roll=ROLLS)
@draws
def test_a_model_pays_what_the_judge_charges(name, seed, roll):
    """Fix any members: the model's cost is the price, and it refuses what the judge refuses."""
    county, rule = world(seed), rules_of(seed)[name]
    cluster = rolled_cluster(county, roll)
    verdict = rule.judge(cluster)
    paid = cheapest(rule.formulate, county, cluster)
    if verdict.kept:
        assert paid == pytest.approx(verdict.price, abs=1e-6)
    else:
        assert paid is None
    assert verdict.price >= 0
    assert math.isfinite(verdict.count)
    assert bool(verdict.words) or (verdict.kept and verdict.price < 1e-6)


@pytest.mark.parametrize("name", PLAN_RULES)
@given(seed=WORLDS, roll=ROLLS, price=st.floats(0, 9))
@draws
def test_a_model_pays_for_a_plan_rule_by_its_coefficient(name, seed, roll, price):
    """A row's dual price is charged per unit of what the cluster adds to the row."""
    county, rule = world(seed), plan_rules_of(seed).get(name)
    if rule is None:
        return
    cluster = rolled_cluster(county, roll)
    paid = cheapest(lambda model: rule.formulate(model, price), county, cluster)
    assert paid == pytest.approx(price * rule.coefficient(cluster), abs=1e-6)


def test_a_credit_for_each_cluster_is_a_negative_charge():
    """The dual of a number of clusters may be of either sign."""
    county = random_county(3, SCHOOLS)
    rule = next(r for r in every_plan_rule(county, 3) if r.name == "number of clusters")
    cluster = Cluster(county.urns[:2], county.urns[0])
    assert cheapest(lambda model: rule.formulate(model, -2.5), county, cluster) == -2.5


def test_cuts_alone_do_not_refuse_a_cluster_in_one_piece():
    """Whatever falls apart is cut off, and nothing else: every subset of a small county."""
    county = random_county(11, SCHOOLS)
    rule = OnePiece(county.neighbours.graph)
    for code in range(1, 2**SCHOOLS):
        members = tuple(u for i, u in enumerate(county.urns) if code >> i & 1)
        for hub in members:
            cluster = Cluster(members, hub)
            kept = cheapest(rule.formulate, county, cluster) is not None
            assert kept == rule.judge(cluster).kept
