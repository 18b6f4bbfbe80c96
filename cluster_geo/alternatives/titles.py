"""What sets each of several plans apart, in a few words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from string import ascii_uppercase

import pandas as pd

from cluster_geo.alternatives.outcome import OUTSIDE
from cluster_geo.alternatives.settled import matched_codes, share_moved
from cluster_geo.boundaries import layer_title
from cluster_geo.county import County
from cluster_geo.plan import Plan

LESS = {
    "travel": "least travel",
    "travel_worst": "shortest longest journey",
    "trust_pieces": "trusts spread over the fewest clusters",
    "without_srp": "most clusters with an SRP",
    "clusters": "fewest clusters",
}
MOST_SAID = 2
# A lead smaller than this share of the figure sets nothing apart.
LEAD = 0.002


def option_names(number: int) -> list[str]:
    """Return A, B, C ... Z, AA, AB ..."""
    letters = ascii_uppercase
    return [
        (letters[k // 26 - 1] if k >= len(letters) else "") + letters[k % 26] for k in range(number)
    ]


def titles_of(table: pd.DataFrame, plans: Mapping[str, Plan], county: County) -> dict[str, str]:
    """Return a title for each option: what it alone is best in, and where it differs.

    Parameters
    ----------
    table : DataFrame
        `outcome_row` of each plan.
    plans : mapping of str to Plan
        The first is the best; the place named is where most schools are elsewhere than in it.
    county : County
    """
    strengths: dict[str, list[str]] = {name: [] for name in plans}
    layers = {n: n.removeprefix(OUTSIDE) for n in map(str, table) if n.startswith(OUTSIDE)}
    words = LESS | {
        name: f"fewest schools outside their main {layer_title(layer)}"
        for name, layer in layers.items()
    }
    for column, phrase in words.items():
        # One plan has no other to beat.
        if column not in table or len(table) <= 1:
            continue
        ranked = table[column].astype(float).sort_values(kind="stable")
        if ranked.iloc[1] - ranked.iloc[0] > LEAD * abs(ranked.iloc[1]):
            strengths[str(ranked.index[0])].append(phrase)
    places = _places(plans, county)
    titles = {}
    best = next(iter(plans), "")
    for place, (name, plan) in enumerate(plans.items()):
        phrases = strengths[name][:MOST_SAID]
        phrases = ["best score", *phrases] if place == 0 else phrases
        if where := places.get(name):
            phrases.append(f"other clusters around {where}")
        text = (
            "; ".join(phrases) or f"{share_moved(plans[best], plan):.0%} of the schools elsewhere"
        )
        titles[name] = text[0].upper() + text[1:]
    return titles


def _places(plans: Mapping[str, Plan], county: County) -> dict[str, str]:
    """Name the place where most schools of each plan are elsewhere than in the first."""
    if not plans:
        return {}
    codes = matched_codes(plans)
    first, *others = plans
    table = county.schools.table
    town = table["town"].where(table["town"] != "", table["district"])
    found: dict[str, str] = {}
    for name in others:
        moved = codes.index[codes[name] != codes[first]]
        counts = Counter(place for place in town.loc[list(moved)] if place)
        fresh = {p: n for p, n in counts.items() if p not in found.values()}
        if fresh:
            found[name] = min(fresh, key=lambda place: (-fresh[place], place))
    return found
