"""Schools: one table, however the files that describe it were shaped."""

from cluster_geo.schools.read import read_schools
from cluster_geo.schools.register import PHASES
from cluster_geo.schools.table import Schools

__all__ = ["PHASES", "Schools", "read_schools"]
