"""What people know a place by: main roads, rivers, railways, built-up areas, names of places.

Read from open data as it is published, by the names of its layers and of its classes: OS Open
Zoomstack, OS Open Roads and Open Rivers, OpenStreetMap extracts (shapefiles, GeoPackage or .pbf).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.geometry.crs import BRITISH_NATIONAL_GRID
from cluster_geo.geometry.gdal import messages_may_be_garbled
from cluster_geo.geometry.polygons import Box, box_in, crs_of
from cluster_geo.records import Source, source_of

ROLE = "context"
OSM = "© OpenStreetMap contributors, under the Open Database Licence."
OS = (
    "Contains OS data © Crown copyright and database right, under the Open Government Licence v3.0."
)
OSM_FIELDS = frozenset({"osm_id", "fclass", "other_tags"})
OS_LAYERS = frozenset({"roads_national", "urban_areas", "waterlines", "roadlink", "road_link"})


# What a layer shows, by its name; stations and building outlines are of no use here.
LAYERS: Mapping[str, re.Pattern[str]] = {
    "railway": re.compile(r"rail(?!.*station)"),
    "road": re.compile(r"road|highway|motorway"),
    "water": re.compile(r"surface_?water|water_a_|lake"),
    "river": re.compile(r"water_?(line|way|course)|river"),
    "built-up": re.compile(r"urban|built|landuse|settlement"),
    "place": re.compile(r"name|places?_(?!a_)|^places?$"),
}
# Where a layer's name says nothing, the fields of OpenStreetMap do.
FIELDS: Mapping[str, str] = {
    "highway": "road",
    "railway": "railway",
    "waterway": "river",
    "landuse": "built-up",
    "natural": "water",
    "place": "place",
}
CLASS_FIELDS = ("fclass", "type", "class", "road_classification", "form", "roadclassification")
NAME_FIELDS = ("name1", "name", "namefull")
# The classes that are shown, and what each is shown as.
CLASSES: Mapping[str, Mapping[str, str]] = {
    "road": {
        "motorway": "motorway",
        "trunk": "road",
        "primary": "road",
        "a road": "road",
    },
    "railway": dict.fromkeys(("rail", "single track", "multi track"), "railway"),
    "river": dict.fromkeys(
        ("river", "canal", "inlandriver", "tidalriver", "national", "regional"), "river"
    ),
    "water": dict.fromkeys(("water", "riverbank", "reservoir", "national", "regional"), "water"),
    "built-up": dict.fromkeys(
        ("residential", "retail", "commercial", "industrial", "national", "regional"), "built-up"
    ),
    "place": {
        "capital": "city",
        "city": "city",
        "town": "town",
        "village": "village",
        "suburb": "suburb",
        "suburban area": "suburb",
    },
}
# The kinds of places, those of most importance first.
PLACES = ("city", "town", "village", "suburb")
SHAPES = ("built-up", "water", "river", "railway", "road", "motorway")


@dataclass(frozen=True, eq=False)
class Context:
    """What lies around and behind a county's schools.

    Parameters
    ----------
    shapes : GeoDataFrame
        Lines and polygons in EPSG:27700 with their `kind`, one of `SHAPES`.
    places : GeoDataFrame
        Points in EPSG:27700 with `name` and `kind`, one of `PLACES`.
    sources : tuple of Source
        The files, with whom to name.
    """

    shapes: gpd.GeoDataFrame
    places: gpd.GeoDataFrame
    sources: tuple[Source, ...]


def read_context(paths: Iterable[str | Path], near: Box) -> Context:
    """Read main roads, rivers, railways, built-up areas and places from files of open data.

    Parameters
    ----------
    paths : iterable of path
        GeoPackages, shapefiles (also zipped), GeoJSON or OpenStreetMap's .pbf. Layers of other
        things in them are left out.
    near : (west, south, east, north)
        Box in EPSG:27700, metres; what is outside it is cut away.

    Raises
    ------
    InputError
        With every file that cannot be read or has no layer of such things.
    """
    shapes: list[gpd.GeoDataFrame] = []
    places: list[gpd.GeoDataFrame] = []
    sources: list[Source] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            found, attribution = _read_file(Path(path), near)
        except InputError as error:
            faults += error.faults
            continue
        shapes += [frame for kind, frame in found if kind != "place"]
        places += [frame for kind, frame in found if kind == "place"]
        sources.append(source_of(path, ROLE, attribution))
    if faults:
        raise InputError(faults)
    return Context(_clipped(_whole(shapes), near), _whole(places), tuple(sources))


def _read_file(path: Path, near: Box) -> tuple[list[tuple[str, gpd.GeoDataFrame]], str]:
    """Return what a file shows, kind by kind, and whom to name for it."""
    name = file_name(path)
    if not path.exists():
        raise InputError([Fault(name, "there is no such file", "Check the path")])
    fields: set[str] = set()
    try:
        with messages_may_be_garbled():
            layers = [str(layer) for layer, kind in pyogrio.list_layers(path) if kind]
            found = [
                part for layer in layers for part in _read_layer(path, layer, near, name, fields)
            ]
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        fix = "Use a GeoPackage (.gpkg), a shapefile (.shp, .zip) or OpenStreetMap's .pbf"
        raise InputError([Fault(name, "it cannot be read as a map layer", fix)]) from error
    if not fields:
        known = "roads, railways, rivers, water, built-up areas or names of places"
        there = f"none of its layers ({', '.join(layers)}) is one of {known}"
        fix = "Use OS Open Zoomstack or an OpenStreetMap extract, or name the layers so"
        raise InputError([Fault(name, there, fix)])
    if fields & OSM_FIELDS:
        return found, OSM
    return found, OS if OS_LAYERS.intersection(map(str.lower, layers)) else ""


def _read_layer(
    path: Path, layer: str, near: Box, name: str, fields: set[str]
) -> Iterator[tuple[str, gpd.GeoDataFrame]]:
    """Yield what one layer shows, kind by kind; note the fields of a layer that is known."""
    info = pyogrio.read_info(path, layer=layer, force_total_bounds=False)
    columns = {str(field).lower(): str(field) for field in info["fields"]}
    kinds = _kinds_of(layer.lower(), columns)
    if not kinds:
        return
    fields.update(columns, [layer])
    wanted = [field for _, field in kinds if field] + [
        columns[field] for field in NAME_FIELDS if field in columns
    ]
    frame = pyogrio.read_dataframe(
        path,
        layer=layer,
        columns=sorted(set(wanted)),
        bbox=box_in(crs_of(info["crs"], None, name), near),
        force_2d=True,
        on_invalid="ignore",
    )
    if not len(frame):
        return
    frame = frame.to_crs(BRITISH_NATIONAL_GRID)
    names = next((columns[field] for field in NAME_FIELDS if field in columns), None)
    for kind, field in kinds:
        shown = _shown_as(kind, frame[field] if field else None, len(frame))
        part = gpd.GeoDataFrame(
            {
                "kind": shown,
                "name": frame[names].fillna("").astype(str).to_numpy() if names else "",
            },
            geometry=frame.geometry.to_numpy(),
            crs=BRITISH_NATIONAL_GRID,
        )
        kept = part[np.array([bool(one) for one in shown]) & _fits(kind, part)]
        if len(kept):
            yield kind, kept


def _kinds_of(layer: str, columns: Mapping[str, str]) -> list[tuple[str, str | None]]:
    """Return what a layer shows, each with the field of its class."""
    classed = next((columns[field] for field in CLASS_FIELDS if field in columns), None)
    for kind, pattern in LAYERS.items():
        if pattern.search(layer):
            return [(kind, classed or columns.get(_field_of(kind)))]
    return [(kind, columns[field]) for field, kind in FIELDS.items() if field in columns]


def _field_of(kind: str) -> str:
    return next(field for field, of in FIELDS.items() if of == kind)


def _shown_as(kind: str, classes: pd.Series | None, rows: int) -> list[str]:
    """Return what each row is shown as, "" for those that are not."""
    known = CLASSES[kind]
    if classes is None:
        return [next(iter(known.values())) if kind == "place" else kind] * rows
    return [known.get(str(value).strip().lower(), "") for value in classes]


def _fits(kind: str, frame: gpd.GeoDataFrame) -> np.ndarray:
    """Whether each shape is one that its kind is drawn by: points, lines or polygons."""
    wanted = {"place": "Point", "water": "Polygon", "built-up": "Polygon"}.get(kind, "LineString")
    fits = frame.geometry.geom_type.fillna("").str.contains(wanted)
    return np.asarray(fits & ((kind != "place") | (frame["name"] != "")))


def _whole(frames: Sequence[gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    if not frames:
        empty = gpd.GeoDataFrame({"kind": [], "name": []}, geometry=[])
        return empty.set_crs(BRITISH_NATIONAL_GRID)
    return gpd.GeoDataFrame(pd.concat(frames, ignore_index=True), crs=BRITISH_NATIONAL_GRID)


def _clipped(frame: gpd.GeoDataFrame, near: Box) -> gpd.GeoDataFrame:
    """Return valid shapes, cut at the edge of the box."""
    shapes = shapely.make_valid(frame.geometry.to_numpy())
    frame = frame.set_geometry(gpd.GeoSeries(shapely.intersection(shapes, shapely.box(*near))))
    frame = frame.set_crs(BRITISH_NATIONAL_GRID)
    return frame.loc[~frame.geometry.is_empty]
