"""Specialist resource provisions (SRPs) by place, need and phase, and where provision is missing.

A provision for several needs counts under each of them, and its places are not shared out: so
the rows of needs add up to more than the row of all.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from cluster_geo.county import County
from cluster_geo.plan import Plan
from cluster_geo.rules import NOT_RECORDED, needs_of

ALL_NEEDS = "all needs"
NO_SRP = "no SRP"
PHASES = ("primary", "secondary", "all_through")


def provision_table(county: County, groups: Mapping[str, Iterable[int]]) -> pd.DataFrame:
    """Return the SRPs of each group of schools: a row for all, then one for each need.

    Parameters
    ----------
    county : County
    groups : mapping of str to iterable of int
        URNs by what a reader calls the group, such as a district or a cluster.

    Returns
    -------
    DataFrame
        `group`, `need` ("all needs" in the first row of a group; the others only where there
        is more than one, and "no SRP" where there is none), `primary`, `secondary` and
        `all_through` (schools with provision, each counted once), `places`, `on_roll` and `spare`
        (pupils), each over the schools that tell it, `spare` over those that tell both and
        negative where they hold more than their places; missing where none tells, where a count
        is withheld, and where there is no SRP.
    """
    needs, count = needs_of(county), _Counts.of(county)
    rows = []
    for group, urns in groups.items():
        here = sorted(needs.keys() & set(urns))
        rows.append({"group": group, "need": ALL_NEEDS, **count(here)})
        kinds = sorted({need for urn in here for need in needs[urn]})
        if len(kinds) <= 1:
            rows[-1]["need"] = kinds[0] if kinds else NO_SRP
            continue
        for need in kinds:
            theirs = [urn for urn in here if need in needs[urn]]
            rows.append({"group": group, "need": need, **count(theirs)})
    columns = ["group", "need", *PHASES, "places", "on_roll", "spare"]
    whole = dict.fromkeys(columns[2:], "Int64")
    return pd.DataFrame(rows, columns=columns).astype(whole)


@dataclass(frozen=True, eq=False)
class _Counts:
    """Counts the SRPs of some schools: columns are looked up once."""

    county: County
    places: Mapping[int, float]
    on_roll: Mapping[int, float]

    @classmethod
    def of(cls, county: County) -> _Counts:
        schools = county.schools
        known = [
            dict(zip(schools.urns, schools.table[name].astype(float), strict=True))
            for name in ("srp_places", "srp_on_roll")
        ]
        return cls(county, *known)

    def __call__(self, urns: list[int]) -> dict[str, object]:
        places, on_roll = ([known[urn] for urn in urns] for known in (self.places, self.on_roll))
        spare = [place - pupil for place, pupil in zip(places, on_roll, strict=True)]
        may_show = self.county.schools.may_show_total
        shown = {name: may_show(name, urns) for name in ("srp_places", "srp_on_roll")}
        return {
            **self.county.phase_counts(urns),
            "places": _sum(places) if shown["srp_places"] else None,
            "on_roll": _sum(on_roll) if shown["srp_on_roll"] else None,
            "spare": _sum(spare) if all(shown.values()) else None,
        }


def _sum(figures: Iterable[float]) -> int | None:
    """Sum what is known; None where nothing is."""
    known = [figure for figure in figures if not math.isnan(figure)]
    return round(math.fsum(known)) if known else None


def without_pathway(county: County, groups: Mapping[str, Iterable[int]]) -> dict[str, list[str]]:
    """Return, by group, the needs with a primary SRP in it and no secondary one."""
    needs, found = needs_of(county), {}
    phases = county.schools.primaries, county.schools.secondaries
    for group, urns in groups.items():
        here = needs.keys() & set(urns)
        primary, secondary = (
            {need for urn in here & phase for need in needs[urn]} - {NOT_RECORDED}
            for phase in phases
        )
        if primary - secondary:
            found[group] = sorted(primary - secondary)
    return found


def clusters_without(county: County, plan: Plan) -> list[str]:
    """Return the codes of the clusters in which no school has an SRP, in order."""
    with_srp = county.schools.where("srp")
    return sorted(
        code
        for code, cluster in zip(plan.labels, plan.clusters, strict=True)
        if with_srp.isdisjoint(cluster.members)
    )
