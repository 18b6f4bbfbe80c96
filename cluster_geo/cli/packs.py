"""`cluster-geo packs`: a page for each school of a plan and a pack for each cluster."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cluster_geo.cli.options import audience, base_run, inputs, scenario_for


@click.command(short_help="Write a page for each school and a pack for each cluster.")
@click.argument("plan", type=click.Path(path_type=Path))
@click.option(
    "--out",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help="Folder for the pages; written whole or not at all.",
)
@click.option(
    "--scenario",
    metavar="SCENARIO",
    help="Scenario of the plan: a file or shipped name.  [default: that of the run beside PLAN]",
)
@base_run
@audience
@inputs
def packs(
    plan: Path, folder: Path, scenario: str | None, base: Path | None, **options: Any
) -> None:
    """Write a page for each school and a pack for each cluster, to print or to publish.

    PLAN is a table with the columns urn and cluster, or an output folder. Open index.html in the
    folder: it lists the clusters and the schools.

    \b
    Example:
      cluster-geo packs outputs/example --out outputs/example-packs
    """
    from cluster_geo.cli.show import show_readings
    from cluster_geo.cli.terminal import console, say, wrote
    from cluster_geo.export.packs import require_packs_folder, write_packs
    from cluster_geo.pipeline import proposal_of, require_publishable
    from cluster_geo.scenario import load_county
    from cluster_geo.verbs.judging import read_plan

    asked = scenario_for(plan, scenario, options, base)
    require_packs_folder(folder)
    county = load_county(asked)
    require_publishable(folder, county, asked)
    with show_readings(console(stderr=True)):
        drawn = read_plan(plan, county, base=base)
    published = proposal_of(county, asked, drawn).published
    write_packs(folder, published)
    wrote(folder)
    clusters, schools = len(published.plan.clusters), len(published.plan.cluster_of)
    say(console(), f"Packs of clusters: {clusters}. Pages of schools: {schools}.")
    say(console(), f"Written: {folder / 'index.html'}")
