"""What `price` prints: a line for each rule turned, a line for each trust."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table

from cluster_geo.cli.terminal import escape
from cluster_geo.county import County
from cluster_geo.explain import Worth
from cluster_geo.explain.worth import NO_DIFFERENCE

HEADINGS = {
    "clusters": "clusters",
    "travel": "travel",
    "trust_pieces": "clusters of trusts in all",
    "without_srp": "clusters without an SRP",
}
FOUND = {
    "lower": "lower",
    "higher": "higher",
    "no difference": "proven: no difference",
    "unresolved": "unresolved",
    "impossible": "no plan: proven",
    "none found": "none found in time",
}


def show_worth(to: Console, found: Worth, county: County) -> None:
    """Print the plan by the rules as they are, then a line for what each turn changes."""
    unit, base = county.travel.unit, found.base
    words = HEADINGS | {
        name: f"schools outside their main {name.removeprefix('outside_')}"
        for name in found.figures.index
        if name.startswith("outside_")
    }
    figures = ", ".join(f"{said} {found.figures[name]:,.0f}" for name, said in words.items())
    _line(to, f"The rules as they are: {figures}; score {_figure(base.cost)} {unit}-equivalents.")
    if base.cost is not None and base.bound is not None:
        _line(to, f"Its distance from the best possible is {base.cost - base.bound:,.1f}.")
    _line(to, "")
    for row in found.table.to_dict(orient="records"):
        _line(to, f"{row['words']}: {_of_turn(row, words)}")
    _line(to, "")
    _line(
        to,
        "The rest of the score leaves out the rule that is turned. Between is where the change "
        "from best plan to best plan must lie, by what is proven of both; it is unresolved where "
        "both a rise and a fall, or none, are between. No difference: less than "
        f"{NO_DIFFERENCE:.2%} of the score.",
    )


def _of_turn(row: Mapping[Hashable, Any], words: Mapping[str, str]) -> str:
    """Say what one turn changes, and whether the change is more than is not known."""
    found = FOUND.get(str(row["found"]), str(row["found"]))
    if pd.isna(row.get("score_change")):
        return found
    changes = [
        f"{said} {row[f'{name}_change']:+,.1f}"
        if name == "travel"
        else f"{said} {row[f'{name}_change']:+,.0f}"
        for name, said in words.items()
        if round(row[f"{name}_change"], 1)
    ]
    told = ", ".join(changes) or "nothing changes"
    rest = f"rest of the score {_change(row['score_change'])}"
    return f"{told}; {rest} ({found}{_between(row)})"


def _between(row: Mapping[Hashable, Any]) -> str:
    """Say between what a change lies, where both ends are known."""
    least, most = _change(row.get("change_least")), _change(row.get("change_most"))
    return f": between {least} and {most}" if least and most else ""


def _line(to: Console, text: str) -> None:
    to.print(text, markup=False, soft_wrap=True)


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


def _figure(value: Any) -> str:
    return "" if value is None or pd.isna(value) else f"{value:,.1f}"


def _change(value: Any) -> str:
    # Nought is added to what is rounded, so that no nought has a minus.
    return "" if value is None or pd.isna(value) else f"{round(value, 1) + 0.0:+,.1f}"
