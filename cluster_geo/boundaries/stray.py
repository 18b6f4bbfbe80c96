"""Schools whose coordinates cannot be right: far from every zone and from all land."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely

from cluster_geo.boundaries.layer import BoundaryLayer
from cluster_geo.errors import Fault, file_name
from cluster_geo.geometry import Land
from cluster_geo.schools import Schools

# Generalised boundaries cut headlands by up to 500 m, and registers place schools up to 1.4 km
# from their postcode; two kilometres is more than either explains.
FAR_M = 2000.0
# Shapes that hold nine schools in ten are meant to hold them all. Others, such as the single
# district of a pilot, show nothing about the schools outside them.
MOST = 0.9


def stray_schools(
    schools: Schools, layers: Iterable[BoundaryLayer], land: Land | None
) -> list[Fault]:
    """List the schools that lie far from every zone of every layer and from all land.

    The list is empty if the shapes together hold fewer than nine schools in ten.

    Parameters
    ----------
    schools : Schools
    layers : iterable of BoundaryLayer
    land : Land, optional
    """
    points = np.asarray(shapely.points(schools.points))
    shapes = [shape for layer in layers for shape in layer.zones.geometry if not shape.is_empty]
    metres = np.full(len(points), np.inf)
    if shapes and len(points):
        found, distances = shapely.STRtree(shapes).query_nearest(
            points, return_distance=True, all_matches=False
        )
        metres[found[0]] = distances
    if land is not None:
        metres = np.minimum(metres, land.distance(schools.points))
    if np.mean(metres == 0) < MOST:
        return []
    where = file_name(schools.sources[0].path) if schools.sources else "schools"
    return [
        Fault(
            where,
            f"{schools.names[urn]} (URN {urn}) lies at {x:.0f}, {y:.0f}, "
            f"{away / 1000:.1f} km from any land or zone given",
            "Correct its easting and northing, or give boundaries that cover it",
        )
        for urn, (x, y), away in zip(schools.urns, schools.points, metres, strict=True)
        if away > FAR_M
    ]
