"""Cells of a planner's lists for a question of provision; faults are gathered."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from cluster_geo.county import County
from cluster_geo.delimited import cells
from cluster_geo.errors import Fault
from cluster_geo.provision.question import MOST_PLACES, PHASES
from cluster_geo.schools.headings import URN_PATTERN
from cluster_geo.schools.needs import NEEDS, SEPARATOR, need_codes
from cluster_geo.schools.typed import to_number


def read_urns(
    frame: pd.DataFrame, county: County, name: str, faults: list[Fault], *, required: bool
) -> pd.Series:
    """Return the schools of each row: 118001, or 118001|118002 for a provision of two."""
    found: list[tuple[int, ...]] = []
    known: Collection[int] = county.travel.position
    pointed = frame["easting"] if "easting" in frame else pd.Series("", index=frame.index)
    for (row, text), easting in zip(cells(frame["urn"]), pointed, strict=True):
        parts = [part.strip() for part in text.split(SEPARATOR)] if text else []
        those: list[int] = []
        for part in parts:
            if not URN_PATTERN.fullmatch(part):
                fix = "Write the school's unique reference number, or two with | between"
                faults.append(Fault(name, f"{part!r} is not a URN", fix, row, "urn"))
            elif int(part) not in known:
                if required or not easting:
                    unknown = f"the plan has no school with the URN {part}"
                    fix = county.schools.identity.advice(int(part), "Check the number")
                    faults.append(Fault(name, unknown, fix, row, "urn"))
            else:
                those.append(int(part))
        if required and not parts:
            fix = "Write the school's unique reference number"
            faults.append(Fault(name, "the URN is missing", fix, row, "urn"))
        found.append(tuple(those))
    return pd.Series(found, index=frame.index, dtype=object)


def read_places(column: pd.Series, name: str, faults: list[Fault]) -> np.ndarray:
    """Return whole numbers of places; NaN for a blank."""
    figures = []
    for row, text in cells(column):
        figure = to_number(text)
        if figure is None or (text and not (figure == figure // 1 and 1 <= figure <= MOST_PLACES)):
            fix = f"Write a whole number from 1 to {MOST_PLACES:,}"
            faults.append(Fault(name, f"{text!r} is not a number of places", fix, row, "places"))
            figure = np.nan
        figures.append(figure)
    return np.array(figures, dtype=float)


def read_needs(
    column: pd.Series, name: str, faults: list[Fault], *, blank: bool = False
) -> list[str]:
    """Return codes of needs joined by |; "" for a blank, which is a fault unless `blank`."""
    codes = [need_codes(text) for text in column]
    for (row, text), code in zip(cells(column), codes, strict=True):
        if code is None or not (code or blank):
            found = f"{text!r} is not a need" if text else "the need is missing"
            faults.append(Fault(name, found, f"Write one of {', '.join(NEEDS)}", row, "need"))
    return [code or "" for code in codes]


def read_phases(column: pd.Series, name: str, faults: list[Fault]) -> pd.Series:
    """Return primary, secondary or "" for both."""
    plain = column.str.casefold()
    for row, text in cells(column[~plain.isin(["", *PHASES])]):
        fix = "Write primary or secondary, or leave it blank for both"
        faults.append(Fault(name, f"{text!r} is not a phase", fix, row, "phase"))
    return plain


def with_points(
    frame: pd.DataFrame, name: str, faults: list[Fault], needless: pd.Series
) -> pd.DataFrame:
    """Read eastings and northings; a row without a school of the plan needs both."""
    points = {}
    for column in ("easting", "northing"):
        figures = [to_number(text) for text in frame[column]]
        for (row, text), figure in zip(cells(frame[column]), figures, strict=True):
            if figure is None:
                fix = "Write metres of the National Grid"
                faults.append(Fault(name, f"{text!r} is not a number", fix, row, column))
        points[column] = np.array([np.nan if x is None else x for x in figures], dtype=float)
    without = frame["urns"].map(len).eq(0) & ~needless
    nowhere = without & (frame["easting"].eq("") | frame["northing"].eq(""))
    for row in frame.index[nowhere].tolist():
        found = "neither a school of the plan nor a point"
        fix = "Give a URN, or an easting and a northing"
        if not any(fault.row == row for fault in faults):
            faults.append(Fault(name, found, fix, row))
    return frame.assign(**points)
