"""A rulebook for a part of a county."""

from __future__ import annotations

from cluster_geo.county import County
from cluster_geo.rules.plan_rule import PlanRule
from cluster_geo.rules.rulebook import Rulebook


def rulebook_within(
    rulebook: Rulebook, county: County, plan_rules: tuple[PlanRule, ...] = ()
) -> Rulebook:
    """Return a rulebook for a part of the county it was made for.

    Groups that must be together are reduced to the schools of the part. Rules over the plan do
    not apply to a part of it, so they are left out unless given.

    Parameters
    ----------
    rulebook : Rulebook
    county : County
        As `County.within` returns it.
    plan_rules : tuple of PlanRule, optional
    """
    rules = tuple(rule.within(county) for rule in rulebook.rules)
    return Rulebook(rules, county.travel, plan_rules)
