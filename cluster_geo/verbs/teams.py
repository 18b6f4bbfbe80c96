"""Share the posts of a Team Around the Cluster over a plan, and group its clusters into patches."""

from __future__ import annotations

from cluster_geo.audience import Disclosure
from cluster_geo.county import County
from cluster_geo.patches import Teams, teams_of
from cluster_geo.pipeline.arguments import check
from cluster_geo.plan import Plan, known_part
from cluster_geo.publish.teams import TeamsPublication
from cluster_geo.scenario import Scenario, brief_of

# Seconds for each role: enough for the patches of a county, and a bound on them.
TIME_LIMIT = 30.0


def teams(
    county: County, scenario: Scenario, plan: Plan, *, time_limit: float = TIME_LIMIT
) -> Teams:
    """Share the posts of each role over a plan's clusters, and group these into patches.

    Parameters
    ----------
    county : County
    scenario : Scenario
        Its roles are the sections ``[teams.NAME]``.
    plan : Plan
        Its clusters stay as they are.
    time_limit : float
        Seconds for each role.

    Returns
    -------
    Teams
        Of each role the visits of a year, the posts of each cluster, the patches with their travel,
        what the posts cannot do, and the fewest posts that could.

    Raises
    ------
    InputError
        Where a role cannot be had as it is asked for, with every fault.
    ImpossibleError, NoPlanFoundError
        Where the clusters cannot be grouped so, or no grouping was found in the time.

    Examples
    --------
    >>> asked = {"teams.specialist.posts": 4, "teams.specialist.demand.ehcp": 2}
    >>> staffed = cg.read_scenario("example", asked)
    >>> shared = cg.teams(county, staffed, proposal.plan)
    >>> len(shared.roles[0].patches), round(sum(shared.roles[0].shares.values()), 1)
    (4, 4.0)
    """
    check(county=county, scenario=scenario, plan=plan)
    return teams_of(county, scenario, known_part(plan, county), time_limit=time_limit)


def published_teams(county: County, scenario: Scenario, found: Teams) -> TeamsPublication:
    """Return roles as the scenario's audience may see them."""
    return TeamsPublication.of(Disclosure(county, brief_of(scenario)), found)
