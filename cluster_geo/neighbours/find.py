"""Find the neighbours: triangulate, cut at the water and the reach, cross, bridge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
from scipy.spatial import KDTree

from cluster_geo.geometry import Land
from cluster_geo.neighbours.crossings import Crossings, place_crossings
from cluster_geo.neighbours.delaunay import delaunay_edges
from cluster_geo.neighbours.graph import EdgeEntry, Neighbours, connected_pieces
from cluster_geo.phrases import counted, in_short
from cluster_geo.records import Notice
from cluster_geo.schools import Schools

# Schools of a piece that a notice names; it counts the others.
MOST_NAMES = 20


def find_neighbours(
    schools: Schools,
    *,
    reach_km: float = 25.0,
    land: Land | None = None,
    tolerance_m: float = 100.0,
    crossings: Crossings | None = None,
    bridge: bool = True,
) -> Neighbours:
    """Find which schools are neighbours.

    Two schools are neighbours when the Delaunay triangulation of the schools' points joins
    them, their straight line is no longer than the reach and, where a land layer is given, no
    more than the tolerance of it lies off land. A listed crossing joins the schools nearest to
    its two banks. Schools at one point are neighbours of each other.

    Where only some districts are planned, the schools around them (`Schools.around`) take part in
    all of this and are then left out. So neighbours in a pilot are neighbours in the county, and a
    cluster in one piece stays in one.

    Parameters
    ----------
    schools : Schools
    reach_km : float
        Longest edge, km.
    land : Land, optional
        Without it water is ignored.
    tolerance_m : float
        Metres of an edge, in total, that may lie off land.
    crossings : Crossings, optional
        Bridges, tunnels and ferries that join two banks.
    bridge : bool
        Whether to join pieces that are still apart, each by its shortest link. A notice names
        every link, and every piece that is left apart.

    Returns
    -------
    Neighbours
        With the log of every edge dropped or added.
    """
    everyone, own = with_surroundings(schools), frozenset(schools.urns)
    draft = _Draft(everyone, own, land, tolerance_m, reach_km)
    draft.triangulate()
    draft.cut_water()
    draft.cut_reach()
    draft.name_pieces()
    if crossings is not None:
        draft.cross(crossings)
    if bridge:
        draft.bridge()
    sources = [part.source for part in (land, crossings) if part is not None and part.source]
    land_notices = land.notices if land is not None else ()
    crossing_notices = crossings.notices if crossings is not None else ()
    whole = nx.freeze(draft.graph)
    graph = whole if len(everyone) == len(schools) else nx.freeze(whole.subgraph(own).copy())
    if graph is not whole:
        draft.name_parted(graph)
    return Neighbours(
        graph=graph,
        notices=(*land_notices, *crossing_notices, *draft.notices),
        sources=tuple(sources),
        log=tuple(entry for entry in draft.log if {entry.urn_a, entry.urn_b} <= own),
        whole=whole,
    )


def with_surroundings(schools: Schools) -> Schools:
    """Return the schools with those around them, as far as names and points go."""
    if schools.around is None or schools.around.empty:
        return schools
    table = pd.concat([schools.table[["name", "geometry"]], schools.around]).sort_index()
    return replace(schools, table=gpd.GeoDataFrame(table, crs=schools.table.crs), around=None)


class _Draft:
    """A graph in the making, with its log; each method is one step of `find_neighbours`."""

    def __init__(
        self,
        schools: Schools,
        own: frozenset[int],
        land: Land | None,
        tolerance_m: float,
        reach_km: float,
    ) -> None:
        self.own = own
        self.names = schools.names
        self.points = dict(zip(schools.urns, schools.points, strict=True))
        self.schools = schools
        self.land = land
        self.tolerance_m = tolerance_m
        self.reach_km = reach_km
        self.graph: nx.Graph[int] = nx.Graph()
        self.graph.add_nodes_from(schools.urns)
        self.notices: list[Notice] = []
        self.log: list[EdgeEntry] = []

    def km(self, u: int, v: int) -> float:
        return float(np.hypot(*(self.points[u] - self.points[v]))) / 1000

    def off_land(self, pairs: list[tuple[int, int]]) -> list[float]:
        """Metres off land of each pair's straight line; zeros without a land layer."""
        if self.land is None or not pairs:
            return [0.0] * len(pairs)
        starts = np.array([self.points[u] for u, _ in pairs])
        ends = np.array([self.points[v] for _, v in pairs])
        return [float(metres) for metres in self.land.off_land(starts, ends)]

    def triangulate(self) -> None:
        for u, v in delaunay_edges(self.schools):
            km = self.km(u, v)
            self.graph.add_edge(u, v, km=km, kind="coincident" if km == 0 else "delaunay")

    def cut_water(self) -> None:
        """Drop the edges that run too far off land."""
        if self.land is None:
            return
        self.name_schools_off_land(self.land)
        edges = list(self.graph.edges)
        wet = [
            (u, v, metres)
            for (u, v), metres in zip(edges, self.off_land(edges), strict=True)
            if metres > self.tolerance_m
        ]
        for u, v, metres in wet:
            self.graph.remove_edge(u, v)
            self.log.append(EdgeEntry(u, v, self.km(u, v), metres, "water"))
        text = (
            f"{self._ours((u, v) for u, v, _ in wet):,} of {counted(self._ours(edges), 'pair')} of "
            f"schools side by side have more than {self.tolerance_m:,g} m of water between them, "
            "so they are not neighbours."
        )
        self.notices.append(Notice("water", text))

    def _ours(self, edges: Iterable[tuple[int, int]]) -> int:
        """Count the edges between schools that are planned."""
        return sum(u in self.own and v in self.own for u, v in edges)

    def name_schools_off_land(self, land: Land) -> None:
        """Name the schools that a generalised coast leaves in the water, without neighbours."""
        metres = land.distance(self.schools.points)
        for urn, off in zip(self.schools.urns, metres, strict=True):
            if off > self.tolerance_m and urn in self.own:
                text = (
                    f"{self.names[urn]} is {off:,.0f} m off the land layer, so it has no "
                    "neighbours by land: check its coordinates, or use a more detailed land layer."
                )
                self.notices.append(Notice("land", text, urn))

    def cut_reach(self) -> None:
        """Drop the edges that are too long."""
        far = [(u, v) for u, v in self.graph.edges if self.km(u, v) > self.reach_km]
        for u, v in far:
            self.graph.remove_edge(u, v)
            self.log.append(EdgeEntry(u, v, self.km(u, v), 0.0, "reach"))
        if ours := self._ours(far):
            text = (
                f"{counted(ours, 'pair')} of schools side by side are more than "
                f"{self.reach_km:,g} km apart, so they are not neighbours."
            )
            self.notices.append(Notice("reach", text))

    def name_pieces(self) -> None:
        """Name the schools that water and distance cut off from the largest piece."""
        for piece in connected_pieces(self.graph)[1:]:
            if self.own.isdisjoint(piece):
                continue
            text = f"Without a crossing, water or distance would cut off {self._named(piece)}."
            self.notices.append(Notice("piece", text))

    def name_parted(self, graph: nx.Graph[int]) -> None:
        """Name the schools that adjoin others of the plan only by way of schools outside it."""
        whole = connected_pieces(graph)
        for piece in whole[1:]:
            text = (
                f"{self._named(piece)}: between these and the other schools planned lie schools "
                "that are not planned here, so no cluster in one piece can hold both."
            )
            self.notices.append(Notice("piece", text))

    def cross(self, crossings: Crossings) -> None:
        """Join the banks of every listed crossing that these schools need."""
        piece_of = {urn: k for k, piece in enumerate(self._pieces()) for urn in piece}
        placed, notices = place_crossings(
            crossings.crossings, self.schools, land=self.land, reach_km=self.reach_km
        )
        self.notices += notices
        for name, u, v in placed:
            metres = self.off_land([(u, v)])[0]
            joined = f"{self.names[u]} and {self.names[v]}"
            # A crossing between schools that water does not separate serves other schools.
            if piece_of[u] == piece_of[v] and metres <= self.tolerance_m:
                why = (
                    "no water separates"
                    if self.land is not None
                    else "without a land layer, nothing separates"
                )
                text = f"Crossing {name} was not needed: {why} {joined}."
            else:
                self._add(u, v, metres, "crossing")
                text = f"Crossing {name} joins {joined} ({self.km(u, v):.1f} km)."
            if not self.own.isdisjoint((u, v)):
                self.notices.append(Notice("crossing", text))

    def bridge(self) -> None:
        """Join pieces until one is left, the smallest first, each by its shortest link."""
        while len(pieces := self._pieces()) > 1:
            smallest = pieces[-1]
            u, v = self._shortest_link(smallest)
            self._add(u, v, self.off_land([(u, v)])[0], "bridge")
            text = (
                f"{self._named(smallest)}: no neighbour by land and no listed crossing, so "
                f"joined by the shortest link, {self.names[u]} to {self.names[v]} "
                f"({self.km(u, v):.1f} km)."
            )
            if not self.own.isdisjoint(smallest):
                self.notices.append(Notice("bridge", text))

    def _pieces(self) -> tuple[frozenset[int], ...]:
        return connected_pieces(self.graph)

    def _add(self, u: int, v: int, off_land_m: float, kind: str) -> None:
        u, v = min(u, v), max(u, v)
        km = self.km(u, v)
        self.graph.add_edge(u, v, km=km, kind=kind)
        self.log.append(EdgeEntry(u, v, km, off_land_m, kind))

    def _shortest_link(self, piece: frozenset[int]) -> tuple[int, int]:
        """Nearest pair of a school in the piece and one outside it, ties by lowest URNs."""
        inside = sorted(piece)
        outside = [urn for urn in self.schools.urns if urn not in piece]
        tree = KDTree([self.points[urn] for urn in outside])
        metres, nearest = tree.query([self.points[urn] for urn in inside])
        best = int(np.argmin(metres))
        return inside[best], outside[int(nearest[best])]

    def _named(self, piece: frozenset[int]) -> str:
        """Return the number of schools of a piece and their names, sorted."""
        names = sorted(str(self.names[urn]) for urn in piece)
        return f"{counted(len(names), 'school')} ({in_short(names, MOST_NAMES)})"
