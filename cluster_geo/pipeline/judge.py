"""A plan that is there already, by hand or of an earlier run, and the scenario it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from cluster_geo.audit import audit
from cluster_geo.county import County
from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.pipeline.floor import keeps_frozen
from cluster_geo.pipeline.places import plan_file
from cluster_geo.pipeline.proposal import Proposal
from cluster_geo.plan import Plan
from cluster_geo.scenario import (
    RUN_RECORD,
    Scenario,
    about_preferences,
    frozen_clusters,
    papers_of,
    read_run,
    requirements_of,
    rulebook_of,
)


def proposal_of(
    county: County, scenario: Scenario, plan: Plan, *, floor: float | None = None
) -> Proposal:
    """Return a plan as `propose` would, so that it can be shown and written.

    Parameters
    ----------
    county : County
    scenario : Scenario
        Judges the plan, as in `audit`.
    plan : Plan
        Complete or not. Schools that the county does not know are in the audit alone.
    floor : float, optional
        What the run beside the plan has proven (`floor_beside`): its report then says how far the
        plan is from the best possible.

    Raises
    ------
    InputError
        Where a setting cannot be used with this county.

    Examples
    --------
    >>> drawn = cg.proposal_of(county, scenario, by_hand)
    >>> drawn.result is None
    True
    """
    rulebook = rulebook_of(county, scenario)
    # The audit lists URNs that are not schools here; maps and tables can only leave them out.
    known = plan.within(set(county.urns))
    verdict, papers = audit(county, rulebook, plan), papers_of(county, scenario)
    words = about_preferences(scenario, rulebook)
    proposal = Proposal(
        scenario, county, rulebook, known, verdict, papers=papers, preferences=words
    )
    frozen = frozen_clusters(county, scenario, rulebook) if floor is not None else ()
    if floor is None or not keeps_frozen(known, frozen):
        return proposal
    return replace(proposal, floor=floor, frozen=len(frozen))


def scenario_of_run(path: str | Path, overrides: Mapping[str, object] | None = None) -> Scenario:
    """Return the scenario of the run that wrote a plan, from the run.json beside it.

    What judges a plan by it, as `audit`, `why` and `compare` do, keeps the preferences that became
    requirements in that run as requirements. A search by it decides anew.

    Parameters
    ----------
    path : path
        The plan: a file, or an output folder.
    overrides : mapping of str to object, optional
        As for `read_scenario`.

    Raises
    ------
    InputError
        Where there is no such record, or its settings are not those of this version.

    Examples
    --------
    >>> again = cg.scenario_of_run("outputs/example")
    >>> cg.audit(county, again, proposal.plan).kept
    True
    """
    record = plan_file(path).with_name(RUN_RECORD)
    fix = "Say which scenario the plan belongs to with --scenario, or put it beside its run"
    if not record.is_file():
        found = f"there is no {RUN_RECORD} beside it that names its scenario"
        raise InputError([Fault(file_name(path), found, fix)])
    run = read_run(record, overrides)
    return run.scenario.as_granted(run.requirements)


def judged_beside(path: str | Path, scenario: Scenario) -> Scenario:
    """Return a scenario with its preferences as in the run beside a plan.

    Parameters
    ----------
    path : path
        The plan: a file, or an output folder.
    scenario : Scenario
    """
    return scenario.as_granted(requirements_beside(path))


def requirements_beside(path: str | Path) -> tuple[str, ...] | None:
    """Return the requirements of the run beside a plan; None where none is recorded."""
    return requirements_of(plan_file(path).with_name(RUN_RECORD))
