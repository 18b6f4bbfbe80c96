"""Colours of clusters: neighbours never share one, and colour-blind readers can tell them."""

from __future__ import annotations

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


def area_colours(areas: gpd.GeoDataFrame) -> dict[str, str]:
    """Return a colour of the palette for each area, by its index.

    Areas that touch, or face each other across narrow water, differ. The graph of areas is
    coloured greedily in smallest-last order, which needs at most six colours for a plane map;
    of the colours left the one used least is taken, so that none is rare.
    """
    graph = _facing(areas)
    chosen: dict[str, str] = {}
    used = dict.fromkeys(PALETTE, 0)
    for area in nx.coloring.strategy_smallest_last(graph, chosen):
        taken = {chosen.get(other) for other in graph[area]}
        free = [colour for colour in PALETTE if colour not in taken] or list(PALETTE)
        colour = min(free, key=lambda one: (used[one], PALETTE.index(one)))
        chosen[area] = colour
        used[colour] += 1
    return {area: chosen[area] for area in areas.index}


def _facing(areas: gpd.GeoDataFrame) -> nx.Graph[str]:
    """Graph of the areas that touch or nearly touch, nodes and edges in a fixed order."""
    shapes = areas.geometry.simplify(ACROSS_WATER_M / 10).to_numpy()
    left, right = shapely.STRtree(shapes).query(shapes, "dwithin", ACROSS_WATER_M)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(areas.index)
    pairs = sorted({(int(i), int(j)) for i, j in zip(left, right, strict=True) if i < j})
    graph.add_edges_from((areas.index[i], areas.index[j]) for i, j in pairs)
    return graph
