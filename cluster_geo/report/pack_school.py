"""A school's page of the packs: where it is, with whom, what changes for it."""

from __future__ import annotations

from typing import Any

from cluster_geo.compare.moves import JOINS
from cluster_geo.report.pack_facts import Link, PackFacts
from cluster_geo.tables.rows import rows_of

# Rows of `compare.moves_since` by URN; None where no earlier version was named.
Changes = dict[int, dict[str, Any]] | None


def school_facts(facts: PackFacts, changes: Changes) -> list[dict[str, Any]]:
    """Return what the page of each school of the plan shows, by cluster and URN.

    Parameters
    ----------
    facts : PackFacts
    changes : Changes
        As `changes_of` gives them.
    """
    return [
        _school(facts, code, urn, changes)
        for code, cluster in facts.cluster_of.items()
        for urn in sorted(cluster.members)
    ]


def changes_of(facts: PackFacts) -> Changes:
    """Return what changes since the version before, by URN; None where none was named."""
    moves = facts.published.moves
    if moves is None:
        return None
    return {row["urn"]: row for row in rows_of(moves.reset_index())}


def _school(facts: PackFacts, code: str, urn: int, changes: Changes) -> dict[str, Any]:
    county, cluster, row = facts.published.county, facts.cluster_of[code], facts.schools[urn]
    starts, wave = facts.starts(code)
    return {
        "urn": urn,
        "name": row["name"],
        "phase": row["phase"],
        "district": row["district"],
        "cluster": facts.cluster_link(code),
        "starts": starts,
        "wave": wave,
        "hub": None if urn == cluster.hub else facts.school_link(cluster.hub),
        "venue": facts.published.papers.venues.get(code, ""),
        "travel": county.travel.between(urn, cluster.hub),
        "fellows": _fellows(facts, code, urn),
        "beside": facts.links(facts.beside[code]),
        "second": [
            (facts.cluster_link(row.code), row.reason)
            for row in facts.published.second_clusters[0]
            if row.urn == urn
        ],
        "before": changes is not None,
        "change": _change(changes, urn),
        "bodies": [(body, facts.spread(body)) for body in facts.bodies if urn in body.urns],
        "own_needs": ", ".join(facts.needs.get(urn, ())),
        "nearest": facts.nearest(urn),
    }


def _fellows(facts: PackFacts, code: str, urn: int) -> list[tuple[Link, str]]:
    """Return the other members of a school's cluster with their phases, by phase and name."""
    others = [other for other in facts.cluster_of[code].members if other != urn]
    rows = facts.schools
    others.sort(key=lambda other: (rows[other]["phase"], rows[other]["name"], other))
    return [(facts.school_link(other), rows[other]["phase"]) for other in others]


def _change(changes: Changes, urn: int) -> dict[str, Any] | None:
    """Return how a school came into its cluster; None where it was in it, or nothing is known."""
    row = None if changes is None else changes.get(urn)
    return None if row is None else {**row, "joins": row["change"] == JOINS}
