"""Studies: many solves of one county, kept in a folder and laid side by side."""

from cluster_geo.studies.options import Doubt, options, seek_options
from cluster_geo.studies.runs import Job, run_all, run_job
from cluster_geo.studies.sweep import sweep

__all__ = ["Doubt", "Job", "options", "run_all", "run_job", "seek_options", "sweep"]
