"""`cluster-geo requests`: which requests are open, which overdue, and what was decided."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click


@click.command(short_help="List the requests that are open and overdue, and what was decided.")
@click.argument("source", metavar="PLAN_OR_FILE", type=click.Path(path_type=Path))
@click.option(
    "--as-at",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Count as overdue what was due before this day.  [default: today]",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a page of all requests here, one HTML file.",
)
@click.option(
    "--audience",
    type=click.Choice(["public", "internal"]),
    default="internal",
    show_default=True,
    help="For whom: internal shows every request and is marked OFFICIAL-SENSITIVE, public shows "
    "what is decided and counts the rest.",
)
def requests(source: Path, as_at: datetime | None, out: Path | None, audience: str) -> None:
    """List the requests that are open, those that are overdue, and what was decided.

    PLAN_OR_FILE is an output folder, or a list of decisions (CSV). Of a folder the list is the
    one that its scenario names, as it is now; without one, the decisions.csv in the folder. Nothing
    is solved, and without --out nothing is written.

    \b
    Example:
      cluster-geo requests decisions.csv
      cluster-geo requests outputs/kent --as-at 2026-09-01 --out requests.html
    """
    from cluster_geo.cli.show import show_readings
    from cluster_geo.cli.show_requests import show_requests
    from cluster_geo.cli.terminal import console, say, wrote
    from cluster_geo.verbs.requests import requests_in, write_requests

    day = (as_at or datetime.now()).date()  # noqa: DTZ005 - the day where the planner is
    with show_readings(console(stderr=True)):
        found = requests_in(source, day, audience="public" if audience == "public" else "internal")
    if out is not None:
        write_requests(found, out)
        wrote(out)
    to = console()
    show_requests(to, found)
    if out is not None:
        say(to, f"Written: {out}")
