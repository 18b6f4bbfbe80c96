"""Who is served how well: travel, reach of provision, deprivation and need, cluster by cluster.

The figures that an equality impact assessment asks for under the public sector equality duty
(Equality Act 2010, section 149), as far as schools' public data have them.
"""

from __future__ import annotations

import math
from collections.abc import Collection

import numpy as np
import pandas as pd

from cluster_geo.columns import AMOUNT, OwnColumn
from cluster_geo.county import County
from cluster_geo.measures.clusters import own_figure
from cluster_geo.measures.reach import provision_reach
from cluster_geo.plan import Plan

MOST_DEPRIVED = 1
RURAL = "rural"


def equality(plan: Plan, county: County) -> pd.DataFrame:
    """Return the figures of `equality_of_all` for each cluster, indexed by `cluster`."""
    facts = _facts(plan, county)
    code_of = plan.code_of
    table = _figures(facts, np.array([code_of[urn] for urn in facts.index], dtype=object), county)
    table = table.loc[list(plan.labels)].rename_axis("cluster")
    if not county.schools.own:
        return table
    own = {c: _own(county, plan.clusters[k].members) for k, c in enumerate(plan.labels)}
    return table.join(pd.DataFrame.from_dict(own, orient="index", dtype=float))


def _own(county: County, urns: Collection[int]) -> dict[str, float]:
    """Return some schools' figures in the planner's own columns: rates, and amounts by pupil."""
    return {column.name: _by_pupil(county, column, urns) for column in county.schools.own}


def _by_pupil(county: County, column: OwnColumn, urns: Collection[int]) -> float:
    if column.kind != AMOUNT:
        return own_figure(county, column, urns)
    rows = county.schools.table.loc[list(urns), [column.name, "pupils"]].astype(float).dropna()
    shown = all(county.schools.may_show_total(name, urns) for name in (column.name, "pupils"))
    pupils = float(rows["pupils"].sum())
    return float(rows[column.name].sum()) / pupils if shown and pupils > 0 else math.nan


def equality_of_all(plan: Plan, county: County) -> pd.Series:
    """Return the figures over all schools of a plan.

    `travel_mean` and `travel_worst` to the central school, `reach_mean` and `reach_worst` to the
    nearest SRP of a school's own phase (in any cluster), in the unit of the county's travel;
    `fsm_pct` (per cent of pupils eligible for free school meals); `idaci_quintile` (the median
    over the schools, 1 for the most deprived fifth) and `deprived_pct` (per cent of the schools
    in that fifth); `rural_pct` (per cent of the schools); `ehcp_pct` and `sen_support_pct` (per
    cent of pupils). Each is over the schools for which it is known, and missing if it is known
    for none or if it includes a count that is withheld. The planner's own columns come last: a
    rate as in `measures.own`, an amount by pupil.
    """
    facts = _facts(plan, county)
    whole = _figures(facts, np.full(len(facts), "all", dtype=object), county).iloc[0]
    own = pd.Series(_own(county, tuple(facts.index)), dtype=float)
    found: pd.Series = pd.concat([whole, own]) if len(own) else whole
    return found


def _facts(plan: Plan, county: County) -> pd.DataFrame:
    """Return the figures of each school that are averaged and summed, missing if unknown."""
    hub_of = {urn: cluster.hub for cluster in plan.clusters for urn in cluster.members}
    urns = sorted(hub_of)
    table = county.schools.table.loc[urns]
    place = table["urban_rural"].str.casefold()
    quintile = table["idaci_quintile"].astype(float)
    facts = pd.DataFrame(
        {
            "travel": [county.travel.between(urn, hub_of[urn]) for urn in urns],
            "reach": provision_reach(county).loc[urns],
            "quintile": quintile,
            "deprived": (quintile == MOST_DEPRIVED).where(quintile.notna()).astype(float),
            "rural": place.str.contains(RURAL, regex=False).where(place != "").astype(float),
        },
        index=table.index,
    )
    pupils = table["pupils"].astype(float)
    counts = {name: table[name].astype(float) for name in ("ehcp", "sen_support")}
    counts["fsm_pct"] = table["fsm_pct"].astype(float) / 100 * pupils
    for name, count in counts.items():
        facts[name] = count.where(pupils.notna())
        facts[f"{name}_of"] = pupils.where(count.notna())
    return facts


def _figures(facts: pd.DataFrame, group_of: np.ndarray, county: County) -> pd.DataFrame:
    """Return one row for each group of schools, indexed by the group."""
    groups = facts.groupby(group_of)
    found = {
        "travel_mean": groups["travel"].mean(),
        "travel_worst": groups["travel"].max(),
        "reach_mean": groups["reach"].mean(),
        "reach_worst": groups["reach"].max(),
        "fsm_pct": _share(facts, group_of, "fsm_pct", county),
        "idaci_quintile": groups["quintile"].median(),
        "deprived_pct": 100 * groups["deprived"].mean(),
        "rural_pct": 100 * groups["rural"].mean(),
        "ehcp_pct": _share(facts, group_of, "ehcp", county),
        "sen_support_pct": _share(facts, group_of, "sen_support", county),
    }
    return pd.DataFrame(found)


def _share(facts: pd.DataFrame, group_of: np.ndarray, name: str, county: County) -> pd.Series:
    """Per cent of the pupils who are counted in `name`, over the schools with both figures."""
    sums = facts[[name, f"{name}_of"]].groupby(group_of).sum()
    whole = sums[f"{name}_of"]
    share = 100 * sums[name] / whole.where(whole > 0)
    hidden = facts.index.isin(
        [urn for column in (name, "pupils") for urn in county.schools.withheld.get(column, ())]
    )
    return share.mask(share.index.isin(group_of[hidden]))
