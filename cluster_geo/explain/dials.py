"""Dials: a rulebook with one rule relaxed, tightened or set to another range."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cluster_geo.county import County
from cluster_geo.explain.loosen import swapped, swapped_over_plan
from cluster_geo.rules import PlanRule, Rule, Rulebook, find_clashes
from cluster_geo.rules.change import Turn


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
        for turn in rule.turns(county):
            turned = swapped(rulebook, rule, turn.rule)
            if turn.frees_number and _out_of_reach(turned, county):
                yield _dial(rule, turn, _any_number(turned), ", their number left free")
            else:
                yield _dial(rule, turn, turned)
    for plan_rule in rulebook.plan_rules:
        for other in plan_rule.turns():
            yield _dial(plan_rule, other, swapped_over_plan(rulebook, plan_rule, other.rule))


def _dial(
    rule: Rule | PlanRule, turn: Turn[Rule] | Turn[PlanRule], turned: Rulebook, freed: str = ""
) -> Dial:
    tighter = turn.tighter and not freed
    return Dial(rule.name, turn.turn, turn.words + freed, turned, tighter, turn.looser)


def _out_of_reach(rulebook: Rulebook, county: County) -> bool:
    """Whether a number of clusters is asked for that cannot be made, by counting."""
    return any(r.counts_clusters for r in rulebook.plan_rules) and bool(
        find_clashes(county, rulebook)
    )


def _any_number(rulebook: Rulebook) -> Rulebook:
    """Leave the number of clusters free: the rule that is turned is what is asked about."""
    rules = tuple(rule for rule in rulebook.plan_rules if not rule.counts_clusters)
    return replace(rulebook, plan_rules=rules)
