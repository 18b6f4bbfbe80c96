"""The cells of an authority's own list of provisions: figures, dates, school years, second schools.

Each function reads one column, and adds a fault for each cell that cannot be read.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd

from cluster_geo.delimited import cells
from cluster_geo.errors import Fault, file_name
from cluster_geo.schools.dates import is_iso, iso_dates
from cluster_geo.schools.headings import urns_of
from cluster_geo.schools.typed import to_number

YES, NO = ("yes", "y", "true", "1"), ("no", "n", "false", "0", "")
# Such as "7-11", "7 to 11" or "Years 7 to 11"; Year 14 is the last of a sixth form.
YEARS = re.compile(r"(?:years? ?)?(\d{1,2})(?: ?(?:[-\u2013]|to) ?(\d{1,2}))?", re.IGNORECASE)
LAST_YEAR = 14


def check_room(frame: pd.DataFrame, name: str, faults: list[Fault]) -> None:
    """Find provisions with more pupils than places, unless the planner has said that it is so."""
    over = frame["over"].str.strip().str.casefold()
    for row, text in cells(frame.loc[~over.isin(YES + NO), "over"]):
        faults.append(
            Fault(name, f"{text!r} is neither yes nor no", "Write yes or no", row, "over")
        )
    full = (frame["on_roll"] > frame["places"]) & ~over.isin(YES)
    for row, places, pupils in frame.loc[full, ["places", "on_roll"]].itertuples():
        found = f"{pupils:g} pupils are on roll in {places:g} places"
        fix = "Correct one of them, or write yes under over if there are so many"
        faults.append(Fault(name, found, fix, int(row), "on_roll"))


def spanned(frame: pd.DataFrame, path: str | Path, faults: list[Fault]) -> pd.DataFrame:
    """Add a row for the second school of each provision that spans two, without its figures."""
    name, both = file_name(path), frame[frame["spans"] != ""]
    if both.empty:
        return frame
    second = urns_of(both, "spans", path, faults)
    for row, _text in cells(both.loc[second == both["urn"], "spans"]):
        found, fix = "it spans the school itself", "Write the URN of the other school"
        faults.append(Fault(name, found, fix, row, "spans"))
    known = (second != 0) & (second != both["urn"])
    more = both[known].assign(
        of=both["urn"][known], urn=second[known], places=np.nan, on_roll=np.nan
    )
    return pd.concat([frame, more])


def years_of(column: pd.Series, name: str, faults: list[Fault]) -> pd.Series:
    """Return school years as "7 to 11"."""
    found = []
    for row, text in cells(column):
        match = YEARS.fullmatch(text.strip())
        low, high = (int(match[1]), int(match[2] or match[1])) if match else (0, -1)
        if text and not 0 < low <= high <= LAST_YEAR:
            fix = "Write the first and the last school year, such as 7-11, or leave it blank"
            faults.append(Fault(name, f"{text!r} is not a range of years", fix, row, "years"))
        found.append("" if not text else f"{low} to {high}" if low < high else str(low))
    return pd.Series(found, index=column.index, dtype=object)


def figures_of(column: pd.Series, name: str, faults: list[Fault]) -> np.ndarray:
    """Return a column of places or of pupils as numbers, NaN for a blank."""
    figures = [to_number(text) for text in column]
    for (row, text), figure in zip(cells(column), figures, strict=True):
        if figure is None or figure < 0:
            found, fix = f"{text!r} is not a number of pupils", "Write a figure or leave it blank"
            faults.append(Fault(name, found, fix, row, str(column.name)))
    return np.array(figures, dtype=float)


def dates_of(column: pd.Series, name: str, faults: list[Fault]) -> pd.Series:
    """Return a column of dates in ISO 8601."""
    dates = iso_dates(column)
    for row, text in cells(dates):
        if text and not is_iso(text):
            found, fix = f"{text!r} is not a date", "Write it as 31-08-2025 or 2025-08-31"
            faults.append(Fault(name, found, fix, row, str(column.name)))
    return dates
