"""`cluster-geo audit`: judge any plan by every rule."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cluster_geo.cli.options import base_run, inputs, scenario_for

BROKEN = 1


@click.command(short_help="Judge any plan by every rule, also one drawn by hand.")
@click.argument("plan", type=click.Path(path_type=Path))
@click.option(
    "--scenario",
    metavar="SCENARIO",
    help="Rules to judge by: a file or shipped name.  [default: those of the run beside PLAN]",
)
@click.option("--strict", is_flag=True, help="End with exit code 1 where a requirement is broken.")
@click.option(
    "--names",
    "names_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write here which school each row of a published list was taken for. Put its column urn "
    "right, and give this file as PLAN.",
)
@base_run
@inputs
def audit(
    plan: Path,
    scenario: str | None,
    base: Path | None,
    strict: bool,
    names_file: Path | None,
    **options: Any,
) -> None:
    """Judge any plan by every rule, also one drawn by hand, without the optimiser.

    PLAN is a table with the columns urn and cluster, an output folder, or a published list: a
    CSV of school names (or URNs) and clusters. Without --names nothing is written.

    \b
    Example:
      cluster-geo audit by_hand.csv --scenario kent --schools edubasealldata20250718.csv
      cluster-geo audit outputs/example --strict

    Exit codes: 0 the plan was judged, 2 the input cannot be used; with --strict also 1, the
    plan breaks a requirement.
    """
    from cluster_geo import pipeline
    from cluster_geo.cli.show import show_audit, show_clusters, show_readings
    from cluster_geo.cli.show_comparison import show_names
    from cluster_geo.cli.terminal import console, say
    from cluster_geo.scenario import load_county
    from cluster_geo.verbs import judging

    asked = scenario_for(plan, scenario, options, base)
    county = load_county(asked)
    to = console()
    with show_readings(to):
        given = judging.read_plan_list(plan, county, base=base)
    floor = pipeline.floor_beside(base or plan, asked)
    judged = pipeline.proposal_of(county, asked, given.plan, floor=floor)
    verdict = judged.audit
    if given.names is not None:
        show_names(to, given.title, given.names)
        if names_file is not None:
            say(to, f"Written: {pipeline.write_names(given.names, names_file)}")
    show_clusters(to, verdict)
    show_audit(to, verdict)
    say(to, judged.published.certainty)
    if strict and not verdict.kept:
        click.get_current_context().exit(BROKEN)
