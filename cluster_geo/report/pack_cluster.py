"""A cluster's pack: its members, journeys, needs, provision, and interests to declare."""

from __future__ import annotations

from typing import Any

from cluster_geo.report.atlas import atlas_pages
from cluster_geo.report.funding import funding_sections
from cluster_geo.report.pack_facts import Link, PackFacts
from cluster_geo.report.pack_files import school_file
from cluster_geo.report.surroundings import Surroundings
from cluster_geo.tables.provision import provision_table, without_pathway
from cluster_geo.tables.rows import rows_of


def cluster_facts(facts: PackFacts) -> list[dict[str, Any]]:
    """Return what the pack of each cluster shows, in the order of their codes.

    `page` is the cluster's page of the atlas; its members have the `file` of their own page.
    """
    county = facts.published.county
    groups = {code: cluster.members for code, cluster in facts.cluster_of.items()}
    provision = rows_of(provision_table(county, groups))
    missing = without_pathway(county, groups)
    pots = funding_sections(facts.published)
    found = []
    for page in atlas_pages(facts.published, Surroundings.of(county)):
        starts, wave = facts.starts(page.code)
        found.append(
            {
                "page": page,
                "link": facts.cluster_link(page.code),
                "starts": starts,
                "wave": wave,
                "venue": facts.published.papers.venues.get(page.code, ""),
                "files": {school["urn"]: school_file(school["urn"]) for school in page.schools},
                "beside": facts.links(facts.beside[page.code]),
                "provision": [row for row in provision if row["group"] == page.code],
                "missing": missing.get(page.code, []),
                "money": [(pot, pot.steps.get(page.code, [])) for pot in pots],
                "interests": _interests(facts, page.code),
            }
        )
    return found


def _interests(facts: PackFacts, code: str) -> list[dict[str, Any]]:
    """Return the trusts and federations with two or more schools in a cluster."""
    members, found = set(facts.cluster_of[code].members), []
    for body in facts.bodies:
        here = sorted(members & body.urns)
        if len(here) > 1:
            schools: list[Link] = [facts.school_link(urn) for urn in here]
            found.append({"kind": body.kind, "name": body.name, "schools": schools})
    return found
