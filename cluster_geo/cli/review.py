"""`cluster-geo review`: change a plan in a meeting, on a page of this machine alone."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import Any

import click

from cluster_geo.cli.options import Finite, inputs, overrides_of
from cluster_geo.errors import ClusterGeoError

NO_TORNADO = 'A review needs Tornado. Install it with: pip install "cluster-geo[review]"'
MOST_HOURS = 24 * 366
SECONDS_AN_HOUR = 3600


@click.command(short_help="Change a plan in a meeting, judged at once and recorded.")
@click.argument("plan", metavar="FOLDER", type=click.Path(path_type=Path))
@click.option(
    "--scenario",
    metavar="SCENARIO",
    help="Scenario of the plan: a file or shipped name.  [default: that of the run in FOLDER]",
)
@inputs
@click.option(
    "--journal",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Folder of the journal, from which a review goes on.  [default: FOLDER.review beside it]",
)
@click.option("--no-browser", is_flag=True, help="Only print the address, and open no browser.")
@click.option(
    "--idle-hours",
    type=Finite(min=0, min_open=True, max=MOST_HOURS),
    metavar="HOURS",
    default=8,
    show_default=True,
    help="End after so long without anybody at the page.",
)
def review(
    plan: Path,
    scenario: str | None,
    journal: Path | None,
    no_browser: bool,
    idle_hours: float,
    **options: Any,
) -> None:
    """Change a plan in a meeting, on a page of this machine alone.

    FOLDER is an output folder, or a table with the columns urn and cluster. It is never written:
    every step goes into a journal beside it, and the same command goes on from there. Ctrl-C ends
    it.

    \b
    Example:
      cluster-geo review outputs/example
    """
    from cluster_geo.cli.terminal import console, say
    from cluster_geo.session import Session

    try:
        from cluster_geo.review.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "tornado":
            raise
        raise ClusterGeoError(NO_TORNADO) from error
    from cluster_geo.review.places import journal_for
    from cluster_geo.review.worker import Opening

    overrides = overrides_of(**options)
    book = journal_for(plan, journal)
    opening = Opening(plan, scenario, overrides)
    out = console()
    with Session.open(plan, scenario=scenario, overrides=overrides, journal=book) as session:
        for notice in session.notices:
            say(out, notice)
        if steps := len(session.lines) - 1:
            say(out, f"Resumed from {book}, which has {steps:,} entries.")

        def announce(address: str) -> None:
            say(out, f"Open this address on this machine; it works once:\n{address}")
            say(out, "Ctrl-C ends the review; nothing is lost by it.")
            if not no_browser:
                webbrowser.open(address)

        try:
            ended = serve(
                session, opening, idle_s=idle_hours * SECONDS_AN_HOUR, announce=announce
            ).why
        except KeyboardInterrupt:
            ended = "asked"
    why = f"Nobody was there for {idle_hours:g} hours. " if ended == "idle" else ""
    say(out, f"{why}The review has ended. Its journal is in {book}; the same command goes on.")
