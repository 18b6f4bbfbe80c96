"""Rules: each judges one cluster, and says the same thing to a model."""

from cluster_geo.rules.hub import HubChoice
from cluster_geo.rules.model import ClusterModel
from cluster_geo.rules.number_of_clusters import NumberOfClusters
from cluster_geo.rules.one_piece import OnePiece
from cluster_geo.rules.phases import Phases
from cluster_geo.rules.rule import PlanRule, Rule, Verdict
from cluster_geo.rules.rulebook import Rulebook
from cluster_geo.rules.size import Size
from cluster_geo.rules.srp import SrpCoverage
from cluster_geo.rules.travel_to_hub import TravelToHub
from cluster_geo.rules.trusts import MostClustersOfTrust, Trusts
from cluster_geo.rules.zones import Zones

__all__ = [
    "ClusterModel",
    "HubChoice",
    "MostClustersOfTrust",
    "NumberOfClusters",
    "OnePiece",
    "Phases",
    "PlanRule",
    "Rule",
    "Rulebook",
    "Size",
    "SrpCoverage",
    "TravelToHub",
    "Trusts",
    "Verdict",
    "Zones",
]
