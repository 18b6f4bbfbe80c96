"""`cluster-geo update`: an adopted plan carried to the schools of a new date."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cluster_geo.cli.options import audience, base_run, inputs, scenario_for, time_limit

if TYPE_CHECKING:
    from rich.console import Console

    from cluster_geo.studies import Update

SECONDS = 35.0
# Rows of changes that are printed; the rest are in changes.csv.
MOST_ROWS = 30


@click.command(short_help="Carry a plan to a new date: who changed, and the fewest moves.")
@click.argument("plan", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help="Folder for the outputs; written whole or not at all.",
)
@click.option(
    "--links",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="GIAS links file, so that schools that convert or amalgamate are known again.",
)
@click.option(
    "--as-at",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Planning date, such as 2026-09-01.  [default: the date of the new extract, if it has "
    "one]",
)
@click.option(
    "--more",
    type=click.IntRange(1, 100_000),
    multiple=True,
    metavar="N",
    help="Also look for a plan in which N more schools may move; may be given again.  "
    "[default: 2 and 5]",
)
@click.option(
    "--scenario",
    metavar="SCENARIO",
    help="Rules to plan by: a file or shipped name.  [default: those of the run beside PLAN]",
)
@base_run
@audience
@inputs
@time_limit("How long all searches may take together.", SECONDS)
def update(
    plan: Path,
    out: Path,
    links: Path | None,
    as_at: datetime | None,
    more: tuple[int, ...],
    scenario: str | None,
    base: Path | None,
    **options: Any,
) -> None:
    """Carry an adopted plan to a new date: what changed, and the plan that moves the fewest.

    PLAN is an output folder, or a table with the columns urn and cluster. Codes, names, colours
    and meeting places stay. As few schools move as possible; new schools go where they cost
    least. The folder is that of any plan, with changes.csv (which schools came, went, converted
    or changed), update.html (what changed and why, and what would be if nothing were done) and
    alternative_1.csv ..., plans that score less for a few more moves.

    \b
    Example:
      cluster-geo update outputs/kent --schools edubasealldata20260901.csv \\
          --links links_edubasealldata20260901.csv --out outputs/kent-2026
    """
    from cluster_geo import pipeline
    from cluster_geo.cli.progress import Progress
    from cluster_geo.cli.show import (
        show_audit,
        show_files,
        show_marking,
        show_readings,
        show_result,
        show_starts,
    )
    from cluster_geo.cli.terminal import console, wrote
    from cluster_geo.scenario import load_county
    from cluster_geo.studies import MORE, update_plan, update_settings, write_update

    def settings(given: dict[str, object]) -> dict[str, object]:
        own: dict[str, object] = {}
        if links is not None:
            own["schools.links"] = links
        if as_at is not None:
            own["schools.as_at"] = as_at.date()
        return update_settings(plan, own | given)

    pipeline.require_outside(out, pipeline.folders_of(plan))
    asked = scenario_for(plan, scenario, options, base, settings)
    with pipeline.claimed(out):
        with Progress(console(stderr=True), asked.solve.time_limit) as progress:
            with show_readings(console(stderr=True)):
                county = load_county(asked)
            pipeline.require_publishable(out, county, asked)
            found = update_plan(county, asked, more=more or MORE, progress=progress)
        if isinstance(found, pipeline.NoPlan):
            raise found.error()
        files = write_update(found, out)
    wrote(out)
    to = console()
    show_marking(to, asked)
    _show_changes(to, found)
    show_result(to, found.proposal)
    _show_nothing_done(to, found)
    _show_beside(to, found)
    show_audit(to, found.proposal.shown_audit)
    show_starts(to, found.proposal.published)
    show_files(to, out, files)


def _show_changes(to: Console, found: Update) -> None:
    from rich.table import Table

    from cluster_geo.cli.terminal import escape, say
    from cluster_geo.studies.update_folder import readable

    table = Table(title="Schools that changed", title_justify="left")
    for heading in ("URN", "school", "what happened", "before", "now"):
        table.add_column(heading)
    for row in readable(found.changes).head(MOST_ROWS).to_dict(orient="records"):
        cells = (str(row[key]) for key in ("urn", "name", "change", "before", "after"))
        table.add_row(*map(escape, cells))
    if len(found.changes):
        to.print(table)
    else:
        say(to, "No school has come, gone or changed.")
    if len(found.changes) > MOST_ROWS:
        say(to, f"{len(found.changes) - MOST_ROWS:,} more are in changes.csv.")


def _show_nothing_done(to: Console, found: Update) -> None:
    from cluster_geo.cli.terminal import say

    audit = found.as_it_is.shown_audit
    if not audit.broken:
        say(to, f"If nothing were done: every requirement is met; the score is {audit.cost:,.1f}.")
    for sentence in audit.broken:
        say(to, f"If nothing were done: {sentence}")


def _show_beside(to: Console, found: Update) -> None:
    from cluster_geo.cli.terminal import say
    from cluster_geo.phrases import counted
    from cluster_geo.studies.update_folder import list_of

    cost = found.main.score
    for number, one in enumerate(found.alternatives, start=1):
        moves = counted(one.moved, "school")
        change = one.score - cost
        say(to, f"{list_of(number)}: {moves} would move, and the score changes by {change:+,.1f}.")
    if not found.alternatives:
        say(to, "No better plan was found that moves a few more schools.")
