"""A scenario solved: wishes granted where they can be, frozen clusters kept, then one solve."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from cluster_geo.audit import audit
from cluster_geo.county import County
from cluster_geo.optimise.problem import Problem
from cluster_geo.optimise.result import Members, Result, TracePoint
from cluster_geo.optimise.solve import solve
from cluster_geo.plan import Cluster, Plan
from cluster_geo.rules import Rulebook, find_clashes, rulebook_within
from cluster_geo.scenario import (
    Scenario,
    frozen_clusters,
    reference_plan,
    rulebook_of,
)

# Share of the time or work that all trials of wishes may take together.
TRIALS = 0.3
NOT_TRIED = "you stopped the search before it was settled"


@dataclass(frozen=True)
class Wishes:
    """Which wishes are hard, what showed that they can be, and words for the reader.

    Parameters
    ----------
    hard : mapping of str to bool
        By the name of the wish.
    statements : tuple of str
    plan : Plan or None
        A plan that keeps all that are hard.
    """

    hard: Mapping[str, bool]
    statements: tuple[str, ...] = ()
    plan: Plan | None = None


def propose(
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
    is priced where counting proves there is none, or none is found in the time for trials.

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
        Default: the processors there are.

    Returns
    -------
    result, rulebook
        What was found, and the rules it was found under.
    """
    trial = _Trial(county, scenario, progress, start, threads)
    wishes = trial.grant()
    rulebook = rulebook_of(scenario, county, wishes.hard)
    begin = start or reference_plan(scenario, county)
    result = None
    with suppress(KeyboardInterrupt):
        if not trial.interrupted:
            result = trial.last(rulebook, wishes.plan or begin, known)
    if result is None:
        known_plan = wishes.plan or _kept(begin, county, rulebook, scenario)
        result = _interrupted(known_plan, rulebook, scenario)
    whole = replace(
        result,
        seconds=result.seconds + trial.seconds,
        work=result.work + trial.work,
        trace=(*trial.trace, *(trial.shifted(point) for point in result.trace)),
        statements=wishes.statements + result.statements,
    )
    return whole, rulebook


def _kept(plan: Plan | None, county: County, rulebook: Rulebook, scenario: Scenario) -> Plan | None:
    """Return a plan to begin from where it would do as it is."""
    if plan is None or not audit(plan, county, rulebook).kept:
        return None
    frozen = {cluster.members for cluster in frozen_clusters(scenario, county, rulebook)}
    return plan if frozen <= {cluster.members for cluster in plan.clusters} else None


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


def left_to_decide(
    county: County, rulebook: Rulebook, frozen: Collection[Cluster]
) -> tuple[County, Rulebook]:
    """Take frozen clusters out of a county and its rules, since no rule is asked of them.

    Parameters
    ----------
    county : County
    rulebook : Rulebook
        Bound to the county.
    frozen : collection of Cluster

    Returns
    -------
    county, rulebook
        Of the other schools; rules over the plan are about what is left of it.
    """
    if not frozen:
        return county, rulebook
    taken = {urn for cluster in frozen for urn in cluster.members}
    part = county.within(set(county.urns) - taken)
    rest = Problem.of(county, rulebook, frozen).rulebook
    return part, rulebook_within(rulebook, part, rest.plan_rules)


@dataclass
class _Trial:
    """Trials of wishes: each asks for any plan that keeps some of them."""

    county: County
    scenario: Scenario
    progress: Callable[[TracePoint], None] | None
    start: Plan | None = None
    threads: int | None = None
    seconds: float = 0.0
    work: int = 0
    trace: tuple[TracePoint, ...] = field(default=())
    interrupted: bool = False

    def grant(self) -> Wishes:
        """Grant all wishes if a plan keeps them all, else one after the other what can be."""
        names = self.scenario.wishes()
        if not names:
            return Wishes({})
        granted: list[str] = []
        reasons: dict[str, str] = {}
        plan, reason = self._plan_with(names, len(names) + 1)
        if plan is not None:
            granted = list(names)
        for place, name in enumerate(names if plan is None and len(names) > 1 else ()):
            if self.interrupted:
                reasons[name] = NOT_TRIED
                continue
            found, why = self._plan_with([*granted, name], len(names) - place)
            if found is None:
                reasons[name] = why
            else:
                plan = found
                granted.append(name)
        if len(names) == 1 and plan is None:
            reasons[names[0]] = reason
        said = [_said(name, reasons.get(name)) for name in names]
        return Wishes({name: name in granted for name in names}, tuple(said), plan)

    def _plan_with(self, names: Sequence[str], shares: int) -> tuple[Plan | None, str]:
        """Look for a plan that keeps these wishes in a share of what is left for trials.

        Ctrl-C ends the trials; a plan that an earlier one has found is kept.
        """
        try:
            return self._tried(names, shares)
        except KeyboardInterrupt:
            self.interrupted = True
            return None, NOT_TRIED

    def _tried(self, names: Sequence[str], shares: int) -> tuple[Plan | None, str]:
        rulebook = rulebook_of(self.scenario, self.county, dict.fromkeys(names, True))
        frozen = frozen_clusters(self.scenario, self.county, rulebook)
        county, left = left_to_decide(self.county, rulebook, frozen)
        clashes = find_clashes(left, county)
        if clashes:
            return None, "no plan can: " + " ".join(clash.words for clash in clashes)
        if self.start is not None and audit(self.start, self.county, rulebook).kept:
            return self.start, ""
        asked = self.scenario.solve
        limit = (TRIALS * asked.time_limit - self.seconds) / shares
        work = None if asked.work is None else int((TRIALS * asked.work - self.work) / shares)
        result = solve(
            self.county,
            rulebook,
            time_limit=limit,
            work=None if work is None else max(1, work),
            seed=asked.seed,
            frozen=frozen,
            progress=self._told,
            threads=self.threads,
            any_plan=True,
        )
        self.interrupted = result.stopped_by == "interrupted"
        self.trace += tuple(self._point(point) for point in result.trace)
        self.seconds += result.seconds
        self.work += result.work
        if result.plan is not None:
            return result.plan, ""
        if self.interrupted:
            return None, NOT_TRIED
        if result.status == "impossible":
            return None, "it is proven that no plan can"
        tried = f"{result.seconds:,.0f} s" if result.timed else f"{result.work:,} units of work"
        return None, f"no plan that keeps it was found in {tried} (nothing proven)"

    def last(self, rulebook: Rulebook, begin: Plan | None, known: Sequence[Members]) -> Result:
        """Search for the best plan in what the trials have left of the limit."""
        asked = self.scenario.solve
        return solve(
            self.county,
            rulebook,
            time_limit=asked.time_limit - self.seconds,
            work=None if asked.work is None else max(1, asked.work - self.work),
            seed=asked.seed,
            gap=asked.gap,
            start=begin,
            known=known,
            frozen=frozen_clusters(self.scenario, self.county, rulebook),
            progress=self.later,
            threads=self.threads,
        )

    def _point(self, point: TracePoint) -> TracePoint:
        """Tell a trial's point: the plans of a trial are not under the final rules."""
        return replace(self.shifted(point), stage="wishes", cost=None, bound=None)

    def _told(self, point: TracePoint) -> None:
        if self.progress is not None:
            self.progress(self._point(point))

    def shifted(self, point: TracePoint) -> TracePoint:
        """Count a point's time and work from the start of the trials."""
        return replace(point, seconds=point.seconds + self.seconds, work=point.work + self.work)

    def later(self, point: TracePoint) -> None:
        """Pass on a point of the final solve."""
        if self.progress is not None:
            self.progress(self.shifted(point))


def _said(name: str, reason: str | None) -> str:
    section, _, layer = name.partition(".")
    wish = f"no cluster crosses a boundary of {layer}" if section == "boundaries" else _WISHES[name]
    if reason is None:
        return f"Wished, and kept as a hard rule, for a plan that keeps it was found: {wish}."
    return f"Wished, but weighed and not a hard rule: {wish}. The reason: {reason}."


_WISHES = {
    "clusters.non_selective": "each cluster has a secondary school that any child can enter at 11",
    "federations": "no federation is split",
    "pairs": "no infant and junior pair is split",
    "networks": "no network is split",
    "srp": "each cluster has an SRP",
}
