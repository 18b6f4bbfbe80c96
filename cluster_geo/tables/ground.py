"""The ground of a county, and the land around it that is others'."""

from __future__ import annotations

from itertools import chain

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from cluster_geo.boundaries import BoundaryLayer
from cluster_geo.county import County
from cluster_geo.geometry import BRITISH_NATIONAL_GRID, Land
from cluster_geo.geometry.polygons import polygonal
from cluster_geo.geometry.reach import ground_within_reach

# Zones drawn apart leave slits along their common borders; ground on both sides of one is joined.
SLIT_M = 60.0
# A polygon of the land belongs to the county whole when so much of it is near its schools.
MOSTLY = 0.5
# Land of others is shown to this distance from the county.
AROUND_M = 15_000.0


def county_ground(county: County) -> BaseGeometry:
    """Return the ground of the county, which its clusters share; where a map has its areas end.

    The first of these that is known:

    1. The zones that hold schools, of the first layer with shapes, and zones without a school
       that these enclose, where they lie mostly within reach of the county's schools.
    2. The polygons of the land file that hold schools and lie mostly within their reach: the
       authority's own outline, in a file of authorities.
    3. The ground within reach of the schools, by how they are spaced
       (`geometry.reach.ground_within_reach`).

    Where a land layer is known, it is cut at the coast.
    """
    near = ground_within_reach(county.schools.points)
    for layer in county.layers.values():
        if layer.has_shapes:
            ground = _zones_ground(layer, near)
            break
    else:
        ground = _outline(county.land, county.schools.points, near)
    if county.land is not None:
        ground = _polygons(shapely.intersection(ground, county.land.shape))
    # Where land and schools are nowhere near each other, the map still has areas.
    return near if ground.is_empty else ground


def other_land(county: County) -> gpd.GeoDataFrame:
    """Return the land around a county that is not its own, with a `name` for each part.

    Of the land file and of the zones that hold no school, what lies within 15 km of the county's
    ground; "" where a file names nothing, and no rows where there is no such file.
    """
    ground = county_ground(county)
    around = shapely.box(*ground.bounds).buffer(AROUND_M, join_style="mitre")
    known = [_others(layer) for layer in county.layers.values() if layer.has_shapes][:1]
    if county.land is not None and county.land.parts is not None:
        known.append(county.land.parts)
    found: list[dict[str, object]] = []
    taken: BaseGeometry = shapely.buffer(ground, SLIT_M, quad_segs=2)
    # Not one table of them: pandas 2 warns of joining an empty one.
    pairs = (zip(parts["name"], parts.geometry, strict=True) for parts in known)
    for name, shape in chain.from_iterable(pairs):
        if shape.is_empty or not shape.intersects(around):
            continue
        land = shape if county.land is None else shapely.intersection(shape, county.land.shape)
        part = _polygons(shapely.difference(shapely.intersection(land, around), taken))
        if part.area > SLIT_M**2:
            # What is left of the county's own district along a coast drawn twice has no name.
            theirs = part.area > MOSTLY * shapely.intersection(land, around).area
            found.append({"name": str(name) if theirs else "", "geometry": part})
            taken = shapely.union(taken, part)
    frame = pd.DataFrame(found, columns=["name", "geometry"])
    return gpd.GeoDataFrame(frame, geometry="geometry", crs=BRITISH_NATIONAL_GRID)


def _zones_ground(layer: BoundaryLayer, near: BaseGeometry) -> BaseGeometry:
    """Return the joined ground of the zones that hold schools and of those they enclose."""
    held = sorted(set(layer.zone_of.values()))
    ground = _joined([zone.simplify(SLIT_M / 4) for zone in layer.zones.geometry.loc[held]])
    filled = shapely.union_all([shapely.Polygon(p.exterior) for p in shapely.get_parts(ground)])
    holes = shapely.difference(filled, ground)
    empty = [
        zone
        for zone in _others(layer).geometry
        if _share(zone, holes) > MOSTLY and _share(zone, near) > MOSTLY
    ]
    return _joined([ground, *empty]) if empty else ground


def _outline(land: Land | None, points: np.ndarray, near: BaseGeometry) -> BaseGeometry:
    """Return the land's polygons that are the schools' own, or else what is within their reach."""
    if land is None or land.parts is None:
        return near
    shapes = land.parts.geometry.to_numpy()
    holding = np.unique(shapely.STRtree(shapes).query(shapely.points(points), "intersects")[1])
    own = [shape for shape in shapes[holding] if _share(shape, near) > MOSTLY]
    return _joined(own) if own else near


def _others(layer: BoundaryLayer) -> gpd.GeoDataFrame:
    """Return the zones that hold no school."""
    return layer.zones[~layer.zones.index.isin(set(layer.zone_of.values()))]


def _joined(shapes: list[BaseGeometry]) -> BaseGeometry:
    joined = shapely.buffer(shapely.union_all(shapes), SLIT_M, quad_segs=2)
    return shapely.buffer(joined, -SLIT_M, quad_segs=2)


def _share(shape: BaseGeometry, of: BaseGeometry) -> float:
    """Return how much of a shape lies in another one."""
    return float(shapely.intersection(shape, of).area / shape.area) if shape.area else 0.0


def _polygons(shape: BaseGeometry) -> BaseGeometry:
    return polygonal(gpd.GeoSeries([shape])).iloc[0]
