"""What lies behind the clusters: the county's ground, the land of others, names of places."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from cluster_geo.county import County
from cluster_geo.geometry import BRITISH_NATIONAL_GRID
from cluster_geo.maps.features import Features, collection, label_spots
from cluster_geo.publish import Publication
from cluster_geo.publish.door import harmless
from cluster_geo.tables.areas import lighter
from cluster_geo.tables.ground import other_land

GROUND_DETAIL_M = 150.0
# The land of others runs on below the clusters, so that no water shows along their borders.
OVERLAP_M = 150.0
# What some registers have for a town that was not chosen.
NO_TOWN = ("", "select", "none", "n/a", "-")


def ground_features(published: Publication) -> Features:
    """Return the county's ground and the land around it, with `kind` "own" or "other".

    The land of others has a `name` and a place for it where a file names it.
    """
    others = other_land(published.county)
    land = published.county.land
    shapes = others.geometry.buffer(OVERLAP_M)
    if land is not None:
        shapes = shapes.intersection(land.shape.buffer(OVERLAP_M))
    own = gpd.GeoDataFrame(
        {"name": [""]}, geometry=[published.areas.union_all()], crs=BRITISH_NATIONAL_GRID
    )
    every = gpd.GeoDataFrame(
        pd.concat([own, others], ignore_index=True), geometry="geometry", crs=own.crs
    )
    spots = label_spots(every)
    facts = {
        row: {"kind": "own" if row == 0 else "other", "name": name, "label": spot}
        for row, (name, spot) in enumerate(zip(every["name"], spots, strict=True))
    }
    every.geometry = [*every.geometry[:1], *shapes]
    # The county's own ground lies over theirs, and the clusters over both.
    order = [*range(1, len(every)), 0]
    return collection(lighter(every.loc[order], GROUND_DETAIL_M), facts)


def town_places(county: County) -> list[dict[str, Any]]:
    """Return the towns of the schools' addresses, those of most schools first.

    Each has a `name` and as its `label` the latitude and longitude of the school in the middle
    of its schools.
    """
    table = county.schools.table
    if "town" not in table:
        return []
    towns = table["town"].fillna("").astype(str).str.strip()
    known = ~towns.str.lower().isin(NO_TOWN)
    spots, names, sizes = [], [], []
    everywhere = pd.DataFrame({"east": table.geometry.x, "north": table.geometry.y})[known]
    for name, points in everywhere.groupby(towns[known].map(town_name)):
        east, north = points["east"].to_numpy(), points["north"].to_numpy()
        middle = np.argmin(np.hypot(east - np.median(east), north - np.median(north)))
        spots.append(shapely.Point(east[middle], north[middle]))
        names.append(str(name))
        sizes.append(len(points))
    places = gpd.GeoDataFrame({"name": names, "schools": sizes}, geometry=spots, crs=table.crs)
    places = places.sort_values(["schools", "name"], ascending=[False, True])
    if places.empty:
        return []
    labels = label_spots(places)
    return [
        harmless({"name": name, "label": spot})
        for name, spot in zip(places["name"], labels, strict=True)
    ]


def town_name(written: str) -> str:
    """Return a town's name as it is usually written: registers have some in capitals."""
    if not (written.isupper() or written.islower()):
        return written
    small = {"On", "In", "Under", "Upon", "The", "Of", "By", "Le", "Cum", "And"}
    words = [word[:1].upper() + word[1:] for word in written.lower().replace("-", " - ").split(" ")]
    told = [word.lower() if place and word in small else word for place, word in enumerate(words)]
    return " ".join(told).replace(" - ", "-")
