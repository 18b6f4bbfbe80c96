"""Rows of a table as plain Python values."""

from __future__ import annotations

from typing import Any

import pandas as pd


def rows_of(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a table's rows as JSON values: missing is None, numbers are Python's own."""
    return [
        {str(name): plain(value) for name, value in row.items()}
        for row in table.to_dict(orient="records")
    ]


def rows_by(table: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Return the rows of a table indexed by code, as JSON values."""
    return dict(zip(table.index, rows_of(table), strict=True))


def rows_by_urn(table: pd.DataFrame) -> dict[int, dict[str, Any]]:
    """Return the rows of a table indexed by URN, as JSON values, geometry left out."""
    facts = pd.DataFrame(table.drop(columns="geometry", errors="ignore"))
    return dict(zip((int(urn) for urn in facts.index), rows_of(facts), strict=True))


def plain(value: Any) -> Any:  # noqa: ANN401 - any value of a table's cell
    """Return a cell's value as Python's own, None where it is missing."""
    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value
