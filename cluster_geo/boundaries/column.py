"""A layer from a column of the schools' table: zones without shapes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
import shapely

from cluster_geo.boundaries.layer import BoundaryLayer
from cluster_geo.boundaries.spelling import one_spelling
from cluster_geo.boundaries.unplaced import covers, near_schools
from cluster_geo.errors import Fault, InputError
from cluster_geo.geometry import BRITISH_NATIONAL_GRID
from cluster_geo.records import Notice
from cluster_geo.schools import Schools


@dataclass(frozen=True)
class RegisterZones:
    """The zones in a column of the register.

    Parameters
    ----------
    names : mapping of str to str
        Name of each zone by its code, in order of codes.
    zone_of : mapping of int to str
        Code by URN; a school with a blank cell is absent.
    notices : tuple of Notice
        Names in several spellings that were taken for one.
    """

    names: Mapping[str, str]
    zone_of: Mapping[int, str]
    notices: tuple[Notice, ...] = ()


def register_zones(schools: Schools, column: str) -> RegisterZones:
    """Read the zones in a column, with codes from the column `<column>_code` if there is one.

    Raises
    ------
    InputError
        The table has no such column.
    """
    table = schools.table
    if column not in table.columns:
        text = [str(c) for c in table.columns if c != table.geometry.name]
        fix = f"Choose one of: {', '.join(text)}"
        raise InputError([Fault("schools", f"there is no column {column!r}", fix, column=column)])
    names = table[column].astype("string").fillna("").str.strip()
    code_column = f"{column}_code"
    codes = names
    if code_column in table.columns:
        given = table[code_column].astype("string").fillna("").str.strip()
        codes = given.where(given != "", names)
    notices: list[Notice] = []
    if codes is names:
        names, notices = one_spelling(names.astype(object), f"the column {column}")
        codes = names
    zone_of = {urn: str(code) for urn, code in zip(schools.urns, codes, strict=True) if code}
    named = dict(zip(schools.urns, names.astype(str), strict=True))
    spellings: dict[str, Counter[str]] = {}
    for urn, code in zone_of.items():
        spellings.setdefault(code, Counter())[named[urn] or code] += 1
    most_used = {
        code: min(spellings[code], key=lambda name: (-spellings[code][name], name))
        for code in sorted(spellings)
    }
    return RegisterZones(most_used, zone_of, tuple(notices))


def layer_from_column(name: str, schools: Schools, column: str) -> BoundaryLayer:
    """Make a layer from the values of a column; its zones have no shapes.

    Parameters
    ----------
    name : str
        Name of the layer.
    schools : Schools
    column : str
        Text column of the schools table. If the table also has `<column>_code`, as for
        "district", that column holds the codes and `column` the names.

    Raises
    ------
    InputError
        The table has no such column, or it is blank for every school.
    """
    register = register_zones(schools, column)
    if not register.zone_of:
        fix = "Give a file of polygons for this layer, or another column"
        raise InputError(
            [Fault("schools", "the column is blank for every school", fix, column=column)]
        )
    zones = gpd.GeoDataFrame(
        {"name": list(register.names.values())},
        index=pd.Index(list(register.names), name="code", dtype=object),
        geometry=[shapely.MultiPolygon()] * len(register.names),
        crs=BRITISH_NATIONAL_GRID,
    )
    zone_of = dict(register.zone_of)
    notices = list(register.notices)
    if covers(zone_of, schools):
        near, found = near_schools(name, zone_of, schools, register.names)
        zone_of |= near
        notices += found
    notices += [
        Notice(
            "zone",
            f"{schools.names[urn]} is not in any zone of layer {name}: its {column} is blank.",
            urn,
        )
        for urn in schools.urns
        if urn not in zone_of
    ]
    return BoundaryLayer(name, zones, zone_of, tuple(notices))
