"""Two plans, or a plan and a published list, side by side."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from cluster_geo.audience import Disclosure
from cluster_geo.compare import Comparison, PlanFile, compare_plans
from cluster_geo.county import County
from cluster_geo.export import write_comparison
from cluster_geo.export.csvfile import write_csv
from cluster_geo.export.folder import replaced_file
from cluster_geo.pipeline.places import PLAN_FILE, plan_file
from cluster_geo.records import recorded_as
from cluster_geo.scenario import (
    RUN_RECORD,
    Scenario,
    about_agreed,
    agreed,
    brief_of,
    previous_in,
    rulebook_of,
)


def compared(
    county: County,
    scenario: Scenario,
    before: PlanFile,
    after: PlanFile,
    runs: Iterable[tuple[str, ...] | None] = (),
) -> Comparison:
    """Compare two plans by the rules of a scenario, as its audience may see them.

    Both are judged alike. A preference is a requirement where all `runs` made it one: of each plan
    the requirements of its run, None where none is known.
    """
    scenario, apart = agreed(scenario, runs)
    rulebook = rulebook_of(county, scenario)
    disclosed = Disclosure(county, brief_of(scenario))
    words = about_agreed(scenario, apart, rulebook)
    made_from = _made_from(before, after) or _made_from(after, before)
    return compare_plans(disclosed, rulebook, before, after, preferences=words, made_from=made_from)


def _made_from(first: PlanFile, second: PlanFile) -> bool:
    """Whether the run of the second plan has recorded the first one's file as the plan before."""
    if first.source is None or second.source is None:
        return False
    previous = previous_in(Path(second.source.path).with_name(RUN_RECORD))
    return bool(previous and recorded_as(first.source.sha256, previous))


def write_compared(comparison: Comparison, folder: str | Path) -> list[Path]:
    """Write the tables and maps of a comparison into a folder, whole or not at all.

    Raises
    ------
    OutputError
        Where the folder holds something else or cannot be written; it is then as it was.
    """
    return write_comparison(Path(folder), comparison)


def draw_compared(comparison: Comparison, path: str | Path) -> Path:
    """Write the two maps of a comparison side by side; return the path.

    Raises
    ------
    OutputError
        Where the file cannot be written.
    """
    from cluster_geo.maps import write_pair  # noqa: PLC0415 - folium is slow to import

    with replaced_file(Path(path)) as draft:
        write_pair(draft, comparison)
    return Path(path)


def write_names(names: pd.DataFrame, path: str | Path) -> Path:
    """Write which school each row of a published list was taken for; return the path.

    Raises
    ------
    OutputError
        Where the file cannot be written.
    """
    with replaced_file(Path(path)) as draft:
        write_csv(draft, names.reset_index())
    return Path(path)


def plan_titles(first: str | Path, second: str | Path) -> tuple[str, str]:
    """Return what to call two plans: their titles, with their places where these are the same."""
    names = plan_title(first), plan_title(second)
    if names[0] != names[1]:
        return names
    places = _place(first), _place(second)
    if places[0] == places[1]:
        places = str(first), str(second)
    if not (_title(first) and _title(second)):
        return places
    return f"{names[0]} ({places[0]})", f"{names[0]} ({places[1]})"


def plan_title(path: str | Path) -> str:
    """Return what to call a plan: the title in the record of its run, else its folder or file."""
    return _title(path) or _place(path)


def _place(path: str | Path) -> str:
    file = plan_file(path)
    return file.resolve().parent.name if file.name == PLAN_FILE else file.name


def _title(path: str | Path) -> str:
    """Return the title that a run has given its plan; "" where the file is not one of a run."""
    file = plan_file(path)
    if file.name != PLAN_FILE:
        return ""
    try:
        title = json.loads(file.with_name(RUN_RECORD).read_bytes())["plan"]["title"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return title if isinstance(title, str) else ""
