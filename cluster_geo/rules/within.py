"""A rulebook for some of a county's schools alone."""

from __future__ import annotations

from dataclasses import replace

from cluster_geo.county import County
from cluster_geo.rules.hub import HubChoice
from cluster_geo.rules.plan_rule import PlanRule
from cluster_geo.rules.rule import Rule
from cluster_geo.rules.rulebook import Rulebook
from cluster_geo.rules.together import Together
from cluster_geo.rules.travel_to_hub import TravelToHub
from cluster_geo.rules.worst_trip import WorstTrip


def rulebook_within(
    rulebook: Rulebook, county: County, plan_rules: tuple[PlanRule, ...] = ()
) -> Rulebook:
    """Bind a rulebook to a part of the county it was made for.

    Of groups that must be together only the schools of the part are asked to be. Rules about
    the whole plan say nothing about a part of it, and are left out unless given.

    Parameters
    ----------
    rulebook : Rulebook
    county : County
        As `County.within` returns it.
    plan_rules : tuple of PlanRule, optional
    """
    here = frozenset(county.urns)
    rules = tuple(_within(rule, county, here) for rule in rulebook.rules)
    return Rulebook(rules, HubChoice(county.travel, rulebook.hub.worst), plan_rules)


def _within(rule: Rule, county: County, here: frozenset[int]) -> Rule:
    """Bind one rule; most know schools by URN and hold for any of them."""
    if isinstance(rule, TravelToHub | WorstTrip):
        return replace(rule, travel=county.travel)
    if isinstance(rule, Together):
        groups = {name: group & here for name, group in rule.groups.items() if group & here}
        return replace(rule, groups=groups)
    return rule
