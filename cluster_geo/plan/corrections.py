"""The list of corrections: what a version that was issued before had wrong, and since when."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.schools.dates import dates_of
from cluster_geo.schools.headings import blank_cells, read_list

COLUMNS = ("figure", "published", "correct", "since", "reason")
SYNONYMS = {
    "figure": ("where", "what", "item"),
    "published": ("was", "wrong", "stated"),
    "correct": ("is", "right", "now", "corrected"),
    "since": ("wrongsince", "publishedon", "from"),
    "reason": ("why", "cause"),
}
REQUIRED = {
    "figure": "which figure was wrong, and where",
    "published": "what was published",
    "correct": "what is correct",
    "since": "since when it was published so",
    "reason": "why it was wrong",
}
# What a planner should write in a blank cell.
BLANK = {
    "figure": "Write which figure, and on which page or sheet",
    "published": "Write what was published, or: missing",
    "correct": "Write what is correct, or: removed",
    "reason": "Write why it was wrong; it appears in the plan's record",
}


def read_corrections(path: str | Path) -> pd.DataFrame:
    """Read a CSV with `figure`, `published`, `correct`, `since` and `reason`.

    Returns
    -------
    DataFrame
        The columns of `COLUMNS`, text, `since` in ISO 8601; in the order of the file.

    Raises
    ------
    InputError
        With every fault: missing columns, dates that are none, blank cells.
    """
    frame, _ = read_list(path, SYNONYMS, REQUIRED)
    faults: list[Fault] = []
    frame = frame.assign(since=dates_of(frame["since"], file_name(path), faults))
    faults += blank_cells(frame, BLANK, file_name(path))
    if faults:
        raise InputError(sorted(faults, key=lambda fault: fault.row or 0))
    return frame[list(COLUMNS)]
