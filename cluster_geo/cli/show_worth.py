"""What `price` prints: a line for each rule turned, a line for each trust."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from cluster_geo.county import County
from cluster_geo.errors import OutputError
from cluster_geo.explain import Worth
from cluster_geo.export.csvfile import write_csv

HEADINGS = {
    "clusters": "clusters",
    "travel": "travel",
    "trust_pieces": "trust groups",
    "without_srp": "without an SRP",
}
FOUND = {
    "lower": "lower",
    "higher": "higher",
    "unresolved": "unresolved",
    "impossible": "no plan: proven",
    "none found": "none found in time",
}


def show_worth(to: Console, found: Worth, county: County) -> None:
    """Print the plan by the rules as they are, then what each turn changes."""
    unit = county.travel.unit
    layers = [name for name in found.figures.index if name.startswith("outside_")]
    table = Table(title="What changes when one rule is turned", title_justify="left")
    table.add_column("turn")
    for name in (*HEADINGS, *layers):
        words = HEADINGS.get(name, name.replace("_", " "))
        table.add_column(f"{words} ({unit})" if name == "travel" else words, justify="right")
    table.add_column("rest of the score", justify="right")
    table.add_column("distance", justify="right")
    table.add_column("found")
    whole = [_figure(found.figures[name]) for name in (*HEADINGS, *layers)]
    base = found.base
    distance = None if base.cost is None or base.bound is None else base.cost - base.bound
    table.add_row("rules as they are", *whole, _figure(base.cost), _figure(distance), "")
    for row in found.table.to_dict(orient="records"):
        changes = [_change(row.get(f"{name}_change")) for name in (*HEADINGS, *layers)]
        table.add_row(
            escape(str(row["words"])),
            *changes,
            _change(row.get("score_change")),
            _figure(row.get("distance")),
            FOUND.get(str(row["found"]), str(row["found"])),
        )
    to.print(table)
    to.print(
        "The rest of the score leaves out the rule that is turned. Distance is how far a plan may "
        "be from the best possible for its own rules; a change no larger is unresolved.",
        soft_wrap=True,
    )


def show_trusts(to: Console, apart: pd.DataFrame, county: County) -> None:
    """Print each trust: clusters it sits in, the fewest possible, and what one fewer would do."""
    table = Table(title="Trusts", title_justify="left")
    table.add_column("trust")
    for heading in ("schools", "clusters", "fewest possible", "score, one fewer", "distance"):
        table.add_column(heading, justify="right")
    table.add_column("found")
    for row in apart.to_dict(orient="records"):
        table.add_row(
            escape(str(row["trust"])),
            str(row["schools"]),
            str(row["clusters"]),
            str(row["fewest"]),
            _change(row["score_change"]),
            _figure(row["distance"]),
            str(row["found"]),
        )
    to.print(table)
    to.print(
        "Fewest possible: by distance and size alone, no cluster asking for a longer trip than "
        "the plan's longest. One fewer: the clusters around were solved again, the others left.",
        soft_wrap=True,
    )
    unit = county.travel.unit
    to.print(f"Scores are in {unit}-equivalents.")


def write_tables(folder: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write the tables as CSV, each whole or not at all.

    Raises
    ------
    OutputError
        Where the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, table in tables.items():
            draft = folder / f".{name}.csv.draft"
            write_csv(draft, table.round(3))
            draft.replace(folder / f"{name}.csv")
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written ({error.strerror or error}).") from error


def _figure(value: Any) -> str:
    return "" if value is None or pd.isna(value) else f"{value:,.1f}"


def _change(value: Any) -> str:
    return "" if value is None or pd.isna(value) else f"{value:+,.1f}"
