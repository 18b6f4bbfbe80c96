"""Plans: which schools are together; read and matched, but not judged by any rule."""

from cluster_geo.plan.corrections import read_corrections
from cluster_geo.plan.decisions import carried_decisions, read_decisions, with_decisions
from cluster_geo.plan.figures import Figures, SavedFigures, read_figures
from cluster_geo.plan.file import (
    PLAN_FILE,
    ClusterNames,
    PlanRows,
    read_names,
    read_plan,
    read_plan_rows,
    record_beside,
)
from cluster_geo.plan.known import known_part
from cluster_geo.plan.match import match, movers
from cluster_geo.plan.papers import NO_PAPERS, Papers
from cluster_geo.plan.plan import Cluster, Plan, central_school
from cluster_geo.plan.responses import Response, Responses, codes_in
from cluster_geo.plan.responses_file import read_responses
from cluster_geo.plan.second_clusters import (
    SecondCluster,
    SecondClusters,
    read_second_clusters,
)
from cluster_geo.plan.stages import Request, requests_of
from cluster_geo.plan.title import title_of
from cluster_geo.plan.waves import Wave, Waves, read_waves
from cluster_geo.plan.withheld import (
    WithheldRequests,
    figures_sources,
    without_open,
    without_traces,
)
from cluster_geo.plan.zones import is_split, leading_zones, main_zone, main_zone_words

__all__ = [
    "NO_PAPERS",
    "PLAN_FILE",
    "Cluster",
    "ClusterNames",
    "Figures",
    "Papers",
    "Plan",
    "PlanRows",
    "Request",
    "Response",
    "Responses",
    "SavedFigures",
    "SecondCluster",
    "SecondClusters",
    "Wave",
    "Waves",
    "WithheldRequests",
    "carried_decisions",
    "central_school",
    "codes_in",
    "figures_sources",
    "is_split",
    "known_part",
    "leading_zones",
    "main_zone",
    "main_zone_words",
    "match",
    "movers",
    "read_corrections",
    "read_decisions",
    "read_figures",
    "read_names",
    "read_plan",
    "read_plan_rows",
    "read_responses",
    "read_second_clusters",
    "read_waves",
    "record_beside",
    "requests_of",
    "title_of",
    "with_decisions",
    "without_open",
    "without_traces",
]
