"""A rulebook for some of a county's schools alone."""

from __future__ import annotations

from cluster_geo.county import County
from cluster_geo.rules.plan_rule import PlanRule
from cluster_geo.rules.rulebook import Rulebook


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
    rules = tuple(rule.within(county) for rule in rulebook.rules)
    return Rulebook(rules, county.travel, plan_rules)
