"""Ways to loosen one demand, the mildest first; each is a change a council could decide."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from cluster_geo.county import County
from cluster_geo.explain.demands import Demand, without
from cluster_geo.plan import Cluster, Plan, main_zone
from cluster_geo.rules import (
    MostClustersOfTrust,
    NonSelective,
    NumberOfClusters,
    Phases,
    PlanRule,
    Rule,
    Rulebook,
    Size,
    SrpCoverage,
    Trusts,
    Without,
    WorstTrip,
    Zones,
)
from cluster_geo.rules.words import amount, counted, listed, named

# Price of an exception while one looks for the plan with few of them, in km of travel. Scores
# that are told leave it out: what a demand is worth is for the council to say.
EXCEPTION = 100.0
# At that price hardly any move makes one: the first plan is looked for at this one.
FIRST_EXCEPTION = 10.0
WIDER = range(1, 9)
LONGER = (1.1, 1.25, 1.5, 2.0)


@dataclass(frozen=True)
class Loosening:
    """A rulebook with one demand loosened.

    Parameters
    ----------
    demand : Demand
    rulebook : Rulebook
    words : str
        What is changed, as a request; with "{found}" for what only a plan can tell.
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
            yield from _of_rule(rule, demand, rulebook, county)
    for plan_rule in rulebook.plan_rules:
        if plan_rule.name == demand.rule:
            yield from _of_plan_rule(plan_rule, demand, rulebook, county)


def _of_rule(rule: Rule, demand: Demand, rulebook: Rulebook, county: County) -> Iterator[Loosening]:
    if isinstance(rule, Size):
        yield from _sizes(rule, demand, rulebook)
    elif isinstance(rule, Phases):
        yield _phases(rule, demand, rulebook)
    elif isinstance(rule, SrpCoverage | NonSelective):
        what = "an SRP" if isinstance(rule, SrpCoverage) else "a secondary open to all"
        softer = replace(rule, hard=False, price=EXCEPTION)
        words = f"allow {{found}} without {what}"
        yield Loosening(demand, swapped(rulebook, rule, softer), words, rule.name)
    elif isinstance(rule, WorstTrip):
        for factor in LONGER:
            worst = round(rule.worst * factor, 1)
            changed = swapped(rulebook, rule, replace(rule, worst=worst))
            words = f"allow trips of up to {amount(worst, rule.travel.unit)}"
            yield Loosening(demand, changed, words)
    else:
        words = f"do not ask that {demand.words}"
        yield Loosening(demand, without(rulebook, [demand], county), words)


def _sizes(rule: Size, demand: Demand, rulebook: Rulebook) -> Iterator[Loosening]:
    for more in WIDER:
        if demand.part == "high":
            wider = replace(rule, high=rule.high + more)
            words = f"allow clusters of up to {counted(wider.high, 'school')}"
        else:
            wider = replace(rule, low=max(1, rule.low - more))
            words = f"allow clusters of {counted(wider.low, 'school')} or more"
        yield Loosening(demand, swapped(rulebook, rule, wider), words)
        if wider.low == 1 and demand.part == "low":
            return


def _phases(rule: Phases, demand: Demand, rulebook: Rulebook) -> Loosening:
    """Ask for one school fewer of a phase, or for exceptions where one was asked for."""
    field = f"least_{demand.part}"
    least = getattr(rule, field)
    phase = {"primaries": "primary", "secondaries": "secondary"}[demand.part]
    fewer: Phases = replace(rule, **{field: least - 1})
    changed = swapped(rulebook, rule, fewer)
    if least > 1:
        words = f"ask for {counted(least - 1, f'{phase} school')} in a cluster"
        return Loosening(demand, changed, words)
    exception = Without(f"without a {phase} school", getattr(rule, demand.part), EXCEPTION)
    changed = replace(changed, rules=(*changed.rules, exception))
    words = f"allow {{found}} without a {phase} school"
    return Loosening(demand, changed, words, exception.name)


def _of_plan_rule(
    rule: PlanRule, demand: Demand, rulebook: Rulebook, county: County
) -> Iterator[Loosening]:
    if isinstance(rule, NumberOfClusters):
        yield from _numbers(rule, demand, rulebook)
        return
    if isinstance(rule, MostClustersOfTrust):
        yield _of_trust(rule, demand, rulebook)
        return
    words = f"do not ask that {demand.words}"
    yield Loosening(demand, without(rulebook, [demand], county), words)


def _numbers(rule: NumberOfClusters, demand: Demand, rulebook: Rulebook) -> Iterator[Loosening]:
    for more in WIDER:
        low = rule.low - more if demand.part == "low" else rule.low
        high = rule.high + more if demand.part == "high" else rule.high
        side = (
            f"{amount(low)} clusters or more"
            if demand.part == "low"
            else f"up to {amount(high)} clusters"
        )
        wider = replace(rule, low=low, high=high)
        yield Loosening(demand, swapped_over_plan(rulebook, rule, wider), f"allow {side}")


def _of_trust(rule: MostClustersOfTrust, demand: Demand, rulebook: Rulebook) -> Loosening:
    """Let a trust sit in more clusters, as few as may be: how many, the plan tells."""
    fewest = Trusts({rule.trust: rule.schools}, EXCEPTION, name=f"{rule.name}, few")
    words = f"allow {rule.called} to sit in {{found}}"
    if rule.elsewhere:
        words += f" besides the {rule.elsewhere} that stay as they are"
    plan_rules = tuple(r for r in rulebook.plan_rules if r is not rule)
    softer = replace(rulebook, rules=(*rulebook.rules, fewest), plan_rules=plan_rules)
    return Loosening(demand, softer, words, fewest.name)


def swapped_over_plan(rulebook: Rulebook, old: PlanRule, new: PlanRule) -> Rulebook:
    """Return the rulebook with one rule over the plan in another's place."""
    plan_rules = tuple(new if r is old else r for r in rulebook.plan_rules)
    return replace(rulebook, plan_rules=plan_rules)


def opening(demand: Demand, rulebook: Rulebook, zones: tuple[str, ...]) -> Loosening:
    """Let clusters cross the boundaries between these zones, as few schools as may be."""
    rule = next(r for r in rulebook.rules if r.name == demand.rule)
    assert isinstance(rule, Zones), "only a layer has boundaries to open"
    joined = {urn: zones[0] if z in zones else z for urn, z in rule.zone_of.items()}
    if "" in zones:
        joined = {u: z for u, z in joined.items() if rule.zone_of[u] not in zones}
    return _redrawn(demand, rulebook, rule, joined, EXCEPTION)


def lending(demand: Demand, rulebook: Rulebook, schools: Collection[int], zone: str) -> Loosening:
    """Draw the boundary around some schools, so that they join the clusters of another zone.

    Which schools cross is settled by that, so nothing is charged for them.
    """
    rule = next(r for r in rulebook.rules if r.name == demand.rule)
    assert isinstance(rule, Zones), "only a layer has boundaries to draw"
    return _redrawn(demand, rulebook, rule, {**rule.zone_of, **dict.fromkeys(schools, zone)}, 0.0)


def _redrawn(
    demand: Demand, rulebook: Rulebook, rule: Zones, zone_of: Mapping[int, str], price: float
) -> Loosening:
    """Keep a layer's boundaries as they are drawn now, and tell what crosses the true ones."""
    rules = swapped(rulebook, rule, replace(rule, zone_of=zone_of)).rules
    # Where another boundary of the layer is open already, what crosses is charged for by now.
    crossed = replace(rule, name=f"{rule.name} crossed", hard=False, price=price)
    if crossed.name not in {r.name for r in rules}:
        rules = (*rules, crossed)
    return Loosening(demand, replace(rulebook, rules=rules), "let {found}", layer=rule.name)


def swapped(rulebook: Rulebook, old: Rule, new: Rule) -> Rulebook:
    """Return the rulebook with one rule in another's place."""
    return replace(rulebook, rules=tuple(new if r is old else r for r in rulebook.rules))


def gentler(rulebook: Rulebook) -> Rulebook:
    """Return the rulebook with exceptions at a price at which a first plan is found sooner."""
    rules = [
        replace(rule, price=FIRST_EXCEPTION)
        if isinstance(rule, Without | Zones | SrpCoverage | NonSelective | Trusts)
        and rule.price == EXCEPTION
        else rule
        for rule in rulebook.rules
    ]
    return replace(rulebook, rules=tuple(rules))


def said(loosening: Loosening, plan: Plan, county: County) -> str:
    """Return the words of a loosening, with what its plan makes of it."""
    if loosening.layer:
        return loosening.words.format(found=_crossings(loosening, plan, county))
    charged = [rule for rule in loosening.rulebook.rules if rule.name == loosening.exception]
    number = sum(int(rule.judge(c).count) for rule in charged for c in plan.clusters)
    return loosening.words.format(found=counted(number, "cluster"))


def _crossings(loosening: Loosening, plan: Plan, county: County) -> str:
    """Say which schools would join a cluster of which other zone."""
    rule = next(r for r in loosening.rulebook.rules if r.name == f"{loosening.layer} crossed")
    assert isinstance(rule, Zones), "an opened layer is charged for what crosses it"
    joining: dict[tuple[str, str], list[int]] = {}
    for cluster in plan.clusters:
        for urn, home, main in _away(cluster, rule):
            joining.setdefault((home, main), []).append(urn)
    names = county.schools.names
    parts = [
        f"{counted(len(urns), 'school')} of {title(rule, home)} join a cluster of "
        f"{title(rule, main)}: {named(urns, names)}"
        for (home, main), urns in sorted(joining.items())
    ]
    return listed(parts) or "clusters cross the boundary"


def _away(cluster: Cluster, rule: Zones) -> Iterator[tuple[int, str, str]]:
    main = main_zone(cluster.members, rule.zone_of)
    for urn in cluster.members:
        if (home := rule.zone_of.get(urn, "")) != main:
            yield urn, home, main


def title(rule: Zones, code: str) -> str:
    """Name of a zone as a reader says it."""
    return rule.zone_names.get(code, code) or "no zone"
