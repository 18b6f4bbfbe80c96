"""The command that measures: ``python -m tests.benchmarks --help``."""

from __future__ import annotations

from pathlib import Path

import click

from cluster_geo.cli.options import overrides_of
from cluster_geo.errors import ClusterGeoError
from cluster_geo.example.files import SCHOOLS, write_example
from tests.benchmarks.environment import make_environment, peers_python
from tests.benchmarks.figure import write_figure
from tests.benchmarks.machine import circumstances
from tests.benchmarks.parts import PARTS, Asked
from tests.benchmarks.problem import Problem
from tests.benchmarks.tables import columns_of, write_tables
from tests.benchmarks.trial import Bench, Trial

RESULTS = Path(__file__).with_name("results")
# The smoke run: one district of the built-in example, a moment for each method.
SMOKE = {"schools.districts": ["Alderwold"], "clusters.count": "4"}
SMOKE_SECONDS, SECONDS = 2.0, 180.0
# What is said of each trial on the terminal.
SAID = ("problem", "method", "status", "cost", "gap", "breaking a hard rule", "seconds", "note")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--schools", type=FILE, help="GIAS extract of the county.")
@click.option("--authority", default="Kent", show_default=True, help="The county.")
@click.option("--clusters", type=int, help="Number of clusters.  [default: 53, Kent's]")
@click.option(
    "--boundary", multiple=True, metavar="LAYER=FILE", help="A further layer, priced in a variant."
)
@click.option(
    "--beyond", multiple=True, metavar="NAME", help="Authority added for the largest area."
)
@click.option(
    "--part", multiple=True, type=click.Choice(list(PARTS)), help="Only this; may be given again."
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True),
    help=f"For each method that can use them.  [default: {SECONDS:g}]",
)
@click.option("--seed", default=1, show_default=True)
@click.option("--peers/--no-peers", default=True, help="Make the peers' environment and try them.")
@click.option("--smoke", is_flag=True, help="A moment on the built-in example; installs nothing.")
@click.option(
    "--out", type=click.Path(path_type=Path), default=RESULTS, help="Folder of the results."
)
def main(*, schools, authority, clusters, boundary, beyond, part, seconds, seed, peers, smoke, out):
    """Measure this project's optimiser and its peers side by side.

    Example: python -m tests.benchmarks --schools edubasealldata20250718.csv --beyond Medway
    """
    out = out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    if smoke:
        file, authority = write_example(out / "example") / SCHOOLS, "Merrowshire"
        settings, part = dict(SMOKE), part or ("methods",)
        python = peers_python() if peers else None
    elif schools is None:
        raise click.UsageError("Give a GIAS extract with --schools FILE, or --smoke.")
    else:
        file, settings = schools, _settings(boundary)
        python = make_environment() if peers else None
    settings |= {"schools.file": str(file.resolve()), "schools.authorities": [authority]}
    if clusters:
        settings["clusters.count"] = str(clusters)
    layers = tuple(text.partition("=")[0] for text in boundary if not text.startswith("district="))
    seconds = seconds or (SMOKE_SECONDS if smoke else SECONDS)
    asked = Asked(Problem(authority, settings), seconds, beyond, layers)
    # A smoke run finds compiled what the tests have compiled already.
    bench = Bench(seed, python, None if smoke else out / "compiled")
    measure(bench, asked, part or tuple(PARTS), out)


def measure(bench: Bench, asked: Asked, parts: tuple[str, ...], out: Path) -> list[Trial]:
    """Run the parts one trial after the other, and write what is known after each."""
    head = circumstances(bench.seed, asked.seconds)
    trials: list[Trial] = []
    if bench.compiled is not None and not bench.compiled.exists() and "cold start" not in parts:
        click.echo("Compiling, so that no trial pays for it")
        list(PARTS["cold start"](bench, asked))
    for part in PARTS:
        for trial in PARTS[part](bench, asked) if part in parts else ():
            trials.append(trial)
            write_tables(out, head, trials)
            cells = columns_of(trial, None)
            click.echo("  ".join([part, *(cells[key] for key in SAID)]))
    write_figure(out / "results.png", trials)
    click.echo(f"Written to {out}")
    return trials


def _settings(boundaries: tuple[str, ...]) -> dict[str, object]:
    """Return the settings of the layers, as values a child process can read from JSON."""
    try:
        found = overrides_of(boundaries=boundaries)
    except ClusterGeoError as error:
        raise click.UsageError(str(error)) from error
    return {
        key: str(Path(str(v)).resolve()) if key.endswith(".file") else v for key, v in found.items()
    }


if __name__ == "__main__":
    main()
