"""What has become of the schools of a published plan since: opened, closed, converted, changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from cluster_geo.county import County
from cluster_geo.delimited import FORMULA_SIGNS, open_delimited
from cluster_geo.phrases import listed
from cluster_geo.plan import Plan, PlanRows, read_plan_rows
from cluster_geo.schools.dates import in_words
from cluster_geo.schools.typed import TRUE_WORDS
from cluster_geo.tables.schools import school_table

COLUMNS = ("urn", "name", "change", "before", "after", "cluster", "note")
# A register does not always say why: the note does, where it is known.
NEW, GONE = "is new in the plan", "is no longer in the plan"
ANOTHER_URN, SPLIT = "has another URN", "was split"
MADE_OF, TOOK_IN = "was made of several schools", "took in another school"
# What a published plan says of a school, by column, and what a change of it is called.
DETAILS = {
    "name": "has another name",
    "phase": "has another phase",
    "district": "is in another district",
    "trust": "has another trust",
    "srp": "SRP",
}
# Topics of notices that say why a school is counted or not.
REASONS = ("date", "change")
# Kinds of change, in the order of the table.
KINDS = (GONE, NEW, ANOTHER_URN, MADE_OF, TOOK_IN, SPLIT, *DETAILS.values())


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
        text = text.apply(lambda column: column.map(without_apostrophe))
        return cls(rows, text.set_index(text["urn"].astype("int64")).drop(columns="urn"))


def without_apostrophe(text: str) -> str:
    """Return a cell without the apostrophe that keeps it from being taken for a formula."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_SIGNS) else text


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
    clusters = {urn: code for code, urns in before.rows.members.items() for urn in urns}
    there: set[int] = set()
    for urn, code in sorted(clusters.items()):
        new = [other for other in identity.now(urn) if other in names]
        there.update(new)
        name = _text(before.details, urn, "name")
        if not new:
            yield urn, name or f"URN {urn}", GONE, name, "", code, _reason(urn, county)
            continue
        home, kind = _text(now, new[0], "cluster"), _kind(urn, new, clusters, county)
        date = "" if new == [urn] else identity.successions[urn].date
        note = f"since {in_words(date)}" if date else ""
        was = f"{name} ({urn})" if name else str(urn)
        if kind == SPLIT:
            parts = listed([f"{names[part]} ({part})" for part in new])
            yield urn, name or f"URN {urn}", SPLIT, was, parts, home, note
        elif kind in (MADE_OF, TOOK_IN):
            yield new[0], names[new[0]], kind, was, f"{names[new[0]]} ({new[0]})", home, note
        elif kind:
            yield new[0], names[new[0]], ANOTHER_URN, str(urn), str(new[0]), home, note
        if kind in ("", ANOTHER_URN):
            yield from _of_details(before.details, urn, now, new[0])
    for urn in sorted(names.keys() - there):
        home = _text(now, urn, "cluster")
        yield urn, names[urn], NEW, "", names[urn], home, _reason(urn, county)


def _reason(urn: int, county: County) -> str:
    """Say why a school is in the plan now or is not, as far as that is known."""
    texts = [n.text for n in county.schools.notices if n.urn == urn and n.topic in REASONS]
    return "; ".join([*texts, *filter(None, [county.schools.identity.words(urn)])])


def _kind(urn: int, new: list[int], clusters: Mapping[int, str], county: County) -> str:
    """Return what happened to a school that has another URN now; "" where it has its own."""
    if new == [urn]:
        return ""
    if len(new) > 1:
        return SPLIT
    if new[0] in clusters:
        return TOOK_IN
    now = county.schools.identity.now
    return MADE_OF if any(old != urn and new[0] in now(old) for old in clusters) else ANOTHER_URN


def _of_details(
    before: pd.DataFrame, old: int, now: pd.DataFrame, urn: int
) -> Iterator[tuple[object, ...]]:
    for column, kind in DETAILS.items():
        if column not in before or old not in before.index:
            continue
        was, is_now = _text(before, old, column), _text(now, urn, column)
        if column == "srp":
            was = "yes" if was.casefold() in TRUE_WORDS else "no"
        if was.casefold() != is_now.casefold():
            name, home = _text(now, urn, "name"), _text(now, urn, "cluster")
            yield urn, name, kind, was, is_now, home, ""


def _text(table: pd.DataFrame, urn: int, column: str) -> str:
    if urn not in table.index or column not in table:
        return ""
    value = table.loc[[urn], column].fillna("").iloc[0]
    return str(value)
