"""Readable names of clusters, from the place of the central school."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from cluster_geo.county import County
from cluster_geo.phrases import place_name

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
# A city's name is left out where so many clusters would bear it.
FEWEST_IN_CITY = 3
QUARTERS = ("East", "North", "West", "South")
EIGHTHS = ("East", "North East", "North", "North West", "West", "South West", "South", "South East")


def names_by_place(
    hubs: Mapping[str, int], county: County, *, taken: Iterable[str] = ()
) -> dict[str, str]:
    """Name each cluster by the place of its hub.

    The place is the hub's village or part of a town, else its post town, else its district. If
    several hubs share a place, the hub's ward is added ("Maidstone, Shepway South"), else its side
    ("Maidstone North"), else its own name ("Maidstone, Oakwood Park"). A post town that most
    schools share says nothing and is left out ("Shepway South", "Oakwood Park").

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
    city = _city(county)
    names: dict[str, str] = {}
    for place, codes in sorted(sharing.items()):
        if place in plain:
            names[codes[0]] = place
            continue
        stem = "" if place == city and len(codes) >= FEWEST_IN_CITY else place
        for code, name in _distinct(stem, {c: hubs[c] for c in codes}, county).items():
            of_no_use = not name or name in used
            names[code] = _by_school(stem, hubs[code], county, used) if of_no_use else name
            used.add(names[code])
    return names


def _city(county: County) -> str:
    """Return the post town of more than half of the schools; "" if there is none."""
    towns = county.schools.table["town"].astype(str).str.strip().map(place_name).value_counts()
    return str(towns.index[0]) if len(towns) and 2 * towns.iloc[0] > len(county.urns) else ""


def _distinct(place: str, hubs: Mapping[str, int], county: County) -> dict[str, str]:
    """Name clusters of one place by ward or, where wards are not enough, by side.

    A name is "" where neither is enough; `place` is "" where it is left out.
    """
    wards = {code: _ward_of(hub, county) for code, hub in hubs.items()}
    if len(hubs) > 1 and not all(wards.values()):
        wards = dict.fromkeys(hubs, "")
    names = {}
    for code, ward in wards.items():
        alike = {c: hub for c, hub in hubs.items() if wards[c] == ward}
        begun = ward if ward.startswith(place or ward) else f"{place}, {ward}"
        if not ward:
            begun = place
        side = _sides(alike, county) if len(alike) > 1 else {}
        alone = code in side and sum(other == side[code] for other in side.values()) == 1
        if begun and (alone or (ward and len(alike) == 1)):
            names[code] = f"{begun} {side[code]}" if alone else begun
        else:
            names[code] = ""
    return names


def _ward_of(urn: int, county: County) -> str:
    """Return the ward of a school; "" if it is not known."""
    ward = str(county.schools.table.at[urn, "ward"]).strip()
    return place_name(re.sub(r"\s+ward$", "", ward, flags=re.IGNORECASE))


def place_of(urn: int, county: County) -> str:
    """Return the place of a school: village or part of a town, post town, or district."""
    columns = ["locality", "town", "district", "name"]
    facts = county.schools.table.loc[[urn], columns].astype(str).iloc[0].to_dict()
    locality, town = str(facts["locality"]).strip(), str(facts["town"]).strip()
    if locality and not STREET.search(locality):
        return place_name(locality)
    return place_name(town) or str(facts["district"]) or str(facts["name"])


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
    tries = [short if distinctive else "", whole, str(hub)]
    names = [f"{place}, {text}" if place else text for text in tries if text]
    return next(name for name in names if name not in used)
