"""`cluster-geo scenario`: print a scenario file to start from."""

from __future__ import annotations

import click


@click.command(short_help="Print a scenario file to start from.")
@click.argument("name", required=False)
def scenario(name: str | None) -> None:
    """Print a scenario file to start from, every setting with its unit and meaning.

    With NAME, print a scenario that comes with the program: kent, kent-benchmark or example.

    \b
    Example:
      cluster-geo scenario > mine.toml
      cluster-geo scenario kent
    """
    from cluster_geo.scenario import scenario_text, template

    click.echo(template() if name is None else scenario_text(name), nl=False)
