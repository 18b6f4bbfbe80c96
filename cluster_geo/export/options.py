"""Options as files: side by side, how they differ, what is settled, and their page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from cluster_geo.alternatives import Agreement, Options
from cluster_geo.audience import county_for
from cluster_geo.county import County
from cluster_geo.export.csvfile import write_csv
from cluster_geo.export.files import write_files
from cluster_geo.geometry import BRITISH_NATIONAL_GRID, write_geopackage
from cluster_geo.maps import write_settled
from cluster_geo.publish.edition import Edition
from cluster_geo.report import write_options_page
from cluster_geo.tables.sources import attributions


def write_options(
    folder: Path,
    found: Options,
    *,
    record: Mapping[str, Any],
    doubted: Agreement | None = None,
) -> list[Path]:
    """Write what is known of several options; return the paths. Each file is put in place whole.

    Parameters
    ----------
    folder : Path
    found : Options
    record : mapping
        Of the scenario.
    doubted : Agreement, optional
        What stays settled under doubt about the inputs.

    Raises
    ------
    OutputError
        Where a file cannot be written.
    """
    found = _for_audience(found, record)
    if doubted is not None:
        doubted = replace(doubted, schools=_with_pupils(doubted.schools, found.county))
    edition = Edition.of(record, found.county.schools.as_at)
    about = {"title": edition.title, "attribution": " ".join(attributions(found.county))}
    different = found.differences.rename_axis("option").reset_index()
    writers: dict[str, Callable[[Path], object]] = {
        "options.csv": lambda path: write_csv(path, found.table.reset_index()),
        "differences.csv": lambda path: write_csv(path, different),
        "settled.csv": lambda path: write_csv(path, found.schools.reset_index()),
        "pairs.csv": lambda path: write_csv(path, found.pairs),
        "settled.gpkg": lambda path: write_geopackage(path, settled_layers(found), about),
        "settled.html": lambda path: write_settled(path, found, record=record, doubted=doubted),
        "options.html": lambda path: write_options_page(
            path, found, record=record, doubted=doubted
        ),
    }
    if doubted is not None:
        schools, pairs = doubted.schools.reset_index(), doubted.pairs
        writers["settled_under_doubt.csv"] = lambda path: write_csv(path, schools)
        writers["pairs_under_doubt.csv"] = lambda path: write_csv(path, pairs)
    return write_files(folder, writers, edition)


def _for_audience(found: Options, record: Mapping[str, Any]) -> Options:
    """Return the options as the audience of a scenario's record may see them."""
    county = county_for(found.county, record)
    return replace(found, county=county, schools=_with_pupils(found.schools, county))


def _with_pupils(schools: pd.DataFrame, county: County) -> pd.DataFrame:
    return schools.assign(pupils=county.schools.table["pupils"].loc[schools.index])


def settled_layers(found: Options) -> dict[str, gpd.GeoDataFrame]:
    """Return layers for a GIS: `schools` with how settled each is, `neighbours` as lines."""
    points = found.county.schools.table.geometry
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
