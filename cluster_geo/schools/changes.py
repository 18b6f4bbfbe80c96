"""The planner's changes to who is counted: a URN added or removed, with a reason on record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.records import Notice
from cluster_geo.schools.choose import Choice
from cluster_geo.schools.headings import check_once, read_list, urns_of
from cluster_geo.schools.register import MAINSTREAM, PHASES, Register

SYNONYMS = {
    "urn": ("schoolurn",),
    "action": ("change",),
    "reason": ("why", "note", "notes"),
    "phase": (),
    "easting": ("x",),
    "northing": ("y",),
}
REQUIRED = {
    "urn": "which school is changed (URN)",
    "action": "whether it is added or removed",
    "reason": "why",
}
ADD, REMOVE = "add", "remove"
# If the register has no phase, it follows from the ages: a school with children of reception age
# has a primary phase, one with children older than 13 a secondary phase.
RECEPTION_AGE, PAST_MIDDLE_AGE = 5, 14


@dataclass(frozen=True, eq=False)
class Changes:
    """A planner's changes, one row a school.

    Parameters
    ----------
    frame : DataFrame
        `urn` (integer), `action`, `reason`, and `phase`, `easting` and `northing` (text) where
        the planner corrects the register; indexed by line of the file.
    name : str
        Name of the file in messages.
    """

    frame: pd.DataFrame
    name: str


def read_changes(path: str | Path) -> Changes:
    """Read a CSV with `urn`, `action` (add or remove) and `reason`.

    Optional columns `phase`, `easting` and `northing` fill or correct what the register says of
    a school that is added.

    Raises
    ------
    InputError
        Invalid or repeated URNs, unknown actions or phases, changes without a reason.
    """
    frame, _ = read_list(path, SYNONYMS, REQUIRED)
    name = file_name(path)
    faults: list[Fault] = []
    frame = frame.assign(
        urn=urns_of(frame, "urn", path, faults),
        action=frame["action"].str.casefold(),
        phase=frame["phase"].str.casefold(),
    )
    check_once(frame["urn"], path, faults)
    for row, change in frame.iterrows():
        line = int(str(row))
        if change["action"] not in (ADD, REMOVE):
            found = f"{change['action']!r} is neither add nor remove"
            faults.append(Fault(name, found, "Write add or remove", line, "action"))
        if not change["reason"]:
            found, fix = "the change has no reason", "Write why; it appears in the plan's record"
            faults.append(Fault(name, found, fix, line, "reason"))
        if change["phase"] and change["phase"] not in PHASES:
            found, fix = f"{change['phase']!r} is not a phase", f"Write {', '.join(PHASES)}"
            faults.append(Fault(name, found, fix, line, "phase"))
    if faults:
        raise InputError(faults)
    return Changes(frame, name)


def apply_changes(
    changes: Changes, register: Register, choice: Choice, faults: list[Fault]
) -> Choice:
    """Apply the planner's changes to the rows chosen; schools added are counted, not only shown.

    A URN that the register does not hold, or a school without a phase, is added to `faults`.
    """
    urns = register.frame["urn"].astype("int64")
    line_of = pd.Series(register.frame.index, index=urns.to_numpy())
    counted, notices = choice.counted, list(choice.notices)
    added = []
    for row, change in changes.frame.iterrows():
        urn, line = int(change["urn"]), int(str(row))
        if urn not in line_of.index:
            found, fix = f"URN {urn} is not in {register.name}", "Check the number"
            faults.append(Fault(changes.name, found, fix, line, "urn"))
            continue
        school = register.frame.loc[line_of[urn]]
        is_counted = line_of[urn] in counted.index
        notices.append(_notice(change, school, is_counted))
        if change["action"] == REMOVE:
            counted = counted.drop(index=line_of[urn], errors="ignore")
        else:
            counted = counted.drop(index=line_of[urn], errors="ignore")
            added.append(_corrected(school, change, Fault(
                changes.name,
                f"{school['name']} ({urn}) has neither a phase nor ages that determine one",
                "Add a column 'phase' and write it there", line, "phase"), faults))  # fmt: skip
    if added:
        counted = pd.concat([counted, pd.DataFrame(added)])
    shown = choice.shown.drop(index=counted.index, errors="ignore")
    return replace(choice, counted=counted, shown=shown, notices=tuple(notices))


def _corrected(
    school: pd.Series, change: pd.Series, no_phase: Fault, faults: list[Fault]
) -> pd.Series:
    """Return a school's row as a mainstream one, with the planner's own phase and place."""
    given = {key: change[key] for key in ("easting", "northing") if change[key]}
    phase = change["phase"] or (school["phase"] if school["phase"] in PHASES else "")
    phase = phase or _phase_from_ages(str(school["age_low"]), str(school["age_high"]))
    if not phase:
        faults.append(no_phase)
    corrected = school.copy()
    for key, value in {**given, "phase": phase, "setting": MAINSTREAM}.items():
        corrected[key] = value
    return corrected


def _phase_from_ages(low: str, high: str) -> str:
    if not (low.isdecimal() and high.isdecimal()):
        return ""
    primary, secondary = int(low) <= RECEPTION_AGE, int(high) >= PAST_MIDDLE_AGE
    if primary and secondary:
        return "all-through"
    return "secondary" if secondary else "primary"


def _notice(change: pd.Series, school: pd.Series, is_counted: bool) -> Notice:
    who, why = f"{school['name']} ({change['urn']})", change["reason"].rstrip(".")
    if change["action"] == ADD:
        text = f"{who} is added by the planner: {why}"
        text += "; it was already counted" if is_counted else ""
    else:
        text = f"{who} is removed by the planner: {why}"
        text += "" if is_counted else "; it was not counted before either"
    return Notice("change", text, int(change["urn"]))
