"""The plan as a workbook: a sheet that says what the words mean, then the plan's tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import pairwise
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from cluster_geo.publish.edition import Edition
from cluster_geo.tables.headings import Heading
from cluster_geo.tables.rows import plain

if TYPE_CHECKING:
    import xlsxwriter

# Texts stay texts: a school called =1+1 or http://... is a name, not a formula or a link.
SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# No parts of it in the folder for temporary files, where a killed run would leave them.
SAFE["in_memory"] = True
# The hour of making would make equal plans differ.
NO_HOUR = datetime(2000, 1, 1, tzinfo=UTC)
# Below the title: the columns' names for programs, hidden, and the headings that people read.
NAME_ROW, HEADER_ROW = 1, 2
NARROWEST, WIDEST = 8, 48
# A sheet of few columns, for reading, has room for sentences.
FEW, SENTENCE = 5, 84
# Letters across a printed page, and points of a line's height.
PAGE, LINE = 170, 15
HEADER_LIMIT = 255
# A longer foot would run into the number of the page.
FOOTER_LIMIT = 120
# A heading is broken into lines where its column's cells are narrower than it.
WIDEST_WORD = 16
STYLES = {
    "title": {"bold": True, "font_size": 13},
    "head": {"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "text_wrap": True,
             "valign": "bottom", "indent": 1},
    "figure head": {"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF",
                    "text_wrap": True, "valign": "bottom", "align": "right"},
    # Kilometres, shares and scores to one decimal: more is not known of them.
    "decimal": {"num_format": "#,##0.0", "valign": "top"},
    "whole": {"num_format": "#,##0", "valign": "top"},
    "code": {"num_format": "0", "valign": "top"},
    "text": {"text_wrap": True, "valign": "top", "indent": 1},
    "none": {"align": "right", "valign": "top"},
}  # fmt: skip
# Numbers that are names: no thousands are marked in them.
CODES = ("urn", "hub_urn", "easting", "northing")


def write_workbook(
    path: Path,
    sheets: Mapping[str, tuple[pd.DataFrame, Mapping[str, Heading]]],
    edition: Edition,
    attribution: str,
) -> None:
    """Write one sheet per table, under a first row with the plan's title, status and version.

    Headings stand in the third row, and above them, hidden, the names of the columns for
    programs. The same words head every printed page, and the sources' attributions foot it.
    """
    import xlsxwriter  # noqa: PLC0415 - slow to import, and needed here alone

    with xlsxwriter.Workbook(str(path), SAFE) as book:
        book.set_properties({"title": edition.title, "subject": edition.line, "created": NO_HOUR})
        styles = {name: book.add_format(style) for name, style in STYLES.items()}
        for name, (table, headings) in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.write_string(0, 0, f"{edition.title} · {edition.line}", styles["title"])
            across = _write_table(sheet, table, headings, styles)
            _set_page(sheet, name, edition, attribution, max(1, round(across / PAGE)))


def _write_table(
    sheet: xlsxwriter.worksheet.Worksheet,
    table: pd.DataFrame,
    headings: Mapping[str, Heading],
    styles: Mapping[str, xlsxwriter.format.Format],
) -> int:
    """Write a table below its headings; return how many letters it is across."""
    widest = SENTENCE if len(table.columns) <= FEW else WIDEST
    widths, lines = [], [1] * len(table)
    for j, name in enumerate(map(str, table.columns)):
        cells = [plain(value) for value in table[name]]
        figures = 2 * sum(map(_is_figure, cells)) > sum(v not in (None, "") for v in cells)
        words = headings[name].words
        sheet.write_string(NAME_ROW, j, name)
        sheet.write_string(HEADER_ROW, j, words, styles["figure head" if figures else "head"])
        widths.append(_width(words, cells, widest))
        sheet.set_column(j, j, widths[-1])
        lines = [
            max(n, ceil(len(_shown(v)) / (widths[-1] - 2)))
            for n, v in zip(lines, cells, strict=True)
        ]
        tenths = any(_is_figure(value) and not float(value).is_integer() for value in cells)
        kind = "code" if name in CODES else "decimal" if tenths else "whole"
        for i, value in enumerate(cells, start=HEADER_ROW + 1):
            _write_cell(sheet, i, j, value, styles[kind], styles["none" if figures else "text"])
    # Excel would find the heights by itself; not every other program does.
    for i, number in enumerate(lines, start=HEADER_ROW + 1):
        if number > 1:
            sheet.set_row(i, LINE * number)
    shapes = zip(headings.values(), widths, strict=True)
    tallest = max((ceil((len(h.words) + 3) / (width - 2)) for h, width in shapes), default=1)
    sheet.set_row(HEADER_ROW, LINE * (tallest + (tallest > 1)))
    sheet.set_row(NAME_ROW, None, None, {"hidden": True})
    if len(table):
        last = HEADER_ROW + len(table)
        sheet.autofilter(HEADER_ROW, 0, last, max(0, len(table.columns) - 1))
    # A first column of codes says nothing without the names beside it.
    named = [str(column) for column in table.columns[:2]] in (["cluster", "name"], ["urn", "name"])
    sheet.freeze_panes(HEADER_ROW + 1, 2 if named else 1)
    sheet.repeat_columns(0, 1 if named else 0)
    return sum(widths)


def _is_figure(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _width(heading: str, cells: list[object], widest: int) -> int:
    """Return the letters that a column needs: of its longest cell, or of its heading in lines."""
    longest = max((len(_shown(value)) for value in cells), default=0)
    words = heading.split()
    pairs = [" ".join(pair) for pair in pairwise(words)]
    parts = [*words, *(pair for pair in pairs if len(pair) < WIDEST_WORD)]
    # The button of the filter stands beside the heading.
    return min(widest, max(NARROWEST, longest + 2, max(map(len, parts), default=0) + 4))


def _shown(value: object) -> str:
    if value is None:
        return ""
    if _is_figure(value):
        return f"{value:,.1f}" if not float(str(value)).is_integer() else f"{value:,.0f}"
    return str(value)


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    value: object,
    figure: xlsxwriter.format.Format,
    text: xlsxwriter.format.Format,
) -> None:
    if isinstance(value, bool):
        sheet.write_string(row, column, "yes" if value else "no", text)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, figure)
    elif value is not None:
        sheet.write_string(row, column, str(value), text)


def _set_page(
    sheet: xlsxwriter.worksheet.Worksheet,
    name: str,
    edition: Edition,
    attribution: str,
    across: int,
) -> None:
    """Set the printed page: landscape A4, so many of them side by side, heads and feet on each."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(across, 0)
    sheet.repeat_rows(HEADER_ROW)
    head = f"&L{_printable(edition.title)}: {name}&R{_printable(edition.line)}"
    sheet.set_header(head[:HEADER_LIMIT])
    sources = _printable(attribution)
    if len(sources) > FOOTER_LIMIT:
        sources = "Sources and their licences: the sheet Read me"
    sheet.set_footer(f"&L&8{sources}&R&P of &N")


def _printable(text: str) -> str:
    """An ampersand starts a code in a printed header: double it."""
    return text.replace("&", "&&")
