"""Text tables as councils save them: in one of four encodings, quoted or not, zipped or not.

Only the columns asked for are kept. All faults in the text are reported together. What was done
to read a file is reported too (`records.report`).
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.phrases import counted
from cluster_geo.records import Notice, report
from cluster_geo.text_file import DOWNLOAD_AGAIN, SAVE_AS_CSV, decode, read_bytes

# A spreadsheet takes a cell that starts so for a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")

DELIMITERS = ",;\t"
MOST_ROWS_NAMED = 10
UNREADABLE = "\N{REPLACEMENT CHARACTER}"
# UTF-8 that somebody once opened as cp1252 and saved again.
MOJIBAKE = re.compile("Ã[\u0080-\u00bf\u2018-\u2122]|â€")

# Excel's own first line, by which it knows the delimiter.
EXCEL_HINT = re.compile(r"\"?sep=([,;\t])\"?[,;\t]*\r?\n", re.IGNORECASE)
# Signs that no text has and no file format takes: all controls but tab and line ends, and the line
# ends that only some programs see. Those of UTF-8 that was read as Latin-1 are for `ungarbled`.
CONTROLS = re.compile(
    "(?:[\u00c2-\u00df][\u0080-\u00bf]|[\u00e0-\u00ef][\u0080-\u00bf]{2})+"
    "|([\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]+)"
)
# Signs of no width, which make a name another to a program and to no reader.
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]+")
# One sign of either kind. Looking for it takes a tenth of the time of the patterns themselves, and
# most files have none.
ODD_SIGN = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u2060\ufeff]")
# A URN in a column that a spreadsheet or pandas took for decimals.
DECIMAL_URN = re.compile(r"^([0-9]+)\.0+$")


@dataclass(frozen=True)
class DelimitedFile:
    """The text of a table before any column is chosen.

    Parameters
    ----------
    name : str
        Name of the file in messages.
    header : tuple of str
        Column names as in the file.
    text : str
        The whole file, decoded.
    delimiter : str
        One of comma, semicolon and tab.
    headed : bool
        Whether the text begins with a header; if not, the first line is a record.
    skipped : int
        Lines of the file before the text.
    """

    name: str
    header: tuple[str, ...]
    text: str
    delimiter: str
    headed: bool = True
    skipped: int = 0

    def without_header(self, names: Mapping[int, str]) -> DelimitedFile:
        """Name the columns of a file that has no header; its first line is a record.

        Parameters
        ----------
        names : mapping of int to str
            Names of columns by their position, counted from 1 as in a specification of fields.
        """
        header = tuple(names.get(place, "") for place in range(1, len(self.header) + 1))
        return replace(self, header=header, headed=False)

    def columns(
        self, wanted: Mapping[str, str], only: Mapping[str, Collection[str]] | None = None
    ) -> pd.DataFrame:
        """Read some columns and skip the rest.

        Parameters
        ----------
        wanted : mapping of str to str
            New name of each column by its name in the header; headers not in the file are ignored.
        only : mapping of str to collection of str, optional
            Values to keep by the new name of a column. Rows with other values are skipped, so
            that one county is read quickly from a national file.

        Returns
        -------
        DataFrame
            Strings without blanks around them, "" for missing cells, indexed by `row`: the line
            of the file on which the record starts. The header is line 1.

        Raises
        ------
        InputError
            Rows of the wrong width, an unfinished row, bytes of no known encoding in a wanted
            column, a wanted column twice in the header.
        """
        places = {header: i for i, header in enumerate(self.header) if header in wanted}
        faults = self._repeated_headers(wanted)
        names = [wanted[header] for header in places]
        kept = [(names.index(name), cells) for name, cells in (only or {}).items() if name in names]
        rows, lines = self._records(tuple(places.values()), kept, faults)
        frame = pd.DataFrame(rows, columns=names, index=pd.Index(lines, name="row"), dtype=object)
        faults += self._unreadable_cells(frame, {wanted[h]: h for h in places})
        if faults:
            raise InputError(faults)
        return self._whole_urns(frame)

    def _whole_urns(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Take the decimals off URNs: "118229.0" is 118229."""
        for name in frame.columns:
            if name != "other" and not str(name).endswith("urn"):
                continue
            plain = frame[name].str.replace(DECIMAL_URN, r"\1", regex=True)
            decimals = int((plain != frame[name]).sum())
            if decimals:
                text = (
                    f"{self.name}: {decimals} URNs with decimals, as 118229.0, were read as whole."
                )
                report(Notice("file", text))
                frame[name] = plain
        return frame

    def _repeated_headers(self, wanted: Mapping[str, str]) -> list[Fault]:
        counts = Counter(header for header in self.header if header in wanted)
        return [
            Fault(self.name, f"the column appears {n} times in the header", "Keep one", 1, header)
            for header, n in counts.items()
            if n > 1
        ]

    def _records(
        self,
        places: tuple[int, ...],
        kept: list[tuple[int, Collection[str]]],
        faults: list[Fault],
    ) -> tuple[list[list[str]], list[int]]:
        """Return the cells at `places` of the rows kept, and the line each record starts on."""
        rows: list[list[str]] = []
        lines: list[int] = []
        odd: list[tuple[int, int]] = []
        width = len(self.header)
        odd_signs = visible(self.text) != self.text.strip()
        reader = csv.reader(
            io.StringIO(self.text, newline=""), delimiter=self.delimiter, strict=True
        )
        line = 0
        try:
            if self.headed:
                next(reader)
                line = 1
            for cells in reader:
                start, line = line + 1, reader.line_num
                if len(cells) == width:
                    row = [cells[i].strip() for i in places]
                    if odd_signs:
                        row = [visible(cell) for cell in row]
                    if all(row[k] in these for k, these in kept):
                        rows.append(row)
                        lines.append(start + self.skipped)
                elif any(cell.strip() for cell in cells):
                    odd.append((start + self.skipped, len(cells)))
        except csv.Error as error:
            found = f"the row cannot be read ({error})"
            faults.append(
                Fault(
                    self.name,
                    found,
                    f"{DOWNLOAD_AGAIN}; it may be cut off",
                    line + 1 + self.skipped,
                )
            )
        faults += self._odd_widths(odd, last_line=line + self.skipped)
        filled = [k for k, row in enumerate(rows) if any(row)]
        return [rows[k] for k in filled], [lines[k] for k in filled]

    def _odd_widths(self, odd: list[tuple[int, int]], last_line: int) -> list[Fault]:
        faults = []
        for line, cells in odd[:MOST_ROWS_NAMED]:
            found = f"{cells:,} cells where the header has {len(self.header):,}"
            cut_off = line == last_line and cells < len(self.header)
            fix = f"{DOWNLOAD_AGAIN}: it is cut off here" if cut_off else "Correct the row"
            faults.append(Fault(self.name, found, fix, line))
        if len(odd) > MOST_ROWS_NAMED:
            more = len(odd) - MOST_ROWS_NAMED
            faults.append(
                Fault(self.name, f"{more:,} more rows of the wrong width", DOWNLOAD_AGAIN)
            )
        return faults

    def _unreadable_cells(self, frame: pd.DataFrame, headers: Mapping[str, str]) -> list[Fault]:
        if UNREADABLE not in self.text:
            return []
        faults = []
        for name, header in headers.items():
            bad = frame[name].str.contains(UNREADABLE, regex=False)
            for row, value in cells(frame.loc[bad, name]):
                found = f"{value!r} holds a character that is neither UTF-8 nor Windows-1252"
                faults.append(Fault(self.name, found, SAVE_AS_CSV, row, header))
        return faults


def open_delimited(path: str | Path) -> DelimitedFile:
    """Open a text table: UTF-8 (with or without a byte order mark), cp1252 or UTF-16.

    It may be compressed (`.csv.gz`), or the one table in a zip folder, as registers are delivered.
    A first line "sep=;" is taken for Excel's hint of the delimiter.

    Parameters
    ----------
    path : str or Path

    Raises
    ------
    InputError
        The file does not exist, is empty, cut off or damaged, or is not text.
    """
    name = file_name(path)
    data = read_bytes(Path(path), name)
    text = decode(data, name)
    whole = text
    if hint := EXCEL_HINT.match(text):
        text = text[hint.end() :]
        report(Notice("file", f"{name}: its first line, {hint[0].strip()!r}, is Excel's own."))
    if ODD_SIGN.search(text):
        _report_odd_signs(name, text)
    first = text.lstrip("\r\n").partition("\n")[0]
    if not first.strip():
        raise InputError([Fault(name, "the file is empty", DOWNLOAD_AGAIN)])
    delimiter = hint[1] if hint else max(DELIMITERS, key=first.count)
    text = text.lstrip("\r\n")
    skipped = whole[: len(whole) - len(text)].count("\n")
    try:
        header = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        found = f"the header cannot be read ({error})"
        raise InputError([Fault(name, found, DOWNLOAD_AGAIN, 1 + skipped)]) from error
    plain = tuple(" ".join(visible(cell).split()) for cell in header)
    return DelimitedFile(name, plain, text, delimiter, skipped=skipped)


def _report_odd_signs(name: str, text: str) -> None:
    """Report what `visible` will change."""
    if controls := len(list(filter(None, CONTROLS.findall(text)))):
        odd = counted(controls, "control character was", "control characters were")
        report(Notice("file", f"{name}: {odd} read as spaces."))
    if invisible := len(INVISIBLE.findall(text)):
        odd = counted(invisible, "invisible character was", "invisible characters were")
        report(Notice("file", f"{name}: {odd} removed."))


def visible(text: str) -> str:
    """Return text with a space for each run of controls, and without invisible signs."""
    if not ODD_SIGN.search(text):
        return text.strip()
    without = CONTROLS.sub(lambda match: " " if match[1] else match[0], text)
    return INVISIBLE.sub("", without).strip()


def looks_garbled(text: str) -> bool:
    """Whether text was once saved in the wrong encoding: "St Maryâ€™s" for "St Mary's"."""
    return MOJIBAKE.search(text) is not None


def ungarbled(text: str) -> str:
    """Return text that was read in the wrong encoding as it was written; other text unchanged."""
    if not looks_garbled(text):
        return text
    for encoding in ("latin-1", "cp1252"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return text


def cells(column: pd.Series) -> list[tuple[int, str]]:
    """Return line and text of each cell of a column as `DelimitedFile.columns` gives it."""
    return list(zip(column.index.tolist(), column.tolist(), strict=True))


def required_columns(
    header: tuple[str, ...], required: Mapping[str, str], name: str
) -> list[Fault]:
    """Return a fault for each required column that a header lacks.

    Parameters
    ----------
    header : tuple of str
    required : mapping of str to str
        What the column is for, by its name.
    name : str
        Name of the file in messages.
    """
    return [
        Fault(
            name, f"the column is missing ({purpose})", "Add it, or download the file again", 1, c
        )
        for c, purpose in required.items()
        if c not in header
    ]
