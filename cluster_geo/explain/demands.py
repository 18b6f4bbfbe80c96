"""Demands: the hard rules of a rulebook taken apart into what a planner could give up singly.

"8 to 14 schools" is two demands, each federation and each pin is one, and so is each zone whose
boundary no cluster may cross. A rulebook can be put together again from some of its demands.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from cluster_geo.county import County
from cluster_geo.rules import (
    Apart,
    MostClustersOfTrust,
    MostMovers,
    NumberOfClusters,
    Phases,
    PlanRule,
    Rule,
    Rulebook,
    Size,
    Together,
    TravelToHub,
    WorstTrip,
    Zones,
)
from cluster_geo.rules.words import amount, counted, listed, named


@dataclass(frozen=True, order=True)
class Demand:
    """One thing that must hold, and that could be given up without giving up anything else.

    Parameters
    ----------
    rule : str
        Name of the rule it is a part of.
    part : str
        Which part: "low", "high", "primaries", "secondaries", the key of a group, or "" for
        the whole rule.
    words : str
        One clause in a planner's words ("a cluster has at most 14 schools").
    """

    rule: str
    part: str = ""
    words: str = field(default="", compare=False)


def demands_of(rulebook: Rulebook, county: County) -> tuple[Demand, ...]:
    """Take the hard rules apart, in the order of the rulebook, those over the plan last.

    Parameters
    ----------
    rulebook : Rulebook
        Bound to the county.
    county : County
        A county, or a part of one: groups with fewer than two schools here ask for nothing.
    """
    found = [d for rule in rulebook.rules if rule.hard for d in _of_rule(rule, county)]
    return (*found, *(d for rule in rulebook.plan_rules for d in _of_plan_rule(rule)))


def _of_rule(rule: Rule, county: County) -> Iterator[Demand]:
    if isinstance(rule, Size):
        yield from _sizes(rule, county)
    elif isinstance(rule, Phases):
        yield from _phases(rule)
    elif isinstance(rule, Together):
        yield from _ties(rule, county)
    elif isinstance(rule, Apart):
        for place, group in enumerate(rule.groups):
            if len(here := group & set(county.urns)) > 1:
                words = f"{named(here, county.schools.names)} are in different clusters"
                yield Demand(rule.name, str(place), words)
    else:
        yield Demand(rule.name, "", _said(rule, county))


def _sizes(rule: Size, county: County) -> Iterator[Demand]:
    if rule.low > 1:
        yield Demand(rule.name, "low", f"a cluster has at least {counted(rule.low, 'school')}")
    if rule.high < len(county.urns):
        yield Demand(rule.name, "high", f"a cluster has at most {counted(rule.high, 'school')}")


def _phases(rule: Phases) -> Iterator[Demand]:
    for part, least, one in (
        ("primaries", rule.least_primaries, "primary school"),
        ("secondaries", rule.least_secondaries, "secondary school"),
    ):
        if least > 0:
            words = f"each cluster has at least {counted(least, one)} (all-throughs count)"
            yield Demand(rule.name, part, words)


def _ties(rule: Together, county: County) -> Iterator[Demand]:
    here = set(county.urns)
    for key in sorted(rule.groups):
        schools = rule.groups[key] & here
        if len(schools) > 1:
            title = rule.group_names.get(key) or rule.name
            words = f"{named(schools, county.schools.names)} are in one cluster ({title})"
            yield Demand(rule.name, key, words)


def _said(rule: Rule, county: County) -> str:
    """Say a rule that is one demand."""
    if isinstance(rule, Zones):
        zones = {rule.zone_of.get(urn, "") for urn in county.urns}
        if len(zones) == 1:
            return f"no cluster crosses the boundary of {_zone(rule, zones.pop())} ({rule.name})"
        few = 4
        if len(zones) <= few:
            titles = listed([_zone(rule, zone) for zone in sorted(zones)])
            return f"no cluster crosses the boundaries between {titles} ({rule.name})"
        return f"no cluster crosses the boundaries of the layer {rule.name!r}"
    if isinstance(rule, WorstTrip):
        longest = amount(rule.worst, rule.travel.unit)
        return f"no school travels more than {longest} to its central school"
    known = {
        "one piece": "each cluster is in one piece on the ground",
        "srp": "each cluster has a school with an SRP",
        "non-selective": "each cluster has a secondary that a child of any ability can enter",
    }
    return known.get(rule.name, f"the rule {rule.name!r} holds in each cluster")


def _zone(rule: Zones, code: str) -> str:
    return rule.zone_names.get(code, code) or "the schools in no zone"


def _of_plan_rule(rule: PlanRule) -> Iterator[Demand]:
    if isinstance(rule, MostClustersOfTrust):
        most = counted(rule.most, "cluster")
        yield Demand(rule.name, "high", f"{rule.called} sits in at most {most}")
        return
    if rule.low > 0:
        yield Demand(rule.name, "low", f"the plan has at least {amount(rule.low)} clusters")
    if not math.isinf(rule.high):
        yield Demand(rule.name, "high", _most(rule))


def _most(rule: PlanRule) -> str:
    if isinstance(rule, NumberOfClusters):
        return f"the plan has at most {amount(rule.high)} clusters"
    # Less what frozen clusters add, the rule keeps its name alone.
    if rule.name == MostMovers.name:
        movers = counted(int(rule.high), "school")
        return f"at most {movers} may leave the clusters of the earlier plan"
    return f"the plan has at most {amount(rule.high)} {rule.name}"


def only(rulebook: Rulebook, kept: Collection[Demand], county: County) -> Rulebook:
    """Return the rulebook that asks for these demands and nothing else hard.

    Of what has a price only travel stays, so that a search for any plan has something to go by.
    """
    parts: dict[str, set[str]] = {}
    for demand in kept:
        parts.setdefault(demand.rule, set()).add(demand.part)
    rules = [
        left
        for rule in rulebook.rules
        if (left := _left(rule, parts.get(rule.name, set()), len(county.urns))) is not None
    ]
    plan_rules = [
        kept_rule
        for plan_rule in rulebook.plan_rules
        if (kept_rule := _left_over_plan(plan_rule, parts.get(plan_rule.name, set()))) is not None
    ]
    return Rulebook(tuple(rules), rulebook.travel, tuple(plan_rules))


def _left(rule: Rule, parts: Collection[str], schools: int) -> Rule | None:
    """Return what is left of a rule when only these parts of it are asked for."""
    left: Rule | None = rule
    if isinstance(rule, TravelToHub):
        return rule
    if not (rule.hard and parts):
        return None
    if isinstance(rule, Size):
        low = rule.low if "low" in parts else 1
        left = replace(rule, low=low, high=rule.high if "high" in parts else max(low, schools))
    elif isinstance(rule, Phases):
        left = replace(
            rule,
            least_primaries=rule.least_primaries if "primaries" in parts else 0,
            least_secondaries=rule.least_secondaries if "secondaries" in parts else 0,
        )
    elif isinstance(rule, Together):
        left = replace(rule, groups={k: g for k, g in rule.groups.items() if k in parts})
    elif isinstance(rule, Apart):
        groups = tuple(g for place, g in enumerate(rule.groups) if str(place) in parts)
        left = replace(rule, groups=groups)
    return left


def _left_over_plan(rule: PlanRule, parts: Collection[str]) -> PlanRule | None:
    if not parts:
        return None
    if isinstance(rule, NumberOfClusters):
        return NumberOfClusters(
            rule.low if "low" in parts else 0.0, rule.high if "high" in parts else math.inf
        )
    return rule


def without(rulebook: Rulebook, dropped: Collection[Demand], county: County) -> Rulebook:
    """Return the rulebook with these demands given up, all else as it is, prices too."""
    gone = {demand.rule for demand in dropped}
    left = [d for d in demands_of(rulebook, county) if d not in set(dropped)]
    parts = {name: {d.part for d in left if d.rule == name} for name in gone}
    rules: list[Rule] = []
    for rule in rulebook.rules:
        if rule.name not in gone:
            rules.append(rule)
        elif (rest := _left(rule, parts[rule.name], len(county.urns))) is not None:
            rules.append(rest)
    plan_rules: list[PlanRule] = []
    for plan_rule in rulebook.plan_rules:
        if plan_rule.name not in gone:
            plan_rules.append(plan_rule)
        elif (kept := _left_over_plan(plan_rule, parts[plan_rule.name])) is not None:
            plan_rules.append(kept)
    return Rulebook(tuple(rules), rulebook.travel, tuple(plan_rules))
