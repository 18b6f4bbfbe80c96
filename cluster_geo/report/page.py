"""The report: gathers tables, figures and sentences, and hands them to the template."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from cluster_geo.boundaries import layer_titles
from cluster_geo.certificate import CERTIFICATE_FILE
from cluster_geo.measures import totals
from cluster_geo.optimise.certainty import ending
from cluster_geo.phrases import by_phase
from cluster_geo.publish import Publication
from cluster_geo.publish.policy import with_policy
from cluster_geo.publish.templates import TABLE_SCRIPTS, scripts_of, template_of, write_page
from cluster_geo.report import amounts
from cluster_geo.report.areas import area_rows
from cluster_geo.report.atlas import atlas_pages
from cluster_geo.report.boundaries import layer_sections
from cluster_geo.report.effects import effects_section
from cluster_geo.report.equality import equality_section
from cluster_geo.report.figures import bounds_of, plan_map, trace_figure
from cluster_geo.report.funding import funding_sections
from cluster_geo.report.history import history_of
from cluster_geo.report.money_effects import money_effects
from cluster_geo.report.pathways import pathway_section
from cluster_geo.report.provision import provision_section
from cluster_geo.report.responses import consultation_of
from cluster_geo.report.sections import notice_groups, rule_rows, school_index, weight_rows
from cluster_geo.report.small_map import SYMBOLS
from cluster_geo.report.surroundings import Surroundings
from cluster_geo.tables.sources import attributions, source_table


def write_report(path: Path, published: Publication) -> Path:
    """Write the report of a plan as one HTML file that needs no network; return its path."""
    return write_page(path, report_page(published))


def report_page(published: Publication) -> str:
    """Return the report as text; equal runs give equal text."""
    county, plan, result = published.county, published.plan, published.result
    layers = layer_titles(county.layers)
    around = Surroundings.of(county)
    with_srp = county.schools.where("srp").intersection(plan.cluster_of)
    page = template_of("cluster_geo.report", "report.html").render(
        edition=published.edition,
        unit=county.travel.unit,
        travel_method=county.travel.method,
        totals=totals(plan, county, published.largest).to_dict(),
        phases=by_phase(**county.phase_counts(plan.cluster_of)),
        srp_phases=by_phase(**county.phase_counts(with_srp)),
        index=school_index(published),
        scripts=scripts_of(*TABLE_SCRIPTS, ("cluster_geo.report", "templates/finder.js")),
        words=amounts,
        certainty=published.certainty,
        floor=published.floor,
        certificate=CERTIFICATE_FILE if published.certified else "",
        # Units of work depend on every count.
        ending="" if published.left_out and result and not result.timed else ending(result),
        audit=published.audit,
        rules=rule_rows(published.audit),
        clusters=published.clusters.reset_index().to_dict(orient="records"),
        atlas=atlas_pages(published, around),
        left_out_of_second=published.second_clusters[1],
        symbols=SYMBOLS,
        venues=published.papers.venues,
        history=history_of(published),
        consultation=consultation_of(published),
        trusts=published.trusts.to_dict(orient="records"),
        provision=provision_section(county, plan),
        pathways=pathway_section(published),
        equality=equality_section(county, plan),
        funding=funding_sections(published),
        areas=area_rows(published.by_area),
        own=county.schools.own,
        effects=effects_section(published),
        money_effects=money_effects(published),
        layers=layer_sections(county, plan, published.rulebook),
        notices=notice_groups(county),
        sources=source_table(county.sources).to_dict(orient="records"),
        attributions=attributions(county),
        statements=() if result is None else result.statements,
        weights=weight_rows(published),
        seed=None if result is None else result.seed,
        plan_map=plan_map(county, published.areas, published.colours, around.drawn),
        trace=Markup() if result is None else trace_figure(result.trace, timed=result.timed),
        bounded=result is not None and bool(bounds_of(result.trace)),
        layer_titles=layers,
    )
    return with_policy(page)
