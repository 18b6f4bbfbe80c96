"""The report's account of a plan's effects on groups of schools, and of those least well served."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from cluster_geo.compare.since import matched_since
from cluster_geo.measures.effects import NOT_KNOWN, SLIGHT, by_group, effects, groupings, of_all
from cluster_geo.phrases import amount
from cluster_geo.plan import Plan
from cluster_geo.publish import Publication
from cluster_geo.report.amounts import number
from cluster_geo.report.divisions import Divisions, divisions_affected
from cluster_geo.report.least_favourable import LeastFavourable, least_favourable

TITLES = {
    "idaci": "Fifth of areas by child poverty (IDACI)",
    "rural": "Rural or urban place",
    "ehcp": "Share of pupils with an EHCP",
    "sen": "Share of pupils on SEN support",
}


@dataclass(frozen=True)
class EffectsTable:
    """One way to group schools, and the effects on each group.

    Parameters
    ----------
    title : str
    rows : list of tuple
        The group, and its figures as texts in the order of `EffectsSection.headings`.
    """

    title: str
    rows: list[tuple[str, list[str]]]


@dataclass(frozen=True)
class EffectsSection:
    """Who gains and who loses, the least favourable clusters, and the divisions affected.

    Parameters
    ----------
    compared : bool
        With a plan before; if not, journeys are compared with the mean of all schools.
    schools, left_out : int
        Schools that are compared, and those that are not since the plan before lacks them.
    slight : str
        Change of a journey up to which it counts as the same.
    headings : list of str
    tables : list of EffectsTable
        Only groupings that are known for some school.
    whole : list of str
        The figures of all schools.
    least : list of LeastFavourable
    unplaced : dict of str to str
        Mitigations for clusters that the plan does not have, by code.
    divisions : Divisions or None
    """

    compared: bool
    schools: int
    left_out: int
    slight: str
    headings: list[str]
    tables: list[EffectsTable]
    whole: list[str]
    least: list[LeastFavourable]
    unplaced: dict[str, str]
    divisions: Divisions | None


def effects_section(published: Publication) -> EffectsSection:
    """Gather the effects of a plan as its audience may see them."""
    county, plan = published.county, published.plan
    before = plan_before(published)
    table = effects(plan, county, before)
    columns = _columns(county.travel.unit, compared=before is not None)
    groups = groupings(county, list(table.index))
    mitigation = published.disclosed.brief.mitigation
    return EffectsSection(
        compared=before is not None,
        schools=len(table),
        left_out=len(plan.cluster_of) - len(table),
        slight=amount(SLIGHT[county.travel.unit], county.travel.unit),
        headings=list(columns.values()),
        tables=[
            EffectsTable(
                TITLES[name],
                [
                    (str(label), _texts(row, list(columns)))
                    for label, row in by_group(table, group_of).iterrows()
                ],
            )
            for name, group_of in groups.items()
            if (group_of != NOT_KNOWN).any()
        ],
        whole=_texts(of_all(table), list(columns)),
        least=least_favourable(county, plan, mitigation),
        unplaced={
            code: text for code, text in sorted(mitigation.items()) if code not in plan.labels
        },
        divisions=divisions_affected(published),
    )


def plan_before(published: Publication) -> Plan | None:
    """Return the plan before, with the codes of the clusters of now that follow its own."""
    previous = published.papers.previous
    if previous is None:
        return None
    return matched_since(previous, published.plan, published.county, published.rulebook)[0]


def _columns(unit: str, *, compared: bool) -> dict[str, str]:
    """Return the heading of each figure shown, by its name in `measures.effects`."""
    if not compared:
        return {
            "schools": "Schools",
            "journey_after": f"Mean journey, {unit}",
            "shorter": "Shorter than the mean of all",
            "longer": "Longer than the mean of all",
            "srp_after": "With an SRP of their phase in the cluster",
            "places_after": "SRP places in the cluster, mean",
        }
    return {
        "schools": "Schools",
        "journey_before": f"Mean journey before, {unit}",
        "journey_after": f"Mean journey after, {unit}",
        "shorter": "Journey shorter",
        "longer": "Journey longer",
        "srp_before": "With an SRP of their phase in the cluster before",
        "srp_after": "With one after",
        "places_before": "SRP places in the cluster before, mean",
        "places_after": "SRP places after, mean",
    }


def _texts(row: pd.Series, columns: Sequence[str]) -> list[str]:
    return [
        number(row[name], 1 if name.startswith(("journey", "places")) else 0) for name in columns
    ]
