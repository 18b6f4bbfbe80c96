"""The optimiser: set partitioning with column generation, and a proven bound."""

from cluster_geo.optimise.compact import solve_compact
from cluster_geo.optimise.covering import least_cover
from cluster_geo.optimise.known import read_known, write_known
from cluster_geo.optimise.params import (
    BranchParams,
    ColumnParams,
    CutParams,
    PricingParams,
    SearchParams,
)
from cluster_geo.optimise.plan_params import (
    AssignmentParams,
    DiveParams,
    EnumerationParams,
    IntegerParams,
    StartParams,
)
from cluster_geo.optimise.result import Members, Result, TracePoint
from cluster_geo.optimise.solve import solve

__all__ = [
    "AssignmentParams",
    "BranchParams",
    "ColumnParams",
    "CutParams",
    "DiveParams",
    "EnumerationParams",
    "IntegerParams",
    "Members",
    "PricingParams",
    "Result",
    "SearchParams",
    "StartParams",
    "TracePoint",
    "least_cover",
    "read_known",
    "solve",
    "solve_compact",
    "write_known",
]
