"""Polygon files of any format and coordinate system, repaired, in the National Grid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from shapely.geometry.base import BaseGeometry

from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.geometry.crs import BRITISH_NATIONAL_GRID
from cluster_geo.records import Notice, Source, source_of

# Names that ONS gives its code and name fields: LAD24CD, WD25NM, LSOA21CD.
ONS_FIELD = re.compile(r"[A-Z]{2,7}(\d{2})(CD|NM)")
ONS_ATTRIBUTION = (
    "Source: Office for National Statistics licensed under the Open Government Licence v3.0. "
    "Contains OS data © Crown copyright and database right 20{year}."
)
POLYGONAL = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


@dataclass(frozen=True, eq=False)
class Polygons:
    """The polygons of one file.

    Parameters
    ----------
    frame : GeoDataFrame
        Fields as in the file, valid polygons in EPSG:27700; the index counts rows from 0.
    notices : tuple of Notice
        One per polygon that had to be repaired.
    source : Source
    """

    frame: gpd.GeoDataFrame
    notices: tuple[Notice, ...]
    source: Source


def read_polygons(path: str | Path, role: str, *, label_fields: Sequence[str] = ()) -> Polygons:
    """Read a GeoJSON, GeoPackage or shapefile of polygons.

    Parameters
    ----------
    path : path
        GeoJSON without a stated system is in longitude and latitude, as its standard says; any
        other file must state its coordinate system.
    role : str
        What the file is to the run: "land", "boundary district".
    label_fields : sequence of str
        Fields that name a polygon in messages; guessed when empty.

    Raises
    ------
    InputError
        With every fault: no such file, no coordinate system, rows that are not polygons,
        several layers of polygons in one file, coordinates outside their system.
    """
    name = file_name(path)
    frame = _read_frame(Path(path), name)
    faults = [*_crs_faults(frame, name), *_geometry_faults(frame, name)]
    if faults:
        raise InputError(faults)
    labels = _labels(frame, label_fields)
    repaired, notices = _repair(frame, labels, role)
    # Repaired before and again after: a valid ring of degrees may cross itself once projected.
    projected = repaired.to_crs(BRITISH_NATIONAL_GRID)
    projected.geometry = polygonal(projected.geometry)
    lost = ~np.isfinite(projected.total_bounds).all()
    if lost:
        raise InputError([_out_of_range(name)])
    vintage, attribution = attribution_of([str(field) for field in frame.columns])
    return Polygons(projected, notices, source_of(path, role, attribution, vintage))


def _read_frame(path: Path, name: str) -> gpd.GeoDataFrame:
    """Read the file's one layer of polygons."""
    if not path.exists():
        raise InputError([Fault(name, "there is no such file", "Check the path")])
    try:
        layer = _polygon_layer(path, name)
        frame = pyogrio.read_dataframe(path, layer=layer, force_2d=True, on_invalid="ignore")
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        fix = "Use GeoJSON (.geojson), a GeoPackage (.gpkg) or a shapefile (.shp, with its parts)"
        raise InputError([Fault(name, "it cannot be read as a map layer", fix)]) from error
    if not isinstance(frame, gpd.GeoDataFrame) or frame.empty:
        raise InputError([Fault(name, "it holds no polygons", "Choose a file of polygons")])
    return frame


def _polygon_layer(path: Path, name: str) -> str:
    """Name of the layer to read; a file with several layers of polygons leaves a doubt."""
    layers = [(str(layer), str(kind)) for layer, kind in pyogrio.list_layers(path)]
    if not layers:
        raise InputError([Fault(name, "it holds no layer", "Choose a file of polygons")])
    if len(layers) == 1:
        return layers[0][0]
    polygons = [layer for layer, kind in layers if "Polygon" in kind]
    if len(polygons) != 1:
        listed = ", ".join(layer for layer, _ in layers)
        fix = "Save the layer you want in a file of its own"
        raise InputError([Fault(name, f"it holds several layers ({listed})", fix)])
    return polygons[0]


def _crs_faults(frame: gpd.GeoDataFrame, name: str) -> list[Fault]:
    if frame.crs is None:
        fix = (
            "Save it again with its coordinate system (a shapefile needs its .prj), "
            "for instance EPSG:27700 or EPSG:4326"
        )
        return [Fault(name, "it does not state its coordinate system (CRS)", fix)]
    west, south, east, north = frame.total_bounds
    # 1e-6: files written with rounded coordinates may overshoot the antimeridian by a hair.
    limits = (180 + 1e-6, 90 + 1e-6)
    beyond = max(abs(west), abs(east)) > limits[0] or max(abs(south), abs(north)) > limits[1]
    if frame.crs.is_geographic and beyond:
        return [_out_of_range(name)]
    return []


def _out_of_range(name: str) -> Fault:
    fix = "It is probably in metres: save it with its true coordinate system (EPSG:27700)"
    return Fault(name, "its coordinates lie outside the coordinate system it states", fix)


def _geometry_faults(frame: gpd.GeoDataFrame, name: str) -> list[Fault]:
    """List every row that holds no polygon."""
    faults = []
    kinds = shapely.get_type_id(frame.geometry.to_numpy())
    for row, kind in enumerate(kinds, start=1):
        geometry = frame.geometry.iloc[row - 1]
        if kind in POLYGONAL and not geometry.is_empty:
            continue
        found = f"feature {row} is {geometry.geom_type.lower() if geometry else 'without a shape'}"
        faults.append(Fault(name, found, "Every feature must be a polygon: remove or redraw it"))
    return faults


def _labels(frame: gpd.GeoDataFrame, fields: Sequence[str]) -> pd.Series:
    """How messages call each row."""
    fields = [f for f in fields if f in frame.columns] or [
        c for c in frame.columns if ONS_FIELD.fullmatch(str(c)) or "name" in str(c).lower()
    ][:2]
    if not fields:
        return pd.Series([f"feature {i + 1}" for i in range(len(frame))], index=frame.index)
    return frame[fields].astype("string").fillna("").agg(" ".join, axis=1)


def _repair(
    frame: gpd.GeoDataFrame, labels: pd.Series, role: str
) -> tuple[gpd.GeoDataFrame, tuple[Notice, ...]]:
    """Make every polygon valid, and say which were not."""
    invalid = ~frame.geometry.is_valid
    reasons = shapely.is_valid_reason(np.array(frame.geometry[invalid], dtype=object))
    notices = tuple(
        Notice("repair", f"Polygon {label} of {role} was invalid ({reason}) and was repaired.")
        for label, reason in zip(labels[invalid], reasons, strict=True)
    )
    repaired = frame.copy()
    repaired.geometry = polygonal(frame.geometry)
    return repaired, notices


def polygonal(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    """Return the shapes made valid, with only their polygonal parts."""
    return gpd.GeoSeries(
        [_polygonal(shape) for shape in shapes], index=shapes.index, crs=shapes.crs
    )


def _polygonal(shape: BaseGeometry) -> BaseGeometry:
    if not shape.is_valid:
        shape = shapely.make_valid(shape)
    if shapely.get_type_id(shape) in POLYGONAL:
        return shape
    parts = [p for p in shapely.get_parts(shape) if shapely.get_type_id(p) in POLYGONAL]
    return shapely.union_all(parts) if parts else shapely.MultiPolygon()


def attribution_of(fields: Sequence[str]) -> tuple[str, str]:
    """Return vintage and attribution that a file's fields tell, empty for an unknown origin.

    Only ONS names its fields by year; its boundaries carry the Open Government Licence and
    OS data, and both ask to be named.
    """
    for field in fields:
        match = ONS_FIELD.fullmatch(str(field))
        if match:
            year = match.group(1)
            return f"20{year}", ONS_ATTRIBUTION.format(year=year)
    return "", ""
