"""Figures as pages say them, written here a second time."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from cluster_geo.boundaries import layer_title
from tests.figures.county import NAMES, PLAN, WEIGHTS, ZONES, Figures, urns

CLUSTERS = {code: urns(*places) for code, places in PLAN.items()}
TITLES = {code: NAMES.get(code, code) for code in PLAN}
MINUS = "\u2212"
# What pages call the layers and the rules; the rules that add to the score come first.
LAYERS = {name: layer_title(name) for name in ZONES}
RULES = {
    "travel": "Journeys to the central school",
    "district": "Clusters follow the boundaries: District",
    "trusts": "Few clusters for each multi-academy trust",
    "srp": "An SRP in each cluster",
    "balance.pupils": "Even shares: pupils",
}
SIZE, AREA = "Size of a cluster", "Clusters follow the boundaries: Area"


def whole(figure: float | None) -> str:
    return "not known" if figure is None else f"{figure:,.0f}"


def tenth(figure: float | None) -> str:
    return "not known" if figure is None else f"{figure:,.1f}"


def journey(length: float, unit: str) -> str:
    return f"{length:.1f} km" if unit == "km" else f"{length:.0f} minutes"


def in_miles(length: float, unit: str) -> str:
    """A journey with its miles, where it is in kilometres."""
    said = journey(length, unit)
    return f"{said} {length / 1.609344:.1f} miles" if unit == "km" else said


def called(figures: Figures, urn: int) -> str:
    return f"{figures.sums.rows[urn].name} ({urn})"


def hubs(figures: Figures) -> dict[int, int]:
    """The central school of each school's cluster."""
    return {u: figures.sums.hub(members) for members in CLUSTERS.values() for u in members}


def code_of(urn: int) -> str:
    return next(code for code, members in CLUSTERS.items() if urn in members)


def beside(figures: Figures, members: Sequence[int]) -> list[str]:
    """Codes of the clusters with a school within 5.1 km of one of these."""
    return [
        code
        for code, others in CLUSTERS.items()
        if not set(others) & set(members)
        and any(figures.sums.line(a, b) <= 5.1 for a in members for b in others)
    ]


def scored(figures: Figures, members: Sequence[int]) -> float:
    return math.fsum(figures.sums.scores(members, WEIGHTS).values())


def size_broken(members: Sequence[int]) -> int:
    return max(0, 4 - len(members), len(members) - 8)


def moved(figures: Figures, urn: int, code: str) -> tuple[bool, float]:
    """Whether moving a school alone breaks the sizes further, and what it adds to the score."""
    home, there = CLUSTERS[code_of(urn)], CLUSTERS[code]
    after = [u for u in home if u != urn], [*there, urn]
    worse = any(
        size_broken(now) > size_broken(then) for now, then in zip(after, (home, there), strict=True)
    )
    change = sum(scored(figures, now) for now in after) - scored(figures, home)
    return worse, change - scored(figures, there)


def numbers(text: str) -> list[float]:
    """The figures of a sentence in their order, whatever its words are."""
    plain = text.replace(MINUS, "-")
    found = re.findall(r"(?<![\w.-])-?\d[\d,]*(?:\.\d+)?", plain)
    return [float(figure.replace(",", "")) for figure in found]


def reason(figures: Figures, urn: int, layer: str) -> tuple[str, ...]:
    """What a page must say of why a school lies outside its cluster's main zone."""
    zone = getattr(figures.sums.rows[urn], layer)
    if not zone:
        return ("outside every zone",)
    own = [c for c, members in CLUSTERS.items() if figures.sums.main(members, layer) == zone]
    near = [c for c in own if c in beside(figures, [urn]) and c != code_of(urn)]
    if not near:
        return (ZONES[layer][zone], "No neighbouring cluster" if own else "most of its schools")
    (worse, change), best = min((moved(figures, urn, code), code) for code in near)
    if worse:
        return (TITLES[best], "schools (the m")
    return (TITLES[best], "rais" if change > 0 else "lower", f" {abs(change):.1f}")
