"""The packs of a plan: a list, a pack for each cluster and a page for each school."""

from __future__ import annotations

from typing import Any

from cluster_geo.publish import Publication
from cluster_geo.publish.policy import with_policy
from cluster_geo.publish.templates import TABLE_SCRIPTS, scripts_of, template_of
from cluster_geo.report import amounts
from cluster_geo.report.pack_cluster import cluster_facts
from cluster_geo.report.pack_facts import PackFacts
from cluster_geo.report.pack_files import INDEX, school_file
from cluster_geo.report.pack_school import changes_of, school_facts
from cluster_geo.report.sections import school_index
from cluster_geo.report.small_map import SYMBOLS


def packs_of(published: Publication) -> dict[str, str]:
    """Return the pages of a plan's packs by the names of their files; equal runs, equal text.

    First the list of clusters and schools, then the packs, then the pages of the schools. Each is
    made of what its audience may see: `published` holds nothing else.
    """
    facts = PackFacts(published)
    clusters, changes = cluster_facts(facts), changes_of(facts)
    common = {
        "edition": published.edition,
        "unit": published.county.travel.unit,
        "travel_method": published.county.travel.method,
        "words": amounts,
        "index_file": INDEX,
        "needs": facts.need_words(),
    }
    pages = {INDEX: _list(published, clusters, common)}
    for cluster in clusters:
        page = _rendered("pack_cluster.html", common, c=cluster, symbols=SYMBOLS)
        pages[cluster["link"].file] = page
    for school in school_facts(facts, changes):
        pages[school_file(school["urn"])] = _rendered("pack_school.html", common, s=school)
    return pages


def _list(published: Publication, clusters: list[dict[str, Any]], common: dict[str, Any]) -> str:
    index = [{**row, "file": school_file(row["urn"])} for row in school_index(published)]
    scripts = scripts_of(*TABLE_SCRIPTS, ("cluster_geo.report", "templates/finder.js"))
    return _rendered("pack_index.html", common, clusters=clusters, index=index, scripts=scripts)


def _rendered(name: str, common: dict[str, Any], **values: object) -> str:
    return with_policy(template_of("cluster_geo.report", name).render(**common, **values))
