"""Land and water: how much of a straight line lies off land."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.geometry.polygons import read_polygons
from cluster_geo.records import Notice, Source

# Water is cut into parts of at most this many corners: a line then meets a few small parts
# instead of a whole coast. Measured on Kent's generalised coast: 64 is near the fastest.
MOST_CORNERS = 64

Box = tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class Land:
    """Where people can walk or drive.

    Parameters
    ----------
    shape : Polygon or MultiPolygon
        The land in EPSG:27700; everything else is water.
    notices : tuple of Notice
        Repairs of the file it was read from.
    source : Source, optional
        That file.
    """

    shape: BaseGeometry
    notices: tuple[Notice, ...] = field(default=())
    source: Source | None = None

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
        metres = np.zeros(len(starts))
        if not len(starts):
            return metres
        lines = np.asarray(shapely.linestrings(np.stack([starts, ends], axis=1)))
        tree = self._water_around(np.vstack([starts, ends]))
        line, part = tree.query(lines, predicate="intersects")
        wet = shapely.length(shapely.intersection(lines[line], tree.geometries[part]))
        np.add.at(metres, line, wet)
        # A line along the cut between two parts of the water lies in both.
        return np.minimum(metres, shapely.length(lines))

    def distance(self, points: np.ndarray) -> np.ndarray:
        """Metres from each point, shape (points, 2), to the nearest land; 0 on land."""
        shapely.prepare(self.shape)
        return np.asarray(shapely.distance(self.shape, shapely.points(points)))

    @cached_property
    def _trees(self) -> dict[Box, shapely.STRtree]:
        return {}

    def _water_around(self, points: np.ndarray) -> shapely.STRtree:
        """Return the water in the box of these points, in small parts, ready to be searched."""
        west, south = points.min(axis=0) - 1.0
        east, north = points.max(axis=0) + 1.0
        box = (float(west), float(south), float(east), float(north))
        if box not in self._trees:
            frame = shapely.box(*box)
            water = shapely.difference(frame, shapely.intersection(self.shape, frame))
            self._trees[box] = shapely.STRtree(_split(water))
        return self._trees[box]


def read_land(path: str | Path) -> Land:
    """Read a land layer: any file of polygons that together are the land.

    Raises
    ------
    InputError
        If the file cannot be used (see `read_polygons`).
    """
    read = read_polygons(path, "land")
    shape = shapely.union_all(read.frame.geometry.to_numpy())
    if shape.is_empty:
        fault = Fault(file_name(path), "it holds no land", "Choose a file of land polygons")
        raise InputError([fault])
    return Land(shape, read.notices, read.source)


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
