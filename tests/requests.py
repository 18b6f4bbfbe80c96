"""Lists of requests, and figures that were saved for them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from cluster_geo.plan import SavedFigures
from cluster_geo.plan.decisions import COLUMNS, MORE_COLUMNS
from cluster_geo.plan.figures import FIGURES_ROLE, Alternative, Figures, PlanThen
from cluster_geo.plan.stages import DEFAULTS
from cluster_geo.records import Source
from tests.worlds import FIRST_URN


def make_figures(**changes: Any) -> Figures:
    """Figures of the first school, but for these changes."""
    facts: dict[str, Any] = {
        "asked": date(2026, 2, 1),
        "program": "0.1.0",
        "audience": "public",
        "plan": PlanThen(title="Clusters of Squareshire", version="2.0", sha256="ef" * 32),
        "urn": FIRST_URN,
        "name": "School 1",
        "cluster": "SQU-01",
        "unit": "km",
        "score": 50.0,
        "alternatives": (
            Alternative(
                cluster="SQU-02", name="Middle", travel=2.5, alone=1.5, breaks=(), change=None
            ),
        ),
        "text": ("School 1 (100001) is in cluster SQU-01.", "", "1. SQU-02: 2.5 km then"),
    }
    return Figures(**facts | changes)


def saved(figures: Figures, path: str = "figures/a.json", digest: str = "12") -> SavedFigures:
    """Those figures as if they had been read from a file."""
    return SavedFigures(figures, Source(FIGURES_ROLE, path, digest * 32))


def listed(*rows: dict[str, Any]) -> pd.DataFrame:
    """A list as `read_decisions` gives it, of rows with only what matters in them."""
    blank = {**dict.fromkeys(COLUMNS, ""), **DEFAULTS, "urn": FIRST_URN, "request": "To stay"}
    table = pd.DataFrame(
        [{**blank, **row} for row in rows], columns=[*COLUMNS, *MORE_COLUMNS], dtype=object
    )
    return table.assign(urn=table["urn"].astype("Int64"))


def decided(**cells: Any) -> dict[str, Any]:
    """A row of a request that was granted."""
    row = {"stage": "decided", "decision": "granted", "reason": "It is near"}
    return row | {"date": "2026-03-01", "role": "Director"} | cells
