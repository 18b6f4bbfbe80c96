"""Convert a register's text to the typed schools table; report every cell that cannot be read."""

from __future__ import annotations

import re

import geopandas as gpd
import numpy as np
import pandas as pd

from cluster_geo.columns import SCHOOL_COLUMNS
from cluster_geo.delimited import cells
from cluster_geo.errors import Fault
from cluster_geo.geometry import BRITISH_NATIONAL_GRID, in_england_or_wales
from cluster_geo.schools.register import Register

TRUE_WORDS = frozenset({"yes", "y", "true", "t", "1", "x"})
FALSE_WORDS = frozenset({"", "no", "n", "false", "f", "0", "none", "not applicable"})
# What the DfE writes for "not known", "too few to publish" and so on.
MOST_POINTS_NAMED = 20
NOT_A_FIGURE = frozenset({"", "na", "n/a", "np", "supp", "lowcov", "x", "c", "z", "..", "-"})
# 1,234 is read with a thousands separator; 51,27 has a decimal comma and is refused.
THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")


def to_number(text: str) -> float | None:
    """Return a number, NaN for words that mean "no figure", None for anything else."""
    plain = text.strip().removesuffix("%")
    if THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    if plain.casefold() in NOT_A_FIGURE:
        return np.nan
    try:
        number = float(plain)
    except ValueError:
        return None
    return number if np.isfinite(number) else None


def typed_table(register: Register, rows: pd.DataFrame, faults: list[Fault]) -> gpd.GeoDataFrame:
    """Make the schools table of some rows of a register.

    Parameters
    ----------
    register : Register
    rows : DataFrame
        Rows of `register.frame`.
    faults : list of Fault
        Every cell that cannot be read is added to it.

    Returns
    -------
    GeoDataFrame
        Columns of `columns.SCHOOL_COLUMNS`, indexed by URN ascending, points in EPSG:27700.
        Not to be used if faults were added.
    """
    for row, _text in cells(rows.loc[rows["name"] == "", "name"]):
        found, title = "the school has no name", register.title("name")
        faults.append(Fault(register.name, found, "Write its name", row, title))
    columns = {
        column.name: _converted(register, rows, column.name, column.kind, faults)
        for column in SCHOOL_COLUMNS
    }
    easting, northing = coordinates(register, rows, faults)
    table = gpd.GeoDataFrame(
        columns,
        geometry=gpd.points_from_xy(easting, northing, crs=BRITISH_NATIONAL_GRID),
        index=pd.Index(rows["urn"].astype("int64"), name="urn"),
        crs=BRITISH_NATIONAL_GRID,
    )
    return table.sort_index()


def _converted(
    register: Register, rows: pd.DataFrame, name: str, kind: str, faults: list[Fault]
) -> np.ndarray:
    if kind in ("number", "integer"):
        parts = register.parts.get(name, (name,))
        figures = np.array([numbers(register, rows, part, faults) for part in parts])
        known = ~np.isnan(figures)
        return np.where(known.any(axis=0), np.where(known, figures, 0.0).sum(axis=0), np.nan)
    if kind == "flag":
        return _flags(register, rows, name, faults)
    return np.array([" ".join(text.split()) for text in rows[name]], dtype=object)


def numbers(
    register: Register,
    rows: pd.DataFrame,
    column: str,
    faults: list[Fault],
    least: float = 0.0,
) -> np.ndarray:
    """Read a column of figures, NaN for blanks; words, and figures below `least`, are faults."""
    texts = rows[column]
    known = {text: to_number(text) for text in texts.unique()}
    wrong = {text for text, number in known.items() if number is None or number < least}
    for row, text in cells(texts[texts.isin(wrong)]) if wrong else ():
        found = f"{text!r} is not a number" if known[text] is None else f"{text} is below 0"
        fix, title = "Write a figure or leave it blank", register.title(column)
        faults.append(Fault(register.name, found, fix, row, title))
    return np.array([known[text] for text in texts], dtype=float)


def _flags(register: Register, rows: pd.DataFrame, column: str, faults: list[Fault]) -> np.ndarray:
    plain = rows[column].map(str.casefold)
    true, false = plain.isin(TRUE_WORDS), plain.isin(FALSE_WORDS)
    for row, text in cells(rows.loc[~(true | false), column]):
        found = f"{text!r} is neither yes nor no"
        title = register.title(column)
        faults.append(Fault(register.name, found, "Write yes or no", row, title))
    return true.to_numpy(dtype=bool)


def coordinates(
    register: Register, rows: pd.DataFrame, faults: list[Fault]
) -> tuple[np.ndarray, np.ndarray]:
    """Read eastings and northings in metres; a point where no school can be is a fault."""
    before = len(faults)
    easting = numbers(register, rows, "easting", faults, -np.inf)
    northing = numbers(register, rows, "northing", faults, -np.inf)
    if len(faults) > before:
        return easting, northing
    unknown = np.isnan(easting) | np.isnan(northing)
    degrees = ~unknown & (np.abs(easting) <= 180) & (np.abs(northing) <= 90)  # noqa: PLR2004
    outside = ~unknown & ~degrees & ~in_england_or_wales(easting, northing)
    points = [f"{x:,.6g}, {y:,.6g}" for x, y in zip(easting, northing, strict=True)]
    for wrong, found, fix in (
        (unknown, "no coordinates", "Add an easting and a northing, or leave the school out"),
        (
            degrees,
            "the coordinates {}, which are degrees",
            "Give metres (EPSG:27700), or columns lat and lon",
        ),
        (
            outside,
            "the coordinates {}, outside England and Wales",
            "Check that the two are not swapped",
        ),
    ):
        misplaced = [(int(k), found.format(points[k])) for k in np.flatnonzero(wrong)]
        faults += _misplaced(register, rows, misplaced, fix)
    return easting, northing


def _misplaced(
    register: Register, rows: pd.DataFrame, misplaced: list[tuple[int, str]], fix: str
) -> list[Fault]:
    """Return a fault for each row and what was found there, or one for all if there are many.

    A whole column in the wrong unit or order is one fault, not one for each school.
    """
    lines, names, urns = rows.index.tolist(), rows["name"].tolist(), rows["urn"].tolist()
    many = len(misplaced) > MOST_POINTS_NAMED
    others = f" and {len(misplaced) - 1:,} more have " if many else " has "
    title = register.title("easting")
    return [
        Fault(register.name, f"{names[k]} ({urns[k]}){others}{found}", fix, lines[k], title)
        for k, found in (misplaced[:1] if many else misplaced)
    ]
