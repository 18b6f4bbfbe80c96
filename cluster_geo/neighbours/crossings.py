"""Crossings: bridges, tunnels and ferries, from a file, that join two banks.

The file is a CSV with a `name` and the two ends of each crossing, in one of three ways:

- ``from_x, from_y, to_x, to_y``: eastings and northings, metres;
- ``from_lat, from_lon, to_lat, to_lon``: degrees;
- ``from_urn, to_urn``: the two schools that the crossing joins.

Other columns, such as a note or a source, are ignored.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from cluster_geo.delimited import open_delimited
from cluster_geo.errors import Fault, InputError
from cluster_geo.geometry import (
    BRITISH_NATIONAL_GRID,
    EASTING_RANGE,
    NORTHING_RANGE,
    WGS84,
    Land,
)
from cluster_geo.records import Notice, Source, source_of
from cluster_geo.schools import Schools

# A bank belongs to the nearest school, where a metre of water counts as ten of land: a bank may be
# a little off a generalised coast, but a school across the water is not near.
WATER_COUNTS_AS = 10.0

GRID = ("from_x", "from_y", "to_x", "to_y")
DEGREES = ("from_lat", "from_lon", "to_lat", "to_lon")
URNS = ("from_urn", "to_urn")
LATITUDES = (49.0, 61.0)
LONGITUDES = (-9.0, 2.5)


@dataclass(frozen=True, slots=True)
class Crossing:
    """A way over water: either two banks or two schools.

    Parameters
    ----------
    name : str
        The planner's name for it.
    banks : tuple of two (float, float), optional
        Ends in EPSG:27700, metres.
    urns : tuple of two int, optional
        The schools it joins.
    """

    name: str
    banks: tuple[tuple[float, float], tuple[float, float]] | None = None
    urns: tuple[int, int] | None = None


@dataclass(frozen=True)
class Crossings:
    """The crossings of one file."""

    crossings: tuple[Crossing, ...]
    notices: tuple[Notice, ...] = field(default=())
    source: Source | None = None


def read_crossings(path: str | Path) -> Crossings:
    """Read a crossings file (its columns are described at the top of this module).

    Raises
    ------
    InputError
        With every fault of the file: missing columns, cells that are not numbers, points
        outside Great Britain.
    """
    opened = open_delimited(path)
    columns = next((c for c in (GRID, DEGREES, URNS) if set(c) <= set(opened.header)), None)
    faults = []
    if "name" not in opened.header:
        faults.append(Fault(opened.name, "the column is missing", "Name each crossing", 1, "name"))
    if columns is None:
        ways = "; or ".join(", ".join(way) for way in (GRID, DEGREES, URNS))
        fix = f"Give the two ends as {ways}"
        faults.append(Fault(opened.name, "the columns of the two ends are missing", fix, 1))
    if faults or columns is None:
        raise InputError(faults)
    text = opened.columns({c: c for c in ("name", *columns)})
    numbers = _numbers(text, columns, opened.name, faults)
    if faults:
        raise InputError(faults)
    names = [str(name) for name in text["name"]]
    source = source_of(path, "crossings")
    return Crossings(tuple(_crossings(names, numbers, columns)), source=source)


def _numbers(
    text: pd.DataFrame, columns: tuple[str, ...], name: str, faults: list[Fault]
) -> np.ndarray:
    """Return the ends as numbers, shape (crossings, columns), and add faults to `faults`."""
    limits = {
        "x": (*EASTING_RANGE, "an easting in Great Britain, in metres"),
        "y": (*NORTHING_RANGE, "a northing in Great Britain, in metres"),
        "lat": (*LATITUDES, "a latitude in Great Britain, in degrees"),
        "lon": (*LONGITUDES, "a longitude in Great Britain, in degrees"),
        "urn": (1, math.inf, "a URN"),
    }
    numbers = np.empty((len(text), len(columns)))
    for i, (row, cells) in enumerate(text.iterrows()):
        for k, column in enumerate(columns):
            low, high, what = limits[column.rpartition("_")[2]]
            value = _number(str(cells[column]))
            numbers[i, k] = value
            whole = column not in URNS or value.is_integer()
            if not (low <= value <= high and whole):
                found = f"{cells[column]!r} is not {what}"
                faults.append(Fault(name, found, f"Give {what}", int(str(row)), column))
    return numbers


def _number(cell: str) -> float:
    """Return the number in a cell, or minus infinity, which is outside every range."""
    try:
        value = float(cell)
    except ValueError:
        return -math.inf
    return value if math.isfinite(value) else -math.inf


def _crossings(names: list[str], numbers: np.ndarray, columns: tuple[str, ...]) -> list[Crossing]:
    if columns == URNS:
        return [
            Crossing(name, urns=(int(a), int(b)))
            for name, (a, b) in zip(names, numbers, strict=True)
        ]
    ends = numbers.reshape(-1, 2)
    if columns == DEGREES:
        points = gpd.points_from_xy(ends[:, 1], ends[:, 0], crs=WGS84).to_crs(BRITISH_NATIONAL_GRID)
        ends = np.column_stack([points.x, points.y])
    banks = [(float(x), float(y)) for x, y in ends]
    return [Crossing(name, banks=(banks[2 * i], banks[2 * i + 1])) for i, name in enumerate(names)]


def place_crossings(
    crossings: tuple[Crossing, ...], schools: Schools, *, land: Land | None, reach_km: float
) -> tuple[list[tuple[str, int, int]], list[Notice]]:
    """Find the two schools that each crossing joins.

    Returns
    -------
    placed : list of (name, URN, URN)
        In the order of the file.
    notices : list of Notice
        Crossings that do not join two schools of this plan, and why.
    """
    placed: list[tuple[str, int, int]] = []
    notices: list[Notice] = []
    for crossing in crossings:
        found, reason = _ends(crossing, schools, land, reach_km)
        if found is None:
            text = f"Crossing {crossing.name} was not used: {reason}."
            notices.append(Notice("crossing", text))
        else:
            placed.append((crossing.name, *found))
    return placed, notices


def _ends(
    crossing: Crossing, schools: Schools, land: Land | None, reach_km: float
) -> tuple[tuple[int, int] | None, str]:
    """Return the two schools of a crossing, or None and the reason."""
    if crossing.urns is not None:
        now = schools.identity.carried(crossing.urns, f"Crossing {crossing.name}")
        # Both parts of a school that was split are on the same bank.
        one, other = (now[urn][0] for urn in crossing.urns)
        missing = [str(urn) for urn in (one, other) if urn not in schools.table.index]
        if missing:
            return None, f"URN {' and '.join(missing)} is not in this plan"
        if one == other:
            return None, "its two URNs are the same"
        return (one, other), ""
    assert crossing.banks is not None
    near = [_nearest_school(bank, schools, land, reach_km) for bank in crossing.banks]
    if near[0] is None or near[1] is None:
        return None, f"no school of this plan is within {reach_km:g} km of one of its banks"
    if near[0] == near[1]:
        return None, "the same school is nearest to both of its banks"
    return (near[0], near[1]), ""


def _nearest_school(
    bank: tuple[float, float], schools: Schools, land: Land | None, reach_km: float
) -> int | None:
    """URN of the school nearest to a bank, with a penalty on water; None if none is in reach."""
    points = schools.points
    start = np.broadcast_to(np.array(bank), points.shape)
    metres = np.hypot(*(points - start).T)
    if metres.min() > reach_km * 1000:
        return None
    if land is not None:
        metres = metres + WATER_COUNTS_AS * land.off_land(start, points)
    return schools.urns[int(np.argmin(metres))]
