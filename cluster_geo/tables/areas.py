"""Clusters as areas on land: the ground nearer to a cluster's schools than to any other's.

A map of dots does not show borders, and convex hulls overlap. So a cluster is drawn as the union
of its schools' cells, cut where the land ends. These areas are a picture of the plan: they are no
catchment areas.
"""

from __future__ import annotations

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from cluster_geo.boundaries.cells import cells
from cluster_geo.county import County
from cluster_geo.geometry import BRITISH_NATIONAL_GRID
from cluster_geo.geometry.polygons import polygonal
from cluster_geo.plan import Plan
from cluster_geo.tables.plans import title_of

# Zones drawn apart leave slits along their common borders; ground on both sides of one is joined.
SLIT_M = 60.0
GROUND_REACH_M = 5_000.0


def cluster_areas(county: County, plan: Plan) -> gpd.GeoDataFrame:
    """Return the area of each cluster, indexed by code, with `name`, in EPSG:27700."""
    around = cells(county.schools, within=county_ground(county))
    shapes = {
        code: _many(shapely.union_all(list(around.loc[list(cluster.members)])))
        for code, cluster in sorted(zip(plan.labels, plan.clusters, strict=True))
    }
    return gpd.GeoDataFrame(
        {"name": [title_of(code, plan.names) for code in shapes]},
        geometry=list(shapes.values()),
        index=list(shapes),
        crs=BRITISH_NATIONAL_GRID,
    ).rename_axis("cluster")


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
    return shapely.MultiPoint(county.schools.points).buffer(GROUND_REACH_M)


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
