"""A scenario explained: its county and rules read, its frozen clusters taken out."""

from __future__ import annotations

from cluster_geo.county import County
from cluster_geo.explain.explanation import Explanation, explain
from cluster_geo.scenario import Scenario, frozen_clusters, load_county, rulebook_of


def explain_scenario(
    scenario: Scenario, *, threads: int | None = None
) -> tuple[County, Explanation]:
    """Tell why a scenario has no plan, within its own limit of time or work.

    Rules asked to be hard if possible are taken as weighed: they are never what makes a scenario
    impossible.

    Raises
    ------
    InputError
        Where a file or setting cannot be used.
    """
    county = load_county(scenario)
    rulebook = rulebook_of(scenario, county)
    found = explain(
        county,
        rulebook,
        frozen=frozen_clusters(scenario, county, rulebook),
        time_limit=scenario.solve.time_limit,
        work=scenario.solve.work,
        seed=scenario.solve.seed,
        threads=threads,
    )
    return county, found
