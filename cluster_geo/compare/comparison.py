"""Two plans compared: both judged by the same rules, their clusters matched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from cluster_geo.audience import audit_for
from cluster_geo.audit import Audit, audit
from cluster_geo.compare.changes import (
    measure_changes,
    rule_changes,
    trust_changes,
    whole_of_moves,
)
from cluster_geo.compare.clusters import cluster_changes, common_codes, relabelled
from cluster_geo.compare.moves import find_moves
from cluster_geo.compare.published import PlanFile
from cluster_geo.compare.since import with_hubs
from cluster_geo.county import County
from cluster_geo.plan import Plan, known_part
from cluster_geo.records import Source
from cluster_geo.rules import Rulebook, most_schools


@dataclass(frozen=True, eq=False)
class Side:
    """One of the two plans.

    Parameters
    ----------
    title : str
        What a reader calls it, such as the name of its file.
    plan : Plan
        The part of it that the county knows, each school once, with the hubs that the rules
        choose. Clusters of the second plan carry the codes and names of those of the first
        that they are matched to.
    audit : Audit
        The verdicts on the plan as it was drawn, strangers and all.
    names : DataFrame or None
        How each row of a published list was matched to a school; None where the file gave URNs.
    source : Source or None
        The file the plan was read from.
    """

    title: str
    plan: Plan
    audit: Audit
    names: pd.DataFrame | None = None
    source: Source | None = None


@dataclass(frozen=True, eq=False)
class Comparison:
    """What changes from the first plan (`before`) to the second (`after`).

    Parameters
    ----------
    county : County
    before, after : Side
    moves : DataFrame
        One row for each school that changes its cluster, joins or leaves the plan, indexed by
        `urn`; see `moves.find_moves`. Empty where nothing moves, whatever the clusters are
        called.
    clusters : DataFrame
        One row for each cluster of either plan; see `clusters.cluster_changes`.
    rules, measures, trusts : DataFrame
        See `changes.rule_changes`, `changes.measure_changes` and `changes.trust_changes`.
    touched : Series
        How many schools, pupils and trusts the moves touch; see `changes.whole_of_moves`.
    """

    county: County
    before: Side
    after: Side
    moves: pd.DataFrame
    clusters: pd.DataFrame
    rules: pd.DataFrame
    measures: pd.DataFrame
    trusts: pd.DataFrame
    touched: pd.Series


def compare_plans(
    county: County,
    rulebook: Rulebook,
    first: PlanFile,
    second: PlanFile,
    record: Mapping[str, Any] | None = None,
) -> Comparison:
    """Compare two plans of a county by one set of rules.

    Parameters
    ----------
    county : County
        As its audience may see it.
    rulebook : Rulebook
        Judges both plans, whatever rules they were made by, by all counts.
    first, second : PlanFile
        As read, complete or not; schools that the county does not know are told by the audits
        and left out of everything else.
    record : mapping, optional
        Facts of the scenario, which tell the audience: what the rules find is shown as it may
        see it.
    """
    before, after = _chosen(first.plan, county, rulebook), _chosen(second.plan, county, rulebook)
    codes = common_codes(before, after, second.plan.labels)
    own = {codes[code]: (code, after.names.get(code, "")) for code in after.labels}
    after = relabelled(after, codes, before.names)
    drawn = relabelled(second.plan, codes, before.names)
    # Where only the second plan has a name for a cluster, both sides use that one.
    before = replace(before, names={**after.names, **before.names})
    verdicts = [
        audit_for(audit(county, rulebook, plan), county, record or {})
        for plan in (first.plan, drawn)
    ]
    sides = (
        Side(first.title, before, verdicts[0], first.names, first.source),
        Side(second.title, after, verdicts[1], second.names, second.source),
    )
    moves = find_moves(before, after, county)
    return Comparison(
        county=county,
        before=sides[0],
        after=sides[1],
        moves=moves,
        clusters=cluster_changes(before, after, county, own),
        rules=rule_changes(sides[0].audit, sides[1].audit),
        measures=measure_changes(before, after, county, most_schools(rulebook)),
        trusts=trust_changes(moves, before, after, county),
        touched=whole_of_moves(moves, before, after, county),
    )


def _chosen(plan: Plan, county: County, rulebook: Rulebook) -> Plan:
    """Return the known part of a plan with the hubs that the rules choose."""
    return with_hubs(known_part(plan, county), rulebook)
