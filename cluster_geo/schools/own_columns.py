"""A planner's own figures of schools: any numeric column of any file keyed on URN or LAESTAB."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from cluster_geo.columns import AMOUNT, RATE, SCHOOL_COLUMNS, OwnColumn
from cluster_geo.delimited import DelimitedFile, cells, open_delimited
from cluster_geo.errors import Fault, InputError
from cluster_geo.records import Notice, Source, source_of
from cluster_geo.schools.headings import URN_PATTERN, folded
from cluster_geo.schools.identity import Identity
from cluster_geo.schools.small_counts import LEAST_SHOWN
from cluster_geo.schools.table import Schools
from cluster_geo.schools.typed import to_number

NAME = re.compile(r"[a-z][a-z0-9_]*")
TAKEN = frozenset({column.name for column in SCHOOL_COLUMNS} | {"urn", "schools", "geometry"})
# Names that tables of schools, clusters and plans have for other things, and how more begin or end.
OF_TABLES = frozenset(
    {"cluster", "cluster_name", "area", "trusts", "districts", "srps", "needs", "primaries"}
    | {"secondaries", "starts", "wave", "phases", "furthest", "hub", "change"}
    | {"smallest", "largest"}
)
BEGINNINGS = ("hub_", "travel", "km", "main_", "outside_", "trust_pieces", "primary_", "secondary_")
ENDINGS = ("_zone", "_zone_code", "_before", "_after")
# Units of a rate that is a share of all pupils of a school.
PER_CENT = ("%", "per cent", "percent")
KEYS = {"urn": ("urn", "schoolurn", "urnnumber"), "laestab": ("laestab", "lestab", "dfenumber")}
# £12,345.60; a sign before or after.
POUNDS = re.compile(r"^(-?)\s*£\s*")


@dataclass(frozen=True, slots=True)
class ColumnFile:
    """Where a column of a planner's own is: a file, and its heading there."""

    column: OwnColumn
    file: Path
    heading: str


def name_fault(name: str) -> str:
    """Return what is wrong with the name of a column, "" where nothing is."""
    if not NAME.fullmatch(name):
        return f"{name!r} is not a name of small letters, figures and underscores"
    if name in TAKEN | OF_TABLES or name.startswith(BEGINNINGS) or name.endswith(ENDINGS):
        return f"{name!r} is a column of this program's own"
    return ""


def with_own_columns(schools: Schools, files: Iterable[ColumnFile]) -> Schools:
    """Give schools the figures of a planner's own columns.

    Each file is a text table with a column of URNs or of LAESTABs (886/1234 or 8861234), once for
    each school; rows of other schools are left out. URNs of the past are read as those of now:
    amounts of schools that have become one are added up, and a rate of such a school is not known.
    A blank cell, and what the DfE writes where it has no figure, is not known.

    Raises
    ------
    InputError
        With every fault of every file.
    """
    faults: list[Fault] = []
    figures: dict[str, pd.Series] = {}
    columns: list[OwnColumn] = []
    sources: list[Source] = []
    notices: list[Notice] = []
    for wanted in files:
        try:
            column, found = _figures(wanted, schools)
        except InputError as error:
            faults += error.faults
            continue
        figures[column.name] = found
        columns.append(column)
        notices += _unknown(found, column, wanted.file.name)
        sources.append(source_of(wanted.file, f"column {wanted.column.name}"))
    if faults:
        raise InputError(faults)
    table = schools.table.assign(**figures)
    small = {column.name: withheld_of(column, table) for column in columns}
    return replace(
        schools,
        table=table,
        own=(*schools.own, *columns),
        small={**schools.small, **{name: urns for name, urns in small.items() if urns}},
        notices=(*schools.notices, *notices),
        sources=(*schools.sources, *sources),
    )


def withheld_of(column: OwnColumn, table: gpd.GeoDataFrame) -> frozenset[int]:
    """Return the schools whose figure the public may not see."""
    if not column.public:
        return frozenset(int(urn) for urn in table.index)
    if not column.counts_pupils:
        return frozenset()
    counts = table[column.name].astype(float)
    if column.kind == RATE:
        if column.unit.strip().casefold() not in PER_CENT:
            # Of what it is a share is not known, nor so how many pupils it stands for.
            return frozenset(int(urn) for urn in table.index)
        # A share reveals the count if the whole is known, or is found out.
        counts = (counts / 100 * table["pupils"].astype(float)).where(table["pupils"].notna(), 0.0)
        counts = counts.where(table[column.name].notna())
    below = table.index[counts.to_numpy() < LEAST_SHOWN]
    return frozenset(int(urn) for urn in below)


def _figures(wanted: ColumnFile, schools: Schools) -> tuple[OwnColumn, pd.Series]:
    """Return the column as its file calls it, and the figure of each school, NaN if not known."""
    file = open_delimited(wanted.file)
    key, heading = _headings(file, wanted)
    raw = file.columns({key[1]: key[0], heading: "figure"}).rename(columns={key[0]: "key"})
    faults: list[Fault] = []
    raw = raw.assign(figure=_numbers(raw["figure"], file.name, heading, faults))
    raw["school"] = _keys(raw["key"], key, schools, file.name, faults)
    rows = len(raw)
    raw = raw[raw["school"].notna()]
    again = raw["school"].duplicated()
    for row, text in cells(raw.loc[again, "key"]):
        found = f"{text} appears twice"
        faults.append(Fault(file.name, found, "Keep one row of each school", row, key[1]))
    if rows and not raw["school"].isin(_known(schools)).any():
        found = "no row is of a school of this plan"
        fix = f"Check the column {key[1]!r}, and whether it is the right file"
        faults.append(Fault(file.name, found, fix, 1))
    if faults:
        raise InputError(faults)
    by_school = raw.set_index(raw["school"].astype("int64"))["figure"]
    figures = _carried(by_school, schools.identity, wanted.column, file.name)
    column = replace(wanted.column, title=heading.replace("_", " "))
    return column, figures.reindex(schools.table.index).astype(float)


def _known(schools: Schools) -> set[int]:
    return {*schools.urns, *schools.identity.successions}


def _headings(file: DelimitedFile, wanted: ColumnFile) -> tuple[tuple[str, str], str]:
    """Return which key a file has and its heading, and the heading of the figures."""
    faults = []
    by_word = {folded(heading): heading for heading in file.header}
    key = next(
        (
            (ours, by_word[word])
            for ours, words in KEYS.items()
            for word in words
            if word in by_word
        ),
        None,
    )
    if key is None:
        found = f"no column shows which school (the file has {', '.join(file.header)})"
        faults.append(Fault(file.name, found, "Add a column URN, or LAESTAB", 1))
    heading = by_word.get(folded(wanted.heading))
    if heading is None:
        near = get_close_matches(wanted.heading, file.header, n=3) or file.header
        fix = f"Its columns are {', '.join(near)}"
        setting = f"columns.{wanted.column.name}.column"
        found = f"{file.name} has no column {wanted.heading!r}"
        faults.append(Fault("scenario", found, fix, setting=setting))
    if heading is not None and key is not None and heading == key[1]:
        fix = "Give the heading of a column of figures"
        setting = f"columns.{wanted.column.name}.column"
        faults.append(Fault("scenario", f"{heading!r} is which school", fix, setting=setting))
    if key is None or heading is None or faults:
        raise InputError(faults)
    return key, heading


def _numbers(texts: pd.Series, name: str, heading: str, faults: list[Fault]) -> np.ndarray:
    plain = texts.map(lambda text: POUNDS.sub(r"\1", text))
    known = {text: to_number(text) for text in plain.unique()}
    for row, text in cells(texts[plain.map(lambda text: known[text] is None).astype(bool)]):
        found, fix = f"{text!r} is not a number", "Write a figure or leave it blank"
        faults.append(Fault(name, found, fix, row, heading))
    return np.array([known[text] for text in plain], dtype=float)


def _keys(
    texts: pd.Series, key: tuple[str, str], schools: Schools, name: str, faults: list[Fault]
) -> pd.Series:
    """Return the URN of each row, missing where the row is about no school, as a total."""
    if key[0] == "laestab":
        numbers = schools.table["laestab"].str.replace(r"\D", "", regex=True)
        urn_of = dict(zip(numbers, schools.table.index, strict=True))
        urn_of.pop("", None)
        plain = texts.str.replace(r"\.0+$", "", regex=True)
        return plain.str.replace(r"\D", "", regex=True).map(urn_of)
    good = texts.str.fullmatch(URN_PATTERN).astype(bool)
    for row, text in cells(texts[~good & (texts != "")]):
        fix = "Write the school's unique reference number"
        faults.append(Fault(name, f"{text!r} is not a URN", fix, row, key[1]))
    return pd.to_numeric(texts.where(good), errors="coerce")


def _carried(figures: pd.Series, identity: Identity, column: OwnColumn, name: str) -> pd.Series:
    """Return the figures by the URNs of now; of a school in several parts nothing is known."""
    now = identity.carried(figures.index, name)
    parts: dict[int, list[float]] = {}
    for urn, figure in figures.items():
        new = now[int(str(urn))]
        if len(new) == 1:
            parts.setdefault(new[0], []).append(figure)
    return pd.Series({urn: _together(found, column) for urn, found in parts.items()}, dtype=float)


def _together(found: Collection[float], column: OwnColumn) -> float:
    if len(found) == 1:
        return next(iter(found))
    return float(np.sum(list(found))) if column.kind == AMOUNT else np.nan


def _unknown(figures: pd.Series, column: OwnColumn, name: str) -> list[Notice]:
    number = int(figures.isna().sum())
    if not number:
        return []
    text = f"{name}: {column.title} is not known for {number:,} of {len(figures):,} schools"
    return [Notice("figures", text)]
