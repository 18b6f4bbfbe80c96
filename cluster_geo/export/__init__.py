"""Outputs: plans, comparisons and sweeps as files for people, a GIS and other systems."""

from cluster_geo.export.comparison import (
    COMPARISON_FILES,
    require_comparison_folder,
    write_comparison,
)
from cluster_geo.export.no_plan import NO_PLAN_FILES, write_no_plan
from cluster_geo.export.options import write_options
from cluster_geo.export.outputs import (
    OUTPUT_FILES,
    require_own_folder,
    write_outputs,
)
from cluster_geo.export.papers import require_kept_out
from cluster_geo.export.sweep import SWEEP_FILES, write_sweep

__all__ = [
    "COMPARISON_FILES",
    "NO_PLAN_FILES",
    "OUTPUT_FILES",
    "SWEEP_FILES",
    "require_comparison_folder",
    "require_kept_out",
    "require_own_folder",
    "write_comparison",
    "write_no_plan",
    "write_options",
    "write_outputs",
    "write_sweep",
]
