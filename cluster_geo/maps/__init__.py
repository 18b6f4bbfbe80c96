"""The plan as one map page that opens anywhere: no network, no scripts but its own."""

from cluster_geo.maps.live import Live
from cluster_geo.maps.page import map_page, write_map
from cluster_geo.maps.pair import pair_page, write_pair
from cluster_geo.maps.parts import cluster_parts
from cluster_geo.maps.settled import settled_page, write_settled
from cluster_geo.maps.tiles import Tiles

__all__ = [
    "Live",
    "Tiles",
    "cluster_parts",
    "map_page",
    "pair_page",
    "settled_page",
    "write_map",
    "write_pair",
    "write_settled",
]
