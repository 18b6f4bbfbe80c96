"""Codes and names of clusters: SEV-03, Westerham; the same from run to run and plan to plan."""

from cluster_geo.naming.codes import district_prefixes, name_plan, new_code
from cluster_geo.naming.names import names_by_place

__all__ = ["district_prefixes", "name_plan", "names_by_place", "new_code"]
