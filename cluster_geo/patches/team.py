"""A role of a Team Around the Cluster: its posts shared over clusters, and its patches."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from cluster_geo.cards import card
from cluster_geo.county import County
from cluster_geo.optimise import Result
from cluster_geo.patches.demand import Demand
from cluster_geo.patches.fewest import Fewest
from cluster_geo.patches.grouping import Grouping
from cluster_geo.patches.rounds import shortest_round
from cluster_geo.patches.shares import posts_of_patches
from cluster_geo.plan import Cluster, Plan, main_zone
from cluster_geo.scenario.team_section import TeamSection


@dataclass(frozen=True)
class Patch:
    """Clusters that one post serves.

    Parameters
    ----------
    code : str
        "P-01" and so on, in the order of the first cluster.
    clusters : tuple of str
        Codes.
    base : str
        Code of the cluster at whose central school it is based: the one from which the visits of a
        year travel least.
    zone : str
        Code of the zone of the role's layer that most of its clusters lie in; "" without a layer.
    outside : tuple of str
        Codes of the clusters that lie in another zone.
    posts : float
        Full-time equivalents.
    visits : float
        A year, that its clusters call for.
    can : float or None
        Visits that its posts can make; None where nobody said.
    travel : float
        Of a year's visits, each from the base to the school and back, in km or minutes.
    round : float
        The shortest way from the base past every other central school and back.
    way : tuple of str
        Codes of the clusters in the order of that round, without the base.
    """

    code: str
    clusters: tuple[str, ...]
    base: str
    zone: str
    outside: tuple[str, ...]
    posts: float
    visits: float
    can: float | None
    travel: float
    round: float
    way: tuple[str, ...]

    @property
    def unmet(self) -> float | None:
        """Visits beyond what its posts can make; 0 where they can make them all."""
        return None if self.can is None else max(0.0, self.visits - self.can)


@dataclass(frozen=True, eq=False)
class Team:
    """A role with its shares and patches.

    Parameters
    ----------
    name : str
        In the scenario.
    asked : TeamSection
    demand : Demand
    shares : mapping of str to float
        Posts of each cluster, by code, in full-time equivalents.
    result : Result
        The grouping as a plan of central schools, with its score, bound and gap.
    patches : tuple of Patch
    fewest : Fewest or None
        None where nobody said how many visits a post can make.
    """

    name: str
    asked: TeamSection
    demand: Demand
    shares: Mapping[str, float]
    result: Result
    patches: tuple[Patch, ...]
    fewest: Fewest | None = None

    @property
    def title(self) -> str:
        """What the role is called."""
        return self.asked.title or self.name.replace("_", " ").replace("-", " ").capitalize()

    @property
    def patch_of(self) -> dict[str, Patch]:
        """The patch of each cluster, by code."""
        return {code: patch for patch in self.patches for code in patch.clusters}

    @property
    def unmet(self) -> float | None:
        """Visits that the patches' posts cannot make."""
        if self.asked.visits_per_post is None:
            return None
        return math.fsum(patch.unmet or 0.0 for patch in self.patches)

    @property
    def cost(self) -> float | None:
        """What all visits of a year cost, in GBP."""
        each = self.asked.cost_per_visit
        return None if each is None else each * self.demand.total


@dataclass(frozen=True, eq=False)
class Teams:
    """The roles of a plan's Team Around the Cluster.

    Parameters
    ----------
    county : County
        Of the schools, with all its counts.
    plan : Plan
    roles : tuple of Team
        In the order of the scenario.
    """

    county: County
    plan: Plan
    roles: tuple[Team, ...]

    def _repr_html_(self) -> str:
        """Show the roles in a notebook."""
        facts = {
            role.title: f"{len(role.patches):,} patches, {role.demand.total:,.0f} visits a year"
            for role in self.roles
        }
        return card("Team Around the Cluster", facts)


def patches_of(county: County, grouping: Grouping, result: Result) -> tuple[Patch, ...]:
    """Return the patches of a grouping that was found, in the order of their first cluster."""
    if result.plan is None:
        return ()
    code_of, asked = grouping.level.code_of, grouping.asked
    groups = sorted(result.plan.clusters, key=lambda g: min(code_of[hub] for hub in g.members))
    width = max(2, len(str(len(groups))))
    named = {f"P-{number:0{width}d}": group for number, group in enumerate(groups, start=1)}
    loads = {code: grouping.visits(group) for code, group in named.items()}
    posts = posts_of_patches(loads, asked.posts, asked.share_step)
    layer = grouping.level.county.layers.get(asked.layer)
    zone_of = {} if layer is None else layer.zone_of
    return tuple(
        _patch(county, grouping, code, group, posts[code], zone_of) for code, group in named.items()
    )


def _patch(
    county: County,
    grouping: Grouping,
    code: str,
    group: Cluster,
    posts: float,
    zone_of: Mapping[int, str],
) -> Patch:
    code_of, travel = grouping.level.code_of, grouping.level.county.travel
    stops = [hub for hub in group.members if hub != group.hub]
    length, way = shortest_round(group.hub, stops, county.travel)
    main = main_zone(group, zone_of)
    each = grouping.asked.visits_per_post
    outside = (code_of[hub] for hub in group.members if zone_of and zone_of.get(hub) != main)
    return Patch(
        code=code,
        clusters=tuple(sorted(code_of[hub] for hub in group.members)),
        base=code_of[group.hub],
        zone=main,
        outside=tuple(sorted(outside)),
        posts=posts,
        visits=grouping.visits(group),
        can=None if each is None else each * posts,
        travel=math.fsum(travel.between(hub, group.hub) for hub in group.members),
        round=length,
        way=tuple(code_of[hub] for hub in way),
    )
