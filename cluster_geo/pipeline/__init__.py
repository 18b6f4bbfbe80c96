"""The main job from end to end, for the command line and for notebooks.

Scenario, county, search, names, audit, outputs: each step is a function of the package, and a
notebook may call them one by one as `propose` and `write` do here.
"""

from cluster_geo.pipeline.compare import (
    compared,
    draw_compared,
    plan_title,
    plan_titles,
    write_compared,
    write_names,
)
from cluster_geo.pipeline.floor import floor_beside
from cluster_geo.pipeline.judge import (
    judged_beside,
    proposal_of,
    requirements_beside,
    scenario_of_run,
)
from cluster_geo.pipeline.naming import called_as_in
from cluster_geo.pipeline.no_plan import NoPlan, explained, why_not, write_why_not
from cluster_geo.pipeline.pairs import write_pairs
from cluster_geo.pipeline.places import (
    PLAN_FILE,
    claimed,
    folders_of,
    plan_file,
    require_outside,
    require_plan,
    require_writable,
)
from cluster_geo.pipeline.proposal import Proposal
from cluster_geo.pipeline.propose import propose, seek
from cluster_geo.pipeline.write import draw, require_publishable, write

__all__ = [
    "PLAN_FILE",
    "NoPlan",
    "Proposal",
    "called_as_in",
    "claimed",
    "compared",
    "draw",
    "draw_compared",
    "explained",
    "floor_beside",
    "folders_of",
    "judged_beside",
    "plan_file",
    "plan_title",
    "plan_titles",
    "proposal_of",
    "propose",
    "require_outside",
    "require_plan",
    "require_publishable",
    "require_writable",
    "requirements_beside",
    "scenario_of_run",
    "seek",
    "why_not",
    "write",
    "write_compared",
    "write_names",
    "write_pairs",
    "write_why_not",
]
