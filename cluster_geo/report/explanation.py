"""The page of an explanation: why there is no plan, and what would make one possible."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cluster_geo.explain import Explanation, explanation_record
from cluster_geo.explain.words import SCORE_NOTE
from cluster_geo.page.edition import Edition
from cluster_geo.page.policy import with_policy
from cluster_geo.page.templates import template_of


def explanation_page(
    explanation: Explanation, *, record: Mapping[str, Any], unit: str, as_at: str = ""
) -> str:
    """Return an explanation as one HTML page that needs no network.

    Parameters
    ----------
    explanation : Explanation
    record : mapping
        Facts of the scenario, as `export.write_outputs` takes them.
    unit : str
        Of travel.
    as_at : str
        Planning date of the schools.
    """
    page = template_of("cluster_geo.report", "explanation.html").render(
        edition=Edition.of(record, as_at),
        found=explanation_record(explanation, unit),
        unit=unit,
        note=SCORE_NOTE,
    )
    return with_policy(page)
