"""Where the journal of a review is, and where its finished plans are."""

from __future__ import annotations

from pathlib import Path

from cluster_geo.errors import Fault, InputError
from cluster_geo.pipeline import plan_file, require_plan
from cluster_geo.pipeline.places import PLAN_FILE


def home_of(source: Path) -> Path:
    """Return the folder that the plan's folder, or its file, lies in."""
    file = plan_file(source).resolve()
    return file.parent.parent if file.name == PLAN_FILE else file.parent


def journal_for(plan: Path, asked: Path | None = None) -> Path:
    """Return the folder of the journal of a review: beside the plan, and never in its folder.

    Parameters
    ----------
    plan : Path
    asked : Path, optional
        Another one that was asked for.

    Raises
    ------
    InputError
        Where there is no such plan, or its folder is asked for.
    """
    require_plan(plan)
    file = plan_file(plan).resolve()
    if asked is None:
        name = file.parent.name if file.name == PLAN_FILE else file.stem
        return home_of(plan) / f"{name}.review"
    if file.name == PLAN_FILE and asked.resolve().is_relative_to(file.parent):
        found = "the folder of the plan is never written"
        raise InputError([Fault("--journal", found, "Choose a folder outside it")])
    return asked
