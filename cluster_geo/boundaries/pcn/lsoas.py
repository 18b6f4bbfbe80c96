"""Polygons of LSOAs, by which patients are counted, and which of them share a border."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import shapely

from cluster_geo.boundaries.fields import find_fields
from cluster_geo.errors import Fault, InputError, file_name, gathered
from cluster_geo.geometry import read_polygons
from cluster_geo.phrases import in_short
from cluster_geo.records import Notice, Source


@dataclass(frozen=True, eq=False)
class Lsoas:
    """Lower layer super output areas: census areas of some 1,500 people.

    Parameters
    ----------
    frame : GeoDataFrame
        Polygons in EPSG:27700 by code, ascending, with `name`.
    notices : tuple of Notice
    sources : tuple of Source
    """

    frame: gpd.GeoDataFrame
    notices: tuple[Notice, ...] = field(default=())
    sources: tuple[Source, ...] = field(default=())

    @cached_property
    def borders(self) -> nx.Graph[str]:
        """Codes joined where two LSOAs share a border, each edge with its length in `metres`."""
        shapes = self.frame.geometry.to_numpy()
        one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
        once = one < other
        one, other = one[once], other[once]
        shared = shapely.intersection(shapes[one], shapes[other])
        # Borders from different files may overlap by slivers, whose outline counts on both sides.
        slivers = shapely.area(shared) > 0
        metres = np.where(slivers, shapely.length(shared) / 2, shapely.length(shared))
        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from(self.frame.index)
        codes = self.frame.index.to_numpy(object)
        for a, b, length in zip(codes[one], codes[other], metres.tolist(), strict=True):
            if length > 0:
                graph.add_edge(a, b, metres=length)
        return graph

    @property
    def codes(self) -> list[str]:
        """Their codes, ascending."""
        return [str(code) for code in self.frame.index]

    def name_of(self, code: str) -> str:
        """Name of an LSOA, or its code where the file has no name."""
        return str(self.frame["name"][code]) or code

    @property
    def middles(self) -> np.ndarray:
        """A point inside each LSOA, shape (LSOAs, 2), metres."""
        points = shapely.point_on_surface(self.frame.geometry.to_numpy())
        return np.asarray(shapely.get_coordinates(points))

    def only(self, codes: Iterable[str]) -> Lsoas:
        """Return some of them."""
        chosen = self.frame.index.isin(list(codes))
        return Lsoas(self.frame[chosen], self.notices, self.sources)


def read_lsoas(paths: Iterable[str | Path]) -> Lsoas:
    """Read LSOA polygons from one file or several.

    Parameters
    ----------
    paths : iterable of path
        GeoJSON, GeoPackage or shapefile in any stated coordinate system.

    Raises
    ------
    InputError
        With the faults of all files: not polygons, no field of codes, blank codes.
    """
    faults: list[Fault] = []
    read = [gathered(path, _read_file, faults) for path in paths]
    found = [lsoas for lsoas in read if lsoas is not None]
    if faults:
        raise InputError(faults)
    frame = gpd.GeoDataFrame(pd.concat([lsoas.frame for lsoas in found]))
    notices = [notice for lsoas in found for notice in lsoas.notices]
    twice = frame.index.duplicated()
    if twice.any():
        listed = in_short(sorted(set(frame.index[twice])))
        notices.append(
            Notice("pcn", f"LSOAs in more than one file, of which the first is used: {listed}.")
        )
    sources = [source for lsoas in found for source in lsoas.sources]
    return Lsoas(frame[~twice].sort_index(), tuple(notices), tuple(sources))


def _read_file(path: str | Path) -> Lsoas:
    polygons = read_polygons(path, "LSOAs")
    frame = _named(polygons.frame, file_name(path))
    return Lsoas(frame, polygons.notices, (polygons.source,))


def _named(frame: gpd.GeoDataFrame, file: str) -> gpd.GeoDataFrame:
    """Return name and polygon by code."""
    names = [str(column) for column in frame.columns if column != frame.geometry.name]
    fields = find_fields(names, "lsoa", file)
    codes = frame[fields.code].astype("string").fillna("").str.strip()
    blank = np.flatnonzero((codes == "").to_numpy()).tolist()
    if blank:
        others = f" and {len(blank) - 1:,} more have" if len(blank) > 1 else " has"
        found = f"feature {blank[0] + 1}{others} no code"
        raise InputError([Fault(file, found, "Give every LSOA a code", column=fields.code)])
    return gpd.GeoDataFrame(
        {"name": frame[fields.name].astype("string").fillna("").to_numpy(object)},
        geometry=frame.geometry.to_numpy(),
        index=pd.Index(codes.to_numpy(object), name="lsoa"),
        crs=frame.crs,
    )
