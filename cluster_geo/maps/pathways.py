"""Ways on from primary to secondary SRPs, as the map draws them."""

from __future__ import annotations

from cluster_geo.publish import Publication
from cluster_geo.tables.pathways import pathways_of

Ways = dict[int, list[tuple[str, str, int | None]]]


def ways_of(published: Publication) -> Ways:
    """Return, by URN of a school with a primary SRP, each need, how a child goes on, and whereto.

    Without a way on it is the nearest secondary SRP. Needs that a travelling team meets are left
    out: nobody goes anywhere.
    """
    found: Ways = {}
    terms = published.disclosed.brief.pathways
    for one in pathways_of(published.county, published.plan, terms):
        if one.kind != "team":
            found.setdefault(one.way.urn, []).append((one.way.need, one.kind, one.onward))
    return found
