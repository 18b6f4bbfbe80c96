"""The page of requests: what is overdue, what is open, and what was decided."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cluster_geo.plan import Request
from cluster_geo.publish.policy import with_policy
from cluster_geo.publish.requests import RequestsPublication, about_figures
from cluster_geo.publish.templates import TABLE_SCRIPTS, scripts_of, template_of, write_page
from cluster_geo.report import amounts


def write_requests_page(path: Path, published: RequestsPublication) -> Path:
    """Write the page of requests as one HTML file that needs no network; return its path."""
    return write_page(path, requests_page(published))


def requests_page(published: RequestsPublication) -> str:
    """Return the page of requests as text; equal lists and days give equal text."""
    edition, states = published.edition, published.by_state
    title = edition.title if edition else published.source
    rows = {state: [_row(one, published) for one in found] for state, found in states.items()}
    page = template_of("cluster_geo.report", "requests.html").render(
        # What stands in the foot of a printed page.
        edition={
            "title": f"Requests: {title}",
            "line": edition.line if edition else published.marking,
        },
        title=title,
        marking=published.marking,
        source=published.source,
        day=published.day,
        summary=published.summary,
        inside=published.audience == "internal",
        overdue=rows["overdue"],
        open=rows["open"],
        settled=sorted(
            rows["decided"] + rows["closed"], key=lambda row: str(row["date"]), reverse=True
        ),
        by_stage=published.by_stage,
        by_cluster=[
            (published.places.cluster(code) if code else "", counts)
            for code, counts in published.by_cluster
        ],
        note=about_figures(published.withheld),
        words=amounts,
        scripts=scripts_of(*TABLE_SCRIPTS),
    )
    return with_policy(page)


def _row(request: Request, published: RequestsPublication) -> dict[str, Any]:
    """Return a request as the page's tables show it."""
    about = published.places.about(request)
    named = ("request", "decision", "reason", "role", "version_before", "version_after")
    return {
        "about": about[:1].upper() + about[1:],
        "case": request.case,
        "stage": request.stage,
        "received": request.received,
        "due": request.due,
        "date": request.date,
        **{column: request.now(column) for column in named},
        "figures": [saved.figures for saved in request.figures],
    }
