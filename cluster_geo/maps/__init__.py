"""The plan as one map page that opens anywhere: no network, no scripts but its own."""

from cluster_geo.maps.page import map_page, write_map

__all__ = ["map_page", "write_map"]
