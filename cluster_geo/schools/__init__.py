"""Schools: one table, made from registers and planners' lists of many formats."""

from cluster_geo.schools.networks import Network, Networks, read_networks
from cluster_geo.schools.pairs import Pair, Pairs, propose_pairs, read_pairs
from cluster_geo.schools.read import read_schools
from cluster_geo.schools.register import PHASES
from cluster_geo.schools.small_counts import without_small_counts
from cluster_geo.schools.table import Schools

__all__ = [
    "PHASES",
    "Network",
    "Networks",
    "Pair",
    "Pairs",
    "Schools",
    "propose_pairs",
    "read_networks",
    "read_pairs",
    "read_schools",
    "without_small_counts",
]
