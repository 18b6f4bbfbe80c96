"""The register against the polygons: the register says the zone, the file its shape."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import pandas as pd
import shapely

from cluster_geo.boundaries.column import RegisterZones
from cluster_geo.boundaries.placing import Placed
from cluster_geo.errors import Fault, InputError
from cluster_geo.geometry import BRITISH_NATIONAL_GRID
from cluster_geo.records import Notice
from cluster_geo.schools import Schools


def match_register(
    zones: gpd.GeoDataFrame, register: RegisterZones, file: str
) -> tuple[gpd.GeoDataFrame, dict[int, str], list[Notice]]:
    """Find the register's zones among the file's, by code and else by name.

    Returns
    -------
    zones : GeoDataFrame
        The file's zones, and without a shape those that only the register knows.
    told : dict of int to str
        What the register says of each school, in the file's codes.
    notices : list of Notice
        Zones without a shape.

    Raises
    ------
    InputError
        The file knows none of the register's zones.
    """
    by_name = {str(name).casefold(): str(code) for code, name in zones["name"].items()}
    code_of: dict[str, str] = {}
    for code, name in register.names.items():
        if code in zones.index:
            code_of[code] = code
        elif name.casefold() in by_name:
            code_of[code] = by_name[name.casefold()]
    if not code_of:
        found = "no zone has a code or name that the register gives"
        listed = ", ".join(sorted(register.names.values()))
        fix = f"Choose the file of these zones, or state its name_field and code_field: {listed}"
        raise InputError([Fault(file, found, fix)])
    missing = {code: name for code, name in register.names.items() if code not in code_of}
    notices = [
        Notice("zone", f"{name} ({code}) has no polygon in {file}; it cannot be drawn.")
        for code, name in missing.items()
    ]
    told = {urn: code_of.get(code, code) for urn, code in register.zone_of.items()}
    return _with_shapeless(zones, missing), told, notices


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
    told: Mapping[int, str],
    placed: Placed,
    schools: Schools,
    name_of: Mapping[str, str],
) -> tuple[dict[int, str], list[Notice]]:
    """Give each school the register's zone, or the point's where the register is silent.

    Returns
    -------
    zone_of : dict of int to str
    notices : list of Notice
        Every school of which register and point say different things.
    """
    zone_of: dict[int, str] = {}
    notices: list[Notice] = []
    names = schools.names
    for urn in schools.urns:
        by_register, by_point = told.get(urn), placed.zone_of.get(urn)
        zone = by_point if by_register is None else by_register
        if zone is not None:
            zone_of[urn] = zone
        if by_register == by_point and zone is not None:
            continue
        point = "outside every zone" if by_point is None else f"in {name_of[by_point]}"
        if by_register is not None:
            text = (
                f"layer {layer} is {name_of[by_register]} by the register, but its point lies "
                f"{point}; the register counts"
            )
        else:
            result = "it is in none" if by_point is None else "the point counts"
            text = f"the register tells no zone of layer {layer}; its point lies {point}: {result}"
        notices.append(Notice("zone", f"{names[urn]}: {text}.", urn))
    return zone_of, notices
