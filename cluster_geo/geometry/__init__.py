"""Geometry: the coordinate system, polygon files, and how much of a line is off land."""

from cluster_geo.geometry.context import Context, read_context
from cluster_geo.geometry.crs import (
    BRITISH_NATIONAL_GRID,
    EASTING_RANGE,
    NORTHING_RANGE,
    WGS84,
)
from cluster_geo.geometry.geopackage import write_geopackage
from cluster_geo.geometry.land import Land, read_land
from cluster_geo.geometry.outline import in_england_or_wales
from cluster_geo.geometry.polygons import Polygons, attribution_of, box_around, read_polygons

__all__ = [
    "BRITISH_NATIONAL_GRID",
    "EASTING_RANGE",
    "NORTHING_RANGE",
    "WGS84",
    "Context",
    "Land",
    "Polygons",
    "attribution_of",
    "box_around",
    "in_england_or_wales",
    "read_context",
    "read_land",
    "read_polygons",
    "write_geopackage",
]
