"""The stages of a request, from the day it is received to the day it is closed.

A list of decisions has one row for each thing that happened. Rows of one `case` are one request;
a row without a case is a request of its own. Where a request stands, its newest row says: the one
of the latest date, of several on that date the one of the later stage.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import pandas as pd

from cluster_geo.plan.figures import SavedFigures

STAGES = ("received", "considered", "decided", "appeal", "closed")
# Not decided yet, or decided and asked again.
OPEN = frozenset(("received", "considered", "appeal"))
# Stages that a request comes to by a decision.
DECIDED = frozenset(("decided", "appeal", "closed"))

State = Literal["overdue", "open", "decided", "closed"]
STATES: tuple[State, ...] = ("overdue", "open", "decided", "closed")

Row = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Request:
    """A request and how far it has come.

    Parameters
    ----------
    rows : tuple of mapping
        Its rows, oldest first: cells by column, "" for what is blank, `urn` None for no school.
    places : tuple of int
        Where these stand in the list, from 0.
    """

    rows: tuple[Row, ...]
    places: tuple[int, ...]

    @property
    def case(self) -> str:
        """The council's own reference; "" for none."""
        return str(self.rows[-1]["case"])

    @property
    def stage(self) -> str:
        """Where it stands, one of `STAGES`."""
        return str(self.rows[-1]["stage"])

    @property
    def date(self) -> str:
        """When it came to that stage (ISO 8601)."""
        return _day(self.rows[-1])

    @property
    def received(self) -> str:
        """When it was received (ISO 8601); "" where the list does not say."""
        return min((row["received"] for row in self.rows if row["received"]), default="")

    @cached_property
    def due(self) -> str:
        """By when it must be decided (ISO 8601), "" for no such date.

        That of the newest row that has one. An appeal has a date of its own: the one by which the
        request was first to be decided ended with that decision.
        """
        due, before = "", ""
        for row in self.rows:
            if row["stage"] == "appeal" != before:
                due = ""
            due, before = row["due"] or due, row["stage"]
        return due

    @property
    def urns(self) -> tuple[int, ...]:
        """Schools that it is about."""
        return tuple(dict.fromkeys(row["urn"] for row in self.rows if row["urn"] is not None))

    @property
    def clusters(self) -> tuple[str, ...]:
        """Codes of the clusters that it is about."""
        return tuple(dict.fromkeys(row["cluster"] for row in self.rows if row["cluster"]))

    @property
    def figures(self) -> tuple[SavedFigures, ...]:
        """Figures that were saved for it, oldest first."""
        found = (row["figures"] for row in self.rows)
        return tuple(dict.fromkeys(one for one in found if one is not None))

    def now(self, column: str) -> str:
        """Return what a column says where the request stands.

        Several schools of one case may have been decided on differently on one day: then each
        text is returned once, with semicolons between them.
        """
        newest = [row for row in self.rows if _order(row) == _order(self.rows[-1])]
        return "; ".join(dict.fromkeys(str(row[column]) for row in newest if row[column]))

    @property
    def is_open(self) -> bool:
        """Whether somebody waits for an answer."""
        return self.stage in OPEN

    def state(self, day: str) -> State:
        """Return which of `STATES` it is in on a day (ISO 8601).

        It is overdue where it is open and was due before that day.
        """
        if not self.is_open:
            return "closed" if self.stage == "closed" else "decided"
        return "overdue" if self.due and self.due < day else "open"


def requests_of(decisions: pd.DataFrame) -> list[Request]:
    """Return the requests of a list of decisions, in the order of their first rows.

    Parameters
    ----------
    decisions : DataFrame
        As `read_decisions` gives it.
    """
    rows = [_row(cells) for cells in decisions.to_dict(orient="records")]
    groups: dict[str | int, list[int]] = {}
    for place, row in enumerate(rows):
        groups.setdefault(case_key(row["case"]) or place, []).append(place)
    ordered = (sorted(places, key=lambda place: _order(rows[place])) for places in groups.values())
    return [Request(tuple(rows[place] for place in places), tuple(places)) for places in ordered]


def case_key(case: str) -> str:
    """Return what two ways to write one reference have in common: no blanks, no capitals."""
    return "".join(case.casefold().split())


def places_of(requests: Iterable[Request]) -> list[int]:
    """Return where the rows of requests stand in their list, ascending."""
    return sorted(place for request in requests for place in request.places)


# What a list without the column means by it.
DEFAULTS: Mapping[str, Any] = {
    "case": "",
    "cluster": "",
    "stage": "decided",
    "received": "",
    "due": "",
    "version_before": "",
    "version_after": "",
    "figures": None,
}


def _row(cells: Mapping[Any, Any]) -> Row:
    urn = cells["urn"]
    return {**DEFAULTS, **cells, "urn": None if pd.isna(urn) else int(urn)}


def _day(row: Row) -> str:
    """Return when a row happened: before a decision there may be only the date of receipt."""
    return str(row["date"] or row["received"])


def _order(row: Row) -> tuple[str, int]:
    return _day(row), STAGES.index(row["stage"])
