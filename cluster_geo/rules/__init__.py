"""Rules: each judges one cluster, and formulates the same statement in a model."""

from cluster_geo.rules.apart import Apart
from cluster_geo.rules.balance import Balance, excess_of
from cluster_geo.rules.called import OF_SETTING, rules_called
from cluster_geo.rules.clash import Clash
from cluster_geo.rules.clashes import find_clashes
from cluster_geo.rules.clusters_of_trust import MostClustersOfTrust
from cluster_geo.rules.demand import Demand
from cluster_geo.rules.hub import HubChoice
from cluster_geo.rules.kind import Kind, kind_of
from cluster_geo.rules.model import ClusterModel
from cluster_geo.rules.non_selective import non_selective, open_to_all
from cluster_geo.rules.number_of_clusters import NumberOfClusters
from cluster_geo.rules.one_piece import OnePiece
from cluster_geo.rules.pathways import Pathways, pathway_rule
from cluster_geo.rules.phases import Phases
from cluster_geo.rules.pins import pin_rules
from cluster_geo.rules.plan_rule import PlanRule, PlanSum
from cluster_geo.rules.presence import Presence, Wording
from cluster_geo.rules.priced import Priced, PricedOrHard
from cluster_geo.rules.reference import (
    MOST_MOVERS,
    CloseToReference,
    MostMovers,
    limit_of_movers,
    movers_of,
)
from cluster_geo.rules.regions import regions_of
from cluster_geo.rules.rule import Rule
from cluster_geo.rules.rulebook import Rulebook
from cluster_geo.rules.size import Size
from cluster_geo.rules.sizes import fewest_by_size, most_schools, size_limits
from cluster_geo.rules.srp import coverage_by_need, srp_coverage
from cluster_geo.rules.together import Together
from cluster_geo.rules.travel_to_hub import TravelToHub
from cluster_geo.rules.trusts import Trusts
from cluster_geo.rules.verdict import Verdict
from cluster_geo.rules.ways_on import (
    NOT_RECORDED,
    Pathway,
    PathwayTerms,
    needs_of,
    pathways,
    with_srp_for,
)
from cluster_geo.rules.within import rulebook_within
from cluster_geo.rules.without import exceptions
from cluster_geo.rules.worst_trip import WorstTrip
from cluster_geo.rules.zones import Zones

__all__ = [
    "MOST_MOVERS",
    "NOT_RECORDED",
    "OF_SETTING",
    "Apart",
    "Balance",
    "Clash",
    "CloseToReference",
    "ClusterModel",
    "Demand",
    "HubChoice",
    "Kind",
    "MostClustersOfTrust",
    "MostMovers",
    "NumberOfClusters",
    "OnePiece",
    "Pathway",
    "PathwayTerms",
    "Pathways",
    "Phases",
    "PlanRule",
    "PlanSum",
    "Presence",
    "Priced",
    "PricedOrHard",
    "Rule",
    "Rulebook",
    "Size",
    "Together",
    "TravelToHub",
    "Trusts",
    "Verdict",
    "Wording",
    "WorstTrip",
    "Zones",
    "coverage_by_need",
    "exceptions",
    "excess_of",
    "fewest_by_size",
    "find_clashes",
    "kind_of",
    "limit_of_movers",
    "most_schools",
    "movers_of",
    "needs_of",
    "non_selective",
    "open_to_all",
    "pathway_rule",
    "pathways",
    "pin_rules",
    "regions_of",
    "rulebook_within",
    "rules_called",
    "size_limits",
    "srp_coverage",
    "with_srp_for",
]
