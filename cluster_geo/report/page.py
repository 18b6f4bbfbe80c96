"""The report: gathers tables, figures and sentences, and hands them to the template."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from cluster_geo.audience import audit_for, county_for, rulebook_for
from cluster_geo.audit import Audit
from cluster_geo.county import County
from cluster_geo.measures import totals
from cluster_geo.optimise import Result
from cluster_geo.page.colours import area_colours
from cluster_geo.page.edition import Edition
from cluster_geo.page.layers import layer_title
from cluster_geo.page.policy import with_policy
from cluster_geo.page.templates import template_of
from cluster_geo.plan import NO_PAPERS, Papers, Plan
from cluster_geo.report import words
from cluster_geo.report.atlas import atlas_pages
from cluster_geo.report.boundaries import layer_sections
from cluster_geo.report.equality import equality_section
from cluster_geo.report.figures import plan_map, trace_figure
from cluster_geo.report.history import history_of
from cluster_geo.report.provision import provision_section
from cluster_geo.report.sections import notice_groups, rule_rows
from cluster_geo.report.small_map import SYMBOLS
from cluster_geo.rules import Rulebook
from cluster_geo.tables.areas import cluster_areas
from cluster_geo.tables.clusters import cluster_table
from cluster_geo.tables.plans import known_part
from cluster_geo.tables.sources import attributions, source_table
from cluster_geo.tables.trusts import most_schools, trust_table
from cluster_geo.tables.weights import weights_of


def write_report(
    path: Path,
    *,
    county: County,
    plan: Plan,
    rulebook: Rulebook | None = None,
    audit: Audit | None = None,
    result: Result | None = None,
    record: Mapping[str, Any] | None = None,
    papers: Papers = NO_PAPERS,
) -> Path:
    """Write the report of a plan as one HTML file that needs no network; return its path.

    Parameters
    ----------
    path : Path
    county : County
    plan : Plan
    rulebook : Rulebook, optional
        Tells the most schools of a cluster, for the fewest clusters a trust could have.
    audit : Audit, optional
        Without it the report has no table of rules.
    result : Result, optional
        The solve that found the plan; None for a plan drawn by hand.
    record : mapping, optional
        Scenario facts, as `export.write_outputs` takes them.
    papers : Papers, optional
        Decisions, the version before and venues, as the planner gave them.
    """
    page = report_page(
        county=county,
        plan=plan,
        rulebook=rulebook,
        audit=audit,
        result=result,
        record=record,
        papers=papers,
    )
    Path(path).write_text(page, encoding="utf-8", newline="\n")
    return Path(path)


def report_page(
    *,
    county: County,
    plan: Plan,
    rulebook: Rulebook | None = None,
    audit: Audit | None = None,
    result: Result | None = None,
    record: Mapping[str, Any] | None = None,
    papers: Papers = NO_PAPERS,
) -> str:
    """Return the report as text; equal runs give equal text."""
    record, plan = record or {}, known_part(plan, county)
    rulebook = rulebook_for(rulebook, county, record)
    county, audit = county_for(county, record), audit_for(audit, county, record)
    largest = most_schools(rulebook) if rulebook else None
    layers = {name: layer_title(name) for name in county.layers}
    clusters = cluster_table(county, plan)
    areas = cluster_areas(county, plan)
    colours = area_colours(areas)
    page = template_of("cluster_geo.report", "report.html").render(
        edition=Edition.of(record, county.schools.as_at),
        unit=county.travel.unit,
        travel_method=county.travel.method,
        totals=totals(plan, county, largest).to_dict(),
        words=words,
        certainty=words.certainty(result),
        ending=words.ending(result),
        audit=audit,
        rules=rule_rows(audit, layers),
        clusters=clusters.reset_index().to_dict(orient="records"),
        atlas=atlas_pages(county, plan, audit, areas, colours),
        symbols=SYMBOLS,
        venues=papers.venues,
        history=history_of(county, plan, papers, rulebook),
        trusts=trust_table(county, plan, largest).to_dict(orient="records"),
        provision=provision_section(county, plan),
        equality=equality_section(county, plan),
        layers=layer_sections(county, plan, rulebook),
        notices=notice_groups(county),
        sources=source_table(county.sources).to_dict(orient="records"),
        attributions=attributions(county),
        statements=() if result is None else result.statements,
        weights=weights_of(record),
        seed=None if result is None else result.seed,
        plan_map=plan_map(county, areas, colours),
        trace=Markup() if result is None else trace_figure(result.trace, timed=result.timed),
        layer_titles=layers,
    )
    return with_policy(page)
