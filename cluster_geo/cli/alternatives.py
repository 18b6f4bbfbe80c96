"""`cluster-geo options`: a handful of plans nearly as good as the best."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cluster_geo.cli.options import asked_for, inputs, out_folder, time_limit

if TYPE_CHECKING:
    from cluster_geo.optimise import TracePoint

OUTPUTS = Path("outputs")


class Share(click.ParamType):  # type: ignore[type-arg]
    """A share, as 2%, or as a fraction below 1."""

    name = "share"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Read the share."""
        text = str(value).strip()
        try:
            share = float(text.removesuffix("%")) / (100.0 if text.endswith("%") else 1.0)
        except ValueError:
            share = -1.0
        if not 0 < share < 1:
            self.fail(f"{text!r} is no share between 0% and 100%, such as 2%", param, ctx)
        return share


@click.command(short_help="A few plans nearly as good as the best, and what is settled.")
@click.argument("scenario", required=False)
@click.option(
    "--number",
    type=click.IntRange(1, 20),
    default=5,
    show_default=True,
    metavar="N",
    help="How many options, the best plan among them.",
)
@click.option(
    "--within",
    type=Share(),
    default="2%",
    show_default=True,
    metavar="SHARE",
    help="Most that an option may score above the best.",
)
@click.option(
    "--different",
    type=Share(),
    default="10%",
    show_default=True,
    metavar="SHARE",
    help="Least share of schools in other clusters, for each pair of options.",
)
@click.option(
    "--doubt",
    is_flag=True,
    help="Also solve with weights a quarter up and down and other road factors.",
)
@inputs
@out_folder("Folder of the options.  [default: outputs/ and the scenario's name, then _options]")
@time_limit("Time for all options together; each run of --doubt may take it again.")
def options(scenario: str | None, **given: Any) -> None:
    """Find a handful of plans nearly as good as the best and as different as they can be.

    SCENARIO is a file or the name of one that comes with the program. options.html says what
    sets the options apart, which schools are settled, and which deserve the meeting's time;
    settled.html is the map of it.

    \b
    Example:
      cluster-geo options --number 3 --within 2%
      cluster-geo options kent --schools GIAS.csv --time-limit 600 --doubt
    """
    from cluster_geo.alternatives import contested
    from cluster_geo.cli.progress import Progress
    from cluster_geo.cli.show_sweep import show_options, show_run
    from cluster_geo.cli.terminal import console, say, wrote
    from cluster_geo.export.folder import claimed
    from cluster_geo.scenario import load_county, read_scenario
    from cluster_geo.studies import options_in_folder

    ours = {name: given.pop(name) for name in ("number", "within", "different", "doubt")}
    out = given.pop("out")
    asked = asked_for(lambda settings: read_scenario(scenario, settings), given)
    folder = out if out is not None else OUTPUTS / f"{asked.name}_options"
    to = console(stderr=True)

    def finished(name: str, row: Mapping[str, object]) -> None:
        show_run(to, name, row, "doubt")

    began = time.monotonic()
    with claimed(folder), Progress(to, asked.solve.time_limit) as progress:

        def passed(point: TracePoint) -> None:
            """Count from the first search's beginning: there are several."""
            progress(replace(point, seconds=time.monotonic() - began))

        found, _ = options_in_folder(
            load_county(asked),
            asked,
            folder,
            number=ours["number"],
            within=ours["within"],
            least_different=ours["different"],
            doubt=ours["doubt"],
            progress=passed,
            progress_of_doubt=finished,
        )
    wrote(folder)
    to = console()
    show_options(to, found, contested(found.schools))
    say(to, f"Written to {folder}: options.html, settled.html, and a folder for each option")
