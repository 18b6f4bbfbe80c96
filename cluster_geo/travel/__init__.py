"""Travel between schools: straight lines, ways around water, or the planner's own times."""

from cluster_geo.travel.around_water import around_water
from cluster_geo.travel.minutes import read_matrix
from cluster_geo.travel.straight_line import straight_line
from cluster_geo.travel.table import Travel

__all__ = ["Travel", "around_water", "read_matrix", "straight_line"]
