"""Rules: each judges one cluster, and says the same thing to a model."""

from cluster_geo.rules.hub import HubChoice
from cluster_geo.rules.model import ClusterModel
from cluster_geo.rules.rule import PlanRule, Rule, Verdict
from cluster_geo.rules.rulebook import Rulebook

__all__ = ["ClusterModel", "HubChoice", "PlanRule", "Rule", "Rulebook", "Verdict"]
