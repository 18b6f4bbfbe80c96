"""The page of an explanation: why there is no plan, and what would make one possible."""

from __future__ import annotations

from cluster_geo.explain import explanation_record
from cluster_geo.explain.text import SCORE_NOTE
from cluster_geo.publish import ExplanationPublication
from cluster_geo.publish.policy import with_policy
from cluster_geo.publish.templates import template_of
from cluster_geo.report.sections import notice_groups
from cluster_geo.rounding import up
from cluster_geo.tables.sources import attributions, source_table


def explanation_page(published: ExplanationPublication) -> str:
    """Return an explanation as one HTML page that needs no network."""
    county = published.county
    page = template_of("cluster_geo.report", "explanation.html").render(
        edition=published.edition,
        found=explanation_record(published.explanation, county.travel.unit),
        travel_method=county.travel.method,
        notices=notice_groups(county),
        sources=source_table(county.sources).to_dict(orient="records"),
        attributions=attributions(county),
        note=SCORE_NOTE,
        up=up,
    )
    return with_policy(page)
