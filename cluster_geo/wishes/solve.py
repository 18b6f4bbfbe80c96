"""A scenario solved: wishes granted where they can be, frozen clusters kept, then one solve."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from cluster_geo import optimise
from cluster_geo.audit import audit
from cluster_geo.county import County
from cluster_geo.optimise import Members, Result, TracePoint
from cluster_geo.plan import Cluster, Plan, movers
from cluster_geo.rules import Rulebook
from cluster_geo.scenario import Scenario, frozen_clusters, reference_plan, rulebook_of
from cluster_geo.wishes.splits import unsplit
from cluster_geo.wishes.trials import Trials


def solve_scenario(
    county: County,
    scenario: Scenario,
    *,
    progress: Callable[[TracePoint], None] | None = None,
    start: Plan | None = None,
    known: Sequence[Members] = (),
    threads: int | None = None,
) -> tuple[Result, Rulebook]:
    """Solve a scenario.

    A rule asked to be "hard-if-possible" becomes hard where a plan that keeps it is found, and
    is priced where counting proves there is none, or none is found in the time for trials. Where
    the fewest movers come first, they are found next, and no more may move.

    Parameters
    ----------
    county : County
    scenario : Scenario
    progress : callable, optional
        Told of each point of the trace as it is reached.
    start : Plan, optional
        A plan to begin from, such as that of a scenario nearly the same.
    known : sequence of tuple of int
        Schools of clusters of an earlier search; judged anew like any other.
    threads : int, optional
        What is found does not depend on it; default: `threads.POOL`.

    Returns
    -------
    result, rulebook
        What was found, and the rules it was found under.
    """
    scenario = scenario.as_granted(None)
    begin = start or reference_plan(county, scenario)
    trials = Trials(county, scenario, progress, begin, threads)
    wishes = trials.grant()
    fewest = trials.fewest(wishes)
    if fewest is not None:
        scenario = fewest.limited(scenario)
        sentences = (*wishes.statements, fewest.sentence)
        wishes = replace(wishes, plan=fewest.plan, statements=sentences)
    rulebook = rulebook_of(county, scenario, wishes.hard)
    frozen = frozen_clusters(county, scenario, rulebook)
    asked = scenario.solve

    def search(rules: Rulebook, done: Result | None = None) -> Result:
        """Search in the time or work that is left."""
        seconds, work = trials.seconds, trials.work
        if done is not None:
            seconds, work = seconds + done.seconds, work + done.work
        return optimise.solve(
            county,
            rules,
            time_limit=asked.time_limit - seconds,
            work=None if asked.work is None else max(1, asked.work - work),
            seed=asked.seed,
            gap=asked.gap,
            start=wishes.plan or begin,
            near=begin,
            known=known if done is None else done.known,
            frozen=frozen,
            progress=None if progress is None else lambda p: progress(trials.after(p)),
            threads=threads,
        )

    result = None
    reference, most = reference_plan(county, scenario), scenario.reference.most_movers
    with suppress(KeyboardInterrupt):
        if not trials.interrupted:
            result = search(rulebook)
            if reference is not None and most is not None and _too_many(result, most, reference):
                again = search(unsplit(rulebook, reference), result)
                there = None if fewest is None else fewest.plan
                result = _moving(result, (again.plan, there), rulebook, most, reference, again)
    if result is None:
        there = wishes.plan or _kept(begin, county, rulebook, frozen)
        result = _interrupted(there, rulebook, scenario)
    whole = replace(
        result,
        seconds=result.seconds + trials.seconds,
        work=result.work + trials.work,
        trace=(*trials.trace, *map(trials.after, result.trace)),
        statements=(
            *wishes.statements,
            *result.statements,
            *_beyond(result.plan, most, reference),
        ),
    )
    return whole, rulebook


def _too_many(result: Result, most: int, reference: Plan) -> bool:
    return result.plan is not None and len(movers(reference, result.plan)) > most


def _moving(
    result: Result,
    plans: Sequence[Plan | None],
    rulebook: Rulebook,
    most: int,
    reference: Plan,
    again: Result,
) -> Result:
    """Return a result with the best of some plans that moves so few, if one does.

    Its bound is that of the first search: it holds for every plan that the rules let through.
    """
    judged = [
        Plan.of(rulebook.cluster(cluster.members) for cluster in plan.clusters)
        for plan in plans
        if plan is not None
    ]
    few = [plan for plan in judged if len(movers(reference, plan)) <= most]
    spent = replace(result, seconds=result.seconds + again.seconds, work=result.work + again.work)
    if not few:
        return spent
    plan = min(few, key=rulebook.cost)
    found = replace(spent, plan=plan, cost=rulebook.cost(plan), status="feasible")
    closed = found.gap is not None and result.gap is not None and found.gap <= result.gap
    return replace(found, status=result.status) if closed else found


def _beyond(plan: Plan | None, most: int | None, reference: Plan | None) -> tuple[str, ...]:
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


def _kept(
    plan: Plan | None, county: County, rulebook: Rulebook, frozen: Sequence[Cluster]
) -> Plan | None:
    """Return a plan to begin from where it would do as it is."""
    if plan is None or not audit(county, rulebook, plan).kept:
        return None
    there = {cluster.members for cluster in plan.clusters}
    return plan if there.issuperset(cluster.members for cluster in frozen) else None


def _interrupted(plan: Plan | None, rulebook: Rulebook, scenario: Scenario) -> Result:
    """Return the plan there was when Ctrl-C came before the last search; nothing is proven."""
    return Result(
        status="none found" if plan is None else "feasible",
        stopped_by="interrupted",
        plan=plan,
        cost=None if plan is None else rulebook.cost(plan),
        bound=None,
        seconds=0.0,
        seed=scenario.solve.seed,
        timed=scenario.solve.work is None,
    )
