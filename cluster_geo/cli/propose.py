"""`cluster-geo propose`: from inputs to an audited plan, its map, report and lists."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cluster_geo.cli.options import asked_for, audience, inputs, out_folder, time_limit
from cluster_geo.errors import InputError

if TYPE_CHECKING:
    from cluster_geo.pipeline import NoPlan
    from cluster_geo.scenario import Scenario

OUTPUTS = Path("outputs")


@click.command(short_help="Propose a plan: find it, audit it, write map, report and lists.")
@click.argument("scenario", required=False)
@click.option(
    "--from",
    "record",
    type=click.Path(path_type=Path),
    metavar="RUN.JSON",
    help="Repeat the run that wrote this record, or this folder, with its files and settings.",
)
@click.option(
    "--changed-inputs",
    is_flag=True,
    help="With --from: go on where a file is not what it was in that run.",
)
@click.option(
    "--warm",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="DIR",
    help="Begin from the plan and clusters of an earlier run's folder: after a small change a "
    "good plan is back in seconds.",
)
@audience
@inputs
@out_folder("Folder for the outputs.  [default: outputs/ and the scenario's name]")
@time_limit("How long to search.  [default: the scenario's]")
@click.option(
    "--seed", type=int, metavar="N", help="Start of the random numbers.  [default: the scenario's]"
)
def propose(
    *,
    scenario: str | None,
    record: Path | None,
    changed_inputs: bool,
    warm: Path | None,
    out: Path | None,
    seed: int | None,
    **options: Any,
) -> None:
    """Propose a plan: find it, audit it, and write its map, report and lists.

    SCENARIO is a file, or the name of one that comes with the program (kent, kent-benchmark,
    example); without it the built-in example county is planned. Press Ctrl-C to stop the search
    and keep the best plan so far.

    \b
    Example:
      cluster-geo propose
      cluster-geo propose kent --schools edubasealldata20250718.csv \\
          --boundary district=districts.geojson --land country.geojson
      cluster-geo propose mine.toml --set clusters.size=6:12 --set boundaries.district.rule=hard
      cluster-geo propose --from outputs/kent/run.json --out outputs/again

    A run repeated with --from gives the same files byte by byte where a limit of work ended it
    (--set solve.work=20000) on the same versions; a limit of time depends on the machine.

    Where it is proven that there is no plan, report.html and run.json say which rules clash and
    what would help, in the time that is left, and no plan is written.

    Exit codes: 0 a plan was written, 2 the input cannot be used, 3 it is proven that there is
    no plan, 4 none was found and nothing is proven (a plan that is in the folder then stays). A
    solver failure is reported with what was found and proven before it; without a plan it is 4.
    """
    from cluster_geo.compiled import warm as compilation

    # Before the rest is even imported: on the first run after an installation nothing takes longer.
    compilation.begin()

    from cluster_geo import pipeline
    from cluster_geo.cli.progress import Progress
    from cluster_geo.cli.show import show_audit, show_files, show_result, show_starts
    from cluster_geo.cli.terminal import console, wrote
    from cluster_geo.scenario import load_county

    own = {} if seed is None else {"solve.seed": seed}
    asked = _asked(scenario, record, options, own, changed_inputs=changed_inputs)
    folder = out if out is not None else OUTPUTS / asked.name
    to = console()
    with pipeline.claimed(folder):
        with Progress(console(stderr=True), asked.solve.time_limit) as progress:
            county = load_county(asked)
            pipeline.require_publishable(folder, county, asked)
            found = pipeline.seek(county, asked, warm=warm, progress=progress)
        if isinstance(found, pipeline.NoPlan):
            _explain_no_plan(found, folder)
            raise found.error()
        files = pipeline.write(found, folder)
    wrote(folder)
    show_result(to, found)
    show_audit(to, found.shown_audit)
    show_starts(to, found.published)
    show_files(to, folder, files)


def _explain_no_plan(found: NoPlan, folder: Path) -> None:
    """Write why there is no plan, and what would help, where that is known."""
    from cluster_geo import pipeline
    from cluster_geo.cli.show import show_files
    from cluster_geo.cli.terminal import console, say, wrote
    from cluster_geo.explain import explanation_text

    if found.status == "impossible":
        say(
            console(stderr=True),
            "There is no plan: looking for what clashes and what would help. Ctrl-C ends this.",
        )
    to, explanation = console(), pipeline.why_not(found)
    written = pipeline.write_why_not(found, explanation, folder)
    if written:
        wrote(folder)
    if explanation.clashes:
        say(to, explanation_text(explanation))
    if written:
        show_files(to, folder, written)
    else:
        say(to, f"The plan of an earlier run in {folder} was left as it is.")


def _asked(
    scenario: str | None,
    record: Path | None,
    options: dict[str, Any],
    own: dict[str, int],
    *,
    changed_inputs: bool,
) -> Scenario:
    """Return the scenario named, or that of the run to repeat, once its files are as they were."""
    from cluster_geo.cli.show import show_repeat
    from cluster_geo.cli.terminal import console
    from cluster_geo.scenario import read_run, read_scenario

    if record is None:
        return asked_for(lambda settings: read_scenario(scenario, settings), options, own)
    if scenario is not None:
        raise click.UsageError("Give a SCENARIO or --from, not both.")
    run = asked_for(lambda settings: read_run(record, settings), options, own)
    changed = run.changed_inputs()
    if changed and not changed_inputs:
        raise InputError(changed)
    show_repeat(console(stderr=True), run, changed)
    return run.scenario
