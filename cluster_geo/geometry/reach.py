"""How far the ground around some points reaches, where no file tells where it ends."""

from __future__ import annotations

import numpy as np
import shapely
from scipy.spatial import Delaunay, KDTree, QhullError
from shapely.geometry.base import BaseGeometry

# The spacing at a point is the distance to its third nearest: one near twin says little.
NEAREST = 3
# How far the ground reaches beyond a point, in spacings, and between which distances in metres.
BEYOND = 0.75
LEAST_M, MOST_M = 250.0, 5_000.0
# Three points are joined by ground when no two of them are further apart than this many spacings.
JOINED = 3.0
MOST_JOINED_M = 25_000.0
# A gap among them is filled up to this radius, in spacings of the three nearest.
GAP = 2.0
# Points closer than this are one place.
SAME_PLACE_M = 0.5


def spacing(points: np.ndarray) -> np.ndarray:
    """Return the spacing of the places at each point: metres to the third nearest other place.

    Parameters
    ----------
    points : ndarray, shape (points, 2)
        Eastings and northings, metres. Points within half a metre of each other are one place.

    Returns
    -------
    ndarray, shape (points,)
        Of fewer than four places the furthest; of one place, infinity.
    """
    places, place = distinct(points)
    if len(places) == 1:
        return np.full(len(points), np.inf)
    nth = min(NEAREST, len(places) - 1)
    metres, _ = KDTree(places).query(places, k=[nth + 1])
    return np.asarray(metres[place, 0])


def reach(points: np.ndarray) -> np.ndarray:
    """Return how far the ground reaches beyond each point, metres.

    That is three quarters of the `spacing` there, but at least 250 m and at most 5 km.
    """
    return np.clip(BEYOND * spacing(points), LEAST_M, MOST_M)


def ground_within_reach(points: np.ndarray) -> BaseGeometry:
    """Return the ground that belongs to some points by how they are spaced.

    It is the ground within the `reach` of each point, and the triangles between three
    neighbouring points of which no two are further apart than three times the `spacing` at the
    one of them where it is greatest (at most 25 km). A gap that this encloses is filled where
    the largest circle in it has a radius of at most twice the spacing there. So it follows the
    points closely, in a city and in the hills, and has no holes where they are merely spaced out.

    Parameters
    ----------
    points : ndarray, shape (points, 2)
        Eastings and northings, metres.

    Returns
    -------
    Polygon or MultiPolygon
    """
    places, _ = distinct(points)
    discs = shapely.buffer(shapely.points(places), reach(places), quad_segs=6)
    joined = shapely.union_all([*discs, *_triangles(places)])
    # Slits between a disc and a triangle, or two triangles, are no one's border.
    closed = shapely.buffer(shapely.buffer(joined, LEAST_M, quad_segs=4), -LEAST_M, quad_segs=4)
    return shapely.union_all([closed, *_narrow_gaps(closed, places)])


def distinct(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the different places of some points, and the number of each point's place.

    Parameters
    ----------
    points : ndarray, shape (points, 2)
        Metres. A point within half a metre of an earlier place is at that place.
    """
    first = np.arange(len(points))
    for one, other in sorted(KDTree(points).query_pairs(SAME_PLACE_M)):
        if first[one] == one and first[other] == other:
            first[other] = one
    kept, place = np.unique(first, return_inverse=True)
    return points[kept], place


def _narrow_gaps(ground: BaseGeometry, places: np.ndarray) -> list[BaseGeometry]:
    """Return the gaps in some ground that its places are spaced widely enough to fill."""
    rings = [ring for part in shapely.get_parts(ground) for ring in part.interiors]
    gaps = [shapely.Polygon(ring) for ring in rings]
    if not gaps:
        return []
    # From the middle of the circle to its edge.
    radii = [shapely.maximum_inscribed_circle(gap) for gap in gaps]
    _, nearest = KDTree(places).query([line.coords[0] for line in radii], k=NEAREST)
    most = GAP * np.median(spacing(places)[nearest], axis=1)
    return [gap for gap, line, wide in zip(gaps, radii, most, strict=True) if line.length <= wide]


def _triangles(places: np.ndarray) -> list[BaseGeometry]:
    """Return the triangles between neighbouring places that are near to each other."""
    try:
        corners = Delaunay(places - places.mean(axis=0)).simplices
    except (QhullError, ValueError):  # Fewer than three places, or all of them in a line.
        return []
    rings = places[corners]
    sides = np.linalg.norm(rings - np.roll(rings, 1, axis=1), axis=2).max(axis=1)
    most = np.minimum(JOINED * spacing(places)[corners].max(axis=1), MOST_JOINED_M)
    return [shapely.Polygon(ring) for ring in rings[sides <= most]]
