"""Outputs: a plan as files for people, for a GIS and for other systems; two plans compared."""

from cluster_geo.export.comparison import (
    COMPARISON_FILES,
    require_comparison_folder,
    write_comparison,
)
from cluster_geo.export.outputs import OUTPUT_FILES, require_own_folder, write_outputs

__all__ = [
    "COMPARISON_FILES",
    "OUTPUT_FILES",
    "require_comparison_folder",
    "require_own_folder",
    "write_comparison",
    "write_outputs",
]
