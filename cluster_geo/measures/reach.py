"""How far each school is from specialist provision for the children it teaches."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from cluster_geo.county import County


def provision_reach(county: County, provisions: Iterable[int] | None = None) -> pd.Series:
    """Return the travel from each school to the nearest SRP of its own phase.

    A primary school is measured to the nearest primary SRP, a secondary school to the nearest
    secondary one, an all-through school to the farther of the two. For a school with its own SRP
    the travel is 0.

    Parameters
    ----------
    county : County
    provisions : iterable of int, optional
        URNs of the schools whose provision counts, such as those for one need; default all
        with an SRP.

    Returns
    -------
    Series
        By URN, in the unit of the county's travel; missing if there is no such SRP.
    """
    with_srp = county.schools.where("srp") if provisions is None else frozenset(provisions)
    place, far = county.travel.position, np.full(len(county.urns), -np.inf)
    for phase in (county.schools.primaries, county.schools.secondaries):
        theirs = [place[urn] for urn in sorted(phase)]
        goals = [place[urn] for urn in sorted(with_srp & phase)]
        if theirs and goals:
            nearest = county.travel.matrix[np.ix_(theirs, goals)].min(axis=1)
            far[theirs] = np.maximum(far[theirs], nearest)
        else:
            far[theirs] = np.nan
    return pd.Series(np.where(np.isinf(far), np.nan, far), index=list(county.urns), name="reach")
