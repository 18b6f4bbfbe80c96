"""Every role of a scenario: its posts shared over the clusters of a plan, and its patches."""

from __future__ import annotations

import math
from collections.abc import Iterator

from cluster_geo.county import County
from cluster_geo.errors import Fault, ImpossibleError, InputError, NoPlanFoundError
from cluster_geo.patches.demand import demand_faults, demand_of
from cluster_geo.patches.fewest import fewest_posts
from cluster_geo.patches.grouping import Grouping
from cluster_geo.patches.level import Level
from cluster_geo.patches.shares import shares
from cluster_geo.patches.team import Team, Teams, patches_of
from cluster_geo.phrases import amount, counted, limits
from cluster_geo.plan import Plan
from cluster_geo.scenario import Scenario
from cluster_geo.scenario.team_section import TeamSection

# Of the time of a role, for the patches; the fewest posts take the rest, and mostly far less.
FOR_PATCHES = 0.75


def teams_of(county: County, scenario: Scenario, plan: Plan, *, time_limit: float) -> Teams:
    """Share the posts of every role over a plan's clusters, and group these into patches.

    Parameters
    ----------
    county : County
    scenario : Scenario
        Its roles, in ``[teams.NAME]``.
    plan : Plan
        Of schools that the county knows.
    time_limit : float
        Seconds for each role.

    Raises
    ------
    InputError
        Where there is no role, or one asks for a column, a layer or a number of patches that
        cannot be had; with every fault.
    ImpossibleError, NoPlanFoundError
        Where the clusters have no such patches, or none were found in the time.
    """
    if faults := list(_faults(county, scenario, plan)):
        raise InputError(faults)
    seed = scenario.solve.seed
    roles = tuple(
        _team(county, plan, name, asked, time_limit=time_limit, seed=seed)
        for name, asked in scenario.teams.items()
    )
    return Teams(county, plan, roles)


def number_of_patches(asked: TeamSection) -> int:
    """Return how many patches there are: one for each whole post, and one for less than a post."""
    return max(1, math.floor(asked.posts))


def _team(
    county: County, plan: Plan, name: str, asked: TeamSection, *, time_limit: float, seed: int
) -> Team:
    demand = demand_of(county, plan, asked)
    level = Level.of(county, plan, demand)
    load = {hub: demand.of_cluster[code] for hub, code in level.code_of.items()}
    grouping = Grouping(level, asked, load, number_of_patches(asked))
    result = grouping.solve(time_limit=FOR_PATCHES * time_limit, seed=seed)
    if result.plan is None:
        raise _none(name, grouping, proven=result.status == "impossible")
    each, rest = asked.visits_per_post, (1 - FOR_PATCHES) * time_limit
    return Team(
        name=name,
        asked=asked,
        demand=demand,
        shares=shares(demand.of_cluster, asked.posts, asked.share_step),
        result=result,
        patches=patches_of(county, grouping, result),
        fewest=None if each is None else fewest_posts(grouping, each, time_limit=rest, seed=seed),
    )


def _none(name: str, grouping: Grouping, *, proven: bool) -> ImpossibleError | NoPlanFoundError:
    asked, titles = grouping.asked, f"teams.{name}"
    number, size = counted(grouping.number, "patch", "patches"), asked.clusters_per_post
    zones = f" without crossing the layer {asked.layer!r}" if asked.rule == "hard" else ""
    words = f"{titles}: {number} of {limits(size.low, size.high)} neighbouring clusters{zones}"
    fix = (
        f"Change {titles}.posts or widen {titles}.clusters_per_post"
        f"{f', or set {titles}.rule to priced' if zones else ''}."
    )
    if proven:
        return ImpossibleError(
            f"It is proven that the clusters cannot be grouped so. {words}. {fix}"
        )
    return NoPlanFoundError(
        f"In the time given no patches were found, and nothing is proven. {words}. "
        f"Give more --time-limit. {fix}"
    )


def _faults(county: County, scenario: Scenario, plan: Plan) -> Iterator[Fault]:
    if not scenario.teams:
        fix = (
            "Add a section [teams.NAME] to the scenario, or --set teams.NAME.posts=20 and "
            "--set teams.NAME.demand.schools=6"
        )
        yield Fault("scenario", "it has no role to share over the clusters", fix)
    if not plan.clusters:
        yield Fault("plan", "it has no clusters", "Give a plan with schools of this county")
        return
    for name, asked in scenario.teams.items():
        yield from demand_faults(county, name, asked)
        yield from _number_faults(name, asked, len(plan))
        if asked.layer and asked.layer not in county.layers:
            known = ", ".join(county.layers) or "none"
            found = f"there is no layer {asked.layer!r}"
            yield Fault("scenario", found, f"Layers are: {known}", setting=f"teams.{name}.layer")
        if asked.rule == "hard" and not asked.layer:
            fix = f"Set teams.{name}.layer, such as district"
            yield Fault("scenario", "no layer is given", fix, setting=f"teams.{name}.rule")
        if asked.posts < asked.share_step:
            found = f"{amount(asked.posts)} posts are less than one step"
            fix = "Give more posts, or a smaller share_step"
            yield Fault("scenario", found, fix, setting=f"teams.{name}.posts")


def _number_faults(name: str, asked: TeamSection, clusters: int) -> Iterator[Fault]:
    """Yield whether so many patches of these sizes can hold the clusters, by counting alone."""
    number, size = number_of_patches(asked), asked.clusters_per_post
    if number * size.low <= clusters <= number * size.high:
        return
    few, many = -(-clusters // size.high), clusters // size.low
    patches = f"{counted(number, 'patch', 'patches')} of {limits(size.low, size.high)} clusters"
    found = f"{amount(asked.posts)} posts make {patches}, and the plan has "
    found += counted(clusters, "cluster")
    fix = "Give another clusters_per_post"
    if few == many:
        fix = f"Give {counted(few, 'whole post')}, or another clusters_per_post"
    elif few < many:
        fix = f"Give {few:,} to {many:,} whole posts, or another clusters_per_post"
    yield Fault("scenario", found, fix, setting=f"teams.{name}.posts")
