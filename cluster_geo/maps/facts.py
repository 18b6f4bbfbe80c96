"""What the panel says of a cluster."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from cluster_geo.audit import Audit
from cluster_geo.boundaries import layer_titles
from cluster_geo.columns import OwnColumn
from cluster_geo.county import County
from cluster_geo.glossary import BROKEN, MET
from cluster_geo.measures import needs_by_cluster
from cluster_geo.phrases import trust_name
from cluster_geo.plan import Plan, Wave
from cluster_geo.publish import Publication
from cluster_geo.publish.edition import date_text
from cluster_geo.tables.rows import rows_by, rows_of

# Names with numbers, most first.
Counts = list[tuple[str, int]]


def cluster_facts(published: Publication) -> dict[str, dict[str, Any]]:
    """Return, by code, what the panel shows of each cluster; without an audit no verdicts.

    Phases, central school, journeys, pupils, zones; SRPs by need and schools by trust, counted;
    the verdict of each rule.
    """
    county, plan, audit = published.county, published.plan, published.audit
    rows, titles = rows_by(published.clusters), layer_titles(county.layers)
    needs, trusts = _needs(county, plan), _trusts(county, plan)
    starts = {} if published.timetable is None else published.timetable.waves
    return {
        code: {
            **_figures(rows[code], titles),
            **own_facts(rows[code], county.schools.own),
            **(_start(starts[code]) if code in starts else {}),
            "needs": needs[code],
            "trusts": trusts[code],
            "rules": [] if audit is None else _verdicts(audit, code),
        }
        for code in plan.labels
    }


def _figures(row: Mapping[str, Any], layers: Mapping[str, str]) -> dict[str, Any]:
    zones = []
    for layer, title in layers.items():
        outside = int(row[f"outside_{layer}"])
        zone_text = str(row[f"main_{layer}"] or "none") + (
            f" ({outside} outside)" if outside else ""
        )
        zones.append([title, zone_text])
    return {
        "name": row["name"],
        "schools": int(row["schools"]),
        "primary": int(row["primaries"] - row["all_through"]),
        "secondary": int(row["secondaries"] - row["all_through"]),
        "all_through": int(row["all_through"]),
        "phases": row["phases"],
        "hub": row["hub"],
        "hub_urn": int(row["hub_urn"]),
        "mean": f"{row['travel_mean']:.1f}",
        "worst": f"{row['travel_worst']:.1f}",
        "furthest": row["furthest"],
        "srps": int(row["srps"]),
        "pupils": whole(row["pupils"]),
        "ehcp": whole(row["ehcp"]),
        "sen": whole(row["sen_support"]),
        "zones": zones,
    }


def _start(wave: Wave) -> dict[str, str]:
    words = date_text(wave.starts) or "date not decided"
    return {"starts": wave.starts, "start_words": f"{words} ({wave.name})" if wave.name else words}


def own_facts(row: Mapping[str, Any], own: Iterable[OwnColumn]) -> dict[str, list[tuple[str, str]]]:
    """Return what is shown of a row in the planner's own columns: heading and figure, if known."""
    shown = [(column.heading, in_figures(row[column.name])) for column in own]
    known = [(heading, figure) for heading, figure in shown if figure]
    return {"own": known} if known else {}


def _needs(county: County, plan: Plan) -> dict[str, Counts]:
    """Count the schools with an SRP for each need, by cluster."""
    table = needs_by_cluster(plan, county)
    counts = zip(table.index, table.to_numpy(), strict=True)
    return {code: _most_first(zip(table.columns, row, strict=True)) for code, row in counts}


def _trusts(county: County, plan: Plan) -> dict[str, Counts]:
    """Count the schools of each multi-academy trust, by cluster."""
    names = dict(zip(county.schools.table["trust_uid"], county.schools.table["trust"], strict=True))
    groups = county.schools.grouped_by("trust_uid")
    return {
        code: _most_first(
            (trust_name(names[uid]), len(schools.intersection(cluster.members)))
            for uid, schools in groups.items()
        )
        for code, cluster in zip(plan.labels, plan.clusters, strict=True)
    }


def _most_first(counts: Iterable[tuple[object, int]]) -> Counts:
    found = [(str(name), int(number)) for name, number in counts if number]
    return sorted(found, key=lambda one: (-one[1], one[0]))


def _verdicts(audit: Audit, code: str) -> list[list[str]]:
    """Return title, verdict and words of each rule on the cluster."""
    own = audit.verdicts[audit.verdicts["cluster"] == code]
    return [
        [
            audit.titles[row["rule"]],
            verdict_words(row["kind"], kept=row["kept"], score=row["price"]),
            row["words"],
        ]
        for row in rows_of(own)
    ]


def verdict_words(kind: str, *, kept: bool, score: float) -> str:
    """Return a rule's verdict on a cluster in a reader's words."""
    if not kept:
        return BROKEN
    if kind == "hard":
        return MET
    return f"adds {score:.1f} to the score" if score else "adds nothing to the score"


def in_figures(value: float | None) -> str:
    """Return a figure with commas, with one decimal where it has any; "" where it is unknown."""
    if value is None or pd.isna(value):
        return ""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def whole(value: float | None) -> str:
    """Return a number without decimals, with commas; "" where it is unknown."""
    return "" if value is None or pd.isna(value) else f"{round(float(value)):,}"
