"""Two plans of one county side by side: who moves, what changes, whom it touches."""

from cluster_geo.compare.comparison import Comparison, Side, compare_plans
from cluster_geo.compare.published import PlanFile, read_plan_file
from cluster_geo.compare.sentences import comparison_sentences, decimals_of, measure_titles
from cluster_geo.compare.since import matched_since, moves_since

__all__ = [
    "Comparison",
    "PlanFile",
    "Side",
    "compare_plans",
    "comparison_sentences",
    "decimals_of",
    "matched_since",
    "measure_titles",
    "moves_since",
    "read_plan_file",
]
