"""The plan as a workbook: sheets clusters, schools, trusts, rules and run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import xlsxwriter

from cluster_geo.publish.edition import Edition
from cluster_geo.tables.rows import plain

# Texts stay texts: a school called =1+1 or http://... is a name, not a formula or a link.
SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# No parts of it in the folder for temporary files, where a killed run would leave them.
SAFE["in_memory"] = True
# The hour of making would make equal plans differ.
NO_HOUR = datetime(2000, 1, 1, tzinfo=UTC)
HEADER_ROW = 2
WIDEST = 48
HEADER_LIMIT = 255


def write_workbook(
    path: Path, sheets: Mapping[str, pd.DataFrame], edition: Edition, attribution: str
) -> None:
    """Write one sheet per table, under a first row with the plan's title, status and version.

    Column names stand in the third row; the same words head every printed page, and the sources'
    attributions foot it.
    """
    with xlsxwriter.Workbook(str(path), SAFE) as book:
        book.set_properties({"title": edition.title, "subject": edition.line, "created": NO_HOUR})
        styles = {
            "title": book.add_format({"bold": True, "font_size": 13}),
            "head": book.add_format(
                {"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "text_wrap": True}
            ),
            "decimal": book.add_format({"num_format": "0.00"}),
        }
        for name, table in sheets.items():
            sheet = book.add_worksheet(name)
            _write_sheet(sheet, table, edition, styles)
            _set_page(sheet, name, edition, attribution)


def _write_sheet(
    sheet: xlsxwriter.worksheet.Worksheet,
    table: pd.DataFrame,
    edition: Edition,
    styles: Mapping[str, xlsxwriter.format.Format],
) -> None:
    sheet.write_string(0, 0, f"{edition.title} · {edition.line}", styles["title"])
    for j, column in enumerate(table.columns):
        sheet.write_string(HEADER_ROW, j, str(column), styles["head"])
        longest = table[column].astype("string").str.len().max()
        letters = max(len(str(column)), 0 if pd.isna(longest) else int(longest))
        sheet.set_column(j, j, min(WIDEST, letters + 2))
        for i, value in enumerate(table[column], start=HEADER_ROW + 1):
            _write_cell(sheet, i, j, value, styles["decimal"])
    if len(table):
        last = HEADER_ROW + len(table)
        sheet.autofilter(HEADER_ROW, 0, last, max(0, len(table.columns) - 1))
    sheet.freeze_panes(HEADER_ROW + 1, 1)


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    value: object,
    decimal: xlsxwriter.format.Format,
) -> None:
    value = plain(value)
    if isinstance(value, bool):
        sheet.write_string(row, column, "yes" if value else "no")
    elif isinstance(value, int | float):
        style = () if float(value).is_integer() else (decimal,)
        sheet.write_number(row, column, value, *style)
    elif value is not None:
        sheet.write_string(row, column, str(value))


def _set_page(
    sheet: xlsxwriter.worksheet.Worksheet, name: str, edition: Edition, attribution: str
) -> None:
    """Set the printed page: landscape A4, heads and feet on each page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)
    head = f"&L{_printable(edition.title)}: {name}&R{_printable(edition.line)}"
    sheet.set_header(head[:HEADER_LIMIT])
    sheet.set_footer(f"&L&8{_printable(attribution)}"[: HEADER_LIMIT - 20] + "&R&P of &N")


def _printable(text: str) -> str:
    """An ampersand starts a code in a printed header: double it."""
    return text.replace("&", "&&")
