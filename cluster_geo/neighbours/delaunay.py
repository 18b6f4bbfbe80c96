"""The first draft of the neighbours: the Delaunay triangulation of the schools' points."""

from __future__ import annotations

from itertools import combinations, pairwise

import geopandas as gpd
import numpy as np

from cluster_geo.schools import Schools

# Points whose spread across their best line is under a millimetre lie on that line.
LINE_TOLERANCE_M = 1e-3


def delaunay_edges(schools: Schools) -> list[tuple[int, int]]:
    """Pairs of URNs (lower first, in order) that the triangulation joins.

    Schools at the same point form a clique and share their point's neighbours. Schools all on
    one line have no triangle: each is joined to the next.
    """
    places: dict[tuple[float, float], list[int]] = {}
    for urn, (x, y) in zip(schools.urns, schools.points, strict=True):
        places.setdefault((float(x), float(y)), []).append(urn)
    if _on_one_line(np.array(list(places))):
        return _chain(places)
    return _triangulation(schools.table.geometry)


def _triangulation(points: gpd.GeoSeries) -> list[tuple[int, int]]:
    # Imported here: it takes seconds, which commands that draw no graph should not pay.
    from libpysal.graph import Graph  # noqa: PLC0415

    graph = Graph.build_triangulation(points, method="delaunay", coplanar="clique")
    pairs = {(min(u, v), max(u, v)) for u, v in graph.adjacency.index if u != v}
    return sorted((int(u), int(v)) for u, v in pairs)


def _on_one_line(points: np.ndarray) -> bool:
    if len(points) < 3:  # noqa: PLR2004  a triangle needs three points
        return True
    spread = np.linalg.svd(points - points.mean(axis=0), compute_uv=False)
    return bool(spread[1] < LINE_TOLERANCE_M)


def _chain(places: dict[tuple[float, float], list[int]]) -> list[tuple[int, int]]:
    """Join each place to the next along the line, and the schools of one place to each other."""
    edges = {tuple(sorted(pair)) for urns in places.values() for pair in combinations(urns, 2)}
    for here, there in pairwise(sorted(places)):
        edges |= {(min(u, v), max(u, v)) for u in places[here] for v in places[there]}
    return sorted((u, v) for u, v in edges)
