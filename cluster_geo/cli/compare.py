"""`cluster-geo compare`: two plans, or a plan and a published list."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cluster_geo.cli.options import audience, inputs, out_folder, scenario_for


@click.command(short_help="Compare two plans, or a plan with a published list.")
@click.argument("first", metavar="PLAN_A", type=click.Path(path_type=Path))
@click.argument("second", metavar="PLAN_B", type=click.Path(path_type=Path))
@click.option(
    "--scenario",
    metavar="SCENARIO",
    help="Judges both plans: a file or shipped name.  [default: that of the run beside PLAN_A]",
)
@audience
@inputs
@click.option(
    "--map",
    "map_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Draw the two plans side by side here, one HTML file.",
)
@click.option("--all", "every", is_flag=True, help="Print every row, not the first of each table.")
@out_folder("Folder for the moves, the tables and the maps; written whole or not at all.")
def compare(
    first: Path,
    second: Path,
    scenario: str | None,
    map_file: Path | None,
    every: bool,
    out: Path | None,
    **options: Any,
) -> None:
    """Compare two plans: who moves, what changes by rule and by measure, whom it touches.

    Each is a table with the columns urn and cluster, an output folder, or a published list:
    a CSV of school names (or URNs) and clusters. Clusters are matched by the schools they share,
    whatever they are called, so that those that stay keep their name. Without --map and --out
    nothing is written.

    \b
    Example:
      cluster-geo compare outputs/kent outputs/kent_v2 --out outputs/kent_changes
      cluster-geo compare outputs/kent published_groups.csv --map changes.html
    """
    from cluster_geo import pipeline
    from cluster_geo.cli.show import show_files, show_readings
    from cluster_geo.cli.show_comparison import show_comparison
    from cluster_geo.cli.terminal import console, say, wrote
    from cluster_geo.scenario import load_county
    from cluster_geo.verbs import judging

    pipeline.require_plan(first, second)
    asked = scenario_for(first, scenario, options)
    if out is not None:
        pipeline.require_writable(out, compared=True)
    county = load_county(asked)
    with show_readings(console(stderr=True)):
        found = judging.compare(county, asked, first, second)
    to = console()
    files = [] if out is None else pipeline.write_compared(found, out)
    if map_file is not None:
        pipeline.draw_compared(found, map_file)
    if written := out or map_file:
        wrote(written)
    show_comparison(to, found, every=every)
    if out is not None:
        show_files(to, out, files)
    if map_file is not None:
        say(to, f"Written: {map_file}")
