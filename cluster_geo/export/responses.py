"""The responses to a consultation as files: the planner's own table, and a sheet of answers."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cluster_geo.publish import Publication
from cluster_geo.report.responses import consultation_of
from cluster_geo.tables.headings import Heading

RESPONSES_FILE = "responses.csv"
SHEET = "Responses"
ABOUT = "What responses to the consultation raised, what the council does, and what the plan does"
HEADINGS = {
    "category": Heading("What was raised"),
    "responses": Heading("Responses", "As the council has counted them"),
    "action": Heading("What the council does", "Empty where no action is recorded"),
    "rules": Heading("Rules of the plan about it", "What each found"),
    "facts": Heading(
        "Schools and clusters named",
        "Where they are, and where they were in the version before; this does not claim that a "
        "response was the reason",
    ),
    "about": Heading(
        "Counts for clusters", "Codes in the plan that was consulted on: the version before, if any"
    ),
    "quotation": Heading("In one response", "Shown to the public only where it is marked for it"),
    "publish": Heading("For publication", "Whether the quotation may be published"),
}


def responses_sheet(published: Publication) -> pd.DataFrame | None:
    """Return one row for each of the planner's, with what the plan does; None without responses."""
    consultation = consultation_of(published)
    if consultation is None:
        return None
    rows = [
        (
            answer.response.category,
            answer.response.count,
            answer.response.action,
            " ".join(answer.outcomes),
            " ".join(answer.facts),
            "; ".join(answer.clusters),
            answer.response.text,
            "yes" if answer.response.publish else "no",
        )
        for point in consultation.points
        for answer in point.answers
    ]
    return pd.DataFrame(rows, columns=list(HEADINGS))


def responses_file(folder: Path, published: Publication) -> pd.DataFrame | None:
    """Return the table that a run writes into a folder; None where there is none to write.

    A planner may keep the table in the folder of the outputs: then it stays as it is.

    Raises
    ------
    InputError
        Where the planner's own file, in a folder for the public, is not for the public.
    """
    responses = published.papers.responses
    if responses is None:
        return None
    responses.require_outside(folder)
    own = responses.file
    kept_here = own is not None and own.resolve() == (folder / RESPONSES_FILE).resolve()
    return None if kept_here else responses.table()
