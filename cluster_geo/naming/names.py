"""Readable names of clusters, from the place of the central school."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from cluster_geo.county import County

# Registers may have a street instead of a village; a street is not a name for a cluster.
STREET = re.compile(
    r"\d|\b(road|street|lane|avenue|close|drive|crescent|way|gardens|estate|site)\b", re.IGNORECASE
)
# Words at the end of schools' names that identify no school.
KIND_OF_SCHOOL = re.compile(
    r"[,(].*$|\b(church of england|c ?of ?e|c\.?e\.?|roman catholic|catholic|r\.?c\.?"
    r"|voluntary (aided|controlled)|community|foundation|primary|infants?|juniors?|secondary"
    r"|grammar|schools?|academy|college|nursery|and|for girls|for boys)\b",
    re.IGNORECASE,
)
QUARTERS = ("East", "North", "West", "South")
EIGHTHS = ("East", "North East", "North", "North West", "West", "South West", "South", "South East")


def names_by_place(
    hubs: Mapping[str, int], county: County, *, taken: Iterable[str] = ()
) -> dict[str, str]:
    """Name each cluster by the place of its hub.

    The place is the hub's village or part of a town, else its post town, else its district.
    If several hubs share a place, its side is added ("Maidstone North"); if that is not enough,
    the hub's own name ("Maidstone, Oakwood Park").

    Parameters
    ----------
    hubs : mapping of str to int
        URN of the hub by the cluster's code.
    county : County
    taken : iterable of str
        Names already in use.

    Returns
    -------
    dict of str to str
        Name by code, all different.
    """
    used = set(taken)
    sharing: dict[str, list[str]] = defaultdict(list)
    for code in sorted(hubs):
        sharing[place_of(hubs[code], county)].append(code)
    # A place with which a name in use begins is shared with that cluster.
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
        return _capitalised(locality)
    return _capitalised(town) or str(facts["district"]) or str(facts["name"])


def _capitalised(place: str) -> str:
    """Return a place with initial capitals if it is all in upper or lower case."""
    return place.title() if place.isupper() or place.islower() else place


def _sides(hubs: Mapping[str, int], county: County) -> dict[str, str]:
    """Return the side of their common centre on which each of these hubs lies."""
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
    """Return the place with the hub's short name, else its whole name, else its URN."""
    whole = county.schools.names[hub]
    short = " ".join(KIND_OF_SCHOOL.sub(" ", whole).split())
    distinctive = re.search(r"[^\W\d_]{3}", short)
    tries = [f"{place}, {short}" if distinctive else "", f"{place}, {whole}"]
    return next((name for name in tries if name and name not in used), f"{place}, {hub}")
