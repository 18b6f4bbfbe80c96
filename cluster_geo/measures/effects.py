"""What a plan changes for each school, and for the groups that an equality impact assessment names.

The unit is the school, not the pupil: where schools stand and what their clusters offer is known,
where each child lives is not. All is judged by the schools, SRPs and travel of the county as it is,
for the plan before too, so that a difference comes from the clusters alone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from cluster_geo.county import County
from cluster_geo.measures.equality import RURAL
from cluster_geo.plan import Plan

NOT_KNOWN = "Not known"
FIFTHS = ("1, most deprived", "2", "3", "4", "5, least deprived")
PLACES_OF_SCHOOLS = ("Rural", "Urban")
THIRDS = ("Lowest third", "Middle third", "Highest third")
# Changes up to these are counted as none: half a kilometre is within the error of a straight line
# times a factor, and a minute within the rounding of published journey times.
SLIGHT = {"km": 0.5, "minutes": 1.0}
URBAN = "urban"
# Journeys are sums of floating-point numbers.
SAME = 1e-9


def places_in_clusters(plan: Plan, county: County) -> pd.Series:
    """Return the SRP places of each cluster, by its label; 0 where no member has an SRP.

    Missing where the places of a member's SRP are not known, or a member's are withheld.
    """
    places, with_srp = county.schools.table["srp_places"].astype(float), county.schools.where("srp")
    found = []
    for cluster in plan.clusters:
        theirs = sorted(with_srp.intersection(cluster.members))
        shown = county.schools.may_show_total("srp_places", theirs)
        total = float(places.loc[theirs].sum(skipna=False)) if shown else math.nan
        found.append(total if theirs else 0.0)
    return pd.Series(found, index=pd.Index(plan.labels, dtype=object), dtype=float)


def situations(plan: Plan, county: County) -> pd.DataFrame:
    """Return what a plan offers each of its schools, by URN.

    `journey` to the central school, in the unit of the county's travel; `srp`, whether the cluster
    has an SRP of the school's phase (of both for an all-through school); `places`, those of the
    cluster's SRPs as in `places_in_clusters`.
    """
    schools, with_srp = county.schools, county.schools.where("srp")
    phases = schools.primaries, schools.secondaries
    places = places_in_clusters(plan, county)
    rows = {
        urn: (
            county.travel.between(urn, cluster.hub),
            all(with_srp & phase & set(cluster.members) for phase in phases if urn in phase),
            places[label],
        )
        for label, cluster in zip(plan.labels, plan.clusters, strict=True)
        for urn in cluster.members
    }
    return pd.DataFrame.from_dict(
        dict(sorted(rows.items())), orient="index", columns=["journey", "srp", "places"]
    )


def effects(plan: Plan, county: County, before: Plan | None = None) -> pd.DataFrame:
    """Return each school's situation before and after, by URN.

    Parameters
    ----------
    plan : Plan
    county : County
        As its audience may see it.
    before : Plan, optional
        The plan before, with its central schools. Schools that are not in both plans are left out.
        Without it, a school's journey is compared with the mean of all, and nothing else is.

    Returns
    -------
    DataFrame
        The columns of `situations` with `_before` and `_after` (places only where both are known),
        and `change`: 1 where the journey
        is longer by more than `SLIGHT`, -1 where it is shorter by more, else 0.
    """
    after = situations(plan, county)
    if before is None:
        earlier = pd.DataFrame(
            {"journey": after["journey"].mean(), "srp": False, "places": math.nan}, after.index
        )
    else:
        earlier = situations(before, county)
    table = earlier.add_suffix("_before").join(after.add_suffix("_after"), how="inner")
    if before is not None:
        sides = ["places_before", "places_after"]
        table[sides] = table[sides].where(table[sides].notna().all(axis=1), axis=0)
    difference = table["journey_after"] - table["journey_before"]
    slight = SLIGHT[county.travel.unit] + SAME
    return table.assign(change=np.select([difference > slight, difference < -slight], [1, -1], 0))


def groupings(county: County, urns: Sequence[int]) -> dict[str, pd.Series]:
    """Return the group of each of these schools in four ways: "idaci", "rural", "ehcp" and "sen".

    A school's share of pupils is compared with the shares of the others: equal shares are in the
    same third. A share of which a part is not known or withheld is in no third.
    """
    table = county.schools.table.loc[list(urns)]
    fifth = table["idaci_quintile"].astype(float)
    place = table["urban_rural"].str.casefold()
    rural = place.str.contains(RURAL, regex=False)
    groups = {
        "idaci": fifth.map(lambda k: NOT_KNOWN if math.isnan(k) else FIFTHS[int(k) - 1]),
        "rural": pd.Series(
            np.select(
                [rural, place.str.contains(URBAN, regex=False)], PLACES_OF_SCHOOLS, NOT_KNOWN
            ),
            table.index,
        ),
    }
    pupils = table["pupils"].astype(float)
    for name, column in (("ehcp", "ehcp"), ("sen", "sen_support")):
        groups[name] = _thirds(table[column].astype(float) / pupils.where(pupils > 0))
    return groups


def _thirds(share: pd.Series) -> pd.Series:
    """Return the third of each share by its rank; equal shares have the mean of their ranks."""
    rank, number = share.rank(), int(share.notna().sum())
    upper = [3 * rank <= number, 3 * rank <= 2 * number, rank.notna()]
    return pd.Series(np.select(upper, THIRDS, NOT_KNOWN), share.index)


def by_group(table: pd.DataFrame, group_of: pd.Series) -> pd.DataFrame:
    """Return the effects of each group of schools, in the order of the groups.

    Parameters
    ----------
    table : DataFrame
        As `effects` gives it.
    group_of : Series
        By URN, as in `groupings`.

    Returns
    -------
    DataFrame
        `schools`; `journey_before`, `journey_after` (means); `shorter`, `longer` (schools);
        `srp_before`, `srp_after` (schools); `places_before`, `places_after`: means over the schools
        whose clusters' places are known.
    """
    order = [*FIFTHS, *PLACES_OF_SCHOOLS, *THIRDS, NOT_KNOWN]
    rows = {
        label: _summary(table[group_of == label]) for label in order if (group_of == label).any()
    }
    return pd.DataFrame.from_dict(rows, orient="index")


def of_all(table: pd.DataFrame) -> pd.Series:
    """Return the figures of `by_group` over all schools."""
    return pd.Series(_summary(table))


def _summary(table: pd.DataFrame) -> dict[str, float]:
    found: dict[str, float] = {"schools": len(table)}
    for side in ("before", "after"):
        found |= {
            f"journey_{side}": float(table[f"journey_{side}"].mean()),
            f"srp_{side}": int(table[f"srp_{side}"].sum()),
            f"places_{side}": float(table[f"places_{side}"].astype(float).mean()),
        }
    found["shorter"] = int((table["change"] < 0).sum())
    found["longer"] = int((table["change"] > 0).sum())
    return found
