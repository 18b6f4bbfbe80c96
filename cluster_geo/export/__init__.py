"""Outputs: a plan as files for people, for a GIS and for other systems."""

from cluster_geo.export.outputs import OUTPUT_FILES, require_own_folder, write_outputs

__all__ = ["OUTPUT_FILES", "require_own_folder", "write_outputs"]
