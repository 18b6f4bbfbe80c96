"""Plans as map data: clusters.geojson for the web, plan.gpkg for a GIS."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely

from cluster_geo.geometry import WGS84
from cluster_geo.tables.rows import rows_of

# Six decimals of a degree are 0.1 m, closer than any border here is known.
DEGREE_DECIMALS = 6
# GDAL stamps a GeoPackage with the hour of its making; equal plans shall give equal files.
NO_HOUR = "2000-01-01T00:00:00.000Z"


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
    shapes = shapely.orient_polygons(world.geometry.to_numpy(), exterior_cw=False)
    shapes = shapely.transform(shapes, lambda degrees: degrees.round(DEGREE_DECIMALS))
    facts = rows_of(pd.DataFrame(world.drop(columns=world.geometry.name)))
    features = [
        {"type": "Feature", "properties": row, "geometry": shapely.geometry.mapping(shape)}
        for row, shape in zip(facts, shapes, strict=True)
    ]
    collection = {"type": "FeatureCollection", **about, "features": features}
    path.write_text(json.dumps(collection, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_geopackage(
    path: Path, layers: Mapping[str, gpd.GeoDataFrame], about: Mapping[str, str]
) -> None:
    """Write each frame as a layer of a GeoPackage, in its own coordinate system."""
    stamp = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": NO_HOUR})
    try:
        for name, frame in layers.items():
            kind = "MultiPolygon" if frame.geom_type.eq("MultiPolygon").any() else "Point"
            pyogrio.write_dataframe(
                frame,
                path,
                layer=name,
                driver="GPKG",
                append=path.exists(),
                geometry_type=kind,
                promote_to_multi=kind == "MultiPolygon",
                layer_metadata=dict(about),
            )
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": stamp})
