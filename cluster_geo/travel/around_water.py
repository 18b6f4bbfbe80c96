"""Travel around water, from neighbour to neighbour, where the straight line crosses water."""

from __future__ import annotations

import networkx as nx
import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path

from cluster_geo.geometry import Land
from cluster_geo.phrases import counted
from cluster_geo.records import Notice
from cluster_geo.schools import Schools
from cluster_geo.travel.straight_line import ROAD_FACTOR, straight_line_km
from cluster_geo.travel.table import Travel


def around_water(
    schools: Schools,
    graph: nx.Graph[int],
    land: Land,
    *,
    factor: float = ROAD_FACTOR,
    tolerance_m: float = 100.0,
) -> Travel:
    """Travel as the straight line on land, and from neighbour to neighbour around water.

    Where more than the tolerance of the straight line between two schools lies off land, their
    distance is the shortest path over the graph of neighbours, crossings included. Every
    distance is multiplied by the factor.

    Parameters
    ----------
    schools : Schools
    graph : networkx.Graph
        `Neighbours.whole`: nodes are URNs, all of the schools and perhaps others, edges have `km`.
    land : Land
    factor : float
        Kilometres of road per kilometre of line.
    tolerance_m : float
        Metres of a straight line, in total, that may lie off land.

    Returns
    -------
    Travel
        In km, symmetric. Two schools in different pieces of the graph have no path; their
        straight line is used, and a notice says so.
    """
    km = straight_line_km(schools)
    first, second = np.triu_indices(len(schools), k=1)
    points = schools.points
    wet = land.off_land(points[first], points[second]) > tolerance_m
    first, second = first[wet], second[wet]
    nodes = sorted(graph)
    places = np.searchsorted(nodes, schools.urns)
    paths = _paths_km(tuple(nodes), graph)[places[first], places[second]]
    pathless = ~np.isfinite(paths)
    around = np.where(pathless, km[first, second], paths)
    km[first, second] = km[second, first] = around
    notices = [Notice("travel", _summary(int(wet.sum()), len(wet), tolerance_m))]
    if pathless.any():
        text = (
            f"{int(pathless.sum()):,} pairs of schools are not connected by neighbouring "
            "schools, so their straight line is used. List the missing crossing, or allow bridging."
        )
        notices.append(Notice("travel", text))
    method = (
        f"Straight-line distance times {factor:g}, in km; where more than {tolerance_m:,g} m of "
        "the line lies off land, the shortest way from neighbouring school to neighbouring "
        f"school, by the listed crossings, times {factor:g}."
    )
    return Travel(schools.urns, km * factor, method=method, notices=tuple(notices))


def _paths_km(urns: tuple[int, ...], graph: nx.Graph[int]) -> np.ndarray:
    """Shortest paths over the graph in km, shape (schools, schools); infinite if there is none."""
    position = {urn: i for i, urn in enumerate(urns)}
    edges: list[tuple[int, int, float]] = list(graph.edges(data="km"))
    rows = [position[u] for u, _, _ in edges]
    columns = [position[v] for _, v, _ in edges]
    # To scipy a stored zero is an edge of length 0, so schools at one point stay joined.
    lengths = [float(km) for _, _, km in edges]
    weights = csr_array((lengths, (rows, columns)), shape=(len(urns), len(urns)))
    return np.asarray(shortest_path(weights, method="D", directed=False))


def _summary(wet: int, pairs: int, tolerance_m: float) -> str:
    return (
        f"{wet:,} of {counted(pairs, 'pair')} of schools have more than {tolerance_m:,g} m of "
        "water on their straight line, so the journey between them goes around the water."
    )
