"""What a map should say of each school and of each cluster, from sums in plain Python."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

from tests.figures.county import WEIGHTS, ZONES, Figures
from tests.figures.said import AREA, CLUSTERS, LAYERS, RULES, SIZE, TITLES, code_of, hubs
from tests.figures.sums import Row

PHASES = ("primary", "secondary", "all-through")
NEEDS = ("ASD", "HI", "MLD", "SEMH", "SLCN", "VI")
# Trusts of two or more schools, by name: the panel's list.
TRUSTS = ("T1", "T2", "T3", "T7")


def whole(figure: float | None) -> str:
    """A count with commas; nothing where it is not known."""
    return "" if figure is None or math.isnan(figure) else f"{figure:,.0f}"


def outside(figures: Figures, urn: int) -> list[int]:
    """Places of the layers in whose main zone a school does not lie."""
    members = CLUSTERS[code_of(urn)]
    return [k for k, layer in enumerate(ZONES) if urn in figures.sums.outside(members, layer)]


def school(figures: Figures, row: Row) -> dict[str, Any]:
    """The facts of a school; what is empty is not there."""
    hub = hubs(figures)[row.urn]
    needs = row.needs.split("|") if row.needs else []
    facts = {
        "urn": row.urn, "name": row.name, "phase": row.phase,
        "phase_label": f"{row.phase.capitalize()} school", "ages": row.ages.replace("-", " to "),
        "admissions": "selective" if row.name == "Kingsley" else "",
        "srp": row.needs is not None, "needs": ", ".join(needs), "hub": row.urn == hub,
        "trust": f"Trust {row.trust}" if row.trust else "",
        "federation": "Two Rivers" if row.name in {"Vale", "Quay"} else "",
        "pupils": whole(row.pupils), "ehcp": whole(row.ehcp), "sen": whole(row.sen_support),
        "postcode": f"ME{row.urn % 97} 1AB", "cluster": code_of(row.urn),
        "cluster_name": TITLES[code_of(row.urn)],
        "travel": f"{figures.sums.trip(row.urn, hub):.1f}",
        "zones": [
            [LAYERS[layer], ZONES[layer][code]]
            for layer in ZONES
            if (code := getattr(row, layer))
        ],
        "outside": outside(figures, row.urn),
        "trust_index": TRUSTS.index(row.trust) if row.trust in TRUSTS else None,
        "need_indices": [NEEDS.index(need) for need in needs],
    }  # fmt: skip
    always = {"zones"}
    return {k: v for k, v in facts.items() if v not in ("", None, []) or k in always}


def cluster(figures: Figures, code: str) -> dict[str, Any]:
    """The facts of a cluster, without its verdicts and its colour."""
    members, told = CLUSTERS[code], figures.sums.measures(CLUSTERS[code])
    rows, names = figures.sums.of(members), figures.sums.names(members, ZONES)
    trusts = Counter(f"Trust {row.trust}" for row in rows if row.trust)
    needs = Counter(need for row in rows for need in (row.needs or "").split("|") if need)
    zones = []
    for layer, title in LAYERS.items():
        strays = len(figures.sums.outside(members, layer))
        zones.append([title, names[f"main_{layer}"] + (f" ({strays} outside)" if strays else "")])
    return {
        "code": code, "name": TITLES[code], "schools": len(rows),
        **{
            name: sum(row.phase == phase for row in rows)
            for name, phase in zip(("primary", "secondary", "all_through"), PHASES, strict=True)
        },
        "phases": names["phases"], "hub": names["hub"], "hub_urn": names["hub_urn"], "furthest": names["furthest"],
        "mean": f"{told['travel_mean']:.1f}", "worst": f"{told['travel_worst']:.1f}",
        "srps": told["srps"], "pupils": whole(told["pupils"]), "ehcp": whole(told["ehcp"]),
        "sen": whole(told["sen_support"]), "zones": zones, "needs": most_first(needs),
        "trusts": most_first(trusts),
    }  # fmt: skip


def most_first(counts: Counter[str]) -> list[list[Any]]:
    return [list(one) for one in sorted(counts.items(), key=lambda one: (-one[1], one[0]))]


def verdicts(figures: Figures, code: str) -> dict[str, float | bool | None]:
    """By rule's title: what it adds to the score; None where nothing; whether it is kept."""
    scores = figures.sums.scores(CLUSTERS[code], WEIGHTS)
    added: dict[str, float | bool | None] = {RULES[rule]: scores[rule] or None for rule in RULES}
    return added | {SIZE: len(CLUSTERS[code]) <= 8, AREA: None}
