"""Patches: the clusters of a plan grouped for the posts of a Team Around the Cluster."""

from cluster_geo.patches.demand import CLUSTERS, SCHOOLS, Demand
from cluster_geo.patches.fewest import Fewest
from cluster_geo.patches.team import Patch, Team, Teams
from cluster_geo.patches.teams import teams_of

__all__ = ["CLUSTERS", "SCHOOLS", "Demand", "Fewest", "Patch", "Team", "Teams", "teams_of"]
