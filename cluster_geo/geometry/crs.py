"""Coordinates: one planar system inside, any system outside."""

from __future__ import annotations

BRITISH_NATIONAL_GRID = "EPSG:27700"
WGS84 = "EPSG:4326"

# Part of the British National Grid with land of England, in metres: coordinates outside it are
# in degrees, swapped or mistyped.
EASTING_RANGE = (80_000.0, 660_000.0)
NORTHING_RANGE = (0.0, 660_000.0)
