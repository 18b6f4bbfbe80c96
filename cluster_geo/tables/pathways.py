"""Pathways of a plan: from each primary SRP to a secondary one, counted by need and by place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from cluster_geo.county import County
from cluster_geo.plan import Plan
from cluster_geo.rules import Pathway, PathwayTerms, needs_of, pathways
from cluster_geo.tables.provision import without_pathway

KINDS = ("school", "cluster", "nearby", "team", "none")
ALL_PATHWAYS = "all needs"


@dataclass(frozen=True)
class PlanPathway:
    """A pathway as it is in a plan.

    Parameters
    ----------
    way : Pathway
    kind : str
        How a child goes on: see `rules.ways_on.Kind`.
    onward : int or None
        To which school; without a way on the nearest one there is.
    travel : float or None
        To that school, in the unit of the county's travel.
    """

    way: Pathway
    kind: str
    onward: int | None
    travel: float | None


def pathways_of(county: County, plan: Plan, terms: PathwayTerms) -> list[PlanPathway]:
    """Return each pathway from a school of a plan, by URN and need."""
    found = []
    for way in pathways(county, terms):
        if way.urn not in plan.cluster_of:
            continue
        members = plan.clusters[plan.cluster_of[way.urn]].members
        kind, onward = way.way_on(members)
        travel = None if onward is None else county.travel.between(way.urn, onward)
        found.append(PlanPathway(way, kind, onward, travel))
    return found


def pathway_table(ways: Iterable[PlanPathway], groups: Mapping[str, Iterable[int]]) -> pd.DataFrame:
    """Count the pathways of each group of schools: a row for all, then one for each need.

    Parameters
    ----------
    ways : iterable of PlanPathway
    groups : mapping of str to iterable of int
        URNs by what a reader calls the group; a group without primary SRPs has no row.

    Returns
    -------
    DataFrame
        `group`, `need` ("all needs" in the first row of a group with several), `pathways` (primary
        SRPs, need by need), and how many of them there are of each kind: `school`, `cluster`,
        `nearby`, `team` and `none`.
    """
    listed = list(ways)
    rows = []
    for group, urns in groups.items():
        here = set(urns)
        inside = [one for one in listed if one.way.urn in here]
        needs = sorted({one.way.need for one in inside})
        if len(needs) > 1:
            rows.append({"group": group, "need": ALL_PATHWAYS, **_counts(inside)})
        for need in needs:
            theirs = [one for one in inside if one.way.need == need]
            rows.append({"group": group, "need": need, **_counts(theirs)})
    return pd.DataFrame(rows, columns=["group", "need", "pathways", *KINDS])


def _counts(ways: list[PlanPathway]) -> dict[str, int]:
    kinds = [one.kind for one in ways]
    return {"pathways": len(kinds), **{kind: kinds.count(kind) for kind in KINDS}}


def districts_by_need(
    county: County, terms: PathwayTerms, zones: Mapping[str, Iterable[int]]
) -> dict[str, tuple[str, ...]]:
    """Return, by need, the zones with a primary SRP for it and no secondary one.

    Needs that a travelling team meets are left out, and those that are not asked about.
    """
    found: dict[str, list[str]] = {}
    for zone, needs in without_pathway(county, zones).items():
        for need in needs:
            if terms.asks_about(need) and need not in terms.by_team:
                found.setdefault(need, []).append(zone)
    return {need: tuple(found[need]) for need in sorted(found)}


@dataclass(frozen=True)
class Definition:
    """How many places have no pathway, by one definition of that.

    Parameters
    ----------
    words : str
        The definition, as a clause about a place.
    places : tuple of str
        The places of which it is true.
    """

    words: str
    places: tuple[str, ...]


def definitions(
    county: County,
    terms: PathwayTerms,
    ways: Iterable[PlanPathway],
    zones: Mapping[str, Iterable[int]],
) -> list[Definition]:
    """Return the zones without a pathway, by each definition that a count may have been made by.

    Parameters
    ----------
    county : County
    terms : PathwayTerms
    ways : iterable of PlanPathway
    zones : mapping of str to iterable of int
        URNs by zone.
    """
    here = {zone: frozenset(urns) for zone, urns in zones.items()}
    with_srp = frozenset(needs_of(county))
    primaries = with_srp & county.schools.primaries
    secondaries = with_srp & county.schools.secondaries
    lacking = {zone for found in districts_by_need(county, terms, here).values() for zone in found}
    stranded = frozenset(one.way.urn for one in ways if one.kind == "none")
    tests = {
        "it has a primary SRP and no secondary SRP at all, whatever the needs": [
            zone for zone, urns in here.items() if urns & primaries and not urns & secondaries
        ],
        "it has a primary SRP for some need and no secondary SRP for that need": [
            zone for zone in here if zone in lacking
        ],
        "it has a primary SRP without a way on, as this plan defines it": [
            zone for zone, urns in here.items() if urns & stranded
        ],
    }
    return [Definition(words, tuple(found)) for words, found in tests.items()]
