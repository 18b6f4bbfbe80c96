"""Names of clusters that a person can say, from the place of the central school."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from cluster_geo.county import County

# Registers put a street where a village should be; a street is no name for a cluster.
STREET = re.compile(
    r"\d|\b(road|street|lane|avenue|close|drive|crescent|way|gardens|estate|site)\b", re.IGNORECASE
)
# What every school's name ends in, and nobody says.
KIND_OF_SCHOOL = re.compile(
    r"[,(].*$|\b(church of england|c ?of ?e|c\.?e\.?|roman catholic|catholic|r\.?c\.?"
    r"|voluntary (aided|controlled)|community|foundation|primary|infants?|juniors?|secondary"
    r"|grammar|schools?|academy|college|nursery|and|for girls|for boys)\b",
    re.IGNORECASE,
)
QUARTERS = ("East", "North", "West", "South")
EIGHTHS = ("East", "North East", "North", "North West", "West", "South West", "South", "South East")


def sayable_names(
    hubs: Mapping[str, int], county: County, *, taken: Iterable[str] = ()
) -> dict[str, str]:
    """Name each cluster by the place of its hub.

    The place is the hub's village or part of a town, else its post town, else its district.
    Where several hubs share a place, each takes its side of it ("Maidstone North"); where that
    does not tell them apart, the hub's own name ("Maidstone, Oakwood Park").

    Parameters
    ----------
    hubs : mapping of str to int
        URN of the hub by the cluster's code.
    county : County
    taken : iterable of str
        Names that are given already.

    Returns
    -------
    dict of str to str
        Name by code, no two alike.
    """
    used = set(taken)
    sharing: dict[str, list[str]] = defaultdict(list)
    for code in sorted(hubs):
        sharing[place_of(hubs[code], county)].append(code)
    # A place that a name given before begins with is shared with that cluster.
    plain = {
        place
        for place, codes in sharing.items()
        if len(codes) == 1 and not any(name.startswith(place) for name in used)
    }
    names: dict[str, str] = {}
    for place, codes in sorted(sharing.items()):
        if place in plain:
            names[codes[0]] = place
            continue
        sides = _sides({code: hubs[code] for code in codes}, county)
        for code in codes:
            name = f"{place} {sides[code]}" if len(codes) > 1 else ""
            alike = sum(side == sides[code] for side in sides.values()) > 1
            if not name or alike or name in used:
                name = _by_school(place, hubs[code], county, used)
            names[code] = name
            used.add(name)
    return names


def place_of(urn: int, county: County) -> str:
    """Return the place of a school: village or part of a town, post town, or district."""
    columns = ["locality", "town", "district", "name"]
    facts = county.schools.table.loc[[urn], columns].astype(str).iloc[0].to_dict()
    locality, town = str(facts["locality"]).strip(), str(facts["town"]).strip()
    if locality and not STREET.search(locality):
        return _spoken(locality)
    return _spoken(town) or str(facts["district"]) or str(facts["name"])


def _spoken(place: str) -> str:
    """Return SHOUTED or whispered places in the usual letters; others as they are."""
    return place.title() if place.isupper() or place.islower() else place


def _sides(hubs: Mapping[str, int], county: County) -> dict[str, str]:
    """Return on which side of their common middle each of these hubs lies."""
    rows = [county.urns.index(hub) for hub in hubs.values()]
    offsets = county.schools.points[rows]
    offsets = offsets - offsets.mean(axis=0)
    names = QUARTERS if len(hubs) <= len(QUARTERS) else EIGHTHS
    sides = {}
    for code, (east, north) in zip(hubs, offsets.tolist(), strict=True):
        turn = math.atan2(north, east) / (2 * math.pi)
        sides[code] = names[round(turn * len(names)) % len(names)]
    return sides


def _by_school(place: str, hub: int, county: County, used: Collection[str]) -> str:
    """Return the place with the hub's name: short, else whole, else with its URN."""
    whole = county.schools.names[hub]
    short = " ".join(KIND_OF_SCHOOL.sub(" ", whole).split())
    says_something = re.search(r"[^\W\d_]{3}", short)
    tries = [f"{place}, {short}" if says_something else "", f"{place}, {whole}"]
    return next((name for name in tries if name and name not in used), f"{place}, {hub}")
