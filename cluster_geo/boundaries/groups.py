"""A layer that groups the zones of another: Kent's four Areas of three districts each."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from cluster_geo.boundaries.layer import BoundaryLayer
from cluster_geo.delimited import DelimitedFile, open_delimited
from cluster_geo.errors import Fault, InputError
from cluster_geo.geometry import BRITISH_NATIONAL_GRID
from cluster_geo.geometry.polygons import polygonal
from cluster_geo.records import Notice, source_of


def group_layer(
    name: str,
    of: BoundaryLayer,
    path: str | Path,
    *,
    zone_column: str | None = None,
    group_column: str | None = None,
) -> BoundaryLayer:
    """Group the zones of a layer as listed in a CSV file.

    Parameters
    ----------
    name : str
        Name of the new layer ("area").
    of : BoundaryLayer
        The layer whose zones are grouped ("district").
    path : path
        CSV with a row for each zone: its code or name, and its group. Rows about zones without
        a school of the plan are ignored.
    zone_column, group_column : str, optional
        The two columns. By default the column of zones is the one that matches most zones, and
        the column of groups is the one named after the layer, or else the only other column
        of text.

    Raises
    ------
    InputError
        With every fault: zones without a row, zones in two groups, zones without a group,
        columns that cannot be found.
    """
    opened = open_delimited(path)
    text = opened.columns({header: header for header in opened.header if header})
    key_of = _keys(of)
    zone_column = _stated(opened, zone_column) or _zone_column(opened, text, key_of, of)
    group_column = _stated(opened, group_column) or _group_column(
        opened, text, name, zone_column, key_of
    )
    group_of, faults, ignored = _groups(opened.name, text, zone_column, group_column, key_of)
    faults += [
        Fault(
            opened.name,
            f"no row for {of.name_of(code)} ({code}), a zone of layer {of.name}",
            f"Add a row with its {group_column}",
        )
        for code in of.zones.index
        if code not in group_of
    ]
    if faults:
        raise InputError(faults)
    notices = tuple(
        Notice(
            "zone",
            f"{zone!r} in {opened.name} was ignored: no zone of layer {of.name} that holds a "
            "school has this name or code.",
        )
        for zone in ignored
    )
    zone_of = {urn: group_of[code] for urn, code in of.zone_of.items()}
    return BoundaryLayer(
        name, _unions(of, group_of), zone_of, notices, source_of(path, f"boundary {name}")
    )


def _keys(of: BoundaryLayer) -> dict[str, str]:
    """Code of each zone by its code and by its name, both in lower case."""
    names = {str(zone).casefold(): str(code) for code, zone in of.zones["name"].items()}
    return names | {str(code).casefold(): str(code) for code in of.zones.index}


def _zones(cells: Iterable[str], key_of: dict[str, str]) -> list[str | None]:
    """Return the code of the zone that each cell names, or None."""
    return [key_of.get(str(cell).casefold()) for cell in cells]


def _stated(opened: DelimitedFile, column: str | None) -> str | None:
    if column is not None and column not in opened.header:
        fix = f"The columns are: {', '.join(opened.header)}"
        raise InputError([Fault(opened.name, f"there is no column {column!r}", fix, 1, column)])
    return column


def _zone_column(
    opened: DelimitedFile, text: pd.DataFrame, key_of: dict[str, str], of: BoundaryLayer
) -> str:
    """Return the column that matches most zones, the first if several do."""
    matched = {c: _matches(text[c], key_of) for c in text.columns}
    best = max(matched, key=lambda c: matched[c], default=None)
    if best is None or not matched[best]:
        found = f"no column holds codes or names of the zones of layer {of.name}"
        raise InputError([Fault(opened.name, found, "State the column of the zones")])
    return str(best)


def _matches(cells: Iterable[str], key_of: dict[str, str]) -> int:
    """Count the zones that a column names."""
    return len({code for code in _zones(cells, key_of) if code is not None})


def _group_column(
    opened: DelimitedFile,
    text: pd.DataFrame,
    name: str,
    zone_column: str,
    key_of: dict[str, str],
) -> str:
    """Return the column named after the layer, or else the only other column of text.

    A column that only repeats the zone of each row does not hold groups, but a column of groups
    may contain the names of zones that are in a group of their own.
    """
    zones = _zones(text[zone_column], key_of)
    others = [c for c in text.columns if c != zone_column and _zones(text[c], key_of) != zones]
    for called in (
        [c for c in others if c.casefold() == name.casefold()],
        [c for c in others if name.casefold() in c.casefold()],
        [c for c in others if pd.to_numeric(text[c], errors="coerce").isna().any()],
        others,
    ):
        if len(called) == 1:
            return str(called[0])
    fix = f"State the column of the groups, one of: {', '.join(others) or 'none'}"
    raise InputError([Fault(opened.name, f"no column is clearly the one for layer {name!r}", fix)])


def _groups(
    file: str, text: pd.DataFrame, zone_column: str, group_column: str, key_of: dict[str, str]
) -> tuple[dict[str, str], list[Fault], list[str]]:
    """Return the group of each zone by its code, the faults, and the zones that were ignored."""
    group_of: dict[str, str] = {}
    faults: list[Fault] = []
    ignored: list[str] = []
    for row, zone, group in text[[zone_column, group_column]].itertuples():
        code = key_of.get(str(zone).casefold())
        if code is None:
            ignored.append(str(zone))
            continue
        if not group:
            found = f"{zone} has no group"
            faults.append(Fault(file, found, "Fill the cell", int(row), group_column))
        if group_of.setdefault(code, str(group)) != group:
            found = f"{zone} is in {group_of[code]!r} and in {group!r}"
            faults.append(Fault(file, found, "Keep one of the rows", int(row), group_column))
    return group_of, faults, ignored


def _unions(of: BoundaryLayer, group_of: dict[str, str]) -> gpd.GeoDataFrame:
    """Return a row per group, its shape the union of its zones'."""
    members: dict[str, list[BaseGeometry]] = {}
    for code, shape in of.zones.geometry.items():
        members.setdefault(group_of[str(code)], []).append(shape)
    groups = sorted(members)
    shapes = gpd.GeoSeries([shapely.union_all(members[group]) for group in groups])
    return gpd.GeoDataFrame(
        {"name": groups},
        index=pd.Index(groups, name="code", dtype=object),
        geometry=list(polygonal(shapes)),
        crs=BRITISH_NATIONAL_GRID,
    )
