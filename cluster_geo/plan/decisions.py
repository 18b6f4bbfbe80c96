"""The list of decisions: what was asked for, school by school, and what was decided."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cluster_geo.delimited import cells
from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.schools.dates import is_iso, iso_dates
from cluster_geo.schools.headings import read_list, urns_of

COLUMNS = ("urn", "request", "decision", "reason", "date", "role")
SYNONYMS = {
    "urn": ("schoolurn",),
    "request": ("requested", "asked"),
    "decision": ("outcome", "decided"),
    "reason": ("why", "reasons"),
    "date": ("decidedon", "decisiondate", "dateofdecision"),
    "role": ("decidedby", "by"),
}
REQUIRED = {
    "urn": "which school it is about (URN)",
    "request": "what was asked",
    "decision": "what was decided",
    "reason": "why",
    "date": "when it was decided",
    "role": "who decided, by their role",
}
# What a planner should write in a blank cell.
BLANK = {
    "request": "Write what was asked, such as: to be with the Ashford schools",
    "decision": "Write what was decided, such as: granted",
    "reason": "Write why; it appears in the plan's record",
    "role": "Write the role of who decided, not a name: it is published",
}


def read_decisions(path: str | Path) -> pd.DataFrame:
    """Read a CSV with `urn`, `request`, `decision`, `reason`, `date` and `role`.

    A school may appear more than once, and may have closed since: the record is kept.

    Returns
    -------
    DataFrame
        The columns of `COLUMNS`: `urn` integer, `date` in ISO 8601, the rest text; in order of
        date, then as in the file, by which it is indexed (`row`, its line).

    Raises
    ------
    InputError
        With every fault: missing columns, invalid URNs and dates, blank cells.
    """
    frame, _ = read_list(path, SYNONYMS, REQUIRED)
    name = file_name(path)
    faults: list[Fault] = []
    frame = frame.assign(
        urn=urns_of(frame, "urn", path, faults), date=_dates(frame["date"], name, faults)
    )
    for column, fix in BLANK.items():
        for row, _text in cells(frame.loc[frame[column] == "", column]):
            faults.append(Fault(name, f"the {column} is missing", fix, row, column))
    if faults:
        raise InputError(sorted(faults, key=lambda fault: fault.row or 0))
    return frame[list(COLUMNS)].sort_values("date", kind="stable")


def _dates(column: pd.Series, name: str, faults: list[Fault]) -> pd.Series:
    dates = iso_dates(column)
    for row, text in cells(dates):
        if not is_iso(text):
            found = f"{text!r} is not a date" if text else "the date is missing"
            fix = "Write it as 31-08-2025 or 2025-08-31"
            faults.append(Fault(name, found, fix, row, str(column.name)))
    return dates
