"""What can be wrong with a list of decisions, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from cluster_geo.delimited import cells
from cluster_geo.errors import Fault, InputError
from cluster_geo.phrases import joined, listed
from cluster_geo.plan.figures import SavedFigures, read_figures
from cluster_geo.plan.stages import DECIDED, OPEN, STAGES, case_key
from cluster_geo.schools.dates import in_words, is_iso

DATES = ("date", "received", "due")
DATE_FIX = "Write it as 31-08-2025 or 2025-08-31"
DATES_FIX = "Correct one of the two dates"
# What a planner should write in a blank cell.
BLANK = {
    "request": "Write what was asked, such as: to be with the Ashford schools",
    "decision": "Write what was decided, such as: granted",
    "reason": "Write why; it appears in the plan's record",
    "role": "Write the role of who decided, not a name: it is published",
}
OF_A_DECISION = ("decision", "reason", "role")


def faults_of(frame: pd.DataFrame, name: str) -> Iterator[Fault]:
    """Yield the faults of a list whose URNs, stages and dates have been read, but not its figures.

    Parameters
    ----------
    frame : DataFrame
        All columns; dates that cannot be read and stages that are none as in the file.
    name : str
        Name of the file in messages.
    """
    yield from _stages(frame, name)
    yield from _dates(frame, name)
    yield from _blanks(frame, name)
    yield from _order(frame, name)
    yield from _cases(frame, name)


def _stages(frame: pd.DataFrame, name: str) -> Iterator[Fault]:
    for row, text in cells(frame.loc[~frame["stage"].isin(STAGES), "stage"]):
        fix = f"Write {', '.join(STAGES[:-1])} or {STAGES[-1]}"
        yield Fault(name, f"{text!r} is not a stage", fix, row, "stage")


def _dates(frame: pd.DataFrame, name: str) -> Iterator[Fault]:
    # Another row of its case may say when a request was received.
    cases = frame["case"].map(case_key)
    known = cases.isin(set(cases[frame["received"] != ""]) - {""})
    undecided = frame["stage"].isin(OPEN - DECIDED)
    needed = {
        # A row without any date would have no place among those of its case.
        "date": frame["stage"].isin(DECIDED) | (undecided & known & (frame["received"] == "")),
        "received": undecided & ~known,
        "due": pd.Series(False, frame.index),
    }
    for column, must in needed.items():
        for (row, text), missing in zip(cells(frame[column]), must, strict=True):
            if text and not is_iso(text):
                yield Fault(name, f"{text!r} is not a date", DATE_FIX, row, column)
            elif not text and missing:
                of = " of receipt" if column == "received" else ""
                yield Fault(name, f"the date{of} is missing", DATE_FIX, row, column)


def _blanks(frame: pd.DataFrame, name: str) -> Iterator[Fault]:
    for column, fix in BLANK.items():
        stages = DECIDED if column in OF_A_DECISION else frozenset(STAGES)
        blank = frame[(frame[column] == "") & frame["stage"].isin(stages)]
        for row, _text in cells(blank[column]):
            yield Fault(name, f"the {column} is missing", fix, row, column)


def _order(frame: pd.DataFrame, name: str) -> Iterator[Fault]:
    """Yield a fault for each date that is before the row's date of receipt."""
    for column, what in (("due", "it is due on"), ("date", "it was decided on")):
        dated = frame[frame["received"].map(is_iso) & frame[column].map(is_iso)]
        early = dated[dated[column] < dated["received"]]
        for (row, day), received in zip(cells(early[column]), early["received"], strict=True):
            found = f"{what} {in_words(day)}, before it was received on {in_words(received)}"
            yield Fault(name, found, DATES_FIX, row, column)


def _cases(frame: pd.DataFrame, name: str) -> Iterator[Fault]:
    """Yield a fault for each case whose rows cannot be of one request."""
    named = frame[frame["case"] != ""]
    for _, rows in named.groupby(named["case"].map(case_key), sort=False):
        case = rows["case"].iloc[0]
        received = rows.loc[rows["received"].map(is_iso), "received"]
        days = sorted(set(received))
        if len(days) > 1:
            when = listed([in_words(day) for day in days])
            found = f"case {case} was received on {when}, in rows {_lines(received.index)}"
            fix = "Give it one date of receipt, or two cases"
            yield Fault(name, found, fix, int(received.index[-1]), "received")
        yield from _contradictions(str(case), rows, name)
        # A row with a date of receipt of its own has been compared with that.
        others = rows.loc[(rows["received"] == "") & rows["date"].map(is_iso), "date"]
        for row, day in cells(others):
            if days and day < days[0]:
                found = f"case {case} was received on {in_words(days[0])}, after {in_words(day)}"
                yield Fault(name, found, DATES_FIX, row, "date")


def _contradictions(case: str, rows: pd.DataFrame, name: str) -> Iterator[Fault]:
    """Yield a fault for each two decisions on one thing on one day."""
    about = ["urn", "cluster", "stage", "date"]
    decided = rows[rows["stage"].isin(DECIDED) & (rows["date"] != "")]
    for _, same in decided.groupby(about, sort=False, dropna=False):
        decisions = list(dict.fromkeys(same["decision"]))
        if len(decisions) > 1:
            words = joined([repr(text) for text in decisions])
            found = f"case {case} has two decisions of one day, {words}, in rows"
            fix = "Keep one of them, or correct a date"
            last = int(same.index[-1])
            yield Fault(name, f"{found} {_lines(same.index)}", fix, last, "decision")


def _lines(index: Iterable[int]) -> str:
    return listed([str(row) for row in index])


def read_all_figures(
    frame: pd.DataFrame, path: Path, faults: list[Fault]
) -> list[SavedFigures | None]:
    """Read the files of figures that a list names, by their paths from the list.

    Parameters
    ----------
    frame : DataFrame
        With the columns `figures` and `urn`.
    path : Path
        Of the list.
    faults : list of Fault
        Added to, where a file cannot be used or is about another school.
    """
    found: list[SavedFigures | None] = []
    for (row, text), urn in zip(cells(frame["figures"]), frame["urn"], strict=True):
        saved = None
        if text:
            try:
                saved = read_figures(path.parent / text)
            except InputError as error:
                faults += [
                    Fault(path.name, f"figures {text!r}: {one.found}", one.fix, row, "figures")
                    for one in error.faults
                ]
        if saved is not None and not pd.isna(urn) and saved.figures.urn != urn:
            what = f"figures {text!r} are of {saved.figures.name} ({saved.figures.urn})"
            fix = "Give the figures of the row's own school"
            faults.append(Fault(path.name, f"{what}, not of URN {urn}", fix, row, "figures"))
        found.append(saved)
    return found
