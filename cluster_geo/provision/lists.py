"""A planner's own lists for a question of provision: candidates, other places, pupils."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from cluster_geo.county import County
from cluster_geo.delimited import cells
from cluster_geo.errors import Fault, InputError, file_name, gathered
from cluster_geo.provision.list_cells import (
    read_needs,
    read_phases,
    read_places,
    read_urns,
    with_points,
)
from cluster_geo.provision.question import Question
from cluster_geo.records import Source, source_of
from cluster_geo.schools.dates import is_iso, iso_dates
from cluster_geo.schools.headings import read_list
from cluster_geo.schools.small_counts import LEAST_SHOWN
from cluster_geo.schools.typed import to_number

CANDIDATES = {"urn": ("schoolurn",), "places": ("capacity",)}
OTHERS = {
    "name": ("school",),
    "kind": ("type",),
    "urn": ("schoolurn",),
    "easting": (),
    "northing": (),
    "need": ("needs", "needtype", "designation"),
    "phase": (),
    "places": ("capacity", "commissionedplaces"),
    "opens": ("opendate", "from"),
    "closes": ("closedate", "until", "to"),
}
PUPILS = {
    "urn": ("schoolurn",),
    "easting": (),
    "northing": (),
    "need": ("needs", "needtype"),
    "phase": (),
    "pupils": ("number", "count"),
}
# More pupils than any authority has, at one place.
MOST_PUPILS = 1_000_000
# Schools of a shared provision.
TWO = 2
SPECIAL, SHARED, TEAM = "special", "shared", "team"
OTHER_KINDS = {
    SPECIAL: "special school",
    SHARED: "provision of two schools",
    TEAM: "travelling team",
}


@dataclass(frozen=True, eq=False)
class Lists:
    """What a planner's lists say; each table is indexed by line of its file.

    Parameters
    ----------
    candidates : DataFrame, optional
        `urns` (tuple), `places` (NaN for the usual number).
    others : DataFrame, optional
        `name`, `kind`, `urns`, `easting`, `northing`, `need` (codes), `phase` ("" for both),
        `places`, `opens`, `closes`.
    pupils : DataFrame, optional
        `urns`, `easting`, `northing`, `need`, `phase`, `pupils`.
    names : mapping of str to str
        Of the files, for messages.
    sources : tuple of Source
    """

    candidates: pd.DataFrame | None = None
    others: pd.DataFrame | None = None
    pupils: pd.DataFrame | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()


NO_LISTS = Lists()


def read_lists(
    county: County,
    asked: Question,
    *,
    candidates: str | Path | None = None,
    others: str | Path | None = None,
    pupils: str | Path | None = None,
) -> Lists:
    """Read the lists that are given.

    Raises
    ------
    InputError
        With the faults of all of them.
    """
    faults: list[Fault] = []
    given = {"candidates": candidates, "others": others, "pupils": pupils}
    readers = {
        "candidates": lambda path: _read_candidates(path, county, asked),
        "others": lambda path: _read_others(path, county),
        "pupils": lambda path: _read_pupils(path, county),
    }
    tables = {role: gathered(path, readers[role], faults) for role, path in given.items()}
    if faults:
        raise InputError(faults)
    there = {role: path for role, path in given.items() if path is not None}
    return Lists(
        candidates=tables["candidates"],
        others=tables["others"],
        pupils=tables["pupils"],
        names={role: file_name(path) for role, path in there.items()},
        sources=tuple(source_of(path, f"provision {role}") for role, path in there.items()),
    )


def small_places(lists: Lists) -> list[Fault]:
    """Return a fault for each row with places below 5, which the public must not see."""
    faults = []
    for role, table in (("candidates", lists.candidates), ("others", lists.others)):
        if table is None:
            continue
        for row in table.index[table["places"] < LEAST_SHOWN].tolist():
            found = f"fewer than {LEAST_SHOWN} places are a small count, and not for the public"
            fix = "Ask for the audience internal"
            faults.append(Fault(lists.names[role], found, fix, row, "places"))
    return faults


def _read_candidates(path: str | Path, county: County, asked: Question) -> pd.DataFrame:
    frame, _ = read_list(path, CANDIDATES, {"urn": "which school could have a provision (URN)"})
    name = file_name(path)
    faults: list[Fault] = []
    urns = read_urns(frame, county, name, faults, required=True)
    frame = frame.assign(urns=urns, places=read_places(frame["places"], name, faults))
    seen: dict[int, int] = {}
    names, held = county.schools.names, figures_of(county, "srp_on_roll")
    phase = county.schools.primaries if asked.phase == "primary" else county.schools.secondaries
    for row, those, places in zip(frame.index, frame["urns"], frame["places"], strict=True):
        for urn in those:
            if urn in seen:
                found = f"URN {urn} is in row {seen[urn]} too"
                faults.append(Fault(name, found, "Keep one row of each school", row, "urn"))
            seen[urn] = row
            if urn not in phase:
                found = f"{names[urn]} ({urn}) has no {asked.phase} pupils"
                fix = "Remove the row, or ask for the other phase"
                faults.append(Fault(name, found, fix, row, "urn"))
            if places < held[urn]:
                found = f"{places:g} places are fewer than the {held[urn]:g} pupils on roll"
                fix = "Give the places that the provision would have in all"
                faults.append(Fault(name, found, fix, row, "places"))
    if not len(frame) and not faults:
        faults.append(Fault(name, "it lists no school", "List the schools that could have one"))
    if faults:
        raise InputError(faults)
    return frame[["urns", "places"]]


def _read_others(path: str | Path, county: County) -> pd.DataFrame:
    needed = {"need": "which needs the places are for", "places": "how many there are"}
    frame, _ = read_list(path, OTHERS, needed)
    name = file_name(path)
    faults: list[Fault] = []
    kinds = frame["kind"].str.casefold().replace("", SPECIAL)
    for row, kind in cells(kinds[~kinds.isin(list(OTHER_KINDS))]):
        fix = f"Write {', '.join(OTHER_KINDS)} or leave it blank for a special school"
        faults.append(Fault(name, f"{kind!r} is unknown", fix, row, "kind"))
    places = read_places(frame["places"], name, faults)
    for row in frame.index[frame["places"] == ""].tolist():
        fix = "Write how many places there are"
        faults.append(Fault(name, "the cell is blank", fix, row, "places"))
    frame = frame.assign(
        kind=kinds,
        places=places,
        need=read_needs(frame["need"], name, faults),
        phase=read_phases(frame["phase"], name, faults),
        urns=read_urns(frame, county, name, faults, required=False),
    )
    for column in ("opens", "closes"):
        dates = iso_dates(frame[column])
        for row, text in cells(dates):
            if text and not is_iso(text):
                fix = "Write it as 31-08-2025 or 2025-08-31"
                faults.append(Fault(name, f"{text!r} is not a date", fix, row, column))
        frame[column] = dates
    frame = with_points(frame, name, faults, needless=kinds == TEAM)
    faults += _repeated(frame, name)
    for row in frame.index[(kinds == SHARED) & (frame["urns"].map(len) != TWO)].tolist():
        fix = "Write their URNs with | between, as 118001|118002"
        faults.append(Fault(name, "a shared provision is of two schools", fix, row, "urn"))
    if faults:
        raise InputError(faults)
    return frame


def _repeated(frame: pd.DataFrame, name: str) -> list[Fault]:
    """Return a fault for each row of places that stands in the list already."""
    which = ["name", "kind", "urns", "easting", "northing", "need", "phase", "opens", "closes"]
    again = frame[which].astype(str).duplicated()
    found, fix = "the same places are in an earlier row", "Keep one row"
    return [Fault(name, found, fix, row) for row in frame.index[again].tolist()]


def _read_pupils(path: str | Path, county: County) -> pd.DataFrame:
    frame, _ = read_list(path, PUPILS, {"pupils": "how many pupils need a place"})
    name = file_name(path)
    faults: list[Fault] = []
    figures = [to_number(text) for text in frame["pupils"]]
    for (row, text), figure in zip(cells(frame["pupils"]), figures, strict=True):
        if figure is None or not 0 <= figure <= MOST_PUPILS:
            found = f"{text!r} is not a number of pupils" if text else "the cell is blank"
            fix = f"Write a figure from 0 to {MOST_PUPILS:,}"
            faults.append(Fault(name, found, fix, row, "pupils"))
    frame = frame.assign(
        pupils=np.array([np.nan if x is None else x for x in figures], dtype=float),
        need=read_needs(frame["need"], name, faults, blank=True),
        phase=read_phases(frame["phase"], name, faults),
        urns=read_urns(frame, county, name, faults, required=False),
    )
    frame = with_points(frame, name, faults, needless=pd.Series(data=False, index=frame.index))
    if faults:
        raise InputError(faults)
    return frame


def figures_of(county: County, column: str) -> dict[int, float]:
    """Return a column of figures by URN; NaN for what is not known."""
    figures = county.schools.table[column].astype(float)
    return dict(zip(county.schools.urns, figures.tolist(), strict=True))
