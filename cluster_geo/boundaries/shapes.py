"""A layer from a file of polygons, held against the register where the register knows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from cluster_geo.boundaries.column import RegisterZones, register_zones
from cluster_geo.boundaries.fields import find_fields
from cluster_geo.boundaries.layer import BoundaryLayer
from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.geometry import BRITISH_NATIONAL_GRID, read_polygons
from cluster_geo.records import Notice
from cluster_geo.schools import Schools


def read_layer(
    name: str,
    path: str | Path,
    schools: Schools,
    *,
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
    name_field, code_field : str, optional
        Fields of the file that name the zones; found by their usual names when not given.
        Polygons with the same code are one zone.
    column : str, optional
        Column of the schools' table that also tells the zone ("district"). Where it and the
        polygon disagree the column wins, and a notice names the school.

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
    read = read_polygons(path, f"boundary {name}")
    file = file_name(path)
    fields = [str(field) for field in read.frame.columns if field != read.frame.geometry.name]
    chosen = find_fields(fields, name, file, code_field=code_field, name_field=name_field)
    zones, notices = _zones(read.frame, chosen.code, chosen.name, file)
    found = _place(zones, schools)
    if not found.zone_of:
        fix = "Check that the file covers these schools and states its true coordinate system"
        raise InputError([Fault(file, f"no school lies in any zone of layer {name!r}", fix)])
    register = register_zones(schools, column) if column is not None else None
    if register is None or not register.zone_of:
        zone_of = dict(found.zone_of)
        notices += _outside(name, found, schools)
    else:
        zones, zone_of, told = _reconcile(name, zones, found, register, schools, file)
        notices += told
    kept = zones.loc[sorted(set(zone_of.values()))]
    notices += _doubtful(name, found, zones, schools)
    return BoundaryLayer(name, kept, zone_of, (*read.notices, *notices), read.source)


def _zones(
    frame: gpd.GeoDataFrame, code_field: str, name_field: str, file: str
) -> tuple[gpd.GeoDataFrame, list[Notice]]:
    """Return one row per zone code, in order, with name and geometry."""
    codes, names = _text(frame[code_field]), _text(frame[name_field])
    faults = [
        Fault(file, f"feature {i + 1} has no code", "Give every zone its code", column=code_field)
        for i in np.flatnonzero((codes == "").to_numpy())
    ]
    if faults:
        raise InputError(faults)
    shapes = gpd.GeoDataFrame(
        {"code": codes, "name": names.where(names != "", codes)},
        geometry=frame.geometry,
        crs=frame.crs,
    )
    notices = [
        Notice("zone", f"Zone {code} of {file} has several names: {', '.join(sorted(group))}.")
        for code, group in shapes.groupby("code")["name"].unique().items()
        if len(group) > 1
    ]
    zones = shapes if codes.is_unique else shapes.dissolve(by="code", aggfunc="first").reset_index()
    return zones.set_index("code")[["name", "geometry"]].sort_index(), notices


def _text(values: pd.Series) -> pd.Series:
    """Values as stripped text: whole numbers without ".0", missing ones ""."""
    if pd.api.types.is_float_dtype(values) and (values.dropna() % 1 == 0).all():
        values = values.astype("Int64")
    return values.astype("string").fillna("").str.strip().astype(object)


@dataclass(frozen=True)
class _Placed:
    """Where the schools' points fall."""

    zone_of: dict[int, str]
    several: dict[int, tuple[str, ...]]
    outside_m: dict[int, float]


def _place(zones: gpd.GeoDataFrame, schools: Schools) -> _Placed:
    """Find the zone each point lies in; on a shared edge or an overlap the lowest code."""
    points = shapely.points(schools.points)
    tree = shapely.STRtree(zones.geometry.to_numpy())
    hits: dict[int, list[str]] = {}
    for point, zone in zip(*tree.query(points, predicate="intersects"), strict=True):
        hits.setdefault(schools.urns[int(point)], []).append(str(zones.index[int(zone)]))
    outside = [i for i, urn in enumerate(schools.urns) if urn not in hits]
    pairs, metres = tree.query_nearest(points[outside], return_distance=True, all_matches=False)
    return _Placed(
        zone_of={urn: min(codes) for urn, codes in sorted(hits.items())},
        several={urn: tuple(sorted(codes)) for urn, codes in hits.items() if len(codes) > 1},
        outside_m={
            schools.urns[outside[int(i)]]: float(m) for i, m in zip(pairs[0], metres, strict=True)
        },
    )


def _outside(layer: str, found: _Placed, schools: Schools) -> list[Notice]:
    return [
        Notice(
            "zone",
            f"{schools.table.at[urn, 'name']} lies outside every zone of layer {layer}, "
            f"{metres / 1000:.2f} km from the nearest; it is in none.",
            urn,
        )
        for urn, metres in sorted(found.outside_m.items())
    ]


def _doubtful(
    layer: str, found: _Placed, zones: gpd.GeoDataFrame, schools: Schools
) -> list[Notice]:
    return [
        Notice(
            "zone",
            f"{schools.table.at[urn, 'name']} lies in several zones of layer {layer}: "
            f"{', '.join(str(zones.at[code, 'name']) for code in codes)}.",
            urn,
        )
        for urn, codes in sorted(found.several.items())
    ]


def _reconcile(
    layer: str,
    zones: gpd.GeoDataFrame,
    found: _Placed,
    register: RegisterZones,
    schools: Schools,
    file: str,
) -> tuple[gpd.GeoDataFrame, dict[int, str], list[Notice]]:
    """Let the register say each school's zone and the file its shape; list where they differ."""
    code_of = _same_zone(zones, register)
    missing = {code: name for code, name in register.names.items() if code not in code_of}
    if len(missing) == len(register.names):
        listed = ", ".join(sorted(missing.values()))
        fix = "Choose the file of these zones, or state its name_field and code_field"
        found_there = f"no zone has the code or name that the register gives ({listed})"
        raise InputError([Fault(file, found_there, fix)])
    notices = [
        Notice("zone", f"{name} ({code}) has no polygon in {file}; it cannot be drawn.")
        for code, name in sorted(missing.items())
    ]
    without_shape = gpd.GeoDataFrame(
        {"name": list(missing.values())},
        index=pd.Index(list(missing), name="code", dtype=zones.index.dtype),
        geometry=[shapely.MultiPolygon()] * len(missing),
        crs=BRITISH_NATIONAL_GRID,
    )
    if missing:
        zones = gpd.GeoDataFrame(pd.concat([zones, without_shape])).sort_index()
    zone_of: dict[int, str] = {}
    for urn in schools.urns:
        by_point = found.zone_of.get(urn)
        told = register.zone_of.get(urn)
        by_register = code_of.get(told, told) if told is not None else None
        zone = by_register if by_register is not None else by_point
        if zone is not None:
            zone_of[urn] = zone
        if by_register != by_point:
            school = str(schools.table.at[urn, "name"])
            text = _disagreement(school, layer, zones, by_register, by_point)
            notices.append(Notice("zone", text, urn))
    return zones, zone_of, notices


def _same_zone(zones: gpd.GeoDataFrame, register: RegisterZones) -> dict[str, str]:
    """Code in the file of each zone of the register: by code, else by name."""
    by_name = {str(name).casefold(): str(code) for code, name in zones["name"].items()}
    same: dict[str, str] = {}
    for code, name in register.names.items():
        if code in zones.index:
            same[code] = code
        elif name.casefold() in by_name:
            same[code] = by_name[name.casefold()]
    return same


def _disagreement(
    school: str,
    layer: str,
    zones: gpd.GeoDataFrame,
    by_register: str | None,
    by_point: str | None,
) -> str:
    point = "outside every zone" if by_point is None else f"in {zones.at[by_point, 'name']}"
    if by_register is None:
        rest = "it is in none" if by_point is None else "the point counts"
        return f"{school}: the register tells no zone of layer {layer}, its point lies {point}; {rest}."
    register = zones.at[by_register, "name"]
    return (
        f"{school}: layer {layer} is {register} by the register, but its point lies {point}; "
        "the register counts."
    )
