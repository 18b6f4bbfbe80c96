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
    "practice": "Ground belongs to the PCN of the nearest practice.",
    "head office": "Ground belongs to the PCN of the nearest head office.",
}


def write_areas(areas: PcnAreas, path: str | Path) -> Path:
    """Write areas as a GeoPackage that can be given as a boundary layer.

    Layer `pcn` holds the polygons; the tables `lsoas`, `notices` and `sources` tell how they
    came about. Equal inputs give equal bytes. An earlier file of this kind is replaced, whole or
    not at all.

    Parameters
    ----------
    areas : PcnAreas
    path : path
        Ending in `.gpkg`; its folder is made where it is missing.

    Returns
    -------
    Path

    Raises
    ------
    OutputError
        The file is somebody else's, or cannot be written.
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
    """Raise an `OutputError` where `path` is no place for a GeoPackage, or is somebody's file."""
    if path.suffix.lower() != ".gpkg":
        raise OutputError(f"{path}: is no GeoPackage. Give a name that ends in .gpkg.")
    if path.is_dir():
        raise OutputError(f"{path}: is a folder. Give the name of a file.")
    if path.exists() and not _is_ours(path):
        raise OutputError(
            f"{path}: is there already and is not a file of PCN areas made here. Give another "
            "name, so that nothing of yours is overwritten."
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
