"""Why there is no plan, what a rule is worth, why a school is where it is."""

from cluster_geo.explain.cures import Cure
from cluster_geo.explain.explanation import ADVICE, Clashing, Explanation, explanation_of
from cluster_geo.explain.params import ExplainParams, TrustsParams, WhyParams, WorthParams
from cluster_geo.explain.reasons import Reason
from cluster_geo.explain.text import explanation_record, explanation_text, why_text
from cluster_geo.explain.trusts import fewest_clusters, trusts_apart
from cluster_geo.explain.why import Move, Why, reasons_of
from cluster_geo.explain.worth import Worth, worth
from cluster_geo.rules import Demand

__all__ = [
    "ADVICE",
    "Clashing",
    "Cure",
    "Demand",
    "ExplainParams",
    "Explanation",
    "Move",
    "Reason",
    "TrustsParams",
    "Why",
    "WhyParams",
    "Worth",
    "WorthParams",
    "explanation_of",
    "explanation_record",
    "explanation_text",
    "fewest_clusters",
    "reasons_of",
    "trusts_apart",
    "why_text",
    "worth",
]
