"""`cluster-geo words`: what the words of a plan mean."""

from __future__ import annotations

import click


@click.command(short_help="Say what the words of a plan and of these commands mean.")
@click.argument("word", required=False)
def words(word: str | None) -> None:
    """Say what the words of a plan and of these commands mean, or one WORD or a part of it.

    The report, the map, the workbook and the documentation give the same meanings.

    \b
    Example:
      cluster-geo words
      cluster-geo words score
    """
    from cluster_geo.cli.terminal import console, say
    from cluster_geo.errors import Fault, InputError
    from cluster_geo.glossary import WORDS, defined

    asked = (word or "").casefold()
    found = [name for name in WORDS if asked in name.casefold()]
    if not found:
        raise InputError([Fault("words", f"there is no word {word}", "Leave it out to list all")])
    for name in found:
        say(console(), defined(name))
