"""Cards that show an object in a notebook: a title, a few facts and perhaps a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

import pandas as pd

MOST_ROWS = 60

_BOX = "border-left:4px solid #16283c;padding:4px 14px;margin:6px 0;max-width:960px"
_CELL = "text-align:left;padding:1px 14px 1px 0;border:0;background:none"


def card(title: str, facts: Mapping[str, object], *tables: pd.DataFrame) -> str:
    """Return an HTML card; every text in it is escaped.

    Parameters
    ----------
    title : str
    facts : mapping of str to object
        None is left out; numbers have thousands separators.
    tables : DataFrame
        Shown below the facts, at most `MOST_ROWS` rows of each.
    """
    rows = "".join(
        f'<tr><th style="{_CELL}">{escape(name)}</th><td style="{_CELL}">{as_text(value)}</td></tr>'
        for name, value in facts.items()
        if value is not None
    )
    below = "".join(_table(table) for table in tables)
    head = f"<strong>{escape(title)}</strong>"
    return f'<div style="{_BOX}">{head}<table style="border:0">{rows}</table>{below}</div>'


def as_text(value: object) -> str:
    """Return a value as text for a reader, escaped."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.1f}"
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, Iterable):
        return "<br>".join(as_text(part) for part in value)
    return escape(str(value))


def _table(table: pd.DataFrame) -> str:
    head = table.head(MOST_ROWS)
    html = str(head.to_html(float_format=lambda value: f"{value:,.1f}", na_rep="", border=0))
    left = len(table) - len(head)
    return html + (f"<p>and {left:,} more rows</p>" if left else "")
