"""A plan as tables: what the exports write, the map draws and the report shows."""

from cluster_geo.tables.areas import cluster_areas
from cluster_geo.tables.clusters import cluster_table
from cluster_geo.tables.schools import school_table
from cluster_geo.tables.sources import attributions, source_table
from cluster_geo.tables.trusts import trust_table

__all__ = [
    "attributions",
    "cluster_areas",
    "cluster_table",
    "school_table",
    "source_table",
    "trust_table",
]
