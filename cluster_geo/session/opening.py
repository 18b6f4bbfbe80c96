"""What a session begins from: a plan in a file, and the scenario that judges it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cluster_geo.errors import Fault, InputError
from cluster_geo.phrases import listed, named
from cluster_geo.pipeline import judged_beside, scenario_of_run
from cluster_geo.plan import PLAN_FILE, Plan, known_part, record_beside
from cluster_geo.scenario import Scenario, papers_of, read_scenario, version_in
from cluster_geo.session.draft import Draft
from cluster_geo.session.judge import Judge


def scenario_for(
    plan: str | Path,
    scenario: str | Path | None,
    overrides: Mapping[str, object],
    settings: Mapping[str, str],
) -> Scenario:
    """Return the scenario of a plan with settings that replace its own, by dotted name.

    Parameters
    ----------
    plan : path
    scenario : str or path, optional
        Its file or shipped name; by default it is that of the run beside the plan.
    overrides, settings : mapping of str to object
        Given when the session was begun, and changed in it.

    Raises
    ------
    InputError
        Where one cannot be used.
    """
    both = {**overrides, **settings}
    if scenario is None:
        return scenario_of_run(plan, both)
    return judged_beside(plan, read_scenario(scenario, both))


def version_beside(plan: Path) -> str:
    """Return the version of a plan by the record of the run that wrote it; "" for one by hand."""
    return version_in(record_beside(plan)) if plan.name == PLAN_FILE else ""


def first_draft(plan: Plan, judge: Judge) -> tuple[Draft, tuple[str, ...]]:
    """Return the draft of a plan, and what of its file was left out.

    Raises
    ------
    InputError
        Where a school is in two clusters.
    """
    places: dict[int, list[str]] = {}
    for code, cluster in zip(plan.labels, plan.clusters, strict=True):
        for urn in cluster.members:
            places.setdefault(urn, []).append(code)
    names = judge.county.schools.names
    faults = [
        Fault(
            "plan",
            f"{named([urn], names)} is in {listed(codes)}",
            "Leave it in one of them",
        )
        for urn, codes in sorted(places.items())
        if len(codes) > 1
    ]
    if faults:
        raise InputError(faults)
    strangers = sorted(places.keys() - names.keys())
    notices = [
        f"URN {urn} is in the plan, but is not a school in this county." for urn in strangers
    ]
    draft = Draft(
        known_part(plan, judge.county), venues=papers_of(judge.whole, judge.scenario).venues
    )
    return judge.with_hubs(draft), tuple(notices)
