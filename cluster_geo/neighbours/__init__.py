"""Neighbours: which schools touch, so that a cluster can be in one piece."""

from cluster_geo.neighbours.graph import Neighbours

__all__ = ["Neighbours"]
