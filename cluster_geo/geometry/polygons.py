"""Polygon files of any format and coordinate system, repaired, in the National Grid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import ProjError
from shapely.geometry.base import BaseGeometry

from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.geometry.crs import BRITISH_NATIONAL_GRID
from cluster_geo.geometry.gdal import messages_may_be_garbled
from cluster_geo.records import Notice, Source, source_of

# Names that ONS gives its code and name fields: LAD24CD, WD25NM, LSOA21CD.
ONS_FIELD = re.compile(r"[A-Z]{2,7}(\d{2})(CD|NM)")
ONS_ATTRIBUTION = (
    "Source: Office for National Statistics licensed under the Open Government Licence v3.0. "
    "Contains OS data © Crown copyright and database right 20{year}."
)
TEXT_SUFFIXES = (".geojson", ".json")
Box = tuple[float, float, float, float]
# Polygons are read up to this distance from the schools, the longest edge between neighbours.
MARGIN_M = 30_000.0
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


def read_polygons(
    path: str | Path, role: str, *, near: Box | None = None, layer: str | None = None
) -> Polygons:
    """Read a GeoJSON, GeoPackage or shapefile of polygons.

    Parameters
    ----------
    path : path
        GeoJSON without a stated system is in longitude and latitude, as its standard says; any
        other file must state its coordinate system.
    role : str
        What the run uses the file for: "land", "boundary district".
    near : (west, south, east, north), optional
        Box in EPSG:27700, metres: polygons wholly outside it are skipped, so that a national
        file is read quickly.
    layer : str, optional
        Layer of the file; needed where several hold polygons.

    Raises
    ------
    InputError
        With every fault: no such file or layer, no coordinate system, rows that are not polygons,
        several layers of polygons in one file, coordinates outside their system.
    """
    name = file_name(path)
    with messages_may_be_garbled():
        frame, metadata = _read_frame(Path(path), name, near, layer)
    faults = _geometry_faults(frame, name)
    if faults:
        raise InputError(faults)
    repaired, notices = _repair(frame, role)
    # Repaired before and after: a valid ring in degrees may cross itself once projected.
    projected = repaired.to_crs(BRITISH_NATIONAL_GRID)
    projected.geometry = polygonal(projected.geometry)
    vintage, attribution = attribution_of([str(field) for field in frame.columns])
    # Files that this program derived from others state their attributions in the metadata.
    attribution = metadata.get("attribution", attribution)
    return Polygons(projected, notices, source_of(path, role, attribution, vintage))


def require_utf8(path: Path, name: str) -> None:
    """Refuse GeoJSON in another encoding, which GDAL cannot read.

    Raises
    ------
    InputError
        With the line of the first byte that is not UTF-8.
    """
    if path.suffix.casefold() not in TEXT_SUFFIXES or not path.is_file():
        return
    data = path.read_bytes()
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        fix = "Save it again as UTF-8, as GeoJSON requires, or download it again"
        raise InputError([Fault(name, "it is not UTF-8 text", fix, row)]) from error


def box_around(points: np.ndarray, margin_m: float = MARGIN_M) -> Box:
    """Return the box of some points, shape (points, 2), with a margin in metres."""
    west, south = points.min(axis=0) - margin_m
    east, north = points.max(axis=0) + margin_m
    return float(west), float(south), float(east), float(north)


def _read_frame(
    path: Path, name: str, near: Box | None, wanted: str | None
) -> tuple[gpd.GeoDataFrame, dict[str, str]]:
    """Read the layer wanted, or the file's one layer of polygons, and its metadata."""
    if not path.exists():
        raise InputError([Fault(name, "there is no such file", "Check the path")])
    require_utf8(path, name)
    try:
        layer = _polygon_layer(path, name, wanted)
        info = pyogrio.read_info(path, layer=layer, force_total_bounds=True)
        crs = crs_of(info["crs"], info["total_bounds"], name)
        frame = pyogrio.read_dataframe(
            path,
            layer=layer,
            bbox=box_in(crs, near),
            force_2d=True,
            on_invalid="ignore",
        )
    except UnicodeDecodeError as error:
        fix = "Save it again as UTF-8"
        raise InputError([Fault(name, "its text is not in the encoding it states", fix)]) from error
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        fix = "Use GeoJSON (.geojson), a GeoPackage (.gpkg) or a shapefile (.shp, with its parts)"
        raise InputError([Fault(name, "it cannot be read as a map layer", fix)]) from error
    except ProjError as error:
        fix = "Save it with a known one, such as EPSG:27700 or EPSG:4326"
        raise InputError([Fault(name, "its coordinate system is not known", fix)]) from error
    if not isinstance(frame, gpd.GeoDataFrame) or frame.empty:
        found = "it has no polygons" + (" near the schools" if near else "")
        raise InputError([Fault(name, found, "Choose a file of polygons that covers the schools")])
    return frame, info["layer_metadata"] or {}


def _polygon_layer(path: Path, name: str, wanted: str | None) -> str:
    """Return the name of the layer to read; several layers of polygons are a fault."""
    layers = [(str(layer), str(kind)) for layer, kind in pyogrio.list_layers(path)]
    if not layers:
        raise InputError([Fault(name, "it has no layers", "Choose a file of polygons")])
    if wanted is not None:
        if wanted in dict(layers):
            return wanted
        fix = f"Choose one of: {', '.join(dict(layers))}"
        raise InputError([Fault(name, f"it has no layer {wanted!r}", fix)])
    if len(layers) == 1:
        return layers[0][0]
    polygons = [layer for layer, kind in layers if "Polygon" in kind]
    if len(polygons) != 1:
        listed = ", ".join(layer for layer, _ in layers)
        fix = "Name the one you want, as FILE:LAYER:FIELD or by the setting file_layer"
        raise InputError([Fault(name, f"it has several layers ({listed})", fix)])
    return polygons[0]


def crs_of(stated: str | None, bounds: Box | None, name: str) -> CRS:
    """Return the coordinate system that the file states, if its coordinates can be in it."""
    if stated is None:
        fix = (
            "Save it again with its coordinate system (a shapefile needs its .prj), "
            "for instance EPSG:27700 or EPSG:4326"
        )
        raise InputError([Fault(name, "it does not state its coordinate system (CRS)", fix)])
    crs = CRS.from_user_input(stated)
    if crs.is_geographic and bounds is not None:
        west, south, east, north = bounds
        # Slightly more than the globe: rounded coordinates may overshoot the antimeridian.
        outside = max(abs(west), abs(east)) > 180.001 or max(abs(south), abs(north)) > 90.001  # noqa: PLR2004
        if outside:
            found = "it states degrees, but its coordinates are larger than 180 and 90"
            fix = "It is probably in metres: save it with its true system, such as EPSG:27700"
            raise InputError([Fault(name, found, fix)])
    return crs


def box_in(crs: CRS, near: Box | None) -> Box | None:
    """Return the box in the file's own system."""
    if near is None:
        return None
    west, south, east, north = _from_national_grid(crs).transform_bounds(*near)
    return west, south, east, north


@cache
def _from_national_grid(crs: CRS) -> Transformer:
    """Return the way into a system: PROJ takes longer to find it than to go it."""
    return Transformer.from_crs(BRITISH_NATIONAL_GRID, crs, always_xy=True)


def _geometry_faults(frame: gpd.GeoDataFrame, name: str) -> list[Fault]:
    """List every row that is not a polygon."""
    faults = []
    kinds = shapely.get_type_id(frame.geometry.to_numpy())
    for row, kind in enumerate(kinds, start=1):
        geometry = frame.geometry.iloc[row - 1]
        if kind in POLYGONAL and not geometry.is_empty:
            continue
        found = f"feature {row} is {geometry.geom_type.lower() if geometry else 'without a shape'}"
        faults.append(Fault(name, found, "Every feature must be a polygon: remove or redraw it"))
    return faults


def _labels(frame: gpd.GeoDataFrame) -> list[str]:
    """Return a label of each polygon for messages: its code and name, if there are such fields."""
    fields = [
        field
        for field in map(str, frame.columns)
        if ONS_FIELD.fullmatch(field) or field.lower().endswith(("name", "code"))
    ][:2]
    if not fields:
        return [f"number {i + 1}" for i in range(len(frame))]
    return [" ".join(map(str, cells)) for cells in frame[fields].itertuples(index=False)]


def _repair(frame: gpd.GeoDataFrame, role: str) -> tuple[gpd.GeoDataFrame, tuple[Notice, ...]]:
    """Make every polygon valid, with a notice for each that was not."""
    shapes = np.array(frame.geometry, dtype=object)
    invalid = ~shapely.is_valid(shapes)
    reasons = shapely.is_valid_reason(shapes[invalid])
    notices = tuple(
        Notice("repair", f"Polygon {label} of {role} was invalid ({reason}) and was repaired.")
        for label, reason in zip(np.array(_labels(frame))[invalid], reasons, strict=True)
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


def rounded(shapes: gpd.GeoSeries, decimals: int) -> gpd.GeoSeries:
    """Return shapes with rounded coordinates, none of them invalid or emptied by it.

    Parameters
    ----------
    shapes : GeoSeries
        Of any kind and in any system.
    decimals : int
        A polygon that would cross itself is mended, and one that would vanish stays as it is.
    """
    moved = shapely.transform(shapes.to_numpy(), lambda numbers: numbers.round(decimals))
    spoilt = ~shapely.is_valid(moved)
    for place in np.flatnonzero(spoilt):
        mended = _polygonal(moved[place])
        moved[place] = shapes.iloc[place] if mended.is_empty else mended
    return gpd.GeoSeries(moved, index=shapes.index, crs=shapes.crs)


def attribution_of(fields: Sequence[str]) -> tuple[str, str]:
    """Return vintage and attribution by a file's fields, empty if the origin is unknown.

    Only ONS names its fields by year; its boundaries carry the Open Government Licence and
    OS data, and both ask to be named.
    """
    for field in fields:
        match = ONS_FIELD.fullmatch(str(field))
        if match:
            year = match.group(1)
            return f"20{year}", ONS_ATTRIBUTION.format(year=year)
    return "", ""
