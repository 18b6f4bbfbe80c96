"""Studies: many solves of one county, kept in a folder and laid side by side."""

from cluster_geo.studies.options import Doubt, options_in_folder, seek_options
from cluster_geo.studies.runs import Job, run_all, run_job
from cluster_geo.studies.sweep import run_sweep
from cluster_geo.studies.update import MORE, Alternative, Update, update_plan, update_settings
from cluster_geo.studies.update_folder import write_update

__all__ = [
    "MORE",
    "Alternative",
    "Doubt",
    "Job",
    "Update",
    "options_in_folder",
    "run_all",
    "run_job",
    "run_sweep",
    "seek_options",
    "update_plan",
    "update_settings",
    "write_update",
]
