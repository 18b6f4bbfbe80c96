"""What `provision` prints: the best choices, what each buys, and what the next one is worth."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from cluster_geo.cli.terminal import escape, say
from cluster_geo.phrases import MOST_NAMED
from cluster_geo.provision import Provision
from cluster_geo.provision.words import (
    certainty_words,
    effect_words,
    outcome_words,
    score_words,
    step_rows,
    taken_words,
    title_words,
)
from cluster_geo.report.amounts import signed
from cluster_geo.rounding import up


def show_provision(to: Console, found: Provision) -> None:
    """Print an answer to a question of provision."""
    say(to, f"{title_words(found.question)}.")
    for words in found.words:
        say(to, f"  - {words}")
    say(to, score_words(found))
    say(to, "")
    say(to, f"Today: {outcome_words(found, found.today, MOST_NAMED)} Score {up(found.today.cost)}.")
    for rank, choice in enumerate(found.choices, start=1):
        say(to, "")
        say(to, f"{'The best choice' if rank == 1 else f'Ranked {rank}'}:")
        for taken in choice.sites:
            say(to, f"  - {taken_words(found, taken)}")
        if not choice.sites:
            say(to, "  - nothing: no measure would lower the score")
        say(to, outcome_words(found, choice))
        for words in effect_words(found, choice):
            say(to, words)
        change = signed(choice.cost - found.today.cost)
        say(to, f"Score {up(choice.cost)} ({change}). {certainty_words(found, choice)}")
    say(to, "")
    _show_curve(to, found)
    if found.spare is not None:
        _show_spare(to, found)


def _show_curve(to: Console, found: Provision) -> None:
    table = Table(title="What the next one is worth", title_justify="left")
    for heading in ("measures", "score", "pupils without a place", "the last one is worth"):
        table.add_column(heading, justify="right")
    for row in step_rows(found.curve):
        table.add_row(*row.values())
    to.print(table)


def _show_spare(to: Console, found: Provision) -> None:
    table = Table(title="Provisions with spare places", title_justify="left")
    table.add_column("school")
    table.add_column("needs")
    for heading in ("places", "on roll", "spare"):
        table.add_column(heading, justify="right")
    table.add_column("worth most for")
    table.add_column("worth", justify="right")
    for one in found.spare or ():
        table.add_row(
            escape(f"{one.name} ({one.urn})"),
            escape(", ".join(one.needs)),
            f"{one.places:g}",
            f"{one.on_roll:g}",
            f"{one.spare:g}",
            one.for_need or "none",
            f"{one.worth:,.1f}" if one.for_need else "",
        )
    to.print(table)
