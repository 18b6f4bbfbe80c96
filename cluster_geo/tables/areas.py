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

from cluster_geo.boundaries.cells import cells_of_places, sectors
from cluster_geo.county import County
from cluster_geo.geometry import BRITISH_NATIONAL_GRID
from cluster_geo.geometry.polygons import polygonal
from cluster_geo.geometry.reach import distinct
from cluster_geo.plan import Plan, title_of
from cluster_geo.tables.ground import county_ground

# Parts touch when they are this close, and share a border when they touch for so long.
TOUCH_M = 0.5
MIN_BORDER_M = 10.0


def cluster_areas(county: County, plan: Plan) -> gpd.GeoDataFrame:
    """Return the area of each cluster, indexed by code, with `name`, in EPSG:27700.

    An area is the ground of the county (`tables.ground.county_ground`) that is nearer to the
    cluster's schools than to any other's. Every area is valid and holds its cluster's schools;
    they do not overlap. Where schools of several clusters are at one point, its ground is shared
    in sectors that meet there. A school off the ground has a disc of 200 m.
    """
    places, place = distinct(county.schools.points)
    code_at = dict(zip(county.urns, place, strict=True))
    there: list[list[str]] = [[] for _ in places]
    for code, cluster in sorted(zip(plan.labels, plan.clusters, strict=True)):
        for number in sorted({code_at[urn] for urn in cluster.members}):
            there[number].append(code)
    shared = np.array([len(codes) > 1 for codes in there])
    whole = gpd.GeoSeries(cells_of_places(places, county_ground(county), shared))
    around = on_their_bank(whole, gpd.GeoSeries(shapely.points(places)))
    owned: dict[str, list[BaseGeometry]] = {code: [] for code in sorted(plan.labels)}
    for number, codes in enumerate(there):
        for code, part in zip(
            codes, sectors(around[number], places[number], len(codes)) if codes else (), strict=True
        ):
            owned[code].append(part)
    return gpd.GeoDataFrame(
        {"name": [title_of(code, plan.names) for code in owned]},
        geometry=[_many(shapely.union_all(parts)) for parts in owned.values()],
        index=list(owned),
        crs=BRITISH_NATIONAL_GRID,
    ).rename_axis("cluster")


def on_their_bank(around: gpd.GeoSeries, points: gpd.GeoSeries) -> dict[int, BaseGeometry]:
    """Return each school's cell with every part of it on the bank of its own school.

    Water may cut a cell in two. A part without its school goes to the school beside it with the
    longest common border; a part that borders on none, such as an islet, stays.

    Parameters
    ----------
    around : GeoSeries
        Cells by URN or place, in metres; they do not overlap.
    points : GeoSeries
        The schools, by the same.
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
    # Between whole metres, an area of a few may vanish: it stays as it is.
    found = polygonal(gpd.GeoSeries(simple, index=areas.index, crs=areas.crs))
    return areas.set_geometry(found.where(~found.is_empty, areas.geometry))


def _many(shape: BaseGeometry) -> shapely.MultiPolygon:
    parts = shapely.get_parts(polygonal(gpd.GeoSeries([shape])).iloc[0])
    return shapely.MultiPolygon(list(parts))
