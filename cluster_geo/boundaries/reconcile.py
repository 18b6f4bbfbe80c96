"""Reconcile register and polygons: zones come from the register, shapes from the file."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import pandas as pd
import shapely

from cluster_geo.boundaries.column import RegisterZones
from cluster_geo.boundaries.placing import Placed
from cluster_geo.errors import Fault, InputError
from cluster_geo.geometry import BRITISH_NATIONAL_GRID
from cluster_geo.phrases import joined
from cluster_geo.records import Notice
from cluster_geo.schools import Schools


def match_register(
    zones: gpd.GeoDataFrame, register: RegisterZones, file: str
) -> tuple[gpd.GeoDataFrame, dict[int, str], list[Notice]]:
    """Find the register's zones among the file's, by code and else by name.

    Returns
    -------
    zones : GeoDataFrame
        The file's zones, and those that only the register has, without a shape.
    registered : dict of int to str
        Zone of each school in the register, by the file's codes.
    notices : list of Notice
        Zones without a shape.

    Raises
    ------
    InputError
        The file has none of the register's zones.
    """
    by_name = {str(name).casefold(): str(code) for code, name in zones["name"].items()}
    code_of: dict[str, str] = {}
    for code, name in register.names.items():
        if code in zones.index:
            code_of[code] = code
        elif name.casefold() in by_name:
            code_of[code] = by_name[name.casefold()]
    if not code_of:
        found = "no zone has a code or name that is in the register"
        listed = joined(sorted(register.names.values()))
        fix = f"Choose a file with the zones {listed}, or state its name_field and code_field"
        raise InputError([Fault(file, found, fix)])
    missing = {code: name for code, name in register.names.items() if code not in code_of}
    notices = [
        Notice("zone", f"{name} ({code}) has no polygon in {file}; it cannot be drawn.")
        for code, name in missing.items()
    ]
    registered = {urn: code_of.get(code, code) for urn, code in register.zone_of.items()}
    return _with_shapeless(zones, missing), registered, notices


def _with_shapeless(zones: gpd.GeoDataFrame, missing: Mapping[str, str]) -> gpd.GeoDataFrame:
    if not missing:
        return zones
    added = gpd.GeoDataFrame(
        {"name": list(missing.values())},
        index=pd.Index(list(missing), name="code", dtype=zones.index.dtype),
        geometry=[shapely.MultiPolygon()] * len(missing),
        crs=BRITISH_NATIONAL_GRID,
    )
    return gpd.GeoDataFrame(pd.concat([zones, added])).sort_index()


def settle(
    layer: str,
    registered: Mapping[int, str],
    placed: Placed,
    schools: Schools,
    name_of: Mapping[str, str],
) -> tuple[dict[int, str], list[Notice]]:
    """Give each school its zone in the register or, if it has none there, the zone of its point.

    Returns
    -------
    zone_of : dict of int to str
    notices : list of Notice
        Each school whose register entry and point disagree.
    """
    zone_of: dict[int, str] = {}
    notices: list[Notice] = []
    names = schools.names
    for urn in schools.urns:
        by_register, by_point = registered.get(urn), placed.zone_of.get(urn)
        zone = by_point if by_register is None else by_register
        if zone is not None:
            zone_of[urn] = zone
        if by_register == by_point:
            continue
        point = "outside every zone" if by_point is None else f"in {name_of[by_point]}"
        if by_register is not None:
            text = (
                f"the register puts it in {name_of[by_register]} (layer {layer}), but its point "
                f"lies {point}; the register is used"
            )
        else:
            text = (
                f"the register gives no zone of layer {layer} for it; its point lies {point}, so "
                "the point is used"
            )
        notices.append(Notice("zone", f"{names[urn]}: {text}.", urn))
    return zone_of, notices
