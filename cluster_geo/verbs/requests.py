"""Requests of a plan, or of a list by itself: how far they have come."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from cluster_geo.audience import Disclosure
from cluster_geo.county import County
from cluster_geo.errors import Fault, InputError
from cluster_geo.export.folder import replaced_file
from cluster_geo.export.papers import require_inside
from cluster_geo.phrases import counted
from cluster_geo.pipeline import PLAN_FILE, require_plan, scenario_of_run
from cluster_geo.plan import read_decisions
from cluster_geo.publish.asked_about import Places
from cluster_geo.publish.edition import Edition
from cluster_geo.publish.requests import RequestsPublication
from cluster_geo.records import Notice, report
from cluster_geo.report.requests import write_requests_page
from cluster_geo.scenario import (
    Audience,
    Brief,
    Scenario,
    brief_of,
    decisions_of,
    load_county,
    papers_of,
)
from cluster_geo.verbs.judging import read_plan

# The list in an output folder, as it was when the run wrote it.
DECISIONS_FILE = "decisions.csv"


def requests_in(
    path: str | Path, day: date, *, audience: Audience = "internal"
) -> RequestsPublication:
    """Read the requests of a plan or of a list.

    Nothing is solved. Of an output folder the list is the one that its scenario names, as it is
    now, and only without one the decisions.csv in the folder.

    Parameters
    ----------
    path : path
        An output folder, or a list of decisions; of a list by itself schools have no names.
    day : date
        What was due before it is overdue.
    audience : {"public", "internal"}
        The public is shown what is decided, and the number of open requests.

    Raises
    ------
    InputError
        Where there is neither, with every fault of the list.
    """
    path = Path(path)
    if not path.is_dir():
        listed = read_decisions(path)
        return RequestsPublication(path.name, day.isoformat(), audience, listed, Places())
    scenario = _scenario(path, audience)
    county = load_county(scenario)
    papers, decisions = papers_of(county, scenario), decisions_of(county)
    source = scenario.plan.decisions
    assert source is not None
    assert decisions is not None, "the scenario names a list, so that one was read"
    _report_readings(county, source.name, audience)
    if audience == "internal":
        _report_others(path / DECISIONS_FILE, source, decisions)
    return RequestsPublication(
        source.name,
        day.isoformat(),
        audience,
        decisions,
        Places.of(county, read_plan(path, county), papers.previous),
        Edition.of(brief_of(scenario), county.schools.as_at),
    )


def _report_readings(county: County, name: str, audience: Audience) -> None:
    """Report under which URNs schools of the list were read, of open requests not to the public."""
    seen = Disclosure(county, Brief(audience)).county
    for notice in seen.own_notices:
        if notice.text.startswith(f"{name}: "):
            report(notice)


def _report_others(copy: Path, source: Path, decisions: pd.DataFrame) -> None:
    """Report decisions in the folder that the list has not, as those of a meeting."""
    if not copy.is_file() or copy.resolve() == source.resolve():
        return
    columns = ["request", "decision", "date"]
    there = read_decisions(copy)[columns].itertuples(index=False, name=None)
    here = set(decisions[columns].itertuples(index=False, name=None))
    if others := sum(row not in here for row in there):
        rows = counted(others, "row")
        words = f"{copy} has {rows} that {source.name} has not, as those of a meeting"
        report(Notice("request", f"{words}. They are not listed here."))


def _scenario(folder: Path, audience: Audience) -> Scenario:
    """Return the scenario of a run, which names a list of decisions."""
    require_plan(folder)
    asked = {"plan.audience": audience}
    scenario = scenario_of_run(folder / PLAN_FILE, asked)
    if scenario.plan.decisions is not None:
        return scenario
    beside = folder / DECISIONS_FILE
    if not beside.is_file():
        found = f"its scenario names no list of decisions, and there is no {DECISIONS_FILE} in it"
        fix = "Give the list itself, or set plan.decisions and make the outputs again"
        raise InputError([Fault(str(folder), found, fix)])
    return scenario_of_run(folder / PLAN_FILE, asked | {"plan.decisions": beside})


def write_requests(published: RequestsPublication, path: str | Path) -> Path:
    """Write the page of requests, whole or not at all; return its path.

    Raises
    ------
    OutputError
        Where the file cannot be written, or what is not for the public would be among outputs
        that are.
    """
    if published.audience == "internal":
        require_inside(Path(path))
    with replaced_file(Path(path)) as draft:
        write_requests_page(draft, published)
    return Path(path)
