"""Studies: many solves of one county, kept in a folder and laid side by side."""

from cluster_geo.studies.options import Doubt, options_in_folder, seek_options
from cluster_geo.studies.runs import Job, run_all, run_job
from cluster_geo.studies.sweep import run_sweep

__all__ = [
    "Doubt",
    "Job",
    "options_in_folder",
    "run_all",
    "run_job",
    "run_sweep",
    "seek_options",
]
