"""Parts of the report that take more than one line to gather."""

from __future__ import annotations

from typing import Any

import pandas as pd

from cluster_geo.audit import Audit
from cluster_geo.county import County
from cluster_geo.records import Notice
from cluster_geo.report.amounts import KINDS


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
