"""Tidy areas: fill small holes between them, and give away or drop specks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from cluster_geo.geometry import BRITISH_NATIONAL_GRID
from cluster_geo.geometry.polygons import polygonal
from cluster_geo.records import Notice

# Rocks, slivers and corners cut off by generalising: too small to hold a school.
SPECK_M2 = 10_000.0
# Gaps between polygons from different files; a larger hole is an area that was not given.
HOLE_M2 = 1_000_000.0


def dissolve(shapes: Iterable[BaseGeometry], owners: Iterable[str]) -> gpd.GeoSeries:
    """Join the shapes of each owner.

    Parameters
    ----------
    shapes : iterable of Polygon or MultiPolygon
        In EPSG:27700.
    owners : iterable of str
        Owner of each.

    Returns
    -------
    GeoSeries
        Valid polygons by owner, ascending.
    """
    members: dict[str, list[BaseGeometry]] = {}
    for owner, shape in zip(owners, shapes, strict=True):
        members.setdefault(owner, []).append(shape)
    joined = {owner: shapely.union_all(members[owner]) for owner in sorted(members)}
    return polygonal(gpd.GeoSeries(joined, crs=BRITISH_NATIONAL_GRID))


def tidy(areas: gpd.GeoSeries) -> tuple[gpd.GeoSeries, tuple[Notice, ...]]:
    """Give specks and small holes to the area with the longest shared border.

    A speck is a part under a hectare that is not its area's largest; one that touches no other
    area, such as a rock off the coast, is dropped. A hole is enclosed by areas but in none of
    them; those over a square kilometre are left and reported.

    Parameters
    ----------
    areas : GeoSeries
        Polygons in EPSG:27700 by owner.

    Returns
    -------
    areas : GeoSeries
    notices : tuple of Notice
        How many of each kind, with their area.
    """
    parts = areas.explode().to_frame("geometry")
    parts["m2"] = shapely.area(parts["geometry"].to_numpy())
    parts["owner"] = parts.index
    parts = parts.sort_values(["owner", "m2"], ascending=[True, False]).reset_index(drop=True)
    speck = (parts["m2"] < SPECK_M2) & parts["owner"].duplicated()
    kept = dissolve(parts["geometry"][~speck], parts["owner"][~speck])
    kept, given, dropped = _give(kept, parts["geometry"][speck].to_list())
    notices = _notice(given, "Specks under a hectare that went to the area next to them")
    notices += _notice(dropped, "Specks under a hectare that touch no other area and were dropped")
    holes = _holes(kept)
    large = [hole for hole in holes if hole.area >= HOLE_M2]
    kept, filled, _ = _give(kept, [hole for hole in holes if hole.area < HOLE_M2])
    notices += _notice(filled, "Small holes between areas that were filled")
    notices += _notice(large, "Holes in the map over a square kilometre, which are not in any area")
    return kept, notices


def _give(
    areas: gpd.GeoSeries, fragments: list[BaseGeometry]
) -> tuple[gpd.GeoSeries, list[BaseGeometry], list[BaseGeometry]]:
    """Join fragments to the area with the longest shared border; also return those left over."""
    shapes, owners = areas.to_numpy(), list(areas.index)
    tree = shapely.STRtree(shapes)
    more: dict[str, list[BaseGeometry]] = {}
    alone: list[BaseGeometry] = []
    for fragment in fragments:
        border: Counter[str] = Counter()
        for i in sorted(tree.query(fragment, predicate="intersects").tolist()):
            border[owners[i]] = shapely.length(shapely.intersection(fragment, shapes[i]))
        owner = min(border, key=lambda code: (-border[code], code), default=None)
        if owner is None or not border[owner]:
            alone.append(fragment)
        else:
            more.setdefault(owner, []).append(fragment)
    joined = areas.copy()
    for owner, group in more.items():
        joined[owner] = shapely.union_all(np.array([areas[owner], *group], dtype=object))
    return polygonal(joined), [fragment for group in more.values() for fragment in group], alone


def _holes(areas: gpd.GeoSeries) -> list[BaseGeometry]:
    """Return the holes that are enclosed by areas but in none of them."""
    whole = shapely.union_all(areas.to_numpy())
    rings = [ring for part in shapely.get_parts(whole) for ring in part.interiors]
    filled = shapely.polygons(rings) if rings else np.array([], dtype=object)
    # An island in a lake lies inside the ring but belongs to an area.
    return list(shapely.difference(filled, whole))


def _notice(shapes: list[BaseGeometry], words: str) -> tuple[Notice, ...]:
    if not shapes:
        return ()
    km2 = sum(shape.area for shape in shapes) / 1e6
    return (Notice("pcn", f"{words}: {len(shapes):,}, {km2:,.2f} km² in all."),)
