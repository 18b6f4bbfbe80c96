"""What has become of the schools of a published plan since: opened, closed, converted, changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from cluster_geo.county import County
from cluster_geo.delimited import open_delimited
from cluster_geo.plan import Plan, PlanRows, read_plan_rows
from cluster_geo.schools.dates import in_words
from cluster_geo.tables.schools import school_table

COLUMNS = ("urn", "name", "change", "before", "after", "cluster", "note")
OPENED, CLOSED, ANOTHER_URN = "opened", "closed", "has another URN"
PART, SPLIT = "is part of another school", "was split"
# What a published plan says of a school, by column, and what a change of it is called.
DETAILS = {
    "name": "has another name",
    "phase": "has another phase",
    "district": "is in another district",
    "trust": "has another trust",
    "srp": "SRP",
}
# Kinds of change, in the order of the table.
KINDS = (CLOSED, OPENED, ANOTHER_URN, PART, SPLIT, *DETAILS.values())


@dataclass(frozen=True, eq=False)
class Published:
    """What a plan's file says of its schools.

    Parameters
    ----------
    rows : PlanRows
        With the URNs of then.
    details : DataFrame
        Those of `DETAILS` that the file has, text, indexed by `urn`.
    """

    rows: PlanRows
    details: pd.DataFrame

    @classmethod
    def read(cls, path: str | Path) -> Published:
        """Read a plan's file.

        Raises
        ------
        InputError
            As `read_plan_rows`.
        """
        rows, table = read_plan_rows(path), open_delimited(path)
        heads = {head.casefold().replace(" ", "_"): head for head in table.header}
        wanted = {heads[key]: key for key in ("urn", *DETAILS) if key in heads}
        text = table.columns(wanted).drop_duplicates("urn")
        return cls(rows, text.set_index(text["urn"].astype("int64")).drop(columns="urn"))


def school_changes(before: Published, county: County, plan: Plan) -> pd.DataFrame:
    """Return what has become of the schools of a published plan.

    Parameters
    ----------
    before : Published
    county : County
        Of now, with the identity of its schools.
    plan : Plan
        The plan of now.

    Returns
    -------
    DataFrame
        The columns of `COLUMNS`, in the order of `KINDS`: `cluster` is where the school is now, or
        was; `note` says since when, or why, as far as the register and the links do.
    """
    now = school_table(county, plan).set_index("urn")
    table = pd.DataFrame(_changes(before, county, now), columns=list(COLUMNS))
    order = {kind: place for place, kind in enumerate(KINDS)}
    places = table["change"].map(order)
    return table.assign(place=places).sort_values(["place", "urn"]).drop(columns="place")


def _changes(before: Published, county: County, now: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    identity, names = county.schools.identity, county.schools.names
    dated = {n.urn: n.text for n in county.schools.notices if n.topic == "date" and n.urn}
    clusters = {urn: code for code, urns in before.rows.members.items() for urn in urns}
    there: set[int] = set()
    for urn, code in sorted(clusters.items()):
        new = [other for other in identity.now(urn) if other in names]
        there.update(new)
        if not new:
            name = _text(before.details, urn, "name") or f"URN {urn}"
            yield urn, name, CLOSED, name, "", code, dated.get(urn, "")
            continue
        if new != [urn]:
            date = identity.successions[urn].date
            kind = _kind(urn, new, clusters, county)
            after = ", ".join(map(str, new))
            note = f"since {in_words(date)}" if date else ""
            home = _text(now, new[0], "cluster")
            yield new[0], names[new[0]], kind, str(urn), after, home, note
        if new == [urn] or (len(new) == 1 and _kind(urn, new, clusters, county) == ANOTHER_URN):
            yield from _of_details(before.details, urn, now, new[0])
    for urn in sorted(names.keys() - there):
        home = _text(now, urn, "cluster")
        yield urn, names[urn], OPENED, "", names[urn], home, dated.get(urn, "")


def _kind(urn: int, new: list[int], clusters: Mapping[int, str], county: County) -> str:
    """Return what happened to a school that has another URN now."""
    if len(new) > 1:
        return SPLIT
    others = (
        old for old in clusters if old != urn and county.schools.identity.now(old) == (new[0],)
    )
    return PART if any(True for _ in others) else ANOTHER_URN


def _of_details(
    before: pd.DataFrame, old: int, now: pd.DataFrame, urn: int
) -> Iterator[tuple[object, ...]]:
    for column, kind in DETAILS.items():
        if column not in before or old not in before.index:
            continue
        was, is_now = _text(before, old, column), _text(now, urn, column)
        if was.casefold() != is_now.casefold():
            name, home = _text(now, urn, "name"), _text(now, urn, "cluster")
            yield urn, name, kind, was, is_now, home, ""


def _text(table: pd.DataFrame, urn: int, column: str) -> str:
    if urn not in table.index or column not in table:
        return ""
    value = table.loc[[urn], column].fillna("").iloc[0]
    return str(value)
