"""Colours of clusters: neighbours never share one, and colour-blind readers can tell them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

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


def area_colours(*maps: gpd.GeoDataFrame, kept: Sequence[Mapping[str, str]] = ()) -> dict[str, str]:
    """Return a colour of the palette for each area, by its index.

    Areas that touch, or face each other across narrow water, differ. Several maps are coloured
    together: an area of the same index has one colour on all of them. An area keeps the colour it
    has had; where two neighbours have had the same, one takes another: the one with more such
    neighbours, or for which a colour is free. Where none is, a neighbour makes room. The others
    are coloured greedily in smallest-last order, which needs at most six colours for a plane map;
    of the colours left the one used least is taken, so that none is rare.

    Parameters
    ----------
    *maps : GeoDataFrame
    kept : sequence of mapping of str to str
        Colours that areas have had, by index; those of an earlier one go first.
    """
    names = list(dict.fromkeys(area for areas in maps for area in areas.index))
    graph = nx.compose_all([_facing(areas, names) for areas in maps])
    own = _kept(graph, names, kept)
    had = [[colours.get(name, "") for colours in kept] for name in names]
    while True:
        chosen = dict(own)
        stuck = _fill(graph, chosen, had)
        if stuck is None:
            return {name: chosen[area] for area, name in enumerate(names)}
        # Every colour is beside it: those of its neighbours that have the rarest let go of theirs.
        beside = [own[other] for other in graph[stuck] if other in own]
        rarest = min(beside, key=lambda colour: (beside.count(colour), PALETTE.index(colour)))
        own = {k: c for k, c in own.items() if c != rarest or k not in graph[stuck]}


def _kept(
    graph: nx.Graph[int], names: Sequence[str], kept: Sequence[Mapping[str, str]]
) -> dict[int, str]:
    """Return the colours that areas keep: all they have had, but of two that clash one."""
    had = {name: colour for colours in reversed(kept) for name, colour in colours.items()}
    chosen = {k: had[name] for k, name in enumerate(names) if had.get(name) in PALETTE}
    while True:
        clashes = {
            area: sum(chosen.get(other) == colour for other in graph[area])
            for area, colour in chosen.items()
        }
        # Where no colour is free a neighbour would have to change as well.
        free = {
            area: not {chosen.get(other) for other in graph[area]}.issuperset(PALETTE)
            for area, number in clashes.items()
            if number
        }
        worst = max(free, key=lambda area: (clashes[area], free[area], area), default=None)
        if worst is None:
            return chosen
        del chosen[worst]


def _fill(graph: nx.Graph[int], chosen: dict[int, str], had: Sequence[Sequence[str]]) -> int | None:
    """Colour the areas that have no colour yet.

    Parameters
    ----------
    graph : Graph
    chosen : dict of int to str
        Colours by area; it is added to.
    had : sequence of sequence of str
        Colours that each area has had, which it takes first.

    Returns
    -------
    int or None
        An area that finds no colour because of those its neighbours keep; None where all have one.
    """
    own, used = set(chosen), dict.fromkeys(PALETTE, 0)
    for colour in chosen.values():
        used[colour] += 1
    order: Iterable[int] = nx.coloring.strategy_smallest_last(graph, {})
    for area in order:
        if area in own:
            continue
        taken = {chosen.get(other) for other in graph[area]}
        free = [colour for colour in PALETTE if colour not in taken]
        if not free and not own.isdisjoint(graph[area]):
            return area
        before = [colour for colour in had[area] if colour in free]
        least = min(free or PALETTE, key=lambda one: (used[one], PALETTE.index(one)))
        chosen[area] = before[0] if before else least
        used[chosen[area]] += 1
    return None


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
