"""Neighbours: which schools adjoin, so that a cluster can be contiguous."""

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
