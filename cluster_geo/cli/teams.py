"""`cluster-geo teams`: posts shared over the clusters of a plan, and the patches of each post."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cluster_geo.cli.options import (
    audience,
    base_run,
    inputs,
    out_folder,
    scenario_for,
    time_limit,
)

if TYPE_CHECKING:
    from rich.console import Console

    from cluster_geo.publish.teams import Role, TeamsPublication


@click.command(short_help="Share a team's posts over clusters, and group these in patches.")
@click.argument("plan", type=click.Path(path_type=Path))
@click.option("--scenario", metavar="SCENARIO", help="A shipped name or a file.")
@base_run
@audience
@inputs
@out_folder("Folder for teams.html and its tables; written whole or not at all.")
@time_limit("How long to search for the patches of each role.", seconds=30.0)
def teams(
    plan: Path,
    scenario: str | None,
    base: Path | None,
    out: Path | None,
    time_limit: float,
    **options: Any,
) -> None:
    """Share the posts of each role over the clusters of a plan, and group these into patches.

    PLAN is an output folder or a table of schools and clusters, and stays as it is. A role is a
    section [teams.NAME] of the scenario: how many posts there are, and how many visits a year
    pupils, schools and clusters call for. One post serves a patch of whole neighbouring clusters,
    such that travel is short and the visits are even. Shown too are the visits that posts cannot
    make, the fewest posts that could, and two places where each cluster could meet.

    \b
    Example:
      cluster-geo teams outputs/kent --set teams.specialist.posts=20 \\
          --set teams.specialist.demand.ehcp=0.5 --out outputs/kent-teams
      cluster-geo teams outputs/kent --scenario kent-teams.toml

    Exit codes: 0 done, 2 the input cannot be used, 3 it is proven that the clusters cannot be
    grouped so, 4 no patches were found and nothing is proven.
    """
    from cluster_geo.cli.show import show_files, show_marking
    from cluster_geo.cli.terminal import console, wrote
    from cluster_geo.export.teams import require_teams_folder, write_teams
    from cluster_geo.pipeline import require_outside
    from cluster_geo.pipeline.places import folders_of
    from cluster_geo.scenario import load_county
    from cluster_geo.verbs import teams as verbs
    from cluster_geo.verbs.judging import read_plan

    if out is not None:
        require_teams_folder(out)
        require_outside(out, folders_of(plan))
    asked = scenario_for(plan, scenario, options, base)
    county = load_county(asked)
    found = verbs.teams(county, asked, read_plan(plan, county, base=base), time_limit=time_limit)
    published = verbs.published_teams(county, asked, found)
    to = console()
    show_marking(to, asked)
    _show(to, published)
    if out is not None:
        files = write_teams(out, published)
        wrote(out)
        show_files(to, out, files)


def _show(to: Console, published: TeamsPublication) -> None:
    from cluster_geo.cli.terminal import say

    for role in published.roles:
        _show_patches(to, role, published.county.travel.unit)
        for sentence in filter(None, (role.withheld, *role.sentences)):
            say(to, sentence)


def _show_patches(to: Console, role: Role, unit: str) -> None:
    from rich.table import Table

    from cluster_geo.cli.terminal import escape
    from cluster_geo.report.amounts import number

    table = Table(title=escape(role.title), title_justify="left")
    for heading in ("patch", "clusters"):
        table.add_column(heading)
    for heading in ("posts", "visits", "unmet", f"travel, {unit}", f"round, {unit}"):
        table.add_column(heading, justify="right")
    for code, row in role.patches.iterrows():
        figures = (
            number(row["posts"], 1),
            *(number(row[name]) for name in ("visits", "unmet", "travel_year")),
            number(row["round"], 1),
        )
        table.add_row(escape(str(code)), escape(row["clusters"]), *figures)
    to.print(table)
