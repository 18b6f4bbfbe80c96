"""Regions: the parts of a county separated by hard boundaries or a lack of neighbours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from cluster_geo.rules.one_piece import pieces_of
from cluster_geo.rules.rulebook import Rulebook


def regions_of(rulebook: Rulebook, urns: Iterable[int]) -> tuple[frozenset[int], ...]:
    """Split schools into regions that no admissible cluster can cross, in order of lowest URN.

    A region is one piece of the neighbours among the schools of the same zone in every hard
    layer.
    """
    hard = [rule for rule in rulebook.rules if rule.hard]
    layers = [layer.zone_of for rule in hard if (layer := rule.layer) is not None]
    graphs = [graph for rule in hard if (graph := rule.neighbours) is not None]
    cells: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for urn in urns:
        cells[tuple(zone_of.get(urn, "") for zone_of in layers)].add(urn)
    regions = [frozenset(cell) for cell in cells.values()]
    for graph in graphs:
        regions = [piece for region in regions for piece in pieces_of(region, graph)]
    return tuple(sorted(regions, key=min))
