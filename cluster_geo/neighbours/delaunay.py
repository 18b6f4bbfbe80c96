"""The Delaunay triangulation of the schools' points, from which the neighbours are chosen."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, pairwise

import numpy as np
from scipy.spatial import Delaunay

from cluster_geo.schools import Schools

# Points that are less than a millimetre off their best line are taken to lie on it.
LINE_TOLERANCE_M = 1e-3


def delaunay_edges(schools: Schools) -> list[tuple[int, int]]:
    """Pairs of URNs (lower first, in order) that the triangulation joins.

    Schools at the same point form a clique and share their point's neighbours. If all schools
    are on one line there is no triangle, and each is joined to the next.
    """
    urns_at: dict[tuple[float, float], list[int]] = {}
    for urn, (x, y) in zip(schools.urns, schools.points, strict=True):
        urns_at.setdefault((float(x), float(y)), []).append(urn)
    points = np.array(list(urns_at))
    joined = _chain(points) if _on_one_line(points) else _triangulation(points)
    places = list(urns_at.values())
    edges = {pair for urns in places for pair in combinations(sorted(urns), 2)}
    for here, there in joined:
        edges |= {(min(u, v), max(u, v)) for u in places[here] for v in places[there]}
    return sorted(edges)


def _triangulation(points: np.ndarray) -> Iterable[tuple[int, int]]:
    """Pairs of points joined by a side of a triangle.

    Points that Qhull cannot separate are not corners; each is joined to its nearest corner.
    """
    found = Delaunay(points)
    sides = [found.simplices[:, pair] for pair in ((0, 1), (1, 2), (0, 2))]
    return ((a, b) for a, b in np.concatenate([*sides, found.coplanar[:, [0, 2]]]).tolist())


def _on_one_line(points: np.ndarray) -> bool:
    if len(points) < 3:  # noqa: PLR2004  a triangle needs three points
        return True
    spread = np.linalg.svd(points - points.mean(axis=0), compute_uv=False)
    return bool(spread[1] < LINE_TOLERANCE_M)


def _chain(points: np.ndarray) -> Iterable[tuple[int, int]]:
    """Join each point to the next along the line."""
    return pairwise(np.lexsort(points.T[::-1]).tolist())
