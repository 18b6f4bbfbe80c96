"""What a formula counts in each cluster of a plan, and what is known of its pupils and last year.

Units are counted in hundredths, rounded at each school, so that the figures a page shows are those
that the money was worked out from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor

import pandas as pd

from cluster_geo.columns import AMOUNT
from cluster_geo.county import County
from cluster_geo.funding.last_year import LastYear
from cluster_geo.funding.pot import (
    CLUSTERS,
    PRIMARIES,
    SCHOOLS,
    SECONDARIES,
    SHARES_OF_PUPILS,
    TRAVEL,
    Pot,
    Term,
)
from cluster_geo.plan import Plan, main_zone
from cluster_geo.rounding import exact

HUNDREDTHS = 100
PER_CENT = 100


@dataclass(frozen=True)
class Facts:
    """What the shares of a pot are made of, by the codes of clusters, in their order.

    Parameters
    ----------
    codes : tuple of str
        In ascending order.
    units : mapping of str to mapping of str to int
        Of each term by name, what it counts in each cluster, in hundredths.
    unknown : mapping of str to int
        Of each term, how many schools have no figure of it; they count as none.
    pupils : mapping of str to int
        Pupils in hundredths, of those schools of which they are known.
    pupils_known : mapping of str to bool
        Whether the number of pupils is known of each school of the cluster, and may be shown.
    last_year : mapping of str to int
        Pence; a cluster that is absent has none on record.
    last_unknown : int
        Schools of which last year's money is not known.
    strangers : tuple of str
        Codes of last year's clusters that this plan does not have.
    zones : mapping of str to str
        Code of the zone that each cluster mainly lies in; "" for none.
    zone_names : mapping of str to str
    """

    codes: tuple[str, ...]
    units: Mapping[str, Mapping[str, int]]
    unknown: Mapping[str, int] = field(default_factory=dict)
    pupils: Mapping[str, int] = field(default_factory=dict)
    pupils_known: Mapping[str, bool] = field(default_factory=dict)
    last_year: Mapping[str, int] = field(default_factory=dict)
    last_unknown: int = 0
    strangers: tuple[str, ...] = ()
    zones: Mapping[str, str] = field(default_factory=dict)
    zone_names: Mapping[str, str] = field(default_factory=dict)


def facts_of(pot: Pot, plan: Plan, county: County, last: LastYear | None = None) -> Facts:
    """Count what a pot's formula counts in each cluster of a plan."""
    clusters = dict(sorted(zip(plan.labels, plan.clusters, strict=True)))
    schools = county.schools
    placed = [urn for cluster in clusters.values() for urn in cluster.members]
    trips = pd.Series(
        {u: county.travel.between(u, c.hub) for c in clusters.values() for u in c.members},
        dtype=float,
    )
    units: dict[str, dict[str, int]] = {}
    unknown: dict[str, int] = {}
    for term in pot.terms:
        if term.column == CLUSTERS:
            units[term.name] = dict.fromkeys(clusters, HUNDREDTHS)
            continue
        counted, missing = school_units(term, county, trips)
        unknown[term.name] = len(missing.intersection(placed))
        units[term.name] = {
            code: sum(counted.get(urn, 0) for urn in cluster.members)
            for code, cluster in clusters.items()
        }
    pupils = school_units(Term("pupils", "pupils"), county, trips)
    layer = county.layers.get(pot.zones)
    last = last or LastYear()
    return Facts(
        codes=tuple(clusters),
        units=units,
        unknown=unknown,
        pupils={c: sum(pupils[0].get(u, 0) for u in k.members) for c, k in clusters.items()},
        pupils_known={
            code: pupils[1].isdisjoint(cluster.members)
            and schools.may_show_total("pupils", cluster.members)
            for code, cluster in clusters.items()
        },
        last_year=last.shares(plan),
        last_unknown=last.unknown(placed) if last.of_school else 0,
        strangers=tuple(last.strangers(plan)),
        zones={}
        if layer is None
        else {code: main_zone(c, layer.zone_of) for code, c in clusters.items()},
        zone_names={}
        if layer is None
        else {str(zone): layer.name_of(str(zone)) for zone in layer.zones.index},
    )


def school_units(
    term: Term, county: County, trips: pd.Series | None = None
) -> tuple[dict[int, int], frozenset[int]]:
    """Return what a term counts at each school, in hundredths, and the schools without a figure.

    Parameters
    ----------
    term : Term
        One that counts at schools: not a sum for each cluster.
    county : County
    trips : Series, optional
        Journey of each school in a plan, by URN; without them a term that needs them counts none.
    """
    schools = county.schools
    figures = _figures(term.column, county, trips)
    if term.only:
        by = _column(term.only, county, trips)
        inside = by.notna()
        if term.low is not None:
            inside &= by >= float(term.low)
        if term.high is not None:
            inside &= by <= float(term.high)
        missing = frozenset(int(str(u)) for u in by.index[by.isna()])
        figures = figures[inside]
    else:
        missing = frozenset()
    missing |= frozenset(int(str(u)) for u in figures.index[figures.isna()])
    known = figures.dropna()
    counted = {int(str(urn)): hundredths(value) for urn, value in known.items()}
    return counted, missing & frozenset(schools.urns)


def hundredths(value: float | Fraction) -> int:
    """Return a figure in hundredths, a half rounded up."""
    return floor(exact(value) * HUNDREDTHS + Fraction(1, 2))


def _figures(column: str, county: County, trips: pd.Series | None) -> pd.Series:
    """Return what is counted at each school: one, a journey, a count, pupils of a per cent."""
    schools, index = county.schools, county.schools.table.index
    if column == SCHOOLS:
        return pd.Series(1.0, index)
    if column in (PRIMARIES, SECONDARIES):
        those = schools.primaries if column == PRIMARIES else schools.secondaries
        return pd.Series([float(urn in those) for urn in schools.urns], index)
    figures = _column(column, county, trips)
    rates = {own.name for own in schools.own if own.kind != AMOUNT}.union(SHARES_OF_PUPILS)
    if column not in rates:
        return figures
    pupils = schools.table["pupils"].astype(float)
    both = zip(figures, pupils, strict=True)
    parts = [
        float("nan") if pd.isna(rate) or pd.isna(number) else exact(rate) * exact(number) / PER_CENT
        for rate, number in both
    ]
    return pd.Series(parts, index, dtype=object)


def _column(column: str, county: County, trips: pd.Series | None) -> pd.Series:
    if column == TRAVEL:
        return pd.Series(dtype=float) if trips is None else trips
    return county.schools.table[column].astype(float)
