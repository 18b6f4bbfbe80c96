"""Clusters as areas on land: the ground nearer to a cluster's schools than to any other's.

A map of dots does not show borders, and convex hulls overlap. So a cluster is drawn as the union
of its schools' cells, cut where the land ends. These areas are a picture of the plan: they are no
catchment areas.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from cluster_geo.boundaries.cells import cells
from cluster_geo.county import County
from cluster_geo.geometry import BRITISH_NATIONAL_GRID
from cluster_geo.geometry.polygons import polygonal
from cluster_geo.plan import Plan, title_of

# Zones drawn apart leave slits along their common borders; ground on both sides of one is joined.
SLIT_M = 60.0
GROUND_REACH_M = 5_000.0
# Parts touch when they are this close, and share a border when they touch for so long.
TOUCH_M = 0.5
MIN_BORDER_M = 10.0


def cluster_areas(county: County, plan: Plan) -> gpd.GeoDataFrame:
    """Return the area of each cluster, indexed by code, with `name`, in EPSG:27700."""
    whole = cells(county.schools, within=county_ground(county))
    around = on_their_bank(whole, county.schools.table.geometry)
    shapes = {
        code: _many(shapely.union_all([around[urn] for urn in cluster.members]))
        for code, cluster in sorted(zip(plan.labels, plan.clusters, strict=True))
    }
    return gpd.GeoDataFrame(
        {"name": [title_of(code, plan.names) for code in shapes]},
        geometry=list(shapes.values()),
        index=list(shapes),
        crs=BRITISH_NATIONAL_GRID,
    ).rename_axis("cluster")


def on_their_bank(around: gpd.GeoSeries, points: gpd.GeoSeries) -> dict[int, BaseGeometry]:
    """Return each school's cell with every part of it on the bank of its own school.

    Water may cut a cell in two. A part without its school goes to the school beside it with the
    longest common border; a part that borders on none, such as an islet, stays.

    Parameters
    ----------
    around : GeoSeries
        Cells by URN, in metres; they do not overlap.
    points : GeoSeries
        The schools, by URN.
    """
    home: dict[int, BaseGeometry] = {}
    strays: list[tuple[int, BaseGeometry]] = []
    for urn, cell, school in zip(around.index, around, points.loc[around.index], strict=True):
        parts = sorted(shapely.get_parts(cell), key=school.distance)
        home[int(urn)] = parts[0]
        strays += [(int(urn), part) for part in parts[1:]]
    urns, homes = list(home), np.array(list(home.values()))
    tree = shapely.STRtree(homes)
    owned: dict[int, list[BaseGeometry]] = {urn: [part] for urn, part in home.items()}
    for urn, stray in strays:
        beside = np.sort(tree.query(stray, "dwithin", TOUCH_M))
        touching = shapely.buffer(homes[beside], TOUCH_M)
        borders = shapely.length(shapely.intersection(stray.boundary, touching))
        lies_alone = not borders.size or borders.max() < MIN_BORDER_M
        owned[urn if lies_alone else urns[beside[borders.argmax()]]].append(stray)
    return {urn: shapely.union_all(parts) for urn, parts in owned.items()}


def county_ground(county: County) -> BaseGeometry:
    """Return the ground of the county: the zones that hold schools, of the first layer with shapes.

    Where no layer tells, it is the ground within 5 km of a school.
    """
    for layer in county.layers.values():
        if layer.has_shapes:
            held = sorted(set(layer.zone_of.values()))
            zones = [zone.simplify(SLIT_M / 4) for zone in layer.zones.geometry.loc[held]]
            joined = shapely.buffer(shapely.union_all(zones), SLIT_M, quad_segs=2)
            return shapely.buffer(joined, -SLIT_M, quad_segs=2)
    # Many times faster than to buffer the points as one shape, and the same ground.
    return shapely.union_all(shapely.buffer(shapely.points(county.schools.points), GROUND_REACH_M))


def lighter(areas: gpd.GeoDataFrame, tolerance_m: float) -> gpd.GeoDataFrame:
    """Return the areas with fewer corners; borders that two of them share stay shared.

    Parameters
    ----------
    areas : GeoDataFrame
        Polygons that do not overlap, in metres.
    tolerance_m : float
        Details smaller than a square of this side are left out.
    """
    whole_metres = polygonal(areas.geometry.set_precision(1.0))
    simple = shapely.coverage_simplify(whole_metres.to_numpy(), tolerance_m)
    return areas.set_geometry(gpd.GeoSeries(simple, index=areas.index, crs=areas.crs))


def _many(shape: BaseGeometry) -> shapely.MultiPolygon:
    return shapely.MultiPolygon(list(shapely.get_parts(shape)))
