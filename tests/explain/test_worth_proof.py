"""The interval of a price holds whatever plans the searches ended with: against brute force.

Counties of five schools have few enough plans to list. Two of these are taken by chance for what
the searches by the rules as they are and with a rule turned have found, each with a bound that is
true of it and no better; what is then said to be proven must be so.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial

import numpy as np
import pytest

from cluster_geo.county import County
from cluster_geo.explain.change import NO_DIFFERENCE, change_of
from cluster_geo.explain.dials import Dial, dials_of
from cluster_geo.explain.worth import best_known
from cluster_geo.optimise import Result
from cluster_geo.plan import Cluster, Plan
from cluster_geo.rules import (
    MostClustersOfTrust,
    NumberOfClusters,
    OnePiece,
    Rulebook,
    Size,
    Together,
    TravelToHub,
    Trusts,
    WorstTrip,
    Zones,
    srp_coverage,
)
from tests.oracle import all_plans
from tests.worlds import FIRST_URN, make_county

SCHOOLS = 5
NEAR = 1e-9


@dataclass(frozen=True)
class World:
    """A county by chance, its rules, and a cluster that stays as it is, or none."""

    county: County
    rulebook: Rulebook
    frozen: tuple[Cluster, ...]

    @classmethod
    def of(cls, dice: random.Random) -> World:
        """Make one: minutes by chance, zones with gaps, two trusts, a group, some limits."""
        urns = range(FIRST_URN, FIRST_URN + SCHOOLS)
        rows = [{"urn": u, "x": 1000.0 * k, "y": 0.0, "name": str(u)} for k, u in enumerate(urns)]
        edges = [(u, v) for u in urns for v in urns if u < v and dice.random() < 0.7]
        matrix = np.array([[0 if u == v else dice.randint(1, 9) for v in urns] for u in urns])
        county = make_county(rows, edges, matrix=matrix.astype(float))
        zones = {u: z for u in urns if (z := dice.choice(["A", "B", "B", ""]))}
        trusts = {t: frozenset(dice.sample(list(urns), 3)[:2]) for t in ("S",)}
        trusts["T"] = frozenset(urns) - trusts["S"]
        worst = dice.choice([None, 5.0, 6.0])
        rules = [
            Size(dice.choice([1, 2]), dice.choice([3, 4, 6])),
            TravelToHub(county.travel),
            Zones("district", zones, dice.choice([0.5, 2.0, 5.0])),
            Trusts(trusts, dice.choice([0.5, 2.0, 6.0])),
            srp_coverage(frozenset(dice.sample(list(urns), 2)), dice.choice([1.0, 4.0])),
            Together("pairs", {"P": frozenset(dice.sample(list(urns), 2))}, 3.0),
        ]
        rules += [WorstTrip(county.travel, worst)] if worst else []
        rules += [OnePiece(county.neighbours.graph)] if dice.random() < 0.5 else []
        limits = [NumberOfClusters(2, 3)] if dice.random() < 0.5 else []
        limits += [MostClustersOfTrust("T", trusts["T"], 2)] if dice.random() < 0.5 else []
        book = Rulebook(tuple(rules), county.travel, tuple(limits))
        kept = dice.sample(list(urns), 2) if dice.random() < 0.4 else []
        return cls(county, book, (book.cluster(kept),) if kept else ())

    def listed(self, rulebook: Rulebook, turned: str) -> list[Listed]:
        """List every plan by some rules, the frozen cluster with it."""
        taken = {urn for cluster in self.frozen for urn in cluster.members}
        part = self.county.within(set(self.county.urns) - taken)
        covers = (Plan.of([*c, *self.frozen]) for c, _ in all_plans(part, rulebook))
        price = cache(partial(charged, rulebook, turned))
        return [
            Listed(plan, *map(sum, zip(*map(price, plan.clusters), strict=True)))
            for plan in covers
            if rulebook.keeps_sums(plan)
        ]


@dataclass(frozen=True)
class Listed:
    """A plan, what the rule that is turned charges it, and what the others do."""

    plan: Plan
    charged: float
    rest: float

    @property
    def cost(self) -> float:
        return self.charged + self.rest


def charged(rulebook: Rulebook, turned: str, cluster: Cluster) -> tuple[float, float]:
    """Return what the rule turned charges a cluster, and what the others do."""
    prices = {rule.name: rule.judge(cluster).price for rule in rulebook.rules if not rule.hard}
    own = prices.pop(turned, 0.0)
    return own, sum(prices.values())


def least_rest(plans: list[Listed], found: Listed) -> float:
    """Return the least rest of the score of the plans that the rule charges no more than one."""
    return min(other.rest for other in plans if other.charged <= found.charged + NEAR)


def ended(found: Listed, plans: list[Listed], bound_below: float | None) -> Result:
    """Return a search that ended with a plan, and a bound so far below the best possible."""
    best = min(plan.cost for plan in plans)
    bound = None if bound_below is None else best - bound_below
    return Result("feasible", "time limit", found.plan, found.cost, bound, 1.0, 1)


def taken(dice: random.Random, plans: list[Listed]) -> Listed:
    """Take a plan by chance, the best one half of the time."""
    return dice.choice([min(plans, key=lambda plan: plan.cost), dice.choice(plans)])


def worlds(number: int) -> Iterator[tuple[random.Random, World]]:
    """Yield worlds that have a plan."""
    for seed in range(number):
        dice = random.Random(seed)
        world = World.of(dice)
        if world.listed(world.rulebook, ""):
            yield dice, world


def turns(
    world: World, wanted: Callable[[Dial], bool] = lambda _: True
) -> Iterator[tuple[Dial, list[Listed], list[Listed]]]:
    """Yield the dials that leave a world a plan, with the plans before and after."""
    for dial in filter(wanted, dials_of(world.rulebook, world.county)):
        if after := world.listed(dial.rulebook, dial.rule):
            yield dial, world.listed(world.rulebook, dial.rule), after


def test_the_change_lies_between_what_is_said():
    """Every rule is turned; no interval leaves out what brute force knows."""
    seen: Counter[str] = Counter()
    for dice, world in worlds(20):
        for dial, before, after in turns(world):
            for _ in range(4):
                old, new = taken(dice, before), taken(dice, after)
                base = ended(old, before, dice.choice([0.0, 1.5, None]))
                turned = ended(new, after, dice.choice([0.0, 1.5, None]))
                row = change_of(dial, turned, base, world.rulebook, world.frozen)
                change = least_rest(after, new) - least_rest(before, old)
                assert row["change_least"] is None or row["change_least"] <= change + NEAR
                assert row["change_most"] is None or row["change_most"] >= change - NEAR
                assert shown(row["found"], change, old.cost)
                assert row["score"] == pytest.approx(new.rest)
                seen.update(kinds(world, dial, row))
                seen["gives up more of a tighter rule"] += dial.tighter and (
                    new.charged > 2 * old.charged
                )
    expected = ("frozen", "worst trip", "tightened", "higher", "lower", "no difference")
    for kind in (*expected, "unresolved", "tighter, unbounded", "gives up more of a tighter rule"):
        assert seen[kind] > 5, (kind, seen)


def kinds(world: World, dial: Dial, row: dict[str, object]) -> list[str]:
    """Name what a row puts to the test."""
    found = [dial.rule, dial.turn, str(row["found"])]
    found += ["frozen"] if world.frozen else []
    return found + (["tighter, unbounded"] if dial.tighter and row["distance"] is None else [])


def shown(found: object, change: float, cost: float) -> bool:
    """Whether a change is what is said to be proven of it."""
    nothing = NO_DIFFERENCE * cost
    return {
        "higher": change > nothing,
        "lower": change < -nothing,
        "no difference": abs(change) <= nothing,
        "unresolved": True,
    }[str(found)]


def test_a_rule_that_is_kept_where_it_charged_is_no_tighter_one():
    """Two schools in no zone are outside any; without exception they are a zone of their own."""
    dice = random.Random(0)
    world = replace(World.of(dice), frozen=())
    for zones, tighter in (({}, False), (dict.fromkeys(world.county.urns, "A"), True)):
        rules = tuple(
            replace(rule, zone_of=zones) if isinstance(rule, Zones) else rule
            for rule in world.rulebook.rules
        )
        dials = dials_of(replace(world.rulebook, rules=rules), world.county)
        (dial,) = [d for d in dials if (d.rule, d.turn) == ("district", "tightened")]
        assert dial.tighter is tighter


def test_a_better_plan_is_believed_only_where_it_keeps_every_rule_over_the_plan():
    """A number left free and a limit on a trust raised lead to cheaper plans that break them."""
    broken: Counter[str] = Counter()
    for _, world in worlds(50):
        over_plan = {rule.name for rule in world.rulebook.plan_rules}
        for dial, before, after in turns(world, lambda d, names=over_plan: d.rule in names):
            worst = max(before, key=lambda plan: plan.cost)
            cheap = min(after, key=lambda plan: plan.cost)
            turned = [(dial, ended(cheap, after, 0.0))]
            known = best_known(ended(worst, before, None), turned, world.rulebook, world.frozen)
            assert known.plan in [listed.plan for listed in before]
            assert known.cost == pytest.approx(world.rulebook.cost(known.plan))
            if not world.rulebook.keeps_sums(cheap.plan) and cheap.cost < worst.cost:
                broken[dial.rule] += 1
    assert broken["number of clusters"] > 2
    assert broken["clusters of T"] > 1


def test_a_better_plan_is_believed_only_where_each_cluster_keeps_every_rule():
    """A size, a longest trip or pieces turned lead to cheaper plans that break them."""
    broken: Counter[str] = Counter()
    for _, world in worlds(50):
        over_plan = {rule.name for rule in world.rulebook.plan_rules}
        for dial, before, after in turns(world, lambda d, names=over_plan: d.rule not in names):
            worst = max(before, key=lambda plan: plan.cost)
            own = [c for c in worst.plan.clusters if c not in world.frozen]
            assert all(map(world.rulebook.admits, own))
            for found in after:
                known = best_known(
                    ended(worst, before, None),
                    [(dial, ended(found, after, 0.0))],
                    world.rulebook,
                    world.frozen,
                )
                members = {cluster.members for cluster in known.plan.clusters}
                frozen = {cluster.members for cluster in world.frozen}
                judged = [world.rulebook.cluster(group) for group in members - frozen]
                assert all(map(world.rulebook.admits, judged))
                kept = [world.rulebook.cluster(c.members) for c in found.plan.clusters]
                broken[dial.rule] += not all(map(world.rulebook.admits, kept))
    assert sum(broken.values()) > 50, broken
    assert len(broken) > 3, broken


def test_what_looser_rules_prove_holds_for_the_rules_as_they_are():
    """The bound taken over from a looser dial is no higher than the best possible."""
    raised = 0
    for dice, world in worlds(15):
        for dial, before, after in turns(world):
            base = ended(taken(dice, before), before, 4.0)
            turned = [(dial, ended(taken(dice, after), after, 0.0))]
            known = best_known(base, turned, world.rulebook, world.frozen)
            assert known.bound <= min(plan.cost for plan in before) + NEAR
            raised += known.bound > base.bound
    assert raised > 10
