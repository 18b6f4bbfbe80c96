"""A plan that is there already, by hand or of an earlier run, and the scenario it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cluster_geo.audit import audit
from cluster_geo.county import County
from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.pipeline.places import plan_file
from cluster_geo.pipeline.proposal import Proposal
from cluster_geo.plan import Plan, read_plan
from cluster_geo.scenario import (
    RUN_RECORD,
    Scenario,
    load_county,
    papers_of,
    read_run,
    rulebook_of,
)


def judge(path: str | Path, scenario: Scenario) -> Proposal:
    """Read a plan from a file and audit it as it stands, with the codes of the file.

    Raises
    ------
    InputError
        Where the plan, another file or a setting cannot be used.
    """
    county = load_county(scenario)
    return proposal_of(county, scenario, read_plan(plan_file(path), county))


def proposal_of(county: County, scenario: Scenario, drawn: Plan) -> Proposal:
    """Audit a plan as it stands, and return it with all that is known of it.

    Raises
    ------
    InputError
        Where the scenario names another file than the county was read from.
    """
    rulebook = rulebook_of(scenario, county)
    # The audit tells of URNs that are no schools here; maps and tables can only leave them out.
    plan = drawn.within(set(county.urns))
    verdict, papers = audit(drawn, county, rulebook), papers_of(scenario, county)
    return Proposal(scenario, county, rulebook, plan, verdict, papers=papers)


def scenario_of_run(path: str | Path, overrides: Mapping[str, object] | None = None) -> Scenario:
    """Return the scenario of the run that wrote a plan, from the run.json beside it.

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
    """
    record = plan_file(path).with_name(RUN_RECORD)
    fix = "Say which scenario the plan belongs to with --scenario"
    if not record.is_file():
        found = f"there is no {RUN_RECORD} beside it that tells its scenario"
        raise InputError([Fault(file_name(path), found, fix)])
    return read_run(record, overrides).scenario
