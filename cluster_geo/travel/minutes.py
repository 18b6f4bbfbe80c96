"""The planner's own travel times: a file of from_urn, to_urn and minutes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from cluster_geo.delimited import open_delimited, required_columns
from cluster_geo.errors import Fault, InputError
from cluster_geo.records import Notice, source_of
from cluster_geo.schools import Schools
from cluster_geo.travel.table import Travel

COLUMNS = {
    "from_urn": "the school the journey starts from",
    "to_urn": "the school it ends at",
    "minutes": "how long it takes",
}
# Faults of one kind that are listed one by one; the others are counted.
MOST_NAMED = 20
HIGHEST_URN = 999_999_999


def read_matrix(path: str | Path, schools: Schools) -> Travel:
    """Read travel times between schools.

    Every ordered pair of different schools of the plan needs a row: the way there may take
    longer than the way back. Rows about schools that are not in the plan are left out and
    counted, so that one matrix serves a county and each of its districts.

    Parameters
    ----------
    path : path
        CSV with `from_urn`, `to_urn` and `minutes`.
    schools : Schools

    Raises
    ------
    InputError
        With every fault: missing columns, cells that are not numbers, negative times, a pair
        twice with different times, missing pairs.
    """
    opened = open_delimited(path)
    faults = required_columns(opened.header, COLUMNS, opened.name)
    if faults:
        raise InputError(faults)
    text = opened.columns({column: column for column in COLUMNS})
    rows, faults = _numbers(text, opened.name)
    rows = _carried(rows, schools, opened.name)
    known = rows["from_urn"].isin(schools.urns) & rows["to_urn"].isin(schools.urns)
    others = _other_urns(rows, schools)
    rows = rows[known]
    faults += _repeated(rows, opened.name)
    matrix = _fill(rows, schools)
    faults += _missing(matrix, schools, opened.name, others)
    if faults:
        raise InputError(faults)
    notices = []
    if others:
        count = int((~known).sum())
        notices.append(
            Notice(
                "travel",
                f"{count:,} rows of {opened.name} were ignored, as these URNs are not in the plan: "
                f"{_listed(others)}.",
            )
        )
    return Travel(
        urns=schools.urns,
        matrix=matrix,
        unit="minutes",
        method=f"Minutes from the planner's own file, {opened.name}.",
        notices=tuple(notices),
        sources=(source_of(path, "travel"),),
    )


def _numbers(text: pd.DataFrame, name: str) -> tuple[pd.DataFrame, list[Fault]]:
    """Return the rows that hold numbers, and a fault for each cell that does not."""
    fixes = {
        "from_urn": ("a URN", "Give the school's URN"),
        "to_urn": ("a URN", "Give the school's URN"),
        "minutes": ("a number of minutes", "Give a number of minutes, 0 or more"),
    }
    numbers = text.apply(pd.to_numeric, errors="coerce").astype(float)
    numbers = numbers.replace([np.inf, -np.inf], np.nan)
    bad = numbers.isna() | (numbers < 0)
    for column in ("from_urn", "to_urn"):
        bad[column] |= (numbers[column] % 1 != 0) | (numbers[column] > HIGHEST_URN)
    faults = []
    for column, (what, fix) in fixes.items():
        wrong = text.loc[bad[column], column]
        faults += [
            Fault(name, f"{value!r} is not {what}", fix, int(str(row)), column)
            for row, value in wrong.iloc[:MOST_NAMED].items()
        ]
        if len(wrong) > MOST_NAMED:
            found = f"{len(wrong) - MOST_NAMED:,} more cells like these"
            faults.append(Fault(name, found, fix, column=column))
    sound = numbers[~bad.any(axis=1)]
    return sound.astype({"from_urn": "int64", "to_urn": "int64"}), faults


def _carried(rows: pd.DataFrame, schools: Schools, name: str) -> pd.DataFrame:
    """Return the journeys between the schools of now.

    Of a school that others have become part of, its own journeys count, else those of the part
    with the lowest URN; between two that have become one there is no journey.
    """
    ends, then = ["from_urn", "to_urn"], ["from_then", "to_then"]
    kept = rows.assign(from_then=rows["from_urn"], to_then=rows["to_urn"])
    now = schools.identity.carried_rows(kept, ends, name)
    other = (now[ends].to_numpy() != now[then].to_numpy()).any(axis=1)
    if not other.any():
        return rows
    carried = now[other].sort_values(then).drop_duplicates(ends)
    own = now[~other]
    there = pd.MultiIndex.from_frame(own[ends])
    new = carried[~pd.MultiIndex.from_frame(carried[ends]).isin(there)]
    new = new[new["from_urn"] != new["to_urn"]]
    both: pd.DataFrame = pd.concat([own, new])
    return both.reindex(columns=rows.columns)


def _other_urns(rows: pd.DataFrame, schools: Schools) -> list[int]:
    """Return the URNs of the file that are not in the plan."""
    urns = pd.unique(pd.concat([rows["from_urn"], rows["to_urn"]]))
    return sorted(set(map(int, urns)) - set(schools.urns))


def _repeated(rows: pd.DataFrame, name: str) -> list[Fault]:
    """List pairs that appear twice with different times."""
    distinct = rows.drop_duplicates(["from_urn", "to_urn", "minutes"])
    again = distinct[distinct.duplicated(["from_urn", "to_urn"])]
    faults = []
    for row, origin, destination in again[["from_urn", "to_urn"]].iloc[:MOST_NAMED].itertuples():
        found = f"the journey from {origin} to {destination} has a different time in a row above"
        faults.append(Fault(name, found, "Keep one of the two rows", int(row)))
    if len(again) > MOST_NAMED:
        found = f"{len(again) - MOST_NAMED:,} more journeys with two times"
        faults.append(Fault(name, found, "Keep one row of each"))
    return faults


def _fill(rows: pd.DataFrame, schools: Schools) -> np.ndarray:
    """Return the matrix of minutes, NaN where the file has no row, 0 on the diagonal."""
    matrix = np.full((len(schools), len(schools)), np.nan)
    place = pd.Series(range(len(schools)), index=list(schools.urns))
    origin = place.reindex(rows["from_urn"]).to_numpy()
    destination = place.reindex(rows["to_urn"]).to_numpy()
    matrix[origin, destination] = rows["minutes"].to_numpy()
    np.fill_diagonal(matrix, 0.0)
    return matrix


def _missing(matrix: np.ndarray, schools: Schools, name: str, others: list[int]) -> list[Fault]:
    """List the schools from which a time is missing, and the URNs that may be mistyped."""
    missing = np.isnan(matrix)
    origins = np.flatnonzero(missing.any(axis=1))
    faults = []
    for i in origins[:MOST_NAMED]:
        gaps = [schools.urns[j] for j in np.flatnonzero(missing[i])]
        found = f"no time from school {schools.urns[i]} to {_listed(gaps)}"
        faults.append(Fault(name, found, "Add a row for each journey, in both directions"))
    if len(origins) > MOST_NAMED:
        found = f"times are missing from {len(origins) - MOST_NAMED:,} more schools"
        faults.append(Fault(name, found, "Add a row for each journey, in both directions"))
    if faults and others:
        found = f"these URNs are in the file but not in the plan: {_listed(others)}"
        faults.append(Fault(name, found, "Check them for typing errors"))
    return faults


def _listed(urns: list[int]) -> str:
    """URNs as a short list."""
    shown = ", ".join(str(urn) for urn in urns[:5])
    return shown if len(urns) <= 5 else f"{shown} and {len(urns) - 5:,} more"  # noqa: PLR2004
