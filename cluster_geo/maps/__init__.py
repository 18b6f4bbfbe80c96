"""The plan as one map page that opens anywhere: no network, no scripts but its own."""

from cluster_geo.maps.page import map_page, write_map
from cluster_geo.maps.pair import pair_page, write_pair

__all__ = ["map_page", "pair_page", "write_map", "write_pair"]
