"""The optimiser: set partitioning with column generation, and a proven bound.

Each name is loaded when it is first used: parameters and results need no solver.
"""

from typing import TYPE_CHECKING

from cluster_geo.late import homes, load

if TYPE_CHECKING:
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

# Where each of them lives.
_HOMES = homes(
    __name__,
    {
        "compact": ("solve_compact",),
        "covering": ("least_cover",),
        "known": ("read_known", "write_known"),
        "params": ("BranchParams", "ColumnParams", "CutParams", "PricingParams", "SearchParams"),
        "plan_params": (
            *("AssignmentParams", "DiveParams", "EnumerationParams", "IntegerParams"),
            "StartParams",
        ),
        "result": ("Members", "Result", "TracePoint"),
        "solve": ("solve",),
    },
)


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for."""
    return load(__name__, name)
