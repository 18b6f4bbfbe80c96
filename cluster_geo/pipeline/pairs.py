"""Infant and junior pairs proposed to the planner, as a file to confirm."""

from __future__ import annotations

from pathlib import Path

from cluster_geo.county import County
from cluster_geo.errors import OutputError
from cluster_geo.export.csvfile import csv_bytes
from cluster_geo.schools.pairs import propose_pairs


def write_pairs(county: County, path: str | Path) -> int:
    """Write the proposed infant and junior pairs, for the planner to confirm; return how many.

    Raises
    ------
    OutputError
        Where the file is there already (it may hold the planner's answers) or cannot be written.
    """
    path = Path(path)
    pairs = propose_pairs(county.schools)
    try:
        with path.open("xb") as stream:
            stream.write(csv_bytes(pairs))
    except FileExistsError as error:
        text = f"{path} is there already and may hold your answers. Choose another name."
        raise OutputError(text) from error
    except OSError as error:
        raise OutputError(f"{path} cannot be written ({error.strerror}).") from error
    return len(pairs)
