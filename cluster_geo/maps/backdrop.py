"""What lies behind the clusters: the county's ground, the land of others, names of places."""

from __future__ import annotations

import json
from itertools import accumulate, repeat
from typing import Any

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from cluster_geo.county import County
from cluster_geo.geometry import BRITISH_NATIONAL_GRID, Context
from cluster_geo.geometry.context import PLACES, SHAPES
from cluster_geo.geometry.polygons import polygonal
from cluster_geo.maps.features import Features, collection, label_spots
from cluster_geo.maps.leaflet import add_layer
from cluster_geo.phrases import place_name
from cluster_geo.publish.door import harmless
from cluster_geo.scenario.inputs import context_of
from cluster_geo.tables.areas import lighter
from cluster_geo.tables.ground import county_ground, other_land

GROUND_DETAIL_M = 150.0
# The land of others runs on below the clusters, so that no water shows along their borders.
OVERLAP_M = 150.0
# Details of context: as fine as half a megabyte of a page allows. Four decimals are 10 m.
FINEST_M = 40.0
CONTEXT_BYTES = 500_000
CONTEXT_DECIMALS = 4
MOST_PLACES = 1_500
FROM_ZOOM = {"city": 0, "town": 0, "village": 11, "suburb": 12}
# What some registers have for a town that was not chosen.
NO_TOWN = ("", "select", "none", "n/a", "-")


def add_backdrop(county: County, canvas: folium.Map) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Draw what lies behind the clusters on a map, whatever the map shows before it.

    Returns
    -------
    dict
        What the page's script takes: `ground`, `context` and `places`.
    tuple of str
        The kinds of context that are drawn, for the legend.
    """
    context = context_of(county)
    behind = None if context is None else context_features(context)
    ground = add_layer(ground_features(county), canvas, interactive=False)
    parts = {
        "ground": {"layer": ground, "sea": county.land is not None},
        "context": None if behind is None else add_layer(behind, canvas, interactive=False),
        "places": (context_places(context) if context else []) or town_places(county),
    }
    drawn = behind["features"] if behind else []
    return parts, tuple(feature["properties"]["kind"] for feature in drawn)


def ground_features(county: County) -> Features:
    """Return the county's ground and the land around it, with `kind` "own" or "other".

    The land of others has a `name` and a place for it where a file names it.
    """
    others = other_land(county)
    land = county.land
    shapes = others.geometry.buffer(OVERLAP_M)
    if land is not None:
        shapes = shapes.intersection(land.shape.buffer(OVERLAP_M))
    own = gpd.GeoDataFrame(
        {"name": [""]}, geometry=[county_ground(county)], crs=BRITISH_NATIONAL_GRID
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


def context_features(context: Context) -> Features:
    """Return roads, rivers, railways and built-up areas, each kind as one feature with its `kind`.

    They are simplified, and the smallest left out, as far as it takes to add at most half a
    megabyte to a page.
    """
    features: Features = {"type": "FeatureCollection", "features": []}
    for tolerance in accumulate(repeat(FINEST_M), lambda detail, _: 2 * detail):
        shapes = {kind: _simple(context.shapes, kind, tolerance) for kind in SHAPES}
        kept = [kind for kind, shape in shapes.items() if not shape.is_empty]
        frame = gpd.GeoDataFrame(
            geometry=[shapes[kind] for kind in kept], index=kept, crs=BRITISH_NATIONAL_GRID
        )
        facts = {kind: {"kind": kind} for kind in kept}
        features["features"] = []
        if kept:
            features = collection(frame, facts, CONTEXT_DECIMALS)
        if len(json.dumps(features)) <= CONTEXT_BYTES:
            break
    return features


def _simple(shapes: gpd.GeoDataFrame, kind: str, tolerance: float) -> BaseGeometry:
    """Return the shapes of one kind as one, without details below the tolerance in metres."""
    own = shapes.loc[shapes["kind"] == kind]
    if kind in ("built-up", "water"):
        whole = shapely.union_all(own.geometry.to_numpy())
        # Streets and gardens between houses belong to the town.
        whole = shapely.buffer(shapely.buffer(whole, tolerance), -tolerance)
        parts = shapely.get_parts(whole.simplify(tolerance))
        parts = parts[shapely.area(parts) > (4 * tolerance) ** 2]
        made = polygonal(gpd.GeoSeries([shapely.MultiPolygon(list(parts))]))
        return shapely.union_all(made.to_numpy())
    # Not noded: a bridge would cut the road below it, and short pieces are left out.
    lines = [
        line for line in shapely.get_parts(own.geometry.to_numpy()) if "Line" in line.geom_type
    ]
    parts = shapely.get_parts(shapely.line_merge(shapely.MultiLineString(lines)))
    parts = shapely.simplify(parts[shapely.length(parts) > tolerance], tolerance)
    return shapely.MultiLineString(list(parts))


def context_places(context: Context) -> list[dict[str, Any]]:
    """Return the cities, towns, villages and suburbs, the most important first.

    Each has a `name`, as its `label` latitude and longitude, and as `zoom` the zoom from which
    it is written.
    """
    places = context.places.drop_duplicates(["name", "kind"])
    places = places.assign(order=places["kind"].map(PLACES.index))
    places = places.sort_values(["order", "name"]).head(MOST_PLACES)
    if places.empty:
        return []
    rows = zip(places["name"], places["kind"], label_spots(places), strict=True)
    return [
        harmless({"name": name, "label": spot, "zoom": FROM_ZOOM[kind]})
        for name, kind, spot in rows
    ]


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
    for name, points in everywhere.groupby(towns[known].map(place_name)):
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
