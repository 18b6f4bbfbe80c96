"""The page of an explanation: why there is no plan, and what would make one possible."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cluster_geo.audience import county_for
from cluster_geo.county import County
from cluster_geo.explain import Explanation, explanation_record
from cluster_geo.explain.text import SCORE_NOTE
from cluster_geo.publish.edition import Edition
from cluster_geo.publish.policy import with_policy
from cluster_geo.publish.templates import template_of
from cluster_geo.report.sections import notice_groups
from cluster_geo.rounding import up
from cluster_geo.tables.sources import attributions, source_table


def explanation_page(explanation: Explanation, *, county: County, record: Mapping[str, Any]) -> str:
    """Return an explanation as one HTML page that needs no network.

    Parameters
    ----------
    explanation : Explanation
    county : County
    record : mapping
        Facts of the scenario, as `export.write_outputs` takes them. Where its audience is not
        "internal", what small counts of the planner's own tell is left out.
    """
    county, unit = county_for(county, record), county.travel.unit
    page = template_of("cluster_geo.report", "explanation.html").render(
        edition=Edition.of(record, county.schools.as_at),
        found=explanation_record(explanation, unit),
        unit=unit,
        travel_method=county.travel.method,
        notices=notice_groups(county),
        sources=source_table(county.sources).to_dict(orient="records"),
        attributions=attributions(county),
        note=SCORE_NOTE,
        up=up,
    )
    return with_policy(page)
