"""Which zone each school's point lies in, and which schools are in doubt."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from cluster_geo.phrases import joined
from cluster_geo.records import Notice
from cluster_geo.schools import Schools


@dataclass(frozen=True)
class Placed:
    """The zones that the schools' points lie in.

    Parameters
    ----------
    zone_of : mapping of int to str
        Code by URN; the lowest code if there are several.
    several : mapping of int to tuple of str
        Every zone of a point on a shared edge or an overlap.
    outside_m : mapping of int to float
        Metres to the nearest zone, for points outside all of them.
    nearest : mapping of int to str
        Code of that zone.
    """

    zone_of: Mapping[int, str]
    several: Mapping[int, tuple[str, ...]]
    outside_m: Mapping[int, float]
    nearest: Mapping[int, str]


def place_schools(zones: gpd.GeoDataFrame, schools: Schools) -> Placed:
    """Find the zone that each school's point lies in.

    Parameters
    ----------
    zones : GeoDataFrame
        Polygons in EPSG:27700 by code.
    schools : Schools
    """
    points = np.asarray(shapely.points(schools.points))
    tree = shapely.STRtree(zones.geometry.to_numpy())
    hits: dict[int, list[str]] = {}
    for point, zone in zip(*tree.query(points, predicate="intersects"), strict=True):
        hits.setdefault(schools.urns[int(point)], []).append(str(zones.index[int(zone)]))
    outside = [i for i, urn in enumerate(schools.urns) if urn not in hits]
    found, metres = tree.query_nearest(points[outside], return_distance=True, all_matches=False)
    return Placed(
        zone_of={urn: min(codes) for urn, codes in sorted(hits.items())},
        several={urn: tuple(sorted(codes)) for urn, codes in hits.items() if len(codes) > 1},
        outside_m={
            schools.urns[outside[int(i)]]: float(m) for i, m in zip(found[0], metres, strict=True)
        },
        nearest={schools.urns[outside[int(i)]]: str(zones.index[int(zone)]) for i, zone in found.T},
    )


def outside_notices(
    layer: str, placed: Placed, schools: Schools, zone_of: Container[int]
) -> list[Notice]:
    """Name the schools outside every zone that have none from elsewhere."""
    names = schools.names
    return [
        Notice(
            "zone",
            f"{names[urn]} lies outside every zone of layer {layer}, "
            f"{metres / 1000:.2f} km from the nearest, so it is not in any.",
            urn,
        )
        for urn, metres in sorted(placed.outside_m.items())
        if urn not in zone_of
    ]


def several_notices(
    layer: str, placed: Placed, schools: Schools, name_of: Mapping[str, str]
) -> list[Notice]:
    """Name the schools in more than one zone."""
    names = schools.names
    return [
        Notice(
            "zone",
            f"{names[urn]} lies in several zones of layer {layer}: "
            f"{joined([name_of[code] for code in codes])}.",
            urn,
        )
        for urn, codes in sorted(placed.several.items())
    ]
