"""`cluster-geo export`: write every output of a plan that is already there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cluster_geo.cli.options import audience, base_run, inputs, scenario_for


@click.command(short_help="Write the lists, map and report of a plan that is already there.")
@click.argument("plan", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help="Folder for the outputs; written whole or not at all.",
)
@click.option(
    "--scenario",
    metavar="SCENARIO",
    help="Scenario of the plan: a file or shipped name.  [default: that of the run beside PLAN]",
)
@click.option(
    "--superseded-by",
    "newer",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Output folder of the version that has replaced PLAN: every page and sheet says so.",
)
@base_run
@audience
@inputs
def export(
    plan: Path,
    folder: Path,
    scenario: str | None,
    newer: Path | None,
    base: Path | None,
    **options: Any,
) -> None:
    """Write the lists, map and report of a plan that is already there, such as one by hand.

    PLAN is a table with the columns urn and cluster, or an output folder. A plan that breaks a
    rule is written too: its report says which.

    \b
    Example:
      cluster-geo export by_hand.csv --to outputs/by_hand --scenario kent --schools GIAS.csv
      cluster-geo export plans/v3 --superseded-by plans/v4 --to plans/v3-superseded
    """
    from cluster_geo.cli.show import show_audit, show_files, show_readings, show_starts
    from cluster_geo.cli.terminal import console, say, wrote
    from cluster_geo.pipeline import (
        floor_beside,
        folders_of,
        proposal_of,
        require_outside,
        require_publishable,
        require_writable,
        write,
    )
    from cluster_geo.scenario import load_county
    from cluster_geo.verbs.judging import read_plan
    from cluster_geo.versions import superseded_settings

    if newer is not None:
        # The record of the search stays with the version that was adopted.
        require_outside(folder, folders_of(base or plan))
    replaced = {} if newer is None else superseded_settings(base or plan, newer)
    asked = scenario_for(plan, scenario, options, base, lambda given: replaced | given)
    require_writable(folder)
    county = load_county(asked)
    require_publishable(folder, county, asked)
    floor = floor_beside(base or plan, asked)
    with show_readings(console(stderr=True)):
        drawn = read_plan(plan, county, base=base)
    judged = proposal_of(county, asked, drawn, floor=floor)
    files = write(judged, folder)
    wrote(folder)
    to = console()
    show_audit(to, judged.audit)
    say(to, judged.published.certainty)
    show_starts(to, judged.published)
    show_files(to, folder, files)
