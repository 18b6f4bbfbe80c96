"""Headings of planners' own lists, recognised by the many names people give them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

import pandas as pd

from cluster_geo.delimited import cells, open_delimited
from cluster_geo.errors import Fault, InputError, file_name

Synonyms = Mapping[str, Collection[str]]
Required = Mapping[str, str]
URN_PATTERN = re.compile(r"[1-9][0-9]{0,8}")


def folded(heading: str) -> str:
    """Return a heading in lower case without punctuation, so that "Open date" is "open_date"."""
    return re.sub(r"[\W_]+", "", heading.casefold())


def recognise(header: Collection[str], synonyms: Synonyms) -> tuple[dict[str, str], list[str]]:
    """Find the headings that mean a column of ours.

    Parameters
    ----------
    header : collection of str
        Headings as in the file.
    synonyms : mapping of str to collection of str
        Folded headings that mean each of our columns; its own name always does.

    Returns
    -------
    dict of str to str
        Our name by the file's heading.
    list of str
        A sentence for each of our columns that two headings match.
    """
    meaning = {folded(ours): ours for ours in synonyms}
    meaning |= {word: ours for ours, words in synonyms.items() for word in words}
    found: dict[str, str] = {}
    doubts = []
    for heading in header:
        ours = meaning.get(folded(heading))
        if ours is None:
            continue
        rival = next((other for other, name in found.items() if name == ours), None)
        if rival is None:
            found[heading] = ours
        else:
            doubts.append(f"the columns {rival!r} and {heading!r} both mean {ours}")
    return found, doubts


def missing_headings(
    header: Collection[str], found: Collection[str], required: Mapping[str, str], name: str
) -> list[Fault]:
    """Return a fault for each of our columns that no heading of a file means."""
    seen = ", ".join(header)
    return [
        Fault(name, f"no column shows {what} (the file has {seen})", f"Add a column {ours!r}", 1)
        for ours, what in required.items()
        if ours not in found
    ]


def read_list(
    path: str | Path,
    synonyms: Synonyms,
    required: Required | Callable[[Collection[str]], Required],
    only: Mapping[str, Collection[str]] | None = None,
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Read a planner's own list in CSV.

    Parameters
    ----------
    path : str or Path
    synonyms : mapping of str to collection of str
        Columns that are read, and the headings that mean them.
    required : mapping of str to str, or callable
        What each required column is for, by its name. Where that depends on the columns that the
        list has, a function of these.
    only : mapping of str to collection of str, optional
        Values to keep by column; other rows are skipped.

    Returns
    -------
    DataFrame
        All columns of `synonyms` (missing ones empty), text, indexed by line of the file.
    dict of str to str
        The file's own heading of each column.

    Raises
    ------
    InputError
    """
    file = open_delimited(path)
    found, doubts = recognise(file.header, synonyms)
    faults = [Fault(file.name, doubt, "Keep one of them", 1) for doubt in doubts]
    needed = required(found.values()) if callable(required) else required
    faults += missing_headings(file.header, found.values(), needed, file.name)
    try:
        frame = file.columns(found, only)
    except InputError as error:
        faults += error.faults
    if faults:
        raise InputError(faults)
    lacking = {ours: "" for ours in synonyms if ours not in frame}
    return frame.assign(**lacking), {ours: heading for heading, ours in found.items()}


def blank_cells(frame: pd.DataFrame, fixes: Mapping[str, str], name: str) -> list[Fault]:
    """Return a fault for each blank cell of some columns, with what to write by column."""
    return [
        Fault(name, "the cell is blank", fix, row, column)
        for column, fix in fixes.items()
        for row, _text in cells(frame.loc[frame[column] == "", column])
    ]


def urns_of(
    frame: pd.DataFrame, column: str, path: str | Path, faults: list[Fault], title: str = ""
) -> pd.Series:
    """Return a column of URNs as integers; a cell that is not a URN is a fault and becomes 0.

    `title` is the file's own heading if that differs from `column`.
    """
    good = frame[column].str.fullmatch(URN_PATTERN).astype(bool)
    for row, text in cells(frame.loc[~good, column]):
        found = f"{text!r} is not a URN" if text else "the URN is missing"
        fix = "Write the school's unique reference number"
        faults.append(Fault(file_name(path), found, fix, row, title or column))
    return frame[column].where(good, "0").astype("int64")


def check_once(urns: pd.Series, path: str | Path, faults: list[Fault], column: str = "urn") -> None:
    """Add a fault for each URN that appears in more than one row."""
    twice = urns[urns.duplicated(keep=False) & (urns != 0)]
    for urn, rows in twice.groupby(twice):
        lines = ", ".join(str(row) for row in rows.index)
        found, fix = f"URN {urn} appears in rows {lines}", "Keep one row of each school"
        faults.append(Fault(file_name(path), found, fix, int(rows.index[1]), column))
