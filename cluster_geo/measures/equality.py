"""Who is served how well: travel, reach of provision, deprivation and need, cluster by cluster.

The figures that an equality impact assessment asks for under the public sector equality duty
(Equality Act 2010, section 149), as far as schools' public data tell them.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from cluster_geo.county import County
from cluster_geo.measures.reach import provision_reach
from cluster_geo.plan import Plan

MOST_DEPRIVED = 1
RURAL = "rural"


def equality(plan: Plan, county: County) -> pd.DataFrame:
    """Return the figures of `equality_of_all` for each cluster, indexed by `cluster`."""
    travel, reach = _to_hub(plan, county), provision_reach(county)
    rows = [_figures(county, cluster.members, travel, reach) for cluster in plan.clusters]
    return pd.DataFrame(rows, index=pd.Index(plan.labels, name="cluster", dtype=object))


def equality_of_all(plan: Plan, county: County) -> pd.Series:
    """Return the figures over all schools of a plan.

    `travel_mean` and `travel_worst` to the central school, `reach_mean` and `reach_worst` to the
    nearest SRP of a school's own phase (in any cluster), in the unit of the county's travel;
    `fsm_pct` (per cent of pupils eligible for free school meals); `idaci_quintile` (the median
    over the schools, 1 for the most deprived fifth) and `deprived_pct` (per cent of the schools
    in that fifth); `rural_pct` (per cent of the schools); `ehcp_pct` and `sen_support_pct` (per
    cent of pupils). Each is over the schools for which it is known, missing where it is known
    for none or where a count that it is made of is withheld.
    """
    travel = _to_hub(plan, county)
    return pd.Series(_figures(county, sorted(travel.index), travel, provision_reach(county)))


def _to_hub(plan: Plan, county: County) -> pd.Series:
    hub_of = {urn: cluster.hub for cluster in plan.clusters for urn in cluster.members}
    return pd.Series({u: county.travel.between(u, hub) for u, hub in hub_of.items()}, dtype=float)


def _figures(
    county: County, urns: Iterable[int], travel: pd.Series, reach: pd.Series
) -> dict[str, float]:
    members = list(urns)
    table = county.schools.table.loc[members]
    quintile = table["idaci_quintile"].astype(float).dropna()
    place = table.loc[table["urban_rural"] != "", "urban_rural"].str.casefold()
    return {
        "travel_mean": float(travel.loc[members].mean()),
        "travel_worst": float(travel.loc[members].max()),
        "reach_mean": float(reach.loc[members].mean()),
        "reach_worst": float(reach.loc[members].max()),
        "fsm_pct": _share(county, members, table["fsm_pct"] / 100 * table["pupils"], "fsm_pct"),
        "idaci_quintile": float(quintile.median()),
        "deprived_pct": _percentage(quintile == MOST_DEPRIVED),
        "rural_pct": _percentage(place.str.contains(RURAL, regex=False)),
        "ehcp_pct": _share(county, members, table["ehcp"], "ehcp"),
        "sen_support_pct": _share(county, members, table["sen_support"], "sen_support"),
    }


def _share(county: County, members: list[int], counts: pd.Series, column: str) -> float:
    """Per cent of the pupils who are among `counts`, over the schools that tell both."""
    if not all(county.schools.tells(name, members) for name in (column, "pupils")):
        return float("nan")
    pupils = county.schools.table.loc[members, "pupils"].astype(float)
    told = counts.notna() & pupils.notna()
    whole = float(pupils[told].sum())
    return 100 * float(counts[told].sum()) / whole if whole > 0 else float("nan")


def _percentage(flags: pd.Series) -> float:
    return 100 * float(np.mean(flags.to_numpy(dtype=bool))) if len(flags) else float("nan")
