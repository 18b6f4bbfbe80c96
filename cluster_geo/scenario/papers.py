"""The papers that a scenario names: read before a search of minutes, and shown with its plan."""

from __future__ import annotations

from cluster_geo.county import County
from cluster_geo.errors import Fault, InputError, gathered
from cluster_geo.plan import Papers, read_decisions, read_plan, read_venues
from cluster_geo.scenario.model import Scenario


def read_papers(scenario: Scenario, county: County) -> Papers:
    """Read the decisions, the previous plan and the venues that a scenario names.

    Raises
    ------
    InputError
        With the faults of all these files together.
    """
    faults: list[Fault] = []
    papers = Papers(
        decisions=gathered(scenario.plan.decisions, read_decisions, faults),
        previous=gathered(
            scenario.plan.previous_plan, lambda path: read_plan(path, county), faults
        ),
        venues=gathered(scenario.clusters.names, read_venues, faults) or {},
        decisions_file=scenario.plan.decisions,
    )
    if faults:
        raise InputError(faults)
    return papers
