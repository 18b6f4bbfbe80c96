"""GeoPackages for a GIS: layers and plain tables, equal bytes for equal content."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio

# GDAL writes the current time into a GeoPackage, but equal content must give equal files.
NO_HOUR = "2000-01-01T00:00:00.000Z"


def write_geopackage(
    path: Path, layers: Mapping[str, gpd.GeoDataFrame | pd.DataFrame], about: Mapping[str, str]
) -> None:
    """Write each frame as a layer of a GeoPackage, in its own coordinate system.

    Parameters
    ----------
    path : Path
    layers : mapping of str to GeoDataFrame or DataFrame
        Points, lines or polygons; a frame without geometry is a plain table.
    about : mapping of str to str
        Facts about the whole file (title, status, attribution), stored with each layer.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    stamp = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": NO_HOUR})
    try:
        for name, frame in layers.items():
            kind = _kind(frame)
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
    except (pyogrio.errors.DataSourceError, pyogrio.errors.FeatureError) as error:
        # A full disk is reported as a failed SQLite statement.
        raise OSError(errno.EIO, f"the disk is full, or {error}", str(path)) from error
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": stamp})


def _kind(frame: gpd.GeoDataFrame | pd.DataFrame) -> str | None:
    if not isinstance(frame, gpd.GeoDataFrame):
        return None
    for kind in ("Point", "LineString"):
        if frame.geom_type.eq(kind).all():
            return kind
    return "MultiPolygon"
