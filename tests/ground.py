"""Drawn ground for tests of boundaries, neighbours and travel: schools at points, zones as boxes.

Coordinates are kilometres east and north of `tests.worlds.ORIGIN`; files hold metres.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
from shapely.affinity import affine_transform
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from cluster_geo.geometry import BRITISH_NATIONAL_GRID, Land
from cluster_geo.schools import Schools
from tests.worlds import FIRST_URN, ORIGIN, make_schools


def schools_at(points: Sequence[tuple[float, float]], **columns: Sequence[Any]) -> Schools:
    """Schools at points (km), URNs from `FIRST_URN` in their order, named School 1, 2, ..."""
    rows = [
        {
            "urn": FIRST_URN + i,
            "name": f"School {i + 1}",
            "phase": "primary",
            "x": ORIGIN[0] + 1000.0 * x,
            "y": ORIGIN[1] + 1000.0 * y,
        }
        | {column: values[i] for column, values in columns.items()}
        for i, (x, y) in enumerate(points)
    ]
    return make_schools(rows)


def grid_shape(shape: BaseGeometry) -> BaseGeometry:
    """A shape drawn in km, moved to metres of the National Grid."""
    return affine_transform(shape, [1000, 0, 0, 1000, *ORIGIN])


def land_of(*boxes: tuple[float, float, float, float]) -> Land:
    """Land made of boxes (west, south, east, north) in km."""
    shapes = gpd.GeoSeries([grid_shape(box(*corners)) for corners in boxes])
    return Land(shapes.union_all())


def write_zones(
    path: Path,
    shapes: Iterable[BaseGeometry],
    fields: Mapping[str, Sequence[Any]],
    crs: str | None = BRITISH_NATIONAL_GRID,
) -> Path:
    """Write shapes drawn in km, with fields, in a coordinate system; return the path."""
    frame = gpd.GeoDataFrame(
        dict(fields), geometry=[grid_shape(s) for s in shapes], crs=BRITISH_NATIONAL_GRID
    )
    frame = frame.set_crs(None, allow_override=True) if crs is None else frame.to_crs(crs)
    frame.to_file(path)
    return path


def real_kent(real_data: Path) -> Schools:
    """Kent's 563 mainstream schools of 18 July 2025."""
    from cluster_geo.schools import read_schools  # noqa: PLC0415

    return read_schools(
        real_data / "gias" / "edubasealldata20250718_kent_medway.csv", authorities=["Kent"]
    )


NATIONAL = "Local_Authority_Districts_May_2024_Boundaries_UK_BUC.geojson"
EXACT = "kent_medway_districts_from_lsoa21_bgc.geojson"
ROUGH = "kent_medway_districts_LAD24_BUC.geojson"
