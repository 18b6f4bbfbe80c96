"""The list of decisions: what was asked for a school or a cluster, and what was decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.plan.decision_faults import DATES, faults_of, read_all_figures
from cluster_geo.plan.stages import DEFAULTS, STAGES, Row, requests_of
from cluster_geo.plan.withheld import REQUEST_TOPIC
from cluster_geo.records import notices_of_files, report
from cluster_geo.schools.dates import iso_dates
from cluster_geo.schools.headings import read_list, urns_of
from cluster_geo.schools.identity import Identity

COLUMNS = ("urn", "request", "decision", "reason", "date", "role")
# What a council that follows requests from the first day adds.
MORE_COLUMNS = (
    "case",
    "cluster",
    "stage",
    "received",
    "due",
    "version_before",
    "version_after",
    "figures",
)
# Headings that old lists may have for something else ("status", "reference") are not among these.
SYNONYMS = {
    "urn": ("schoolurn",),
    "request": ("requested", "asked"),
    "decision": ("outcome", "decided"),
    "reason": ("why", "reasons"),
    "date": ("decidedon", "decisiondate", "dateofdecision"),
    "role": ("decidedby", "by"),
    "case": ("casereference", "caseref"),
    "cluster": ("clustercode",),
    "stage": (),
    "received": ("receivedon", "datereceived"),
    "due": ("duedate", "dueon", "dueby", "decideby"),
    "version_before": (),
    "version_after": (),
    "figures": (),
}
REQUIRED = {
    "urn": "which school it is about (URN)",
    "request": "what was asked",
    "decision": "what was decided",
    "reason": "why",
    "date": "when it was decided",
    "role": "who decided, by their role",
}
# With one of these a list is of requests at any stage; without them every row is decided.
STAGED = frozenset(("stage", "received"))


def read_decisions(path: str | Path) -> pd.DataFrame:
    """Read a CSV with `urn`, `request`, `decision`, `reason`, `date` and `role`.

    A list of requests at any stage has more columns: `stage`, `received` and `due`; `case`, the
    council's own reference; `cluster` beside `urn` or in its place; `version_before` and
    `version_after`, of the plan; `figures`, a file of `read_figures` by its path from the list.
    A school may appear more than once, and may have closed since: the record is kept.

    Returns
    -------
    DataFrame
        `COLUMNS`, and those of `MORE_COLUMNS` that the list has, `stage` in any that has
        `received`: `urn` integer, missing where a row is about a cluster alone; dates in ISO 8601;
        `figures` as `SavedFigures` or None; the rest text. In order of date (before a decision,
        that of receipt), then as in the file, by which it is indexed (`row`, its line).

    Raises
    ------
    InputError
        With every fault: missing columns, invalid URNs, stages and dates, cells that are blank and
        needed at their row's stage, dates in the wrong order, rows of one case that contradict
        each other, figures that are missing or of another school.
    """
    frame, there = read_list(path, SYNONYMS, _required)
    staged = not STAGED.isdisjoint(there)
    faults: list[Fault] = []
    frame = frame.assign(
        urn=_urns(frame, path, there, faults),
        stage=_stages(frame) if staged else "decided",
        **{column: iso_dates(frame[column]) for column in DATES},
    )
    faults += faults_of(frame, file_name(path))
    figures = read_all_figures(frame, Path(path), faults)
    if faults:
        raise InputError(sorted(faults, key=lambda fault: fault.row or 0))
    kept = [*COLUMNS, *(c for c in MORE_COLUMNS if c in there or (c == "stage" and staged))]
    days = frame["date"].where(frame["date"] != "", frame["received"])
    frame = frame.assign(figures=pd.Series(figures, frame.index, dtype=object))[kept]
    return frame.loc[days.sort_values(kind="stable").index]


def _required(there: Collection[str]) -> Mapping[str, str]:
    """Return which columns a list must have, by those that it has."""
    needed = REQUIRED if STAGED.isdisjoint(there) else {c: REQUIRED[c] for c in ("urn", "request")}
    return {c: what for c, what in needed.items() if c != "urn" or "cluster" not in there}


def _urns(
    frame: pd.DataFrame, path: str | Path, there: Collection[str], faults: list[Fault]
) -> pd.Series:
    """Return the URNs; missing in a row that is about a cluster alone."""
    alone = (frame["urn"] == "") & (frame["cluster"] != "")
    neither = (frame["urn"] == "") & (frame["cluster"] == "")
    if "cluster" in there:
        fix = "Write the school's URN, the cluster's code, or both"
        for row in frame.index[neither]:
            found = "neither a school nor a cluster is named"
            faults.append(Fault(file_name(path), found, fix, int(row), "urn"))
        alone |= neither
    urns = urns_of(frame[~alone], "urn", path, faults)
    return urns.reindex(frame.index).astype("Int64") if alone.any() else urns


def _stages(frame: pd.DataFrame) -> pd.Series:
    """Return the stages in small letters; blank is decided where there is a decision.

    What is no stage stays as it is.
    """
    small = frame["stage"].str.casefold()
    given = small.where(small.isin(STAGES), frame["stage"])
    blank = frame["decision"].map(lambda text: "decided" if text else "received")
    return given.where(given != "", blank).astype(object)


def with_decisions(decisions: pd.DataFrame | None, rows: Sequence[Row]) -> pd.DataFrame:
    """Return a list of decisions with more rows below it.

    Parameters
    ----------
    decisions : DataFrame or None
        As `read_decisions` gives it; None for no list.
    rows : sequence of mapping
        Cells by column, `urn` None for no school; columns of `MORE_COLUMNS` may be left out.
    """
    earlier: list[Any] = [] if decisions is None else decisions.to_dict(orient="records")
    every = [{**DEFAULTS, **row} for row in (*earlier, *rows)]
    given = {column for row in rows for column in row}
    given |= set() if decisions is None else set(decisions.columns)
    columns = [*COLUMNS, *(column for column in MORE_COLUMNS if column in given)]
    table = pd.DataFrame(every, columns=columns, dtype=object)
    urns = table["urn"].astype("Int64")
    return table.assign(urn=urns if urns.isna().any() else urns.astype("int64"))


def carried_decisions(decisions: pd.DataFrame, identity: Identity, where: str) -> pd.DataFrame:
    """Return a list of decisions with the URNs of today; reports what is read as another.

    A row about a school that was split stands once for each of its parts. What is reported of open
    requests has a topic of its own ("request"), since the public is not shown whom they are about.

    Parameters
    ----------
    decisions : DataFrame
        As `read_decisions` gives it.
    identity : Identity
    where : str
        The file's name, for the notices.
    """
    requests = requests_of(decisions)
    settled = {urn for one in requests if not one.is_open for urn in one.urns}
    asked = {urn for one in requests if one.is_open for urn in one.urns}
    now = identity.carried(settled, where)
    with notices_of_files() as found:
        now |= identity.carried(asked - settled, where)
    for notice in found:
        report(replace(notice, topic=REQUEST_TOPIC))
    if all(new == (urn,) for urn, new in now.items()):
        return decisions
    urns = [0 if pd.isna(urn) else int(urn) for urn in decisions["urn"]]
    places = [place for place, urn in enumerate(urns) for _ in now.get(urn, (pd.NA,))]
    carried = pd.array([new for urn in urns for new in now.get(urn, (pd.NA,))], dtype="Int64")
    rows = decisions.iloc[places]
    return rows.assign(urn=pd.Series(carried, rows.index).astype(decisions["urn"].dtype))
