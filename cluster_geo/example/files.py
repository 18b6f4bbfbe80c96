"""The files of the example, in the formats of the real ones: cp1252, BOM, GeoJSON in degrees."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from cluster_geo.example.land import Land, draw_land
from cluster_geo.example.others import make_others
from cluster_geo.example.register import census_rows, register_rows
from cluster_geo.example.schools import FIRST_URN, make_schools

SEED = 2025
SCHOOLS = "edubasealldata20250901_merrowshire.csv"
CENSUS = "merrowshire_census.csv"
LAYERS = {
    "districts": "merrowshire_districts.geojson",
    "pcns": "merrowshire_pcns.geojson",
    "land": "merrowshire_land.geojson",
    "crossings": "merrowshire_crossings.csv",
}

# A fixed conversion from the National Grid to degrees (Helmert, accurate to a few metres): PROJ's
# default depends on the grid files of a machine, and these files must be the same everywhere.
_TO_DEGREES = (
    "+proj=pipeline +step +inv +proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 "
    "+y_0=-100000 +ellps=airy +step +proj=push +v_3 +step +proj=cart +ellps=airy "
    "+step +proj=helmert +x=446.448 +y=-125.157 +z=542.06 +rx=0.15 +ry=0.247 +rz=0.842 "
    "+s=-20.489 +convention=position_vector +step +inv +proj=cart +ellps=WGS84 "
    "+step +proj=pop +v_3 +step +proj=unitconvert +xy_in=rad +xy_out=deg"
)


@cache
def example_files(seed: int = SEED) -> Mapping[str, bytes]:
    """Make the example county's files: their bytes by name, the same for the same seed."""
    rng = Random(seed)  # noqa: S311 - a county is drawn, not a secret
    land = draw_land(rng)
    schools = make_schools(land, rng)
    others = make_others(land, rng, FIRST_URN + len(schools))
    rows = [*schools, *others]
    return {
        SCHOOLS: _table(register_rows(rows, land.districts), "cp1252", quoting=csv.QUOTE_ALL),
        CENSUS: _table(census_rows(rows, rng), "utf-8-sig"),
        LAYERS["districts"]: _geojson(
            LAYERS["districts"],
            (({"LAD24CD": code, "LAD24NM": name}, s) for (code, name), s in land.districts.items()),
        ),
        LAYERS["pcns"]: _geojson(
            LAYERS["pcns"],
            (({"PCN Code": code, "PCN Name": name}, s) for (code, name), s in land.pcns.items()),
        ),
        LAYERS["land"]: _geojson(LAYERS["land"], [({"name": "Merrowshire"}, land.ground)]),
        LAYERS["crossings"]: _table(_crossing_rows(land), "utf-8"),
    }


def write_example(folder: str | Path, seed: int = SEED) -> Path:
    """Write the example county's files into a folder and return the folder.

    Each file is written completely or not at all; one that is already correct is not rewritten.
    """
    home = Path(folder)
    home.mkdir(parents=True, exist_ok=True)
    for name, content in example_files(seed).items():
        target = home / name
        if target.is_file() and target.read_bytes() == content:
            continue
        draft = home / f".{name}.{os.getpid()}"
        draft.write_bytes(content)
        draft.replace(target)
    return home


def example_folder() -> Path:
    """Return the user's folder with the example county, and write it if it is missing.

    It is in the user's cache folder or, if that cannot be written, a temporary folder. Its name
    depends on the content, so that no version of the package reads another's county.
    """
    digest = hashlib.sha256(b"".join(example_files(SEED).values())).hexdigest()[:12]
    cache_home = os.environ.get("XDG_CACHE_HOME")
    homes = [Path(cache_home)] if cache_home else []
    if "HOME" in os.environ or "USERPROFILE" in os.environ:
        homes.append(Path.home() / ".cache")
    for home in homes:
        try:
            return write_example(home / "cluster-geo" / f"merrowshire-{digest}")
        except OSError:
            continue
    return write_example(_temporary_folder())


@cache
def _temporary_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="cluster-geo-"))


def _crossing_rows(land: Land) -> Iterable[dict[str, object]]:
    start, end = land.crossing
    yield {
        "name": "Skerne Bridge",
        "from_x": int(start.x),
        "from_y": int(start.y),
        "to_x": int(end.x),
        "to_y": int(end.y),
        "note": "The only road to the Isle of Skerne",
    }


def _table(
    rows: Iterable[Mapping[str, object]], encoding: str, *, quoting: int = csv.QUOTE_MINIMAL
) -> bytes:
    rows = list(rows)
    stream = io.StringIO()
    fields = list(rows[0])
    writer = csv.DictWriter(stream, fields, quoting=quoting, lineterminator="\r\n")  # type: ignore[arg-type]
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode(encoding)


def _geojson(name: str, shapes: Iterable[tuple[dict[str, str], BaseGeometry]]) -> bytes:
    pipeline = Transformer.from_pipeline(_TO_DEGREES)

    def to_degrees(points: np.ndarray) -> np.ndarray:
        return np.column_stack(pipeline.transform(points[:, 0], points[:, 1]))

    features = [
        {
            "type": "Feature",
            "properties": properties,
            "geometry": _rounded(mapping(shapely.transform(shape, to_degrees))),
        }
        for properties, shape in shapes
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    head = {"type": "FeatureCollection", "name": Path(name).stem, "crs": crs}
    lines = ",\n".join(json.dumps(feature) for feature in features)
    start = json.dumps(head)[:-1]
    return f'{start}, "features": [\n{lines}\n]}}\n'.encode()


def _rounded(value: Any) -> Any:  # noqa: ANN401 - coordinates nest to any depth
    """Round coordinates to six decimals, a tenth of a metre."""
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(part) for part in value]
    return value
