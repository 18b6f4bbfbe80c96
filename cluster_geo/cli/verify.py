"""`cluster-geo verify`: check what a run says of the best possible, without the search's code."""

from __future__ import annotations

from pathlib import Path

import click

from cluster_geo.cli.options import Finite
from cluster_geo.errors import Fault, InputError

# Exit code where something was left open, as for a search that proves nothing.
UNSETTLED = 4


@click.command(short_help="Check the proof in a run's folder, without the search's own code.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--file",
    "moved",
    multiple=True,
    metavar="SETTING=FILE",
    help="Where a file of the run is now, as schools.file=GIAS.csv; may be given again.",
)
@click.option(
    "--sample",
    "--hubs",
    "sample",
    type=click.IntRange(min=1),
    metavar="N",
    help="Check only so many of the claims, drawn at random.",
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    help="Draw the same claims as an earlier call; only with --sample.",
)
@click.option(
    "--time-limit",
    type=Finite(min=0.0, min_open=True),
    default=600.0,
    show_default=True,
    metavar="SECONDS",
    help="How long to try each claim.",
)
@click.option(
    "--processes",
    type=click.IntRange(min=1),
    default=2,
    show_default=True,
    help="Claims checked at the same time.",
)
def verify(
    folder: Path,
    moved: tuple[str, ...],
    sample: int | None,
    seed: int | None,
    time_limit: float,
    processes: int,
) -> None:
    """Check the proof in a run's folder, without the search's own code.

    FOLDER is the output folder of a run that wrote certificate.json.gz (the setting
    solve.certificate). The run's settings, files and plan are compared with the certificate, its
    sums are added up again in exact fractions, and every claim in it is checked by an integer
    programme of its own. What was checked is kept in the folder: after Ctrl-C, the same command
    goes on.

    \b
    Example:
      cluster-geo verify outputs/example
      cluster-geo verify outputs/kent --sample 50
      cluster-geo verify downloaded/kent --file schools.file=edubasealldata20250718.csv

    Exit codes: 0 what was asked for was checked and holds, 2 it does not hold or cannot be read,
    4 some claims could not be settled, or it was stopped.
    """
    if seed is not None and sample is None:
        raise click.UsageError("--seed is for a sample: give --sample too.")
    from cluster_geo.certificate import verify as verified
    from cluster_geo.cli.tally import Tally
    from cluster_geo.cli.terminal import console, say

    with Tally(console(stderr=True), "claims checked") as tally:
        found = verified(
            folder,
            files=_files(moved),
            sample=sample,
            seed=seed,
            seconds=time_limit,
            processes=processes,
            progress=tally,
        )
    to = console()
    for words in found.words():
        say(to, words)
    if found.unsettled or found.interrupted:
        raise click.exceptions.Exit(UNSETTLED)


def _files(moved: tuple[str, ...]) -> dict[str, object]:
    """Return the files given, by setting."""
    faults = []
    files: dict[str, object] = {}
    for text in moved:
        setting, equals, path = (part.strip() for part in text.partition("="))
        if setting and equals and path:
            files[setting] = Path(path)
            continue
        fix = "Write it as --file SETTING=FILE, such as schools.file=GIAS.csv"
        faults.append(Fault("--file", f"{text!r} names no setting and file", fix))
    if faults:
        raise InputError(faults)
    return files
