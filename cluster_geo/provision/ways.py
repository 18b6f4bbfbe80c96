"""Ways on: clusters or districts with a primary provision for a need and no way on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from cluster_geo.county import County
from cluster_geo.provision.model import Group
from cluster_geo.provision.question import CHANGED, NEW, Question
from cluster_geo.provision.sites import Site
from cluster_geo.rules.ways_on import USUAL, PathwayTerms, with_srp_for


@dataclass(frozen=True)
class Areas:
    """The clusters of a plan, or the districts where there is no plan.

    Parameters
    ----------
    thing : str
        What one is called: "cluster" or "district".
    members : mapping of str to frozenset of int
        URNs by what a reader calls it.
    """

    thing: str
    members: Mapping[str, frozenset[int]]

    def of(self, urns: Iterable[int]) -> list[str]:
        """Return those in which a school lies."""
        there = set(urns)
        return [name for name, members in self.members.items() if members & there]


NO_AREAS = Areas("", {})


def groups_of(
    county: County,
    asked: Question,
    sites: list[Site],
    areas: Areas,
    terms: PathwayTerms = USUAL,
) -> tuple[tuple[Group, ...], tuple[str, ...]]:
    """Return the areas whose way on a choice may change, or that have none, and their names.

    A pathway is as in the report: an area has none for a need where one of its schools has a
    primary SRP for it, no school of the area a secondary one, and none elsewhere counts by `terms`.
    A new provision elsewhere closes a gap alone, or not: it must count for each of these schools.
    """
    if asked.need in terms.by_team or not terms.asks_about(asked.need):
        return (), ()
    secondary = with_srp_for(county, asked.need, "secondary")
    open_to = [j for j, site in enumerate(sites) if site.kind in (NEW, CHANGED)]

    def stranded(urns: Iterable[int]) -> set[int]:
        """Return those from which no secondary SRP that there is counts as a way on."""
        return {u for u in urns if not any(terms.reaches(county, u, goal) for goal in secondary)}

    starts = stranded(with_srp_for(county, asked.need, "primary"))
    groups, names = [], []
    for name, members in areas.members.items():
        if members & secondary:
            continue
        here = tuple(j for j in open_to if members.intersection(sites[j].urns))
        if lost := members & starts:
            closing = tuple(
                j
                for j in open_to
                if asked.phase == "secondary"
                and (j in here or _reached(county, terms, lost, sites[j]))
            )
            groups.append(Group(missing=True, sites=closing))
        elif asked.phase == "primary" and (lone := _lone(here, sites, stranded)):
            groups.append(Group(missing=False, sites=lone))
        else:
            continue
        names.append(name)
    return tuple(groups), tuple(names)


def _reached(county: County, terms: PathwayTerms, starts: Iterable[int], site: Site) -> bool:
    """Whether provision at a site would be a way on from each of these schools."""
    return all(any(terms.reaches(county, u, goal) for goal in site.urns) for u in starts)


def _lone(
    here: Iterable[int], sites: list[Site], stranded: Callable[[Iterable[int]], set[int]]
) -> tuple[int, ...]:
    """Return the sites at which a primary provision would have no way on."""
    return tuple(j for j in here if stranded(sites[j].urns))
