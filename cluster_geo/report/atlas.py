"""The atlas: a page for each cluster, with its map, its schools, its figures and the rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from cluster_geo.audit import Audit
from cluster_geo.boundaries import layer_titles
from cluster_geo.county import County
from cluster_geo.glossary import BROKEN, KINDS, MET
from cluster_geo.phrases import trust_name
from cluster_geo.plan import Cluster, Plan, title_of
from cluster_geo.publish import Publication
from cluster_geo.report.small_map import small_map
from cluster_geo.report.surroundings import Surroundings
from cluster_geo.tables.areas import lighter
from cluster_geo.tables.rows import rows_by, rows_by_urn, rows_of

# Detail of a border that no small map shows.
DETAIL_M = 40.0


@dataclass(frozen=True)
class AtlasPage:
    """What the atlas shows of one cluster.

    Parameters
    ----------
    code, name : str
    map : Markup
    figures : dict
        The cluster's row of `tables.cluster_table`.
    zones : list of (str, str)
        Title of each layer, and the main zone, or that the cluster is evenly split.
    schools : list of dict
        Members by phase and name, numbered as on the map.
    beside : list of str
        Names of the clusters next door.
    kept : list of str
        Titles of the rules that the cluster keeps in full.
    verdicts : list of dict
        Of each other rule `title`, `said` (broken, preference or shown only), `words`, `score` and
        whether it is `kept`.
    also : list of dict
        Schools of other clusters that also work with this one: `urn`, `name`, the `cluster` that
        they are in and the `reason`.
    """

    code: str
    name: str
    map: Markup
    figures: dict[str, Any]
    zones: list[tuple[str, str]]
    schools: list[dict[str, Any]]
    beside: list[str]
    kept: list[str]
    verdicts: list[dict[str, Any]]
    also: list[dict[str, Any]]


def atlas_pages(published: Publication, around: Surroundings) -> list[AtlasPage]:
    """Return a page for each cluster, in the order of their codes."""
    county, plan = published.county, published.plan
    table = rows_by_urn(county.schools.table)
    simple = lighter(published.areas, DETAIL_M)
    figures, titles = rows_by(published.clusters), layer_titles(county.layers)
    beside, verdicts = clusters_beside(county, plan), _verdicts(published.audit)
    also = guests(published)
    pages = []
    for code, cluster in sorted(zip(plan.labels, plan.clusters, strict=True)):
        schools = _members(cluster, county, table)
        numbers = {school["urn"]: school["number"] for school in schools}
        pages.append(
            AtlasPage(
                code=code,
                name=title_of(code, plan.names),
                map=small_map(
                    county, cluster, code, simple, published.colours[code], numbers, around
                ),
                figures=figures[code],
                zones=[(title, figures[code][f"main_{name}"]) for name, title in titles.items()],
                schools=schools,
                beside=[title_of(other, plan.names) for other in beside[code]],
                kept=[v["title"] for v in verdicts[code] if v["said"] == MET],
                verdicts=[v for v in verdicts[code] if v["said"] != MET],
                also=also[code],
            )
        )
    return pages


def _members(
    cluster: Cluster, county: County, table: Mapping[int, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return a cluster's schools by phase and name, with their numbers on its map."""
    schools: list[dict[str, Any]] = []
    for urn in cluster.members:
        school = table[urn]
        needs = school["srp_needs"].replace("|", ", ") or "need type not recorded"
        schools.append(
            {
                "urn": urn,
                "name": school["name"],
                "phase": school["phase"],
                "district": school["district"],
                "trust": trust_name(school["trust"]),
                "srp": needs if school["srp"] else "",
                "travel": county.travel.between(urn, cluster.hub),
                "hub": urn == cluster.hub,
            }
        )
    schools.sort(key=lambda school: (school["phase"], school["name"], school["urn"]))
    return [{"number": number, **school} for number, school in enumerate(schools, start=1)]


def clusters_beside(county: County, plan: Plan) -> dict[str, list[str]]:
    """Return the codes of the clusters that have a neighbouring school, by code, in order."""
    code_of = plan.code_of
    found: dict[str, set[str]] = {code: set() for code in plan.labels}
    for one, other in county.neighbours.graph.edges:
        codes = code_of.get(one), code_of.get(other)
        if codes[0] and codes[1] and codes[0] != codes[1]:
            found[codes[0]].add(codes[1])
            found[codes[1]].add(codes[0])
    return {code: sorted(others) for code, others in found.items()}


def guests(published: Publication) -> dict[str, list[dict[str, Any]]]:
    """Return, by the code of each cluster, the schools of others that also work with it."""
    plan, names = published.plan, published.county.schools.names
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in published.second_clusters[0]:
        home = title_of(plan.code_of[row.urn], plan.names)
        school = {"urn": row.urn, "name": names[row.urn], "cluster": home, "reason": row.reason}
        found[row.code].append(school)
    return found


def _verdicts(audit: Audit | None) -> dict[str, list[dict[str, Any]]]:
    """Return each cluster's verdicts in a reader's words, by its code."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    if audit is None:
        return found
    for row in rows_of(audit.verdicts):
        found[row["cluster"]].append(
            {
                "title": audit.titles[row["rule"]],
                "said": _said(row),
                "words": row["words"],
                "score": row["price"],
                "kept": row["kept"],
            }
        )
    return found


def _said(row: Mapping[str, Any]) -> str:
    """Return the verdict in a word or two, before its details."""
    if not row["kept"]:
        return BROKEN
    if row["kind"] == "hard" or not row["count"]:
        return MET
    return KINDS[row["kind"]]
