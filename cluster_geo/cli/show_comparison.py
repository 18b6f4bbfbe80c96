"""What `cluster-geo compare` prints."""

from __future__ import annotations

import math

import pandas as pd
from rich.console import Console
from rich.table import Table

from cluster_geo.cli.terminal import escape
from cluster_geo.compare import Comparison, Side, comparison_sentences, decimals_of, measure_titles
from cluster_geo.phrases import counted
from cluster_geo.rounding import change

# What a plan breaks is listed up to this number, then counted.
MOST_BROKEN = 8


def show_comparison(to: Console, comparison: Comparison) -> None:
    """Print a comparison: in short, then who moves, and what changes."""
    for sentence in comparison_sentences(comparison):
        to.print(escape(sentence), soft_wrap=True)
    if len(comparison.moves):
        _show_moves(to, comparison)
        _show_clusters(to, comparison)
    _show_rules(to, comparison)
    _show_measures(to, comparison)
    _show_trusts(to, comparison)
    for side in (comparison.before, comparison.after):
        _show_broken(to, side)
        if side.names is not None:
            show_names(to, side.title, side.names)


def _table(title: str, *headings: str, figures: tuple[str, ...] = ()) -> Table:
    table = Table(title=title, title_justify="left")
    for heading in headings:
        table.add_column(heading)
    for heading in figures:
        table.add_column(heading, justify="right")
    return table


def _show_moves(to: Console, comparison: Comparison) -> None:
    table = _table("Schools that move", "URN", "school", "from", "to", figures=("pupils",))
    for urn, row in comparison.moves.iterrows():
        pupils = "" if math.isnan(row["pupils"]) else f"{row['pupils']:,.0f}"
        ends = [_called(row[f"{end}_name"], row[f"{end}_cluster"]) for end in ("from", "to")]
        table.add_row(str(urn), escape(str(row["name"])), *ends, pupils)
    to.print(table)


def _called(name: str, code: str) -> str:
    if not code:
        return "in no cluster"
    return escape(name if name == code else f"{name} ({code})")


def _show_clusters(to: Console, comparison: Comparison) -> None:
    table = _table(
        "Clusters that change", "cluster", "in the second plan", "change",
        figures=("stay", "leave", "join"),
    )  # fmt: skip
    changed = comparison.clusters[comparison.clusters["change"] != "unchanged"]
    for code, row in changed.iterrows():
        own = row["name_after"] or row["code_after"]
        counts = [str(row[name]) for name in ("stay", "leave", "join")]
        after = _called(own, row["code_after"]) if own else ""
        table.add_row(_called(row["name"], str(code)), after, row["change"], *counts)
    to.print(table)


def _show_rules(to: Console, comparison: Comparison) -> None:
    table = _table(
        f"Rules{_over(comparison)}", "rule", "first", "second", figures=("score", "then", "change")
    )
    for rule, row in comparison.rules.iterrows():
        kept = [_verdict(row, when) for when in ("before", "after")]
        scores = [_figure(row[f"price_{when}"], 1) for when in ("before", "after")]
        table.add_row(
            escape(str(rule)), *kept, *scores, _change(row["price_before"], row["price_after"], 1)
        )
    to.print(table)


def _over(comparison: Comparison) -> str:
    """Return which schools the scores and measures are of, where they are not all."""
    return " (scores and measures: schools of both plans)" if any(comparison.only) else ""


def _verdict(row: pd.Series, when: str) -> str:
    if row[f"kept_{when}"]:
        return "kept"
    clusters = int(row[f"clusters_{when}"])
    return f"BROKEN in {counted(clusters, 'cluster')}" if clusters else "BROKEN"


def _show_measures(to: Console, comparison: Comparison) -> None:
    titles = measure_titles(comparison.county.travel.unit)
    table = _table(f"Measures{_over(comparison)}", "measure", figures=("first", "second", "change"))
    for name, row in comparison.measures.iterrows():
        decimals = decimals_of(str(name))
        sides = [_figure(row[when], decimals) for when in ("before", "after")]
        table.add_row(titles[str(name)], *sides, _change(row["before"], row["after"], decimals))
    to.print(table)


def _figure(value: float, decimals: int) -> str:
    return "" if math.isnan(value) else f"{value:,.{decimals}f}"


def _change(before: float, after: float, decimals: int) -> str:
    difference = change(before, after, decimals)
    return f"{difference:+,.{decimals}f}" if difference and not math.isnan(difference) else ""


def _show_trusts(to: Console, comparison: Comparison) -> None:
    if comparison.trusts.empty:
        return
    table = _table(
        "Trusts with a school that moves", "trust",
        figures=("schools", "move", "clusters", "then"),
    )  # fmt: skip
    for row in comparison.trusts.to_dict(orient="records"):
        figures = [row[name] for name in ("schools", "moving", "clusters_before", "clusters_after")]
        table.add_row(escape(row["trust"]), *map(str, figures))
    to.print(table)


def _show_broken(to: Console, side: Side) -> None:
    sentences = side.audit.broken
    for sentence in sentences[:MOST_BROKEN]:
        to.print(escape(f"broken in {side.title}: {sentence}"), soft_wrap=True)
    if len(sentences) > MOST_BROKEN:
        more = len(sentences) - MOST_BROKEN
        to.print(escape(f"broken in {side.title}: {more} more; `cluster-geo audit` lists them all"))


def show_names(to: Console, title: str, names: pd.DataFrame) -> None:
    """Print the rows of a published list that a person should look at."""
    unsure = names[names["note"] != ""]
    if unsure.empty:
        return
    table = _table(f"Names to check in {escape(title)}", "row", "in the list", "taken for", "note")
    for line, row in unsure.iterrows():
        taken = f"{row['matched']} ({row['urn']})" if row["matched"] else ""
        note = f"{row['how']}: {row['note']}"
        table.add_row(str(line), escape(row["school"]), escape(taken), escape(note))
    to.print(table)
