"""Schools whose coordinates are too far from all the others to be right."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
from scipy.spatial import KDTree

from cluster_geo.errors import Fault
from cluster_geo.records import Notice

# The most remote school of England that has another in its authority is Kielder, 17 km away.
MOST_REMOTE_M = 25_000.0


def check_remote(table: gpd.GeoDataFrame, name: str, faults: list[Fault]) -> list[Notice]:
    """Find points far from every other school, which are in the sea or mistyped.

    If the register has the authority, a point further than `MOST_REMOTE_M` from every other
    school of that authority is a fault. If not, it may be on an island and is only listed.

    Parameters
    ----------
    table : GeoDataFrame
        Schools with `name` and `authority`, in metres.
    name : str
        Name of the file in messages.
    faults : list of Fault
        Impossible points are added to it.
    """
    notices = []
    for authority in sorted(set(table["authority"])):
        rows = table[table["authority"] == authority]
        if len(rows) < 2:  # noqa: PLR2004 - an authority of one school, as the Isles of Scilly
            continue
        points = np.column_stack([rows.geometry.x, rows.geometry.y])
        distance = KDTree(points).query(points, k=2)[0][:, 1]
        for k in np.flatnonzero(distance > MOST_REMOTE_M).tolist():
            urn, (x, y) = rows.index.tolist()[k], points[k]
            who = f"{rows['name'].tolist()[k]} ({urn})"
            away = f"{distance[k] / 1000:.0f} km from any other school"
            found = f"{who} at {x:,.0f}, {y:,.0f} lies {away}"
            if authority:
                fix = "It may be in the sea: check its coordinates, or remove it by a change"
                faults.append(Fault(name, f"{found} of {authority}", fix))
            else:
                notices.append(Notice("place", f"{found}; its coordinates may be mistyped", urn))
    return notices
