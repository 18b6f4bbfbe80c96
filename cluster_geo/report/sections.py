"""Parts of the report that take more than one line to gather."""

from __future__ import annotations

from typing import Any

import pandas as pd

from cluster_geo.audit import Audit
from cluster_geo.county import County
from cluster_geo.glossary import KINDS
from cluster_geo.plan import title_of
from cluster_geo.publish import Publication
from cluster_geo.records import Notice
from cluster_geo.tables.rows import rows_by_urn


def school_index(published: Publication) -> list[dict[str, Any]]:
    """Return the schools of a plan from A to Z, with the cluster that each is in.

    `name`, `urn`, `place` (the district), `postcode`, `code` and `cluster` (its name).
    """
    table, code_of = rows_by_urn(published.county.schools.table), published.plan.code_of
    rows = [
        {
            "name": table[urn]["name"],
            "urn": urn,
            "place": table[urn]["district"],
            "postcode": table[urn]["postcode"],
            "code": code,
            "cluster": title_of(code, published.plan.names),
        }
        for urn, code in code_of.items()
    ]
    return sorted(rows, key=lambda row: (row["name"].casefold(), row["urn"]))


def rule_rows(audit: Audit | None) -> list[dict[str, Any]]:
    """Return the audit by rule in a reader's words."""
    if audit is None:
        return []
    rows = []
    for name, row in audit.by_rule.iterrows():
        known = not pd.isna(row["clusters"])
        touched = int(row["clusters"]) if known else 0
        if not known:
            verdict = "not shown"
        elif not row["kept"]:
            verdict = f"broken in {touched}" if touched else "broken"
        elif row["kind"] == "hard":
            verdict = "kept"
        else:
            verdict = f"counts in {touched} of {len(audit.by_cluster)} clusters"
        rows.append(
            {
                "title": audit.titles[str(name)],
                "kind": KINDS[str(row["kind"])],
                "verdict": verdict,
                "kept": bool(row["kept"]),
                "found": row["found"],
                "score": float(row["price"]),
                "priced": row["kind"] == "priced",
            }
        )
    return rows


def notice_groups(county: County) -> list[tuple[str, list[Notice]]]:
    """Return the notices by topic, topics in the alphabet's order."""
    groups: dict[str, list[Notice]] = {}
    for notice in county.notices:
        groups.setdefault(notice.topic, []).append(notice)
    return sorted(groups.items())
