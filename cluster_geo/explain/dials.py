"""Dials: a rulebook with one rule relaxed, tightened or set to another range."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cluster_geo.county import County
from cluster_geo.explain.demands import demands_of, without
from cluster_geo.explain.loosen import swapped, swapped_over_plan
from cluster_geo.rules import (
    Balance,
    CloseToReference,
    MostClustersOfTrust,
    NonSelective,
    NumberOfClusters,
    OnePiece,
    Rule,
    Rulebook,
    Size,
    SrpCoverage,
    Together,
    Trusts,
    Zones,
    find_clashes,
    kind_of,
)
from cluster_geo.rules.words import counted

SIZES = ((6, 10), (7, 12), (8, 14), (10, 16))


@dataclass(frozen=True)
class Dial:
    """A rulebook in which one rule is turned.

    Parameters
    ----------
    rule : str
        Name of the rule.
    turn : str
        "relaxed", "tightened", a range of sizes as "6:10", or a limit as "at most 3".
    words : str
        What is asked, in a planner's words.
    rulebook : Rulebook
    tighter : bool
        Whether no plan scores less than it did, frozen clusters aside: then what is proven of the
        rules as they are holds for these too, and the rest of the score cannot fall.
    looser : bool
        Whether every plan that kept the rules still does, and is charged no more: then the
        rest of the score cannot rise.
    """

    rule: str
    turn: str
    words: str
    rulebook: Rulebook
    tighter: bool = False
    looser: bool = False


def dials_of(rulebook: Rulebook, county: County) -> Iterator[Dial]:
    """Yield every dial of a rulebook, in its order: rules first, then the number of clusters.

    A weighed rule is left out of account, and made hard where it can be; a hard one is given
    up; one that is only shown is made hard. Travel, the currency of all others, is not turned.
    """
    for rule in rulebook.rules:
        if isinstance(rule, Size):
            yield from _sizes(rule, rulebook, county)
        else:
            yield from _turns(rule, rulebook, county)
    for plan_rule in rulebook.plan_rules:
        free = tuple(r for r in rulebook.plan_rules if r is not plan_rule)
        yield Dial(
            plan_rule.name,
            "relaxed",
            f"{plan_rule.name} left free",
            replace(rulebook, plan_rules=free),
            looser=True,
        )
        if isinstance(plan_rule, MostClustersOfTrust):
            yield from _of_trust(plan_rule, rulebook)


def _of_trust(rule: MostClustersOfTrust, rulebook: Rulebook) -> Iterator[Dial]:
    """Let a trust sit in one cluster fewer, and in one more."""
    for most in (rule.most - 1, rule.most + 1):
        if 0 < most < len(rule.schools):
            yield Dial(
                rule.name,
                f"at most {most}",
                f"{rule.called} in at most {counted(most, 'cluster')}",
                swapped_over_plan(rulebook, rule, replace(rule, most=most)),
                tighter=most < rule.most,
                looser=most > rule.most,
            )


def _sizes(rule: Size, rulebook: Rulebook, county: County) -> Iterator[Dial]:
    for low, high in SIZES:
        if (low, high) == (rule.low, rule.high):
            continue
        words = f"clusters of {low} to {high} schools"
        turned = swapped(rulebook, rule, replace(rule, low=low, high=high))
        numbers = [r for r in rulebook.plan_rules if isinstance(r, NumberOfClusters)]
        if numbers and find_clashes(turned, county):
            # So many clusters of that size cannot be made: the size is what is asked about.
            others = tuple(r for r in turned.plan_rules if r not in numbers)
            turned = replace(turned, plan_rules=others)
            words += ", their number left free"
        tighter = rule.low <= low and high <= rule.high and turned.plan_rules == rulebook.plan_rules
        looser = low <= rule.low and rule.high <= high
        yield Dial(rule.name, f"{low}:{high}", words, turned, tighter, looser)


def _turns(rule: Rule, rulebook: Rulebook, county: County) -> Iterator[Dial]:
    kind = kind_of(rule)
    if kind == "hard":
        parts = [d for d in demands_of(rulebook, county) if d.rule == rule.name]
        if parts and not isinstance(rule, OnePiece):
            given_up = without(rulebook, parts, county)
            yield Dial(rule.name, "relaxed", f"{rule.name} given up", given_up, looser=True)
        return
    if kind == "priced" and isinstance(
        rule, Zones | Together | SrpCoverage | NonSelective | Trusts | CloseToReference | Balance
    ):
        unpriced = swapped(rulebook, rule, replace(rule, price=0.0))
        words = f"{rule.name} left out of account"
        yield Dial(rule.name, "relaxed", words, unpriced, looser=True)
    if isinstance(rule, Trusts) and kind == "priced":
        twice = swapped(rulebook, rule, replace(rule, price=2 * rule.price))
        yield Dial(rule.name, "tightened", f"{rule.name} at twice the weight", twice, tighter=True)
    if isinstance(rule, Zones | Together | SrpCoverage | NonSelective) and _says_anything(rule):
        hard = swapped(rulebook, rule, replace(rule, price=0.0, hard=True))
        words, free = f"{rule.name} kept without exception", _is_free_where_kept(rule, county)
        yield Dial(rule.name, "tightened", words, hard, tighter=free)


def _is_free_where_kept(rule: Rule, county: County) -> bool:
    """Whether a cluster that keeps a rule without exception was charged nothing by it before.

    Schools in no zone are outside any, and charged for; of the rule without exception they form a
    zone of their own.
    """
    return not isinstance(rule, Zones) or all(map(rule.zone_of.get, county.urns))


def _says_anything(rule: Rule) -> bool:
    return not isinstance(rule, Together) or any(len(g) > 1 for g in rule.groups.values())
