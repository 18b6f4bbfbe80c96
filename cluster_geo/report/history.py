"""The report's record of decisions, and of what moved since the version before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from cluster_geo.phrases import listed
from cluster_geo.plan import Plan, WithheldRequests, requests_of, title_of
from cluster_geo.plan.stages import Row
from cluster_geo.publish import Publication
from cluster_geo.publish.asked_about import Places
from cluster_geo.publish.requests import LATER, about_figures, about_open
from cluster_geo.publish.timetable import Timetable
from cluster_geo.tables.rows import rows_of

# Columns that the table has only where a row has something in them.
OPTIONAL = ("case", "cluster", "stage", "received", "due", "version_before", "version_after")


@dataclass(frozen=True)
class History:
    """What was decided, and what moved.

    Parameters
    ----------
    decisions : list of dict or None
        `about` (the school, or else the cluster), `home` (the cluster that the school is in now),
        `request`, `decision`, `reason`, `date`, `role`, those of `OPTIONAL`, and `figures`; None
        where no list was given.
    moves : list of dict or None
        Rows of `compare.moves_since`; None where no earlier version was named.
    schools : int
        Of the plan.
    corrections : list of dict
        `figure`, `published`, `correct`, `since`, `reason`.
    starts : list of dict
        `starts`, `wave`, `clusters` (titles of those that start together), the earliest first;
        none where all start at once.
    strangers : tuple of str
        Codes that the list of starts has and the plan has not.
    shown : frozenset of str
        Those of `OPTIONAL` that a row has something in.
    notes : tuple of str
        What is not shown of the decisions, in sentences.
    """

    decisions: list[dict[str, Any]] | None
    moves: list[dict[str, Any]] | None
    schools: int
    corrections: list[dict[str, Any]]
    starts: list[dict[str, Any]]
    strangers: tuple[str, ...]
    shown: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


def history_of(published: Publication) -> History:
    """Gather the record of a plan."""
    plan, moves, papers = published.plan, published.moves, published.papers
    corrections, timetable = papers.corrections, published.timetable
    places = Places.of(published.county, plan, papers.previous)
    decisions = None if papers.decisions is None else _decisions(places, papers.decisions)
    return History(
        decisions,
        None if moves is None else rows_of(moves.reset_index()),
        len(plan.cluster_of),
        [] if corrections is None else rows_of(corrections),
        [] if timetable is None else _starts(timetable, plan),
        () if timetable is None else timetable.strangers,
        _shown(decisions or []),
        notes_of(papers.withheld),
    )


def _starts(timetable: Timetable, plan: Plan) -> list[dict[str, Any]]:
    return [
        {
            "starts": wave.starts,
            "wave": wave.name,
            "clusters": listed([title_of(code, plan.names) for code in codes]),
        }
        for wave, codes in timetable.by_wave().items()
    ]


def _decisions(places: Places, decisions: pd.DataFrame) -> list[dict[str, Any]]:
    requests = requests_of(decisions)
    rows = {place: row for one in requests for place, row in zip(one.places, one.rows, strict=True)}
    return [_decision(places, rows[place]) for place in sorted(rows)]


def _decision(places: Places, row: Row) -> dict[str, Any]:
    urn, cluster = row["urn"], row["cluster"] and places.cluster(row["cluster"])
    alone = f"Cluster {cluster}"
    return {
        **row,
        "about": alone if urn is None else places.school(urn),
        "cluster": "" if urn is None else cluster,
        "home": "" if urn is None else places.home(urn),
        "figures": row["figures"] and row["figures"].figures,
    }


def _shown(rows: list[dict[str, Any]]) -> frozenset[str]:
    """Return which columns of `OPTIONAL` say something; that all is decided says nothing."""
    return frozenset(
        column
        for column in OPTIONAL
        if any(row[column] not in ("", "decided" if column == "stage" else "") for row in rows)
    )


def notes_of(withheld: WithheldRequests) -> tuple[str, ...]:
    """Say what the public is not shown of a list of decisions."""
    pending = ""
    if withheld.open:
        pending = f"{about_open(withheld.open, withheld.appeals)} {LATER}"
    return tuple(filter(None, (pending, about_figures(withheld))))
