"""The zone of a layer that a cluster mainly lies in: the one home of what a tie means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from cluster_geo.phrases import counted, listed
from cluster_geo.plan.plan import Cluster


def main_zone(cluster: Cluster, zone_of: Mapping[int, str]) -> str:
    """Return the zone with most of a cluster's schools; "" if none of them is in a zone.

    Of a tie it is the zone of the central school where that is among those tied, else the lowest
    code.
    """
    leading = leading_zones(cluster.members, zone_of)
    if not leading:
        return ""
    own = zone_of.get(cluster.hub, "")
    return own if own in leading else leading[0]


def leading_zones(members: Iterable[int], zone_of: Mapping[int, str]) -> tuple[str, ...]:
    """Return the zones that most of `members` are in, by code: several in a tie, perhaps none."""
    schools = Counter(zone_of[urn] for urn in members if urn in zone_of)
    most = max(schools.values(), default=0)
    return tuple(sorted(code for code, number in schools.items() if number == most))


def main_zone_words(
    cluster: Cluster, zone_of: Mapping[int, str], title: Callable[[str], str]
) -> str:
    """Return a cluster's main zone for readers: its title, or that the cluster is evenly split.

    Parameters
    ----------
    cluster : Cluster
    zone_of : mapping of int to str
    title : callable
        Title of a zone, by its code.
    """
    leading = leading_zones(cluster.members, zone_of)
    if len(leading) < 2:  # noqa: PLR2004 - a tie is of two or more
        return title(leading[0]) if leading else ""
    # First the zone that counts as the main one.
    main = main_zone(cluster, zone_of)
    order = [main, *(code for code in leading if code != main)]
    elsewhere = sum(zone_of.get(urn) not in leading for urn in cluster.members)
    words = f"evenly split between {listed([title(code) for code in order])}"
    return f"{words}, with {counted(elsewhere, 'school')} elsewhere" if elsewhere else words


def is_split(cluster: Cluster, zone_of: Mapping[int, str]) -> bool:
    """Whether as many of a cluster's schools are in one zone as in another, and more in none."""
    return len(leading_zones(cluster.members, zone_of)) > 1
