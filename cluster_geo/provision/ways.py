"""Ways on: clusters or districts with a primary provision for a need and no secondary one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cluster_geo.county import County
from cluster_geo.provision.model import Group
from cluster_geo.provision.question import CHANGED, NEW, Question
from cluster_geo.provision.sites import Site
from cluster_geo.rules.ways_on import with_srp_for


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
    county: County, asked: Question, sites: list[Site], areas: Areas
) -> tuple[tuple[Group, ...], tuple[str, ...]]:
    """Return the areas whose way on a choice may change, or that have none, and their names.

    A pathway is as in the report: an area has none for a need where one of its schools has a
    primary SRP for it and none a secondary one.
    """
    primary, secondary = (
        with_srp_for(county, asked.need, phase) for phase in ("primary", "secondary")
    )
    groups, names = [], []
    for name, members in areas.members.items():
        if members & secondary:
            continue
        here = tuple(
            j
            for j, site in enumerate(sites)
            if site.kind in (NEW, CHANGED) and members.intersection(site.urns)
        )
        if members & primary:
            groups.append(Group(missing=True, sites=here if asked.phase == "secondary" else ()))
        elif asked.phase == "primary" and here:
            groups.append(Group(missing=False, sites=here))
        else:
            continue
        names.append(name)
    return tuple(groups), tuple(names)
