"""Demands: the hard rules of a rulebook taken apart into what a planner could give up singly.

"8 to 14 schools" is two demands, each federation and each pin is one, and so is each zone whose
boundary no cluster may cross. A rulebook can be put together again from some of its demands.
"""

from __future__ import annotations

from collections.abc import Collection

from cluster_geo.county import County
from cluster_geo.rules import Demand, PlanRule, Rule, Rulebook


def demands_of(rulebook: Rulebook, county: County) -> tuple[Demand, ...]:
    """Take the hard rules apart, in the order of the rulebook, those over the plan last.

    Parameters
    ----------
    rulebook : Rulebook
        Bound to the county.
    county : County
        A county, or a part of one: groups with fewer than two schools here ask for nothing.
    """
    found = [d for rule in rulebook.rules if rule.hard for d in rule.demands(county)]
    return (*found, *(d for rule in rulebook.plan_rules for d in rule.demands()))


def only(rulebook: Rulebook, kept: Collection[Demand], county: County) -> Rulebook:
    """Return the rulebook that asks for these demands and nothing else hard.

    Of what has a price only travel stays, so that a search for any plan has something to go by.
    """
    parts: dict[str, set[str]] = {}
    for demand in kept:
        parts.setdefault(demand.rule, set()).add(demand.part)
    rules = [rule.only(parts.get(rule.name, ()), county) for rule in rulebook.rules]
    plan_rules = [rule.only(parts.get(rule.name, ())) for rule in rulebook.plan_rules]
    return _made_of(rulebook, rules, plan_rules)


def without(rulebook: Rulebook, dropped: Collection[Demand], county: County) -> Rulebook:
    """Return the rulebook with these demands given up, all else as it is, prices too."""
    gone = {demand.rule for demand in dropped}
    left = [d for d in demands_of(rulebook, county) if d not in set(dropped)]
    parts = {name: {d.part for d in left if d.rule == name} for name in gone}
    rules = [
        rule.only(parts[rule.name], county) if rule.name in gone else rule
        for rule in rulebook.rules
    ]
    plan_rules = [
        rule.only(parts[rule.name]) if rule.name in gone else rule for rule in rulebook.plan_rules
    ]
    return _made_of(rulebook, rules, plan_rules)


def _made_of(
    rulebook: Rulebook, rules: Collection[Rule | None], plan_rules: Collection[PlanRule | None]
) -> Rulebook:
    """Return a rulebook of what is left of each rule."""
    return Rulebook(
        tuple(rule for rule in rules if rule is not None),
        rulebook.travel,
        tuple(rule for rule in plan_rules if rule is not None),
    )
