"""Schools that the files put in no zone of a layer, placed in the nearest one to be confirmed.

A school that opens next term is blank in the register. Were it in no zone, no plan could keep
clusters within zones, and a rule of the whole county would fall because of one empty cell.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import shapely

from cluster_geo.boundaries.placing import Placed
from cluster_geo.boundaries.stray import FAR_M, MOST
from cluster_geo.records import Notice
from cluster_geo.schools import Schools

CONFIRM = "Confirm it by writing the zone into the table of schools"


def covers(zone_of: Mapping[int, str], schools: Schools) -> bool:
    """Whether a layer is meant to hold all schools: it holds nine in ten of them.

    One that holds fewer, as the district of a pilot does, shows nothing about the others.
    """
    return len(zone_of) >= MOST * len(schools)


def near_polygons(
    layer: str,
    zone_of: Mapping[int, str],
    placed: Placed,
    schools: Schools,
    name_of: Mapping[str, str],
) -> tuple[dict[int, str], list[Notice]]:
    """Place the schools just outside all polygons in the nearest one: coasts are generalised.

    Returns
    -------
    dict of int to str
        Codes by URN, of schools within `stray.FAR_M` metres of a polygon that had none.
    list of Notice
        One for each.
    """
    found: dict[int, str] = {}
    notices = []
    for urn, metres in sorted(placed.outside_m.items()):
        if urn in zone_of or metres > FAR_M:
            continue
        found[urn] = placed.nearest[urn]
        text = (
            f"{schools.names[urn]} lies {metres / 1000:.2f} km outside every zone of layer "
            f"{layer}, and was put in the nearest, {name_of[found[urn]]}. {CONFIRM}."
        )
        notices.append(Notice("zone", text, urn))
    return found, notices


def near_schools(
    layer: str, zone_of: Mapping[int, str], schools: Schools, name_of: Mapping[str, str]
) -> tuple[dict[int, str], list[Notice]]:
    """Place the schools in no zone in that of the nearest school that has one.

    Returns
    -------
    dict of int to str
        Codes by URN.
    list of Notice
        One for each.
    """
    points = np.asarray(shapely.points(schools.points))
    known = [place for place, urn in enumerate(schools.urns) if urn in zone_of]
    left = [place for place, urn in enumerate(schools.urns) if urn not in zone_of]
    if not left or not known:
        return {}, []
    tree = shapely.STRtree(points[known])
    hits, metres = tree.query_nearest(points[left], return_distance=True, all_matches=False)
    found: dict[int, str] = {}
    notices = []
    for place, hit, distance in zip(hits[0], hits[1], metres, strict=True):
        urn, other = schools.urns[left[int(place)]], schools.urns[known[int(hit)]]
        found[urn] = zone_of[other]
        text = (
            f"{schools.names[urn]} is in no zone of layer {layer}. It was put in "
            f"{name_of[found[urn]]}, the zone of the nearest school in one, "
            f"{schools.names[other]} ({distance / 1000:.2f} km away). {CONFIRM}."
        )
        notices.append(Notice("zone", text, urn))
    return found, notices
