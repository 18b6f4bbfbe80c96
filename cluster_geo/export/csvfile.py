"""Tables as CSV files that other systems import and spreadsheets open without harm."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

# A spreadsheet takes a cell that starts so for a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(path: Path, table: pd.DataFrame) -> None:
    """Write a table as UTF-8 CSV with lines ended by CRLF (RFC 4180), missing values empty.

    Text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    texts = table.select_dtypes(include=["object", "string"]).columns
    safe = table.assign(**{name: table[name].map(plain_text) for name in texts})
    safe.to_csv(path, index=False, encoding="utf-8", lineterminator="\r\n")


def plain_text(value: object) -> object:
    """Return `value` so that no spreadsheet runs it; anything but such text is unchanged."""
    if isinstance(value, str) and len(value) > 1 and value.startswith(FORMULA_SIGNS):
        return f"'{value}"
    return value
