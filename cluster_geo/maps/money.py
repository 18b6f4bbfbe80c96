"""Clusters shaded by their money for each pupil, for a reader who asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cluster_geo.publish import Publication
from cluster_geo.tables.funding import PotShares

# From pale to dark, which is told apart in every form of colour blindness and in grey: five of the
# nine of ColorBrewer's YlGnBu, https://colorbrewer2.org/. Names on the map have a white edge.
SHADES = ("#ffffcc", "#c7e9b4", "#7fcdbb", "#41b6c4", "#2c7fb8")
UNKNOWN = "#d9d9d9"
PENCE = 100


@dataclass(frozen=True, slots=True)
class Shade:
    """One step of the legend: its colour, and the pounds for each pupil that it stands for."""

    colour: str
    words: str


@dataclass(frozen=True)
class Shading:
    """How a map shades its clusters by one pot.

    Parameters
    ----------
    name, title : str
    colours : dict of str to str
        By the codes of clusters.
    legend : list of Shade
        From the least money to the most; last what is not known, if anything.
    """

    name: str
    title: str
    colours: dict[str, str]
    legend: list[Shade]


def shadings(published: Publication) -> list[Shading]:
    """Return a shading for each pot whose shares this audience may see."""
    found = (_shading(one) for one in published.funding)
    return [one for one in found if one is not None]


def _shading(one: PotShares) -> Shading | None:
    """Return the clusters in fifths by their money for each pupil, in whole pounds."""
    shares = one.shares
    if shares is None or shares.problem:
        return None
    each = {code: cluster.per_pupil for code, cluster in shares.clusters.items()}
    pounds = {code: round(x / PENCE) for code, x in each.items() if x is not None}
    if not pounds:
        return None
    ends = _ends(sorted(pounds.values()))
    step = {code: sum(figure > end for end in ends[:-1]) for code, figure in pounds.items()}
    colours = {code: SHADES[step[code]] if code in step else UNKNOWN for code in each}
    legend = [
        Shade(SHADES[k], _words(here))
        for k in range(len(ends))
        if (here := [figure for code, figure in pounds.items() if step[code] == k])
    ]
    legend += [Shade(UNKNOWN, "not known")] if len(pounds) < len(each) else []
    return Shading(one.pot.name, f"{one.pot.heading}, for each pupil", colours, legend)


def _ends(figures: Sequence[int]) -> list[int]:
    """Return the largest figure of each fifth; fewer where many figures are the same."""
    places = (-(-len(figures) * fifth // len(SHADES)) - 1 for fifth in range(1, len(SHADES) + 1))
    return sorted({figures[max(0, place)] for place in places})


def _words(figures: Sequence[int]) -> str:
    low, high = min(figures), max(figures)
    return f"£{low:,}" if low == high else f"£{low:,} to £{high:,}"
