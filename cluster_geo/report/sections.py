"""Parts of the report that take more than one line to gather."""

from __future__ import annotations

from typing import Any

import pandas as pd

from cluster_geo.audit import Audit
from cluster_geo.county import County
from cluster_geo.glossary import BROKEN, KINDS, MET
from cluster_geo.plan import title_of
from cluster_geo.publish import Publication
from cluster_geo.records import Notice
from cluster_geo.rules import kind_of
from cluster_geo.tables.rows import rows_by_urn

# How a rule that no plan has to meet shows in clusters, by its kind.
COUNTS = {"priced": "adds to the score", "shown": "not met"}


def school_index(published: Publication) -> list[dict[str, Any]]:
    """Return the schools of a plan from A to Z, with the cluster that each is in.

    `name`, `urn`, `where` (its district and the name of its cluster, once where they are the
    same), `postcode` and `code`.
    """
    table, code_of = rows_by_urn(published.county.schools.table), published.plan.code_of
    rows = [
        {
            "name": table[urn]["name"],
            "urn": urn,
            "where": "; ".join(
                dict.fromkeys(
                    filter(None, (table[urn]["district"], title_of(code, published.plan.names)))
                )
            ),
            "postcode": table[urn]["postcode"],
            "code": code,
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
            verdict = f"{BROKEN} in {touched:,}" if touched else BROKEN
        elif row["kind"] == "hard" or not touched:
            verdict = MET
        else:
            verdict = (
                f"{COUNTS[str(row['kind'])]} in {touched:,} of {len(audit.by_cluster):,} clusters"
            )
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


def weight_rows(published: Publication) -> list[tuple[str, float]]:
    """Return the weight of each rule that counts in this plan, by what a page calls the rule.

    A preference that became a requirement, or is only shown, has a weight in the scenario too; it
    adds nothing to any score, so a reader is not shown it.
    """
    if published.rulebook is None:
        return []
    weights = published.disclosed.brief.weights
    return [
        (rule.heading, weights[rule.setting])
        for rule in published.rulebook.rules
        if kind_of(rule) == "priced" and rule.setting in weights
    ]


def notice_groups(county: County) -> list[tuple[str, list[Notice]]]:
    """Return the notices by kind, kinds in the alphabet's order."""
    groups: dict[str, list[Notice]] = {}
    for notice in county.notices:
        groups.setdefault(notice.heading, []).append(notice)
    return sorted(groups.items())
