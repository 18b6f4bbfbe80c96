"""Neighbours: which schools touch, so that a cluster can be in one piece."""

from cluster_geo.neighbours.crossings import Crossing, Crossings, read_crossings
from cluster_geo.neighbours.find import find_neighbours
from cluster_geo.neighbours.graph import EdgeEntry, Neighbours

__all__ = [
    "Crossing",
    "Crossings",
    "EdgeEntry",
    "Neighbours",
    "find_neighbours",
    "read_crossings",
]
