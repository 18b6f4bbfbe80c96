"""The ground nearest to each school, cut at the coast: for drawing clusters as areas."""

from __future__ import annotations

import math
from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from cluster_geo.geometry import BRITISH_NATIONAL_GRID, Land
from cluster_geo.geometry.polygons import polygonal
from cluster_geo.geometry.reach import distinct
from cluster_geo.schools import Schools

# A school off the ground that is drawn has a small disc of its own.
DISC_M = 200.0
# Corners of a sector's outer edge are at most this far apart, as seen from its point.
STEP = math.pi / 4


def cells(
    schools: Schools,
    land: Land | None = None,
    *,
    within: BaseGeometry | None = None,
    margin_m: float = 2000.0,
) -> gpd.GeoSeries:
    """Return, for each school, the ground that is nearer to it than to any other school.

    This is for drawing only and is not a catchment: no rule uses it.

    Parameters
    ----------
    schools : Schools
    land : Land, optional
        Cells are cut at its coast.
    within : Polygon or MultiPolygon, optional
        Cells are cut at the edge of this shape, such as the union of the districts. By default
        they end `margin_m` outside the schools' convex hull.
    margin_m : float
        Metres.

    Returns
    -------
    GeoSeries
        Valid polygons in EPSG:27700 by `urn`, none empty; they do not overlap, and each holds
        its school. Schools at one point share its ground in sectors that meet there.
    """
    places, place = distinct(schools.points)
    frame = within
    if frame is None:
        frame = shapely.buffer(shapely.MultiPoint(places).convex_hull, margin_m)
    if land is not None:
        frame = shapely.intersection(frame, land.shape)
    whole = cells_of_places(places, frame, np.bincount(place) > 1)
    shapes: dict[int, BaseGeometry] = {}
    for number, cell in enumerate(whole):
        there = [urn for urn, own in zip(schools.urns, place, strict=True) if own == number]
        shapes |= zip(there, sectors(cell, places[number], len(there)), strict=True)
    return gpd.GeoSeries(
        [shapes[urn] for urn in schools.urns],
        index=schools.table.index,
        crs=BRITISH_NATIONAL_GRID,
    )


def cells_of_places(
    places: np.ndarray, frame: BaseGeometry, shared: np.ndarray | None = None
) -> np.ndarray:
    """Return the ground of a frame that is nearer to each place than to any other.

    Parameters
    ----------
    places : ndarray, shape (places, 2)
        All different.
    frame : Polygon or MultiPolygon
        What there is to share out. A place that lies outside it has a disc of 200 m besides.
    shared : ndarray of bool, shape (places,), optional
        Places with several schools, which have that disc too wherever they lie: so there is
        ground on all sides of each, to be parted.

    Returns
    -------
    ndarray of Polygon or MultiPolygon
    """
    both = shapely.union(shapely.MultiPoint(places).convex_hull, shapely.box(*frame.bounds))
    # A little more, so that a place on the edge has ground on all sides of it.
    nearest = voronoi(places, shapely.buffer(both, 2 * DISC_M, join_style="mitre"))
    shapely.prepare(frame)
    inside = shapely.covers(frame, nearest)
    shapes = nearest.copy()
    shapes[~inside] = shapely.intersection(nearest[~inside], frame)
    shapes = polygonal(gpd.GeoSeries(shapes)).to_numpy(dtype=object)
    points = np.asarray(shapely.points(places))
    bare = ~shapely.covers(shapes, points)
    if shared is not None:
        bare |= shared & ~inside
    discs = shapely.intersection(shapely.buffer(points[bare], DISC_M), nearest[bare])
    shapes[bare] = shapely.union(shapes[bare], discs)
    return np.asarray(shapes)


def sectors(cell: BaseGeometry, point: Sequence[float], parts: int) -> list[BaseGeometry]:
    """Cut a cell into equal angles around a point in it; each part holds the point as a corner."""
    if parts == 1:
        return [cell]
    x, y = point
    west, south, east, north = cell.bounds
    steps = max(1, math.ceil(2 * math.pi / parts / STEP))
    # The outer edge runs straight between its corners, outside the furthest part of the cell.
    far = math.hypot(max(x - west, east - x), max(y - south, north - y))
    far *= 1.1 / math.cos(math.pi / parts / steps)
    around = np.linspace(0.0, 2 * math.pi, parts * steps + 1)
    edge = [(x + far * math.cos(angle), y + far * math.sin(angle)) for angle in around]
    edge[-1] = edge[0]
    shapes = [
        shapely.Polygon([(x, y), *edge[k * steps : (k + 1) * steps + 1]]) for k in range(parts)
    ]
    return list(polygonal(gpd.GeoSeries([shapely.intersection(cell, one) for one in shapes])))


def voronoi(points: np.ndarray, extent: BaseGeometry) -> np.ndarray:
    """Return the Voronoi cell of each point, in the points' order.

    Parameters
    ----------
    points : ndarray, shape (points, 2)
        All different.
    extent : geometry
        The cells cover at least its bounding box.
    """
    if len(points) == 1:
        return np.array([shapely.box(*shapely.bounds(extent))])
    diagram = shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=extent)
    polygons = shapely.get_parts(diagram)
    point, polygon = shapely.STRtree(polygons).query(shapely.points(points), predicate="within")
    found = np.empty(len(points), dtype=object)
    found[point] = polygons[polygon]
    return found
