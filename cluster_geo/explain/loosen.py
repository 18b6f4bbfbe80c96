"""Ways to loosen one demand, the mildest first; each is a change a council could decide."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from cluster_geo.county import County
from cluster_geo.phrases import counted, listed, named
from cluster_geo.plan import Cluster, Plan, main_zone
from cluster_geo.rules import Demand, PlanRule, Rule, Rulebook, Zones
from cluster_geo.rules.change import EXCEPTION
from cluster_geo.rules.zones import crossed_name

AnyRule = TypeVar("AnyRule", Rule, PlanRule)


@dataclass(frozen=True)
class Loosening:
    """A rulebook with one demand loosened.

    Parameters
    ----------
    demand : Demand
    rulebook : Rulebook
    words : str
        What is changed, as a request; "{found}" stands for what depends on the plan.
    exception : str
        Name of the rule that counts the exceptions a plan makes, where it may make any.
    layer : str
        Name of the layer, where a boundary is opened.
    """

    demand: Demand
    rulebook: Rulebook
    words: str
    exception: str = ""
    layer: str = ""


def loosenings(demand: Demand, rulebook: Rulebook, county: County) -> Iterator[Loosening]:
    """Yield the ways to loosen a demand that opens no boundary, the mildest first."""
    for rule in rulebook.rules:
        if rule.name == demand.rule:
            for way in rule.loosened(demand, county):
                changed = swapped(rulebook, rule, way.rule)
                yield Loosening(demand, _with(changed, way.beside), way.words, way.exception)
    for plan_rule in rulebook.plan_rules:
        if plan_rule.name == demand.rule:
            for less in plan_rule.loosened(demand, county):
                changed = swapped_over_plan(rulebook, plan_rule, less.rule)
                yield Loosening(demand, _with(changed, less.beside), less.words, less.exception)


def swapped(rulebook: Rulebook, old: Rule, new: Rule | None) -> Rulebook:
    """Return the rulebook with one rule in another's place, or without it."""
    return replace(rulebook, rules=_swapped(rulebook.rules, old, new))


def swapped_over_plan(rulebook: Rulebook, old: PlanRule, new: PlanRule | None) -> Rulebook:
    """Return the rulebook with one rule over the plan in another's place, or without it."""
    return replace(rulebook, plan_rules=_swapped(rulebook.plan_rules, old, new))


def _swapped(rules: tuple[AnyRule, ...], old: AnyRule, new: AnyRule | None) -> tuple[AnyRule, ...]:
    changed = [new if rule is old else rule for rule in rules]
    return tuple(rule for rule in changed if rule is not None)


def _with(rulebook: Rulebook, beside: Rule | None) -> Rulebook:
    return rulebook if beside is None else replace(rulebook, rules=(*rulebook.rules, beside))


def opening(demand: Demand, rulebook: Rulebook, zones: tuple[str, ...]) -> Loosening:
    """Let clusters cross the boundaries between these zones, as few schools as possible."""
    return _redrawn(demand, rulebook, _layer(demand.rule, rulebook).opened(zones), EXCEPTION)


def lending(demand: Demand, rulebook: Rulebook, schools: Collection[int], zone: str) -> Loosening:
    """Draw the boundary around some schools, so that they join the clusters of another zone.

    Which schools cross is settled by that, so nothing is charged for them.
    """
    return _redrawn(demand, rulebook, _layer(demand.rule, rulebook).lent(schools, zone), 0.0)


def _layer(name: str, rulebook: Rulebook) -> Zones:
    layers = [rule.layer for rule in rulebook.rules if rule.name == name]
    assert layers[0] is not None, "only a layer has boundaries to open or to draw"
    return layers[0]


def _redrawn(demand: Demand, rulebook: Rulebook, layer: Zones, price: float) -> Loosening:
    """Keep a layer's boundaries as they are drawn now, and count what crosses the true ones."""
    rule = next(rule for rule in rulebook.rules if rule.name == demand.rule)
    # Where another boundary of the layer is open already, what crosses is charged for by now.
    crossed = _layer(rule.name, rulebook).crossed(price)
    changed = swapped(rulebook, rule, layer)
    if crossed.name not in {r.name for r in changed.rules}:
        changed = _with(changed, crossed)
    return Loosening(demand, changed, "let {found}", layer=rule.name)


def gentler(rulebook: Rulebook) -> Rulebook:
    """Return the rulebook with exceptions at a price at which a first plan is found sooner."""
    return replace(rulebook, rules=tuple(rule.at_first() for rule in rulebook.rules))


def loosening_words(loosening: Loosening, plan: Plan, county: County) -> str:
    """Return a loosening in words, completed with what its plan shows."""
    if loosening.layer:
        return loosening.words.format(found=_crossings(loosening, plan, county))
    charged = [rule for rule in loosening.rulebook.rules if rule.name == loosening.exception]
    number = sum(int(rule.judge(c).count) for rule in charged for c in plan.clusters)
    return loosening.words.format(found=counted(number, "cluster"))


def _crossings(loosening: Loosening, plan: Plan, county: County) -> str:
    """Say which schools would join a cluster of which other zone."""
    rule = _layer(crossed_name(loosening.layer), loosening.rulebook)
    joining: dict[tuple[str, str], list[int]] = {}
    for cluster in plan.clusters:
        for urn, home, main in _away(cluster, rule):
            joining.setdefault((home, main), []).append(urn)
    names = county.schools.names
    parts = [
        f"{counted(len(urns), 'school')} of {rule.zone_title(home)} join a cluster of "
        f"{rule.zone_title(main)}: {named(urns, names)}"
        for (home, main), urns in sorted(joining.items())
    ]
    return listed(parts) or "clusters cross the boundary"


def _away(cluster: Cluster, rule: Zones) -> Iterator[tuple[int, str, str]]:
    main = main_zone(cluster, rule.zone_of)
    for urn in cluster.members:
        if (home := rule.zone_of.get(urn, "")) != main:
            yield urn, home, main
