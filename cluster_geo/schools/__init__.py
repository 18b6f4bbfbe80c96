"""Schools: one table, however the files that describe it were shaped."""

from cluster_geo.schools.table import Schools

__all__ = ["Schools"]
