"""`cluster-geo sweep`: one scenario with settings varied, every run kept, all in one table."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from cluster_geo.cli.options import asked_for, inputs, out_folder, time_limit
from cluster_geo.errors import Fault, ScenarioError

OUTPUTS = Path("outputs")


@click.command(short_help="Solve a scenario with settings varied, side by side.")
@click.argument("base", required=False)
@click.option(
    "--vary",
    "axes",
    multiple=True,
    metavar="KEY=VALUES",
    help="A setting and its values: first:last:step, or values between commas; may be given again.",
)
@click.option(
    "--runs",
    "runs_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="A file of runs (TOML): a [vary] table, [[run]] tables with a name and a table set; or "
    "kent-alternatives, which comes with the program.",
)
@inputs
@out_folder("Folder of the sweep.  [default: outputs/ and the scenario's name, then _sweep]")
@time_limit("How long each run may search.")
@click.option(
    "--processes",
    type=click.IntRange(1, 1024),
    metavar="N",
    help="Runs at a time.  [default: 2]",
)
def sweep(
    base: str | None,
    axes: tuple[str, ...],
    runs_file: Path | None,
    out: Path | None,
    processes: int | None,
    **options: Any,
) -> None:
    """Solve a scenario with settings varied, and lay the plans side by side.

    BASE is a scenario file or the name of one that comes with the program. Every combination of
    the values is a run, with map, report and lists in a folder of its own; sweep.html shows them
    all. A sweep that was stopped goes on where it was when the same command is given again.

    \b
    Example:
      cluster-geo sweep --vary clusters.size=6:10,8:14,10:16 --vary trusts.weight=0,3,9
      cluster-geo sweep kent --schools GIAS.csv --vary clusters.count=48:58:2 \\
          --vary boundaries.district.weight=0,1,3
      cluster-geo sweep --runs kent-alternatives --schools GIAS.csv --land country.geojson \\
          --boundary district=districts.geojson --boundary pcn=boundaries/pcn.gpkg
    """
    from cluster_geo.alternatives import grid, read_axis, read_sweep
    from cluster_geo.cli.show_sweep import show_run, show_sweep
    from cluster_geo.cli.terminal import console, say, wrote
    from cluster_geo.export.folder import claimed
    from cluster_geo.scenario import read_scenario
    from cluster_geo.studies import run_sweep

    named, listed = read_sweep(runs_file) if runs_file is not None else (None, ())
    variations = (*(grid([read_axis(text) for text in axes]) if axes else ()), *listed)
    if not variations:
        fix = "Give --vary KEY=VALUES, such as clusters.count=48:58:2, or --runs FILE"
        raise ScenarioError([Fault("sweep", "no setting is varied", fix)])
    asked = asked_for(lambda settings: read_scenario(base or named, settings), options)
    folder = out if out is not None else OUTPUTS / f"{asked.name}_sweep"
    progress, ended = console(stderr=True), 0

    def finished(name: str, row: Mapping[str, object]) -> None:
        nonlocal ended
        ended += 1
        show_run(progress, name, row, f"{ended:,} of {len(variations):,}")

    with claimed(folder):
        done = run_sweep(asked, variations, folder, processes=processes, progress=finished)
    wrote(folder)
    to = console()
    show_sweep(to, done)
    say(to, f"Written to {folder}: sweep.html, sweep.csv, sweep.parquet, runs/")
