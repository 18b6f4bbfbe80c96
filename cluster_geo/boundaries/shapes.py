"""A layer from a file of polygons, checked against the register where possible."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from cluster_geo.boundaries.column import register_zones
from cluster_geo.boundaries.fields import find_fields
from cluster_geo.boundaries.layer import BoundaryLayer
from cluster_geo.boundaries.placing import outside_notices, place_schools, several_notices
from cluster_geo.boundaries.reconcile import match_register, settle
from cluster_geo.boundaries.spelling import one_spelling
from cluster_geo.boundaries.unplaced import covers, near_polygons
from cluster_geo.delimited import ungarbled
from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.geometry import box_around, read_polygons
from cluster_geo.phrases import joined
from cluster_geo.records import Notice
from cluster_geo.schools import Schools


def read_layer(
    name: str,
    path: str | Path,
    schools: Schools,
    *,
    file_layer: str | None = None,
    name_field: str | None = None,
    code_field: str | None = None,
    column: str | None = None,
) -> BoundaryLayer:
    """Read a layer of zones from a file of polygons and place every school.

    Parameters
    ----------
    name : str
        Name of the layer.
    path : path
        GeoJSON, GeoPackage or shapefile in any stated coordinate system.
    schools : Schools
    file_layer : str, optional
        Layer of the file; needed where several hold polygons.
    name_field, code_field : str, optional
        Fields of the file that name the zones; found by their usual names when not given.
        Polygons with the same code are one zone.
    column : str, optional
        Column of the schools table that also has the zone ("district"). Where it disagrees with
        the polygon, the column is used and a notice names the school.

    Returns
    -------
    BoundaryLayer
        Only zones that hold a school. Schools outside every polygon are listed in its notices.

    Raises
    ------
    InputError
        A file that cannot be used, fields that cannot be found, zones without a code, or
        polygons that hold no school at all.
    """
    read = read_polygons(
        path, f"boundary {name}", near=box_around(schools.points), layer=file_layer
    )
    file = file_name(path)
    fields = [str(field) for field in read.frame.columns if field != read.frame.geometry.name]
    chosen = find_fields(fields, name, file, code_field=code_field, name_field=name_field)
    zones, notices = _zones(read.frame, chosen.code, chosen.name, file)
    placed = place_schools(zones, schools)
    if not placed.zone_of:
        fix = "Check that the file covers these schools and states its true coordinate system"
        raise InputError([Fault(file, f"no school lies in any zone of layer {name!r}", fix)])
    register = register_zones(schools, column) if column is not None else None
    zone_of = dict(placed.zone_of)
    # A planner's own list of schools may leave the column blank; then the points decide.
    if register is not None and register.zone_of:
        zones, registered, shapeless = match_register(zones, register, file)
        zone_of, disagreements = settle(name, registered, placed, schools, _names(zones))
        notices += [*register.notices, *shapeless, *disagreements]
    if covers(zone_of, schools):
        close, found = near_polygons(name, zone_of, placed, schools, _names(zones))
        zone_of |= close
        notices += found
    notices += outside_notices(name, placed, schools, zone_of)
    notices += several_notices(name, placed, schools, _names(zones))
    kept = zones.loc[sorted(set(zone_of.values()))]
    return BoundaryLayer(name, kept, zone_of, (*read.notices, *notices), read.source)


def _names(zones: gpd.GeoDataFrame) -> dict[str, str]:
    return {str(code): str(name) for code, name in zones["name"].items()}


def _zones(
    frame: gpd.GeoDataFrame, code_field: str, name_field: str, file: str
) -> tuple[gpd.GeoDataFrame, list[Notice]]:
    """Return one row per zone code, in order, with name and geometry."""
    written = _text(frame[code_field]), _text(frame[name_field])
    codes, names = (texts.map(ungarbled) for texts in written)
    notices = [
        Notice("encoding", f"{file}: its text {old!r} was read as {new!r}, as it is UTF-8.")
        for old, new in sorted({*zip(written[1], names, strict=True)})
        if old != new
    ]
    if code_field == name_field:
        codes, alike = one_spelling(codes, file)
        notices += [*alike, *_far_apart(frame, codes, file)]
    faults = [
        Fault(file, f"feature {i + 1} has no code", "Give every zone a code", column=code_field)
        for i in np.flatnonzero((codes == "").to_numpy())
    ]
    if faults:
        raise InputError(faults)
    shapes = gpd.GeoDataFrame(
        {"code": codes, "name": names.where(names != "", codes)},
        geometry=frame.geometry,
        crs=frame.crs,
    )
    notices += [
        Notice("zone", f"Zone {code} of {file} has several names: {joined(sorted(group))}.")
        for code, group in shapes.groupby("code")["name"].unique().items()
        if len(group) > 1
    ]
    zones = shapes if codes.is_unique else shapes.dissolve(by="code", aggfunc="first").reset_index()
    return zones.set_index("code")[["name", "geometry"]].sort_index(), notices


def _far_apart(frame: gpd.GeoDataFrame, codes: pd.Series, file: str) -> list[Notice]:
    """Name the zones whose polygons, one by name alone, do not touch: they may be two places."""
    found = []
    for code, shapes in frame.geometry.groupby(codes):
        if code and len(shapes) > 1 and shapely.union_all(list(shapes)).geom_type != "Polygon":
            text = (
                f"{len(shapes):,} polygons of {file} that do not touch have the name {code}, and "
                "were taken for one zone. If they are not, give the file a field of codes."
            )
            found.append(Notice("zone", text))
    return found


def _text(values: pd.Series) -> pd.Series:
    """Values as stripped text: whole numbers without ".0", missing ones ""."""
    if pd.api.types.is_float_dtype(values) and (values.dropna() % 1 == 0).all():
        values = values.astype("Int64")
    return values.astype("string").fillna("").str.strip().astype(object)
