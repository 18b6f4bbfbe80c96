"""`cluster-geo pdf`: print the report of an output folder."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(short_help="Print a run's report as a tagged PDF, where there is a Chromium.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The PDF.  [default: report.pdf in FOLDER]",
)
def pdf(folder: Path, out: Path | None) -> None:
    """Print the report of an output folder as a tagged PDF, with an atlas page for each cluster.

    It is printed by Chromium, Chrome or Edge; where this machine has none of them, a message says
    so and nothing is written. The report is the one that the run wrote, with all that it says of
    how sure the plan is.

    \b
    Example:
      cluster-geo pdf outputs/example
    """
    from cluster_geo.cli.terminal import console, say
    from cluster_geo.export.pdf import NO_BROWSER, find_browser, print_pdf

    browser = find_browser()
    if browser is None:
        say(console(stderr=True), NO_BROWSER)
        return
    target = out if out is not None else folder / "report.pdf"
    say(console(), f"Written: {print_pdf(folder / 'report.html', target, browser)}")
