"""Areas of PCNs by the nearest practice, for when it is not known where patients live."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from cluster_geo.boundaries.cells import voronoi
from cluster_geo.boundaries.pcn.areas import PcnAreas, lsoa_table, make_zones
from cluster_geo.boundaries.pcn.counts import count_lsoas, percent
from cluster_geo.boundaries.pcn.lsoas import Lsoas
from cluster_geo.boundaries.pcn.practices import HEAD_OFFICES, PRACTICES, Points
from cluster_geo.boundaries.pcn.tidy import dissolve
from cluster_geo.boundaries.pcn.workbook import PcnList
from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.geometry import Polygons
from cluster_geo.records import Notice

# Places further than this from every practice are left out; the most remote homes of England
# are about 15 km from a practice.
FARTHEST_M = 20_000.0
# Without an outline the areas end this far outside the practices, as drawn clusters do.
MARGIN_M = 2_000.0
# Share of Kent's 563 schools for which the nearest point gives the PCN with most of the patients
# (ePCN of January 2025, patients of July 2022).
MEASURED = {PRACTICES: 0.85, HEAD_OFFICES: 0.65}


def areas_by_nearest(
    networks: PcnList,
    points: Points,
    *,
    lsoas: Lsoas | None = None,
    within: Polygons | None = None,
) -> PcnAreas:
    """Derive areas that belong to the PCN of the nearest practice or head office.

    Parameters
    ----------
    networks : PcnList
    points : Points
    lsoas : Lsoas, optional
        Each LSOA goes whole to the PCN nearest to a point inside it. Without LSOAs, areas meet
        half-way between the practices of different PCNs.
    within : Polygons, optional
        An outline, such as the districts, at which the areas end. Without it and without LSOAs
        they end 2 km outside the outermost practices.

    Raises
    ------
    InputError
        The LSOAs or the outline lie over 20 km from every practice.
    """
    notices = [*networks.notices, *points.notices, _accuracy(points.what)]
    sources = [networks.source, *points.sources]
    table = pd.DataFrame(columns=["name", "pcn_code", "how"], index=pd.Index([], name="lsoa"))
    if lsoas is not None:
        table, shapes, left_out = _whole_lsoas(points, lsoas)
        notices += [*lsoas.notices, *left_out]
        sources += lsoas.sources
    else:
        shapes = _cells(points, within)
        if within is not None:
            notices += within.notices
            sources.append(within.source)
    zones, more = make_zones(networks, shapes)
    if lsoas is not None:
        zones["lsoas"] = table["pcn_code"].value_counts().reindex(zones.index)
    known = tuple(source for source in sources if source is not None)
    return PcnAreas(zones, table, points.what, (*notices, *more), known, points)


def _whole_lsoas(
    points: Points, lsoas: Lsoas
) -> tuple[pd.DataFrame, gpd.GeoSeries, tuple[Notice, ...]]:
    """Return the table of LSOAs, the area of each PCN, and a notice of what was left out."""
    close = points.distance(lsoas.middles) <= FARTHEST_M
    if not close.any():
        raise InputError([_too_far(points, lsoas.sources[0].path if lsoas.sources else "LSOAs")])
    near = lsoas.only(lsoas.frame.index[close])
    pcn_of = dict(zip(near.codes, points.nearest(near.middles).tolist(), strict=True))
    notices: tuple[Notice, ...] = ()
    if not close.all():
        number = count_lsoas(int((~close).sum()))
        notices = (Notice("pcn", f"Left out: {number} over 20 km from every {points.what}."),)
    shapes = dissolve(near.frame.geometry, pcn_of.values())
    return lsoa_table(near, pcn_of, points.what), shapes, notices


def _cells(points: Points, within: Polygons | None) -> gpd.GeoSeries:
    """Divide the area half-way between points of different PCNs."""
    alone = points.one_pcn_per_point()
    places = alone[["easting", "northing"]].to_numpy(float)
    together = shapely.MultiPoint(places)
    hull = shapely.buffer(together.convex_hull, MARGIN_M)
    frame: BaseGeometry = hull
    if within is not None:
        outline = shapely.union_all(within.frame.geometry.to_numpy())
        frame = shapely.intersection(outline, shapely.buffer(together, FARTHEST_M))
        if frame.is_empty:
            raise InputError([_too_far(points, within.source.path)])
    cells = voronoi(places, shapely.box(*shapely.union(hull, frame).bounds))
    clipped = shapely.intersection(cells, frame)
    ground = ~shapely.is_empty(clipped)
    return dissolve(clipped[ground], alone.loc[ground, "pcn"])


def _too_far(points: Points, path: str) -> Fault:
    found = f"all of it lies over 20 km from every {points.what}"
    return Fault(file_name(path), found, "Give polygons of the county that the PCNs serve")


def _accuracy(what: str) -> Notice:
    """Return a notice of how much worse this is than areas by patients."""
    text = (
        f"Without figures of patients by LSOA, each place goes to the PCN of its nearest {what}. "
        f"In Kent, that gave {percent(MEASURED[what])} of schools the PCN with most of the "
        "patients around them."
    )
    return Notice("pcn", text)
