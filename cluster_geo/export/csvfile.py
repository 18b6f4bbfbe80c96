"""Tables as CSV files that other systems import and spreadsheets open without harm."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cluster_geo.delimited import FORMULA_SIGNS

# UTF-8 with a byte order mark: without the mark Excel takes a CSV file for the machine's old
# code page, and "Tŷ" becomes "TÅ·". Every reader of this program's accepts both.
ENCODING = "utf-8-sig"


def write_csv(path: Path, table: pd.DataFrame) -> None:
    """Write a table as CSV: the bytes of `csv_bytes`."""
    path.write_bytes(csv_bytes(table))


def csv_bytes(table: pd.DataFrame) -> bytes:
    """Return a table as CSV in UTF-8 with a byte order mark, lines ended by CRLF (RFC 4180).

    Missing values are empty. Text that a spreadsheet would take for a formula gets an apostrophe
    before it.
    """
    texts = table.select_dtypes(include=["object", "string"]).columns
    safe = table.assign(**{name: table[name].map(plain_text) for name in texts})
    text: str = safe.to_csv(index=False, lineterminator="\r\n")
    return text.encode(ENCODING)


def plain_text(value: object) -> object:
    """Return `value` so that no spreadsheet runs it; anything but such text is unchanged."""
    if isinstance(value, str) and len(value) > 1 and value.startswith(FORMULA_SIGNS):
        return f"'{value}"
    return value
