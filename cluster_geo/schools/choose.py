"""Choose the schools of a plan from a register, by place, kind and opening dates."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from difflib import get_close_matches

import pandas as pd

from cluster_geo.delimited import cells
from cluster_geo.errors import Fault
from cluster_geo.phrases import joined
from cluster_geo.records import Notice
from cluster_geo.schools.dates import in_words, is_iso
from cluster_geo.schools.register import ALTERNATIVE, MAINSTREAM, PHASES, SPECIAL, Register

OPEN = "Open"
CLOSING = "Open, but proposed to close"
OPENING = "Proposed to open"
CLOSED = "Closed"


@dataclass(frozen=True, eq=False)
class Choice:
    """Rows of a register that are counted, and those that are only shown.

    Parameters
    ----------
    counted, shown : DataFrame
        Rows of `Register.frame`.
    notices : tuple of Notice
        Every row included or left out because of a date or a missing district.
    former : frozenset of int
        URNs of schools that the register has open, but that have another one by the links.
    """

    counted: pd.DataFrame
    shown: pd.DataFrame
    notices: tuple[Notice, ...] = field(default=())
    former: frozenset[int] = frozenset()


def choose(
    register: Register,
    day: str,
    faults: list[Fault],
    *,
    authorities: Collection[str] = (),
    districts: Collection[str] = (),
    phases: Collection[str] = PHASES,
) -> Choice:
    """Choose the mainstream schools of some authorities and districts that are open on a day.

    Parameters
    ----------
    register : Register
    day : str
        Planning date (ISO 8601), or "" if the register has no dates.
    faults : list of Fault
        Names without a match and empty selections are added to it.
    authorities, districts : collection of str
        Names or codes, in any case; none for all.
    phases : collection of str
        Of "primary", "secondary" and "all-through".
    """
    before = len(faults)
    faults += [
        Fault("phases", f"{phase!r} is not a phase", f"Choose from {', '.join(PHASES)}")
        for phase in phases
        if phase not in PHASES
    ]
    here = _within(register, register.frame, "authority", authorities, faults)
    placeless = here[here["district"] == ""] if districts else here.iloc[:0]
    here = _within(register, here, "district", districts, faults)
    mainstream = here[(here["setting"] == MAINSTREAM) & here["phase"].isin(list(phases))]
    check_days(register, mainstream, faults)
    is_open = open_on(mainstream, day)
    counted = mainstream[is_open]
    planned = mainstream[(mainstream["status"] == OPENING) & ~is_open]
    beside = here[here["setting"].isin([SPECIAL, ALTERNATIVE])]
    shown = pd.concat([beside[open_on(beside, day)], planned])
    if counted.empty and len(faults) == before:
        faults.append(_nothing_left(register, day, authorities, districts))
    placeless = placeless[(placeless["setting"] == MAINSTREAM) & open_on(placeless, day)]
    notices = [
        Notice(
            "district",
            f"{row['name']} ({row['urn']}) has no district in {register.name}: "
            "it is not in any of the districts chosen",
            int(row["urn"]),
        )
        for _, row in placeless.iterrows()
    ]
    return Choice(counted, shown, tuple(date_notices(mainstream, is_open, day) + notices))


def check_days(register: Register, rows: pd.DataFrame, faults: list[Fault]) -> None:
    """Add a fault for each opening or closing date that cannot be read."""
    for column in ("open_date", "close_date"):
        known = {text: text == "" or is_iso(text) for text in rows[column].unique()}
        for row, text in cells(rows.loc[~rows[column].map(known).astype(bool), column]):
            found, fix = f"{text!r} is not a date", "Write it as 31-08-2025 or 2025-08-31"
            title = register.title(column)
            faults.append(Fault(register.name, found, fix, row, title))


def open_on(rows: pd.DataFrame, day: str) -> pd.Series:
    """Whether each row is open on a day: by its dates where it has them, else by its status.

    A school is open on the day it opens and on the day it closes. Without a day only the
    status counts; in a file without statuses every school is open.
    """
    status, opens, closes = rows["status"], rows["open_date"], rows["close_date"]
    now = status.isin(["", OPEN, CLOSING])
    if not day:
        return now
    begun = (opens == "") | (opens <= day)
    ended = (closes != "") & (closes < day)
    soon = (status == OPENING) & (opens != "")
    then = (status == CLOSED) & (closes != "")
    return (now | soon | then) & begun & ~ended


def opening(register: Register, day: str) -> dict[int, bool]:
    """Return whether each school of a register is open on a day, by URN."""
    urns = register.frame["urn"].astype("int64")
    return dict(zip(urns.tolist(), open_on(register.frame, day).tolist(), strict=True))


def date_notices(rows: pd.DataFrame, is_open: pd.Series, day: str) -> list[Notice]:
    """List each school that is in or out because of a date rather than by its status alone."""
    if not day:
        return []
    plainly_in = (rows["status"].isin(["", OPEN])) & is_open
    plainly_out = ~rows["status"].isin(["", OPEN, CLOSING, OPENING]) & ~is_open
    notable = rows[~(plainly_in | plainly_out)]
    return [
        Notice("date", _about_date(row, now, day), int(row["urn"]))
        for now, (_, row) in zip(is_open[notable.index], notable.iterrows(), strict=True)
    ]


def _about_date(row: pd.Series, is_open: bool, day: str) -> str:
    opens = in_words(row["open_date"]) if is_iso(row["open_date"]) else "an unknown date"
    closes = in_words(row["close_date"]) if is_iso(row["close_date"]) else "an unknown date"
    if row["status"] == OPENING:
        why = f"it is proposed to open on {opens}"
    elif row["status"] == CLOSING:
        why = f"it is proposed to close on {closes}"
    elif row["status"] == CLOSED or (row["close_date"] and row["close_date"] < day):
        why = f"it closes on {closes}"
    else:
        why = f"it opens on {opens}"
    verdict = "is counted" if is_open else "is left out"
    return f"{row['name']} ({row['urn']}) {verdict} on {in_words(day)}: {why}"


def _within(
    register: Register,
    rows: pd.DataFrame,
    column: str,
    wanted: Collection[str],
    faults: list[Fault],
) -> pd.DataFrame:
    """Keep the rows whose `column`, or its code, is one of `wanted`; each must match some row."""
    if not wanted or rows.empty:
        return rows
    if column in register.missing:
        found = f"the file has no column for the {column}, so none can be chosen"
        fix = f"Add a column {column!r}, or choose no {column}"
        faults.append(Fault(register.name, found, fix, 1, register.title(column)))
        return rows
    names, codes = _plain(rows[column]), _plain(rows[f"{column}_code"])
    keep = pd.Series(data=False, index=rows.index)
    for name in wanted:
        matches = (names == _fold(name)) | (codes == _fold(name))
        if not matches.any():
            known = sorted(set(rows[column]) - {""})
            found, fix = f"no school of {column} {name!r} is in the file", _nearest(name, known)
            faults.append(Fault(register.name, found, fix, column=register.title(column)))
        keep |= matches
    return rows[keep]


def _fold(text: str) -> str:
    return " ".join(text.casefold().replace("&", " and ").split())


def _plain(column: pd.Series) -> pd.Series:
    return column.map({text: _fold(text) for text in column.unique()})


def _nearest(name: str, known: list[str]) -> str:
    """Suggest the known names most like `name`."""
    by_fold = {_fold(candidate): candidate for candidate in known}
    close = get_close_matches(_fold(name), list(by_fold), n=3, cutoff=0.5)
    close += [fold for fold in by_fold if _fold(name) in fold and fold not in close][
        : 3 - len(close)
    ]
    if close:
        return f"Did you mean {' or '.join(by_fold[fold] for fold in close)}?"
    some = joined(known[:8])
    return f"The file has {some}{' and others' if len(known) > 8 else ''}"  # noqa: PLR2004


def _nothing_left(
    register: Register, day: str, authorities: Collection[str], districts: Collection[str]
) -> Fault:
    where = joined([*authorities, *districts]) or "the file"
    when = f" on {in_words(day)}" if day else ""
    found = f"no mainstream school of {where} is open{when}"
    return Fault(register.name, found, "Check the authority, the phases and the planning date")
