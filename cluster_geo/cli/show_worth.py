"""What `price` prints: a line for each rule turned, a line for each trust."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table

from cluster_geo.cli.terminal import escape, say
from cluster_geo.explain import Worth
from cluster_geo.glossary import defined
from cluster_geo.optimise.certainty import distance, failed
from cluster_geo.phrases import trust_name
from cluster_geo.report.worth import NOT_SHARP, changes_of, found_words, headings_of
from cluster_geo.rounding import outwards, up


def show_worth(to: Console, found: Worth) -> None:
    """Print the plan by the rules as they are, then a line for what each turn changes."""
    base = found.base
    words = headings_of(found.figures)
    figures = ", ".join(f"{label} {found.figures[name]:,.0f}" for name, label in words.items())
    _line(to, f"The rules as they are: {figures}; score {_figure(base.cost)}.")
    far = distance(base.cost, base.bound)
    known = "is not known" if far is None else f"is at most {far}"
    _line(to, f"Its distance from the best possible {known}.")
    _line(to, "")
    for row in found.table.to_dict(orient="records"):
        _line(to, f"{row['words']}: {_of_turn(row, words)}")
    _line(to, "")
    _line(
        to,
        "The rest of the score leaves out the rule that is changed. 'Between' gives the proven "
        "limits of its change: from the best plan that gives up no more of that rule than the plan "
        "above, to the best plan with the rule changed. 'No difference' means less than "
        f"{NOT_SHARP} of the score. {defined('Unresolved')}",
    )
    failures = [base.failure, *found.table.get("failure", ())]
    for failure in dict.fromkeys(filter(None, failures)):
        _line(to, failed(failure, "searches"))


def _of_turn(row: Mapping[Hashable, Any], words: Mapping[str, str]) -> str:
    """Say what one turn changes, and whether the change is more than is not known."""
    found = found_words(row)
    if pd.isna(row.get("score_change")):
        return found
    changed = changes_of(row, words)
    rest = f"rest of the score {_change(row['score_change'])}"
    return f"{changed}; {rest} ({found}{_between(row)})"


def _between(row: Mapping[Hashable, Any]) -> str:
    """Say between what a change lies, where both ends are known."""
    least, most = row.get("change_least"), row.get("change_most")
    if pd.isna(least) or pd.isna(most):
        return ""
    # Rounded outwards: what is printed may be less sharp than what is proven, never sharper.
    lower, upper = outwards(least, most)
    return f": between {lower} and {upper}"


def _line(to: Console, text: str) -> None:
    say(to, text)


def show_trusts(to: Console, apart: pd.DataFrame) -> None:
    """Print each trust: clusters it sits in, how few it could, and what one fewer would do."""
    table = Table(title="Trusts", title_justify="left")
    table.add_column("trust")
    for heading in ("schools", "clusters", "at least", "score, one fewer", "distance"):
        table.add_column(heading, justify="right")
    table.add_column("found")
    for row in apart.to_dict(orient="records"):
        table.add_row(
            escape(trust_name(str(row["trust"]))),
            str(row["schools"]),
            str(row["clusters"]),
            str(row["fewest"]),
            _change(row["score_change"]),
            "" if pd.isna(row["distance"]) else up(row["distance"]),
            str(row["found"]),
        )
    to.print(table)
    say(
        to,
        "At least: the fewest clusters that the trust can be in, by distance and size alone, with "
        "no trip longer than the plan's longest. One fewer: nearby clusters were solved again and "
        "the others kept; the score may be lower by the distance at most.",
    )
    for failure in dict.fromkeys(filter(None, apart["failure"])):
        say(to, failed(failure, "searches"))


def _figure(value: Any) -> str:
    return "" if value is None or pd.isna(value) else f"{value:,.1f}"


def _change(value: Any) -> str:
    # Adding zero to the rounded value removes the minus from a zero.
    return "" if value is None or pd.isna(value) else f"{round(value, 1) + 0.0:+,.1f}"
