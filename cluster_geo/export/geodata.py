"""Plans as map data for the web: clusters.geojson."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from cluster_geo.geometry import WGS84
from cluster_geo.geometry.polygons import rounded
from cluster_geo.tables.rows import rows_of

# Six decimals of a degree are 0.1 m, closer than any border here is known.
DEGREE_DECIMALS = 6


def write_geojson(path: Path, frame: gpd.GeoDataFrame, about: Mapping[str, str]) -> None:
    """Write a layer as GeoJSON by RFC 7946: EPSG:4326, outer rings anticlockwise, no crs member.

    Parameters
    ----------
    path : Path
    frame : GeoDataFrame
        In any coordinate system it declares.
    about : mapping of str to str
        Facts of the whole file (title, status, attribution), as members of the collection.
    """
    world = frame.to_crs(WGS84)
    shapes = rounded(world.geometry, DEGREE_DECIMALS).to_numpy()
    shapes = shapely.orient_polygons(shapes, exterior_cw=False)
    facts = rows_of(pd.DataFrame(world.drop(columns=world.geometry.name)))
    features = [
        {"type": "Feature", "properties": row, "geometry": shapely.geometry.mapping(shape)}
        for row, shape in zip(facts, shapes, strict=True)
    ]
    collection = {"type": "FeatureCollection", **about, "features": features}
    path.write_text(json.dumps(collection, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
