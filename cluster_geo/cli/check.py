"""`cluster-geo check`: read and check the inputs, without solving."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cluster_geo.cli.options import asked_for, inputs
from cluster_geo.errors import ImpossibleError


@click.command(short_help="Read and check the inputs, without solving.")
@click.argument("scenario", required=False)
@inputs
@click.option(
    "--pairs",
    "pairs_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the proposed infant and junior pairs here, for you to confirm.",
)
@click.option("--all", "every", is_flag=True, help="List every notice, not the first of each kind.")
def check(scenario: str | None, pairs_file: Path | None, every: bool, **options: Any) -> None:
    """Read and check the inputs: every file, every setting, nothing solved or written.

    SCENARIO is a file or the name of one that comes with the program; without it the built-in
    example county. All faults are listed at once.

    \b
    Example:
      cluster-geo check mine.toml --schools edubasealldata20250718.csv
      cluster-geo check kent --schools GIAS.csv --pairs pairs.csv
    """
    from cluster_geo.cli.show import show_county, show_notices
    from cluster_geo.cli.terminal import console, say
    from cluster_geo.pipeline import write_pairs
    from cluster_geo.scenario import load_county, read_scenario
    from cluster_geo.verbs.explaining import clashes

    asked = asked_for(lambda settings: read_scenario(scenario, settings), options)
    county = load_county(asked)
    found = clashes(county, asked)
    to = console()
    show_county(to, county)
    show_notices(to, county, every=every)
    if pairs_file is not None:
        number = write_pairs(county, pairs_file)
        say(to, f"{number:,} proposed pairs are in {pairs_file}: write yes under confirmed.")
    if found:
        raise ImpossibleError.of(found)
    say(to, "The inputs can be used.")
