"""Clusters as areas on land: the ground nearer to a cluster's schools than to any other's.

A map of dots does not show borders, and convex hulls overlap. So a cluster is drawn as the union
of its schools' cells, cut where the land ends. These areas are a picture of the plan: they are no
catchment areas.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

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
    code_of = plan.code_of
    places, place = distinct(county.schools.points)
    there: list[set[str]] = [set() for _ in places]
    for urn, number in zip(county.urns, place, strict=True):
        if urn in code_of:
            there[number].add(code_of[urn])
    shared = np.array([len(codes) > 1 for codes in there])
    return Parcels.of(county, shared).areas(plan)


@dataclass(frozen=True, eq=False)
class Parcels:
    """The ground of a county parted among the places of its schools: what areas are made of.

    Parameters
    ----------
    places : ndarray, shape (places, 2)
        Metres.
    place_of : mapping of int to int
        Number of each school's place, by URN.
    cells : sequence of Polygon or MultiPolygon
        By the number of the place.
    """

    places: np.ndarray
    place_of: Mapping[int, int]
    cells: Sequence[BaseGeometry]

    @classmethod
    def of(cls, county: County, shared: np.ndarray | None = None) -> Parcels:
        """Part the ground of a county.

        Parameters
        ----------
        county : County
        shared : ndarray of bool, shape (places,), optional
            Places that schools of several clusters may be at; by default those with several
            schools.
        """
        places, place = distinct(county.schools.points)
        several = np.bincount(place) > 1 if shared is None else shared
        whole = gpd.GeoSeries(cells_of_places(places, county_ground(county), several))
        around = on_their_bank(whole, gpd.GeoSeries(shapely.points(places)))
        numbers = dict(zip(county.urns, map(int, place), strict=True))
        return cls(places, numbers, [around[number] for number in range(len(places))])

    def lighter(self, tolerance_m: float) -> Parcels:
        """Return the parcels with fewer corners, so that areas made of them have fewer too."""
        cells = gpd.GeoDataFrame(geometry=list(self.cells), crs=BRITISH_NATIONAL_GRID)
        return replace(self, cells=list(lighter(cells, tolerance_m).geometry))

    def sharers(self, plan: Plan) -> list[list[str]]:
        """Return the codes of the clusters that have a school at each place, in order."""
        there: list[set[str]] = [set() for _ in self.places]
        for code, cluster in zip(plan.labels, plan.clusters, strict=True):
            for urn in cluster.members:
                there[self.place_of[urn]].add(code)
        return [sorted(codes) for codes in there]

    def areas(self, plan: Plan, codes: Collection[str] | None = None) -> gpd.GeoDataFrame:
        """Return the areas of a plan's clusters as `cluster_areas` does; only some with `codes`."""
        wanted = sorted(plan.labels if codes is None else codes)
        owned: dict[str, list[BaseGeometry]] = {code: [] for code in wanted}
        for number, sharing in enumerate(self.sharers(plan)):
            if owned.keys().isdisjoint(sharing):
                continue
            parts = sectors(self.cells[number], self.places[number], len(sharing))
            for code, part in zip(sharing, parts, strict=True):
                if code in owned:
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
