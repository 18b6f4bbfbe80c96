"""`cluster-geo history`: the versions of a plan through the years."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cluster_geo.cli.options import out_folder

if TYPE_CHECKING:
    from rich.console import Console

    from cluster_geo.report.versions import Row
    from cluster_geo.versions import Lineage, Version


@click.command(short_help="List the versions of a plan: which replaced which, and why.")
@click.argument(
    "folders",
    metavar="FOLDER...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
)
@out_folder("Folder for history.html and its tables; written whole or not at all.")
def history(folders: tuple[Path, ...], out: Path | None) -> None:
    """List the versions of a plan: which replaced which, since when, why, and what was corrected.

    FOLDER is an output folder, or a folder of output folders. Which version replaces which follows
    from their records alone: no input file is read. What does not fit is listed, such as two
    versions in effect on one day, or an adopted plan whose pages do not say that it was replaced.

    \b
    Example:
      cluster-geo history plans
      cluster-geo history outputs/kent outputs/kent-2026 --out plans/history
    """
    from cluster_geo.cli.show import show_files, show_readings
    from cluster_geo.cli.terminal import console, wrote
    from cluster_geo.export.versions import require_history_folder, write_history
    from cluster_geo.pipeline import require_outside
    from cluster_geo.verbs import judging

    if out is not None:
        require_history_folder(out)
    with show_readings(console(stderr=True)):
        lineage = judging.history(*folders)
    if out is not None:
        require_outside(out, [version.folder for version in lineage.versions])
    to = console()
    _show(to, lineage)
    if out is not None:
        files = write_history(out, lineage)
        wrote(out)
        show_files(to, out, files)


def _show(to: Console, lineage: Lineage) -> None:
    from rich.table import Table

    from cluster_geo.cli.terminal import escape, say
    from cluster_geo.report.versions import edition_of_lineage, version_row

    edition = edition_of_lineage(lineage)
    if edition.marking:
        say(to, edition.marking)
    table = Table(title=escape(edition.title), title_justify="left")
    for heading in ("version", "status", "in effect"):
        table.add_column(heading)
    for heading in ("schools", "clusters", "moved"):
        table.add_column(heading, justify="right")
    rows = [version_row(lineage, place) for place in range(len(lineage))]
    for row in rows:
        words = (row.called.removeprefix("version "), row.status, row.in_effect or "no dates given")
        moved = "" if row.moved is None else f"{row.moved:,}"
        table.add_row(*map(escape, words), f"{row.schools:,}", f"{row.clusters:,}", moved)
    to.print(table)
    for row, version in zip(rows, lineage.versions, strict=True):
        for sentence in _sentences(row, version):
            say(to, sentence)
    for doubt in lineage.doubts:
        say(to, f"Please check: {doubt}")


def _sentences(row: Row, version: Version) -> Iterator[str]:
    """Yield what a version replaces and why, who decided, who knows of it, what it corrects."""
    from cluster_geo.publish.edition import date_text

    name = row.at_head
    why = f" Why: {row.reason}" if row.reason else ""
    if row.replaces:
        yield f"{name} replaces {row.replaces}.{why}"
    elif why:
        yield f"{name}.{why}"
    if row.decision:
        yield f"{name}: decision {row.decision}."
    if row.informed:
        yield f"{name}: informed were {row.informed}."
    for one in version.corrections:
        since = date_text(one["since"])
        yield (
            f"{name} corrects {one['figure']}: published since {since} was {one['published']}, "
            f"correct is {one['correct']}. Why: {one['reason']}"
        )
