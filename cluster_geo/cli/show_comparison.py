"""What `cluster-geo compare` prints."""

from __future__ import annotations

import math

import pandas as pd
from rich.console import Console
from rich.table import Table

from cluster_geo.cli.terminal import escape, say
from cluster_geo.compare import Comparison, Side, comparison_sentences, decimals_of, measure_titles
from cluster_geo.compare.moves import MOVES
from cluster_geo.phrases import counted, trust_name
from cluster_geo.rounding import change

# What a plan breaks, and the rows of a table, are listed up to these numbers, then counted.
MOST_BROKEN = 8
MOST_ROWS = 12
# What is cut says where the rest is.
REST = "--all prints them, and --out DIR writes every table"


def show_comparison(to: Console, comparison: Comparison, *, every: bool = False) -> None:
    """Print a comparison: in short, then who moves, and what changes.

    Parameters
    ----------
    to : Console
    comparison : Comparison
    every : bool
        Whether to print every row of every table, not the first few.
    """
    most = None if every else MOST_ROWS
    for sentence in comparison_sentences(comparison):
        say(to, sentence)
    moved = comparison.moves["change"] == MOVES
    _show_moves(to, comparison.moves[moved], most)
    _show_alone(to, comparison.moves[~moved], most)
    if len(comparison.moves):
        _show_clusters(to, comparison, most)
    _show_rules(to, comparison)
    _show_measures(to, comparison)
    _show_trusts(to, comparison, most)
    for side in (comparison.before, comparison.after):
        _show_broken(to, side, None if every else MOST_BROKEN)
        if side.names is not None:
            show_names(to, side.title, side.names)


def _table(title: str, *headings: str, figures: tuple[str, ...] = ()) -> Table:
    table = Table(title=title, title_justify="left")
    for heading in headings:
        table.add_column(heading)
    for heading in figures:
        table.add_column(heading, justify="right")
    return table


def _show_moves(to: Console, moves: pd.DataFrame, most: int | None) -> None:
    """Print the schools that are in both plans, in other clusters."""
    if moves.empty:
        return
    table = _table("Schools that move", "URN", "school", "from", "to", figures=("pupils",))
    for urn, row in moves.head(most or len(moves)).iterrows():
        ends = [_called(row[f"{end}_name"], row[f"{end}_cluster"]) for end in ("from", "to")]
        table.add_row(str(urn), escape(str(row["name"])), *ends, _pupils(row["pupils"]))
    to.print(table)
    _show_rest(to, len(moves), most, "more move")


def _show_alone(to: Console, alone: pd.DataFrame, most: int | None) -> None:
    """Print the schools that one of the plans does not have: they have not moved."""
    if alone.empty:
        return
    table = _table("Schools in one plan alone", "URN", "school", "where", "cluster")
    for urn, row in alone.head(most or len(alone)).iterrows():
        end = "from" if row["from_cluster"] else "to"
        called = _called(row[f"{end}_name"], row[f"{end}_cluster"])
        table.add_row(str(urn), escape(str(row["name"])), row["change"], called)
    to.print(table)
    _show_rest(to, len(alone), most, "more are in one plan alone")


def _show_rest(to: Console, rows: int, most: int | None, what: str) -> None:
    if most is not None and rows > most:
        say(to, f"{rows - most} {what}: {REST}.")


def _pupils(number: float) -> str:
    return "" if math.isnan(number) else f"{number:,.0f}"


def _called(name: str, code: str) -> str:
    if not code:
        return "in no cluster"
    return escape(name if name == code else f"{name} ({code})")


def _show_clusters(to: Console, comparison: Comparison, most: int | None) -> None:
    """Print the clusters that change, by the first plan's codes; the second plan's stand apart."""
    table = _table(
        "Clusters that change", "cluster", "called there", "change",
        figures=("stay", "leave", "join"),
    )  # fmt: skip
    changed = comparison.clusters[comparison.clusters["change"] != "unchanged"]
    for code, row in changed.head(most or len(changed)).iterrows():
        own = row["name_after"] or row["code_after"]
        counts = [str(row[name]) for name in ("stay", "leave", "join")]
        # A code of the second plan may be that of another cluster in the first: it is said so.
        same = row["code_after"] == code
        after = "" if not own or same else f"second plan's {_called(own, row['code_after'])}"
        table.add_row(_called(row["name"], str(code)), after, row["change"], *counts)
    to.print(table)
    _show_rest(to, len(changed), most, "more change")


def _show_rules(to: Console, comparison: Comparison) -> None:
    table = _table(
        f"Rules{_over(comparison)}", "rule", "first", "second", figures=("score", "then", "change")
    )
    titles = {**comparison.after.audit.titles, **comparison.before.audit.titles}
    for rule, row in comparison.rules.iterrows():
        kept = [_verdict(row, when) for when in ("before", "after")]
        scores = [_figure(row[f"price_{when}"], 1) for when in ("before", "after")]
        moved = _change(row["price_before"], row["price_after"], 1)
        table.add_row(escape(titles[str(rule)]), *kept, *scores, moved)
    to.print(table)


def _over(comparison: Comparison) -> str:
    """Return which schools the scores and measures are of, where they are not all."""
    return " (scores and measures: schools of both plans)" if any(comparison.only) else ""


def _verdict(row: pd.Series, when: str) -> str:
    if row[f"kept_{when}"]:
        return "met" if row["kind"] == "hard" else ""
    clusters = int(row[f"clusters_{when}"])
    return f"BROKEN in {counted(clusters, 'cluster')}" if clusters else "BROKEN"


def _show_measures(to: Console, comparison: Comparison) -> None:
    titles = measure_titles(comparison.county.travel.unit, comparison.county.schools.own)
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


def _show_trusts(to: Console, comparison: Comparison, most: int | None) -> None:
    if comparison.trusts.empty:
        return
    table = _table(
        "Trusts with a school that moves", "trust",
        figures=("schools", "move", "clusters", "then"),
    )  # fmt: skip
    shown = comparison.trusts.head(most or len(comparison.trusts))
    for row in shown.to_dict(orient="records"):
        figures = [row[name] for name in ("schools", "moving", "clusters_before", "clusters_after")]
        table.add_row(escape(trust_name(row["trust"])), *map(str, figures))
    to.print(table)
    _show_rest(to, len(comparison.trusts), most, "more have a school that moves")


def _show_broken(to: Console, side: Side, most: int | None) -> None:
    sentences = side.audit.broken
    for sentence in sentences[:most]:
        say(to, f"broken in {side.title}: {sentence}")
    if most is not None and len(sentences) > most:
        say(to, f"broken in {side.title}: {len(sentences) - most:,} more; --all lists them")


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
