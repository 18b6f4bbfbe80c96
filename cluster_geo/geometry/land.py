"""Land and water: how much of a straight line lies off land."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from cluster_geo.geometry.polygons import ONS_FIELD, Box, box_around, read_polygons
from cluster_geo.records import Notice, Source

# Water is cut into parts of at most this many corners: a line then meets a few small parts
# instead of a whole coast. Measured on Kent's generalised coast: 64 is near the fastest.
MOST_CORNERS = 64
# Fields in which others than ONS name their polygons.
NAME_FIELDS = ("name", "title", "label")


@dataclass(frozen=True, eq=False)
class Land:
    """Where people can walk or drive.

    Parameters
    ----------
    shape : Polygon or MultiPolygon
        The land in EPSG:27700; everything else is water.
    notices : tuple of Notice
        Repairs to the file it was read from.
    source : Source, optional
        The file it was read from.
    parts : GeoDataFrame, optional
        The polygons of that file with their `name`, "" where the file gives none: countries,
        authorities, or the land as one.
    """

    shape: BaseGeometry
    notices: tuple[Notice, ...] = field(default=())
    source: Source | None = None
    parts: gpd.GeoDataFrame | None = None

    def off_land(self, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
        """Measure how much of each straight line lies off land.

        Parameters
        ----------
        starts, ends : ndarray, shape (lines, 2)
            Eastings and northings, metres.

        Returns
        -------
        ndarray, shape (lines,)
            Metres of each line that are not on land, exact to rounding.
        """
        if not len(starts):
            return np.zeros(0)
        lines = np.asarray(shapely.linestrings(np.stack([starts, ends], axis=1)))
        tree = self._water_around(np.vstack([starts, ends]))
        line, part = tree.query(lines, predicate="intersects")
        wet = shapely.length(shapely.intersection(lines[line], tree.geometries[part]))
        metres = np.bincount(line, weights=wet, minlength=len(lines))
        # The water is cut north to south and east to west: a line along a cut lies in two parts.
        # Such lines are few and are measured against the land as a whole.
        along = np.asarray(starts == ends).any(axis=1)
        metres[along] = shapely.length(shapely.difference(lines[along], self.shape))
        return metres

    def distance(self, points: np.ndarray) -> np.ndarray:
        """Metres from each point, shape (points, 2), to the nearest land; 0 on land."""
        shapely.prepare(self.shape)
        return np.asarray(shapely.distance(self.shape, shapely.points(points)))

    @cached_property
    def _trees(self) -> dict[Box, shapely.STRtree]:
        return {}

    def _water_around(self, points: np.ndarray) -> shapely.STRtree:
        """Return the water in the box of these points, in small parts, ready to be searched."""
        box = box_around(points, margin_m=1.0)
        if box not in self._trees:
            frame = shapely.box(*box)
            water = shapely.difference(frame, shapely.intersection(self.shape, frame))
            self._trees[box] = shapely.STRtree(_split(water))
        return self._trees[box]


def read_land(path: str | Path, points: np.ndarray | None = None) -> Land:
    """Read a land layer: any file of polygons that together are the land.

    Parameters
    ----------
    path : path
    points : ndarray, shape (schools, 2), optional
        Eastings and northings, metres; land far from all of them is left out.

    Raises
    ------
    InputError
        If the file cannot be used (see `read_polygons`), or holds no land near the points.
    """
    near = box_around(points) if points is not None else None
    read = read_polygons(path, "land", near=near)
    shape = shapely.union_all(np.array(read.frame.geometry, dtype=object))
    if near is not None:
        shape = shapely.intersection(shape, shapely.box(*near))
    names = read.frame[_name_field(read.frame)] if _name_field(read.frame) else ""
    parts = read.frame[["geometry"]].assign(name=names).fillna({"name": ""})
    return Land(shape, read.notices, read.source, parts)


def _name_field(frame: gpd.GeoDataFrame) -> str | None:
    """Return the field with the polygons' names, if there is one."""
    fields = [str(field) for field in frame.columns]
    official = [field for field in fields if (ons := ONS_FIELD.fullmatch(field)) and ons[2] == "NM"]
    usual = [field for field in fields if field.lower() in NAME_FIELDS]
    return next(iter([*official, *usual]), None)


def _split(shape: BaseGeometry) -> list[BaseGeometry]:
    """Cut polygons in halves until each part has few corners."""
    waiting = list(shapely.get_parts(shape))
    small: list[BaseGeometry] = []
    while waiting:
        part = waiting.pop()
        if shapely.get_type_id(part) != shapely.GeometryType.POLYGON:
            continue
        if shapely.get_num_coordinates(part) <= MOST_CORNERS:
            small.append(part)
            continue
        waiting += [half for box in _halves(part) for half in _clip(part, box)]
    return small


def _halves(part: BaseGeometry) -> tuple[Box, Box]:
    """Return the two halves of the part's box, cut across its longer side."""
    west, south, east, north = part.bounds
    if east - west >= north - south:
        middle = (west + east) / 2
        return (west, south, middle, north), (middle, south, east, north)
    middle = (south + north) / 2
    return (west, south, east, middle), (west, middle, east, north)


def _clip(part: BaseGeometry, box: Box) -> list[BaseGeometry]:
    """Return the polygons of the part that lie in the box."""
    clipped = shapely.intersection(part, shapely.box(*box))
    return list(shapely.get_parts(clipped))
