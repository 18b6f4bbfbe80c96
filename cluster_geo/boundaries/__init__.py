"""Boundaries: layers of zones, and the zone in which each school lies."""

from cluster_geo.boundaries.layer import BoundaryLayer

__all__ = ["BoundaryLayer"]
