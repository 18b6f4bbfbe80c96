"""Figures of a plan for each cluster and each school, without rules or weights."""

from cluster_geo.measures.clusters import (
    measures,
    needs_by_cluster,
    phases,
    provision,
    pupils,
    ties,
    totals,
    travel,
    trust_pieces,
)
from cluster_geo.measures.equality import equality, equality_of_all
from cluster_geo.measures.reach import provision_reach

__all__ = [
    "equality",
    "equality_of_all",
    "measures",
    "needs_by_cluster",
    "phases",
    "provision",
    "provision_reach",
    "pupils",
    "ties",
    "totals",
    "travel",
    "trust_pieces",
]
