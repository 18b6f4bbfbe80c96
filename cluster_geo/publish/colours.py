"""Colours of clusters: neighbours never share one, and colour-blind readers can tell them."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import networkx as nx
import shapely

# Seven of Paul Tol's "light" scheme, made for labelled areas: https://personal.sron.nl/~pault/
# Distinct in every common form of colour blindness, and black text is readable on each.
PALETTE = (
    "#77AADD",
    "#EE8866",
    "#EEDD88",
    "#44BB99",
    "#FFAABB",
    "#99DDFF",
    "#BBCC33",
)

# Areas this close face each other across a river or a narrow strait.
ACROSS_WATER_M = 1_500.0


def area_colours(*maps: gpd.GeoDataFrame) -> dict[str, str]:
    """Return a colour of the palette for each area, by its index.

    Areas that touch, or face each other across narrow water, differ. Several maps are coloured
    together: an area of the same index has one colour on all of them. The graph of areas is
    coloured greedily in smallest-last order, which needs at most six colours for a plane map;
    of the colours left the one used least is taken, so that none is rare.
    """
    names = list(dict.fromkeys(area for areas in maps for area in areas.index))
    graph = nx.compose_all([_facing(areas, names) for areas in maps])
    chosen: dict[int, str] = {}
    used = dict.fromkeys(PALETTE, 0)
    for area in nx.coloring.strategy_smallest_last(graph, chosen):
        taken = {chosen.get(other) for other in graph[area]}
        free = [colour for colour in PALETTE if colour not in taken] or list(PALETTE)
        colour = min(free, key=lambda one: (used[one], PALETTE.index(one)))
        chosen[area] = colour
        used[colour] += 1
    return {name: chosen[area] for area, name in enumerate(names)}


def _facing(areas: gpd.GeoDataFrame, names: Sequence[str]) -> nx.Graph[int]:
    """Graph of the areas that touch or nearly touch, each by its place in `names`.

    networkx keeps nodes in sets: numbers come out of one in the same order in every process,
    texts do not.
    """
    shapes = areas.geometry.simplify(ACROSS_WATER_M / 10).to_numpy()
    left, right = shapely.STRtree(shapes).query(shapes, "dwithin", ACROSS_WATER_M)
    place = {name: area for area, name in enumerate(names)}
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(sorted(place[name] for name in areas.index))
    pairs = sorted({(int(i), int(j)) for i, j in zip(left, right, strict=True) if i < j})
    graph.add_edges_from((place[areas.index[i]], place[areas.index[j]]) for i, j in pairs)
    return graph
