"""The report's account of who gains and who loses money, by groups of schools."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cluster_geo.county import County
from cluster_geo.funding import Pot
from cluster_geo.measures.effects import NOT_KNOWN, groupings
from cluster_geo.plan import Plan
from cluster_geo.publish import Publication
from cluster_geo.report.amounts import number
from cluster_geo.report.effects import TITLES, EffectsTable, plan_before
from cluster_geo.report.funding import standing_of
from cluster_geo.tables.funding import pot_shares

PENCE = 100
# Half a penny: below it two figures in pounds and pence are the same.
SAME_MONEY = 0.005


@dataclass(frozen=True)
class MoneyEffects:
    """What one pot means for groups of schools.

    Parameters
    ----------
    heading, standing : str
        What the pot is called, and that it is illustrative or adopted.
    compared : bool
        With a plan before; if not, with the mean of all schools.
    headings : list of str
    tables : list of EffectsTable
        Only groupings that are known for some school.
    whole : list of str
        The figures of all schools.
    """

    heading: str
    standing: str
    compared: bool
    headings: list[str]
    tables: list[EffectsTable]
    whole: list[str]


def money_effects(published: Publication) -> list[MoneyEffects]:
    """Return the effects of each pot whose shares the audience may see."""
    county, before = published.county, plan_before(published)
    found = []
    for one in published.funding:
        after = money_of_schools(county, published.plan, one.pot)
        if after.notna().any():
            earlier = None if before is None else money_of_schools(county, before, one.pot)
            standing = standing_of(one.pot, published.edition.status)
            found.append(_effects(one.pot.heading, standing, county, after, earlier))
    return found


def money_of_schools(county: County, plan: Plan, pot: Pot) -> pd.Series:
    """Return, by URN, the pounds for each pupil that the cluster of each school has.

    Missing where a cluster's pupils are not known, or the pot's shares cannot be shown.
    """
    (one,) = pot_shares(county, plan, (pot,))
    clusters = {} if one.shares is None or one.shares.problem else one.shares.clusters
    pounds = {
        code: float(cluster.per_pupil) / PENCE
        for code, cluster in clusters.items()
        if cluster.per_pupil is not None
    }
    codes = sorted(plan.code_of.items())
    return pd.Series({urn: pounds.get(code, math.nan) for urn, code in codes}, dtype=float)


def _effects(
    heading: str, standing: str, county: County, after: pd.Series, before: pd.Series | None
) -> MoneyEffects:
    compared = before is not None
    other = pd.Series(after.mean(), after.index) if before is None else before
    table = pd.DataFrame({"before": other, "after": after}).loc[
        sorted(after.index.intersection(other.index))
    ]
    rows = groupings(county, list(table.index))
    return MoneyEffects(
        heading=heading,
        standing=standing,
        compared=compared,
        headings=_headings(compared=compared),
        tables=[
            EffectsTable(
                TITLES[name],
                [
                    (label, _figures(table[group_of == label], compared=compared))
                    for label in dict.fromkeys(sorted(group_of))
                ],
            )
            for name, group_of in rows.items()
            if (group_of != NOT_KNOWN).any()
        ],
        whole=_figures(table, compared=compared),
    )


def _headings(*, compared: bool) -> list[str]:
    if compared:
        return ["Schools", "Pounds before, mean", "Pounds after, mean", "With more", "With less"]
    return ["Schools", "Pounds, mean", "Above the mean of all", "Below it"]


def _figures(table: pd.DataFrame, *, compared: bool) -> list[str]:
    change = (table["after"] - table["before"]).to_numpy(dtype=float)
    sides = ["before", "after"] if compared else ["after"]
    return [
        number(len(table)),
        *(number(float(table[side].mean()), 2) for side in sides),
        number(int(np.count_nonzero(change > SAME_MONEY))),
        number(int(np.count_nonzero(change < -SAME_MONEY))),
    ]
