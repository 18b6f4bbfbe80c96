"""Plans: which school is with which; read, matched, and still ignorant of every rule."""

from cluster_geo.plan.file import read_names, read_plan, record_beside
from cluster_geo.plan.match import match, movers
from cluster_geo.plan.plan import TOLERANCE, Cluster, Plan, central_school, main_zone

__all__ = [
    "TOLERANCE",
    "Cluster",
    "Plan",
    "central_school",
    "main_zone",
    "match",
    "movers",
    "read_names",
    "read_plan",
    "record_beside",
]
