"""Rows of a table as plain Python values."""

from __future__ import annotations

from typing import Any

import pandas as pd


def rows_of(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a table's rows as JSON values: missing is None, numbers are Python's own."""
    names = [str(name) for name in table.columns]
    columns = [_values(table.iloc[:, place]) for place in range(len(names))]
    if not columns:
        return [{} for _ in range(len(table))]
    return [dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True)]


def rows_by(table: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Return the rows of a table indexed by code, as JSON values."""
    return dict(zip(table.index, rows_of(table), strict=True))


def rows_by_urn(table: pd.DataFrame) -> dict[int, dict[str, Any]]:
    """Return the rows of a table indexed by URN, as JSON values, geometry left out."""
    facts = pd.DataFrame(table.drop(columns="geometry", errors="ignore"))
    return dict(zip((int(urn) for urn in facts.index), rows_of(facts), strict=True))


def _values(column: pd.Series) -> list[Any]:
    """Return a column's cells as `plain` does, of which one at a time would take far longer."""
    values, known = column.tolist(), column.notna().tolist()
    if column.dtype == object:
        return [plain(value) for value in values]
    return [value if there else None for value, there in zip(values, known, strict=True)]


def plain(value: Any) -> Any:  # noqa: ANN401 - any value of a table's cell
    """Return a cell's value as Python's own, None where it is missing."""
    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value
