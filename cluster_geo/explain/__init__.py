"""Why there is no plan, what a rule is worth, why a school is where it is."""

from cluster_geo.explain.asked import explain_scenario
from cluster_geo.explain.cures import Cure
from cluster_geo.explain.demands import Demand
from cluster_geo.explain.explanation import Clashing, Explanation, explain
from cluster_geo.explain.reasons import Reason
from cluster_geo.explain.why import Move, Why, why
from cluster_geo.explain.words import explanation_record, summary, told, why_told

__all__ = [
    "Clashing",
    "Cure",
    "Demand",
    "Explanation",
    "Move",
    "Reason",
    "Why",
    "explain",
    "explain_scenario",
    "explanation_record",
    "summary",
    "told",
    "why",
    "why_told",
]
