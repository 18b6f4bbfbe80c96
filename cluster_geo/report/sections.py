"""Parts of the report that take more than one line to gather."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cluster_geo.audit import Audit
from cluster_geo.county import County
from cluster_geo.page.layers import layer_title
from cluster_geo.page.rules import rule_title
from cluster_geo.plan import Cluster, Plan, main_zone
from cluster_geo.records import Notice
from cluster_geo.report.words import KINDS
from cluster_geo.tables.plans import title_of
from cluster_geo.tables.rows import rows_by_urn, rows_of


@dataclass(frozen=True)
class LayerSection:
    """Schools outside the main zone of their cluster, in one layer of boundaries."""

    title: str
    zones: int
    rows: list[dict[str, str]]


def rule_rows(audit: Audit | None, layers: dict[str, str]) -> list[dict[str, Any]]:
    """Return the audit by rule in a reader's words."""
    if audit is None:
        return []
    rows = []
    for name, row in audit.by_rule.iterrows():
        touched = int(row["clusters"])
        if not row["kept"]:
            verdict = f"broken in {touched}" if touched else "broken"
        elif row["kind"] == "hard":
            verdict = "kept"
        else:
            verdict = f"counts in {touched} of {len(audit.by_cluster)} clusters"
        rows.append(
            {
                "title": rule_title(str(name), layers),
                "kind": KINDS[str(row["kind"])],
                "verdict": verdict,
                "kept": bool(row["kept"]),
                "found": row["found"],
                "score": float(row["price"]),
                "priced": row["kind"] == "priced",
            }
        )
    return rows


def cluster_sections(county: County, plan: Plan, audit: Audit | None) -> list[dict[str, Any]]:
    """Return each cluster's schools, and what the rules say of it."""
    table = rows_by_urn(county.schools.table)
    return [
        {
            "code": code,
            "name": title_of(code, plan.names),
            "schools": _members(cluster, county, table),
            "broken": _broken(audit, code),
        }
        for code, cluster in sorted(zip(plan.labels, plan.clusters, strict=True))
    ]


def _members(
    cluster: Cluster, county: County, table: Mapping[int, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return a cluster's schools by phase and name."""
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
                "trust": school["trust"],
                "srp": needs if school["srp"] else "",
                "travel": county.travel.between(urn, cluster.hub),
                "hub": urn == cluster.hub,
            }
        )
    return sorted(schools, key=lambda school: (school["phase"], school["name"], school["urn"]))


def _broken(audit: Audit | None, code: str) -> list[str]:
    if audit is None:
        return []
    own = audit.verdicts[(audit.verdicts["cluster"] == code) & ~audit.verdicts["kept"]]
    return [f"{row['rule']}: {row['words']}" for row in rows_of(own)]


def layer_sections(county: County, plan: Plan) -> list[LayerSection]:
    """Return the schools outside the main zone of their cluster, layer by layer."""
    names, sections = county.schools.names, []
    for name, layer in county.layers.items():
        rows = []
        for code, cluster in sorted(zip(plan.labels, plan.clusters, strict=True)):
            main = main_zone(cluster.members, layer.zone_of)
            for urn in cluster.members:
                zone = layer.zone_of.get(urn)
                if main and zone == main:
                    continue
                rows.append(
                    {
                        "school": f"{names[urn]} ({urn})",
                        "zone": layer.name_of(zone) if zone else "none",
                        "cluster": f"{title_of(code, plan.names)} ({code})",
                        "main": layer.name_of(main) if main else "none",
                    }
                )
        zones = len(set(layer.zone_of.values()))
        sections.append(LayerSection(layer_title(name), zones, rows))
    return sections


def notice_groups(county: County) -> list[tuple[str, list[Notice]]]:
    """Return the notices by topic, topics in the alphabet's order."""
    groups: dict[str, list[Notice]] = {}
    for notice in county.notices:
        groups.setdefault(notice.topic, []).append(notice)
    return sorted(groups.items())
