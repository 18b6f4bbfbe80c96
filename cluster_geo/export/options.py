"""Options as files: side by side, how they differ, what is settled, and their page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import shapely

from cluster_geo.export.csvfile import write_csv
from cluster_geo.export.files import write_files
from cluster_geo.geometry import BRITISH_NATIONAL_GRID, write_geopackage
from cluster_geo.publish import OptionsPublication
from cluster_geo.report import write_options_page
from cluster_geo.tables.sources import attributions


def write_options(folder: Path, published: OptionsPublication) -> list[Path]:
    """Write what is known of several options; return the paths. Each file is put in place whole.

    Parameters
    ----------
    folder : Path
    published : OptionsPublication

    Raises
    ------
    OutputError
        Where a file cannot be written.
    """
    from cluster_geo.maps import write_settled  # noqa: PLC0415 - folium is slow to import

    found, doubted, edition = published.found, published.doubted, published.edition
    about = {"title": edition.title, "attribution": " ".join(attributions(found.county))}
    different = found.differences.rename_axis("option").reset_index()
    writers: dict[str, Callable[[Path], object]] = {
        "options.csv": lambda path: write_csv(path, found.table.reset_index()),
        "differences.csv": lambda path: write_csv(path, different),
        "settled.csv": lambda path: write_csv(path, found.schools.reset_index()),
        "pairs.csv": lambda path: write_csv(path, found.pairs),
        "settled.gpkg": lambda path: write_geopackage(path, settled_layers(published), about),
        "settled.html": lambda path: write_settled(path, published),
        "options.html": lambda path: write_options_page(path, published),
    }
    if doubted is not None:
        schools, pairs = doubted.schools.reset_index(), doubted.pairs
        writers["settled_under_doubt.csv"] = lambda path: write_csv(path, schools)
        writers["pairs_under_doubt.csv"] = lambda path: write_csv(path, pairs)
    return write_files(folder, writers, edition)


def settled_layers(published: OptionsPublication) -> dict[str, gpd.GeoDataFrame]:
    """Return layers for a GIS: `schools` with how settled each is, `neighbours` as lines."""
    points, found = published.county.schools.table.geometry, published.found
    schools = found.schools.reset_index()
    lines = [
        shapely.LineString([points[a], points[b]])
        for a, b in zip(found.pairs["urn"], found.pairs["neighbour"], strict=True)
    ]
    return {
        "schools": gpd.GeoDataFrame(
            schools, geometry=list(points.loc[schools["urn"]]), crs=BRITISH_NATIONAL_GRID
        ),
        "neighbours": gpd.GeoDataFrame(found.pairs, geometry=lines, crs=BRITISH_NATIONAL_GRID),
    }
