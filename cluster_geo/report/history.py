"""The report's record of decisions, and of what moved since the version before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from cluster_geo.county import County
from cluster_geo.phrases import listed
from cluster_geo.plan import Plan, title_of
from cluster_geo.publish import Publication
from cluster_geo.publish.timetable import Timetable
from cluster_geo.tables.rows import rows_of


@dataclass(frozen=True)
class History:
    """What was decided, and what moved.

    Parameters
    ----------
    decisions : list of dict or None
        `school`, `cluster` (where it is now), `request`, `decision`, `reason`, `date`, `role`;
        None where no list was given.
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
    """

    decisions: list[dict[str, Any]] | None
    moves: list[dict[str, Any]] | None
    schools: int
    corrections: list[dict[str, Any]]
    starts: list[dict[str, Any]]
    strangers: tuple[str, ...]


def history_of(published: Publication) -> History:
    """Gather the record of a plan."""
    plan, moves, decisions = published.plan, published.moves, published.papers.decisions
    corrections, timetable = published.papers.corrections, published.timetable
    return History(
        None if decisions is None else _decisions(published.county, plan, decisions),
        None if moves is None else rows_of(moves.reset_index()),
        len(plan.cluster_of),
        [] if corrections is None else rows_of(corrections),
        [] if timetable is None else _starts(timetable, plan),
        () if timetable is None else timetable.strangers,
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


def _decisions(county: County, plan: Plan, decisions: pd.DataFrame) -> list[dict[str, Any]]:
    names, code_of = county.schools.names, plan.code_of
    return [
        {
            **row,
            "school": f"{names[row['urn']]} ({row['urn']})"
            if row["urn"] in names
            else f"URN {row['urn']}, not in this plan",
            "cluster": title_of(code_of[row["urn"]], plan.names) if row["urn"] in code_of else "",
        }
        for row in rows_of(decisions)
    ]
