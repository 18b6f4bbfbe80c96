"""A scenario solved: wishes granted where they can be, frozen clusters kept, then one solve."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from cluster_geo import optimise
from cluster_geo.audit import audit
from cluster_geo.county import County
from cluster_geo.optimise import Members, Result, TracePoint
from cluster_geo.plan import Cluster, Plan
from cluster_geo.rules import Rulebook
from cluster_geo.scenario import Scenario, frozen_clusters, reference_plan, rulebook_of
from cluster_geo.wishes.splits import beyond, moving_at_most
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
            if reference is not None and most is not None:
                there = None if fewest is None else fewest.plan
                result = moving_at_most(result, most, reference, rulebook, search, there)
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
            *beyond(result.plan, most, reference),
        ),
    )
    return whole, rulebook


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
