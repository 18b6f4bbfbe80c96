"""The report's figures by Area."""

from __future__ import annotations

from typing import Any

import pandas as pd

from cluster_geo.tables.rows import rows_of


def area_rows(table: pd.DataFrame | None) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of `tables.area_table` by what they count; none without that layer."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in [] if table is None else rows_of(table):
        rows.setdefault(row["by"], []).append(row)
    return rows
