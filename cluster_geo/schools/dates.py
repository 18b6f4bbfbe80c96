"""Dates in a register, and the planning date."""

from __future__ import annotations

import re
from datetime import date, datetime

import pandas as pd

from cluster_geo.delimited import cells
from cluster_geo.errors import Fault, InputError
from cluster_geo.phrases import MONTHS

# GIAS writes 01-09-2025, a spreadsheet that saved it 01/09/2025, everyone else 2025-09-01.
FORMATS = ("%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S")
IN_FILE_NAME = re.compile(r"(?<!\d)(20\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?!\d)")


def iso_date(text: str) -> str | None:
    """Return a date in ISO 8601, "" for none, or None where it cannot be read."""
    if not text:
        return ""
    for pattern in FORMATS:
        try:
            return datetime.strptime(text, pattern).date().isoformat()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def iso_dates(column: pd.Series) -> pd.Series:
    """Convert a column of dates to ISO 8601; what cannot be read stays the same."""
    known = {text: iso_date(text) for text in column.unique()}
    readable = {text: text if iso is None else iso for text, iso in known.items()}
    # Text even where the column has no rows, so that dates can be compared with it.
    return column.map(readable).astype(object)


def is_iso(text: str) -> bool:
    """Whether `text` is a date in ISO 8601."""
    return iso_date(text) == text != ""


def dates_of(column: pd.Series, name: str, faults: list[Fault]) -> pd.Series:
    """Return a column of a planner's list as ISO dates; a cell that is no date is a fault.

    Parameters
    ----------
    column : Series of str
        Indexed by line of the file.
    name : str
        Of the file, in messages.
    faults : list of Fault
        To which faults are added.
    """
    dates = iso_dates(column)
    for row, text in cells(dates):
        if not is_iso(text):
            found = f"{text!r} is not a date" if text else "the date is missing"
            fix = "Write it as 31-08-2025 or 2025-08-31"
            faults.append(Fault(name, found, fix, row, str(column.name)))
    return dates


def date_in_name(name: str) -> str:
    """Return the date in a file's name (edubasealldata20250718), or ""."""
    found = IN_FILE_NAME.search(name)
    return iso_date("-".join(found.groups())) or "" if found else ""


def newest(column: pd.Series) -> str:
    """Return the newest date of a column of ISO dates, or "" where there is none."""
    known = [text for text in column.unique() if is_iso(text)]
    return max(known, default="")


def planning_date(as_at: str | date | None, of_register: str, name: str) -> str:
    """Return the day on which schools of the plan are open, in ISO 8601.

    Parameters
    ----------
    as_at : str, date or None
        The planner's date; None for the register's own.
    of_register : str
        Date of the register, "" where unknown.
    name : str
        Name of the register's file in messages.

    Raises
    ------
    InputError
        The date cannot be read, or is neither given nor in the file.
    """
    if as_at is None or as_at == "":
        if of_register:
            return of_register
        found = "neither the file's name nor a date in it shows when it was made"
        raise InputError([Fault(name, found, "Give the planning date as_at, such as 2025-07-18")])
    if isinstance(as_at, date):
        return as_at.isoformat()[:10]
    found_date = iso_date(as_at)
    if not found_date:
        raise InputError([Fault("as_at", f"{as_at!r} is not a date", "Write it as 2025-07-18")])
    return found_date


def in_words(iso: str) -> str:
    """Return an ISO date as people write it: 18 July 2025."""
    day = date.fromisoformat(iso)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
