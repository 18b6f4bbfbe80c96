"""Boundaries: layers of zones, and the zone in which each school lies."""

from cluster_geo.boundaries.cells import cells
from cluster_geo.boundaries.column import layer_from_column
from cluster_geo.boundaries.groups import group_layer
from cluster_geo.boundaries.layer import BoundaryLayer
from cluster_geo.boundaries.shapes import read_layer
from cluster_geo.boundaries.stray import stray_schools
from cluster_geo.boundaries.title import layer_title, layer_titles

__all__ = [
    "BoundaryLayer",
    "cells",
    "group_layer",
    "layer_from_column",
    "layer_title",
    "layer_titles",
    "read_layer",
    "stray_schools",
]
