"""PCN areas as a GeoPackage: the polygons, how each LSOA was decided, and what they came from."""

from __future__ import annotations

import os
from pathlib import Path, PurePath

import pandas as pd
import pyogrio

from cluster_geo.boundaries.pcn.areas import BY_PATIENTS, PcnAreas
from cluster_geo.errors import OutputError
from cluster_geo.geometry import write_geopackage
from cluster_geo.version import __version__

LAYER = "pcn"
TITLE = "Areas of primary care networks, derived"
HOW = {
    BY_PATIENTS: "Each LSOA belongs to the PCN with most of its registered patients.",
    "practice": "Each place belongs to the PCN of its nearest practice.",
    "head office": "Each place belongs to the PCN of its nearest head office.",
}


def write_areas(areas: PcnAreas, path: str | Path) -> Path:
    """Write areas as a GeoPackage that can be given as a boundary layer.

    Layer `pcn` holds the polygons; the tables `lsoas`, `notices` and `sources` record
    how they were derived. Equal inputs give equal bytes. An earlier file of this kind is replaced,
    but only once the new one is complete.

    Parameters
    ----------
    areas : PcnAreas
    path : path
        Ending in `.gpkg`; its folder is created if it is missing.

    Returns
    -------
    Path

    Raises
    ------
    OutputError
        The file exists and was not written by this function, or cannot be written.
    """
    target = Path(path)
    require_writable(target)
    tables = {
        LAYER: areas.zones.reset_index(),
        "lsoas": areas.lsoas.reset_index(),
        "notices": pd.DataFrame({"notice": [notice.text for notice in areas.notices]}),
        "sources": _sources(areas),
    }
    about = {
        "title": TITLE,
        "how": HOW[areas.how],
        "attribution": areas.attribution,
        "made_by": f"cluster-geo {__version__}",
    }
    draft = target.with_name(f".{target.stem}.{os.getpid()}.gpkg")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_geopackage(draft, {name: t for name, t in tables.items() if len(t)}, about)
        draft.replace(target)
    except (OSError, pyogrio.errors.DataSourceError) as error:
        raise OutputError(f"{target}: cannot be written ({error}). Nothing was changed.") from error
    finally:
        if draft.exists():
            draft.unlink()
    return target


def require_writable(path: Path) -> None:
    """Raise an `OutputError` if `path` is not a GeoPackage's, or holds a file not written here."""
    if path.suffix.lower() != ".gpkg":
        raise OutputError(f"{path}: not a GeoPackage. Give a name that ends in .gpkg.")
    if path.is_dir():
        raise OutputError(f"{path}: this is a folder. Give the name of a file.")
    if path.exists() and not _is_ours(path):
        raise OutputError(
            f"{path}: this file exists and was not made by this command. Give another name, so "
            "that it is not overwritten."
        )


def _is_ours(path: Path) -> bool:
    """Whether an earlier run wrote the file."""
    try:
        about = pyogrio.read_info(path, layer=LAYER)["layer_metadata"] or {}
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError):
        return False
    return about.get("title") == TITLE


def _sources(areas: PcnAreas) -> pd.DataFrame:
    rows = [
        (s.role, PurePath(s.path).name, s.vintage, s.sha256, s.attribution) for s in areas.sources
    ]
    return pd.DataFrame(rows, columns=["role", "file", "vintage", "sha256", "attribution"])
