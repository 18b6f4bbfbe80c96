"""Who moves, as everyone counts it: by the clusters of both plans matched one to one.

The rules on movers count, in each cluster, the schools that were not in its main reference cluster:
a rule says something of one cluster, and a matching does not. Where a cluster is split both parts
have it for their main one, so the rules may count too few, and never too many: what they prove of
the fewest holds, and of the plans found the one is kept that moves the fewest by the matching.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from cluster_geo.optimise import Result
from cluster_geo.plan import Plan, movers
from cluster_geo.rules import Apart, NumberOfClusters, Rulebook

NAME = "central schools of the earlier plan, apart"


def unsplit(rulebook: Rulebook, reference: Plan) -> Rulebook:
    """Return rules by which each cluster has one of the central schools of an earlier plan.

    No two come together, and there are no more clusters than before, so hardly any is split.
    """
    hubs = frozenset(cluster.hub for cluster in reference.clusters)
    return replace(
        rulebook,
        rules=(*rulebook.rules, Apart((hubs,), name=NAME)),
        plan_rules=(*rulebook.plan_rules, NumberOfClusters(0, len(hubs), f"{NAME}, number")),
    )


def moving_at_most(
    result: Result,
    most: int,
    reference: Plan,
    rulebook: Rulebook,
    search: Callable[[Rulebook, Result], Result],
    there: Plan | None = None,
) -> Result:
    """Return a result whose plan moves so many schools at most, if one is found.

    Parameters
    ----------
    result : Result
        Of a search by `rulebook`.
    most : int
    reference : Plan
        The earlier plan.
    rulebook : Rulebook
        With the limit as a rule, which may count too few.
    search : callable
        Searches by other rules, after a search that is done; not called once one was stopped by
        hand.
    there : Plan, optional
        A plan that keeps the requirements and moves so few.

    Returns
    -------
    Result
        With the bound of the first search: it holds for every plan that the rule lets through.
    """
    if result.plan is None or len(movers(reference, result.plan)) <= most:
        return result
    plans = [] if there is None else [rulebook.plan(c.members for c in there.clusters)]
    if result.stopped_by != "interrupted":
        again = search(unsplit(rulebook, reference), result)
        plans += [] if again.plan is None else [again.plan]
        result = replace(
            result,
            seconds=result.seconds + again.seconds,
            work=result.work + again.work,
            stopped_by="interrupted" if again.stopped_by == "interrupted" else result.stopped_by,
        )
    few = [plan for plan in plans if len(movers(reference, plan)) <= most]
    if not few:
        return result
    plan = min(few, key=rulebook.cost)
    found = replace(result, plan=plan, cost=rulebook.cost(plan), status="feasible")
    closed = found.gap is not None and result.gap is not None and found.gap <= result.gap
    return replace(found, status=result.status) if closed else found


def beyond(plan: Plan | None, most: int | None, reference: Plan | None) -> tuple[str, ...]:
    """Say that more schools have another cluster than the limit on movers, if it is so.

    The rule counts, in each cluster, the schools that were not with most of the others. Of a
    cluster that is split that is nobody, though one part has another code and name.
    """
    if plan is None or reference is None or most is None:
        return ()
    number = len(movers(reference, plan))
    if number <= most:
        return ()
    have = "school has" if number == 1 else "schools have"
    text = (
        f"{number:,} {have} another cluster than in the earlier plan. That is more than the limit "
        f"of {most:,}, which counts in each cluster only the schools that were not with most of "
        "the others; no plan in which fewer have another one was found."
    )
    return (text,)
