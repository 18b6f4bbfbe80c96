"""A sweep as files: its table for people and for machines, and its page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cluster_geo.alternatives import Sweep
from cluster_geo.export.csvfile import write_csv
from cluster_geo.export.files import write_files
from cluster_geo.publish.edition import Edition
from cluster_geo.report import write_sweep_page
from cluster_geo.scenario import brief_of

SWEEP_FILES = ("sweep.csv", "sweep.parquet", "sweep.html")


def write_sweep(folder: Path, found: Sweep) -> list[Path]:
    """Write the table of a sweep as CSV and Parquet, and its page; return the paths.

    Each file is put in its place whole. The runs themselves are written as they end.

    Raises
    ------
    OutputError
        Where a file cannot be written.
    """
    flat = found.table.reset_index()
    writers: dict[str, Callable[[Path], object]] = {
        "sweep.csv": lambda path: write_csv(path, flat),
        "sweep.parquet": lambda path: flat.to_parquet(path, index=False),
        "sweep.html": lambda path: write_sweep_page(path, found),
    }
    return write_files(folder, writers, Edition.of(brief_of(found.base)))
