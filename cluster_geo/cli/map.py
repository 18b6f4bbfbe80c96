"""`cluster-geo map`: draw the map of a plan."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cluster_geo.cli.options import audience, base_run, inputs, scenario_for


@click.command("map", short_help="Draw the map of a plan.")
@click.argument("plan", type=click.Path(path_type=Path))
@click.option(
    "--scenario",
    metavar="SCENARIO",
    help="Scenario of the plan: a file or shipped name.  [default: that of the run beside PLAN]",
)
@base_run
@audience
@inputs
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The map.  [default: map.html beside PLAN]",
)
@click.option(
    "--tiles",
    metavar="ADDRESS",
    help="A background map from the web, as https://.../{z}/{x}/{y}.png; readers get a box for it, "
    "and the page asks for nothing before they tick it.  [default: none]",
)
@click.option("--tiles-by", metavar="NAME", default="", help="Whom to name as the tiles' maker.")
def map_(
    plan: Path,
    scenario: str | None,
    base: Path | None,
    out: Path | None,
    tiles: str | None,
    tiles_by: str,
    **options: Any,
) -> None:
    """Draw the map of a plan, one HTML file that needs no network.

    PLAN is a table with the columns urn and cluster, or an output folder.

    \b
    Example:
      cluster-geo map outputs/example
      cluster-geo map by_hand.csv --scenario kent --schools GIAS.csv --out by_hand.html
      cluster-geo map outputs/kent --tiles https://tile.openstreetmap.org/{z}/{x}/{y}.png \\
          --tiles-by "OpenStreetMap contributors"
    """
    from cluster_geo.cli.show import show_readings
    from cluster_geo.cli.terminal import console, say
    from cluster_geo.maps import Tiles
    from cluster_geo.pipeline import draw, floor_beside, plan_file, proposal_of
    from cluster_geo.scenario import load_county
    from cluster_geo.verbs.judging import read_plan

    background = None if tiles is None else Tiles(tiles, tiles_by)
    asked = scenario_for(plan, scenario, options, base)
    county = load_county(asked)
    floor = floor_beside(base or plan, asked)
    with show_readings(console(stderr=True)):
        drawn = read_plan(plan, county, base=base)
    judged = proposal_of(county, asked, drawn, floor=floor)
    target = out if out is not None else plan_file(plan).with_name("map.html")
    say(console(), f"Written: {draw(judged, target, tiles=background)}")
