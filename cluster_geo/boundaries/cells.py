"""The ground nearest to each school, cut at the coast: for drawing clusters as areas."""

from __future__ import annotations

import math

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from cluster_geo.geometry import BRITISH_NATIONAL_GRID, Land
from cluster_geo.geometry.polygons import polygonal
from cluster_geo.schools import Schools

# Schools at one point are moved apart by this much, so that each has a share of the ground.
NUDGE_M = 1.0
# A school whose cell is cut away entirely is drawn as a small disc.
DISC_M = 200.0


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
        Polygons in EPSG:27700 by `urn`, none empty; they do not overlap.
    """
    points = _apart(schools.points)
    hull = shapely.buffer(shapely.MultiPoint(points).convex_hull, margin_m)
    frame = hull if within is None else within
    if land is not None:
        frame = shapely.intersection(frame, land.shape)
    nearest = voronoi(points, shapely.union(hull, shapely.box(*shapely.bounds(frame))))
    shapely.prepare(frame)
    inside = shapely.covers(frame, nearest)
    shapes = nearest.copy()
    shapes[~inside] = shapely.intersection(nearest[~inside], frame)
    clipped = polygonal(gpd.GeoSeries(shapes, index=schools.table.index, crs=BRITISH_NATIONAL_GRID))
    lost = clipped.is_empty.to_numpy()
    if lost.any():
        discs = shapely.buffer(shapely.points(points[lost]), DISC_M)
        clipped[lost] = shapely.intersection(discs, nearest[lost])
    return clipped


def _apart(points: np.ndarray) -> np.ndarray:
    """Move schools that share a point a metre away from it, each in its own fixed direction."""
    places: dict[tuple[float, float], list[int]] = {}
    for i, (x, y) in enumerate(points):
        places.setdefault((float(x), float(y)), []).append(i)
    moved = points.copy()
    for members in places.values():
        if len(members) == 1:
            continue
        for k, i in enumerate(members):
            angle = 2 * math.pi * k / len(members)
            moved[i] += NUDGE_M * np.array([math.cos(angle), math.sin(angle)])
    return moved


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
