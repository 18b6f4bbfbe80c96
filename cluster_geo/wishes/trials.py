"""Which preferences can become requirements: a plan shows that they can, or they stay weighed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cluster_geo import optimise
from cluster_geo.audit import audit
from cluster_geo.county import County
from cluster_geo.optimise import Result, TracePoint
from cluster_geo.optimise.problem import left_to_decide
from cluster_geo.plan import Plan
from cluster_geo.rules import Rulebook, find_clashes
from cluster_geo.scenario import Scenario, frozen_clusters, reference_plan, rulebook_of
from cluster_geo.wishes.fewest import FIRST_STAGE, SEARCHES, Fewest, fewest_movers, movers_alone

# Share of the time or work that all trials of wishes may take together.
TRIALS = 0.3
NOT_TRIED = "you stopped the search before this was settled"


@dataclass(frozen=True)
class Wishes:
    """Which preferences became requirements, the plan that shows it, and sentences about it.

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


@dataclass
class Trials:
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
        if not self.scenario.wishes():
            return Wishes({})
        rules = rulebook_of(self.county, self.scenario).rules
        wishes = {rule.setting: rule.wish(self.county) for rule in rules}
        # A setting from which no rule is made for this county has nothing to grant.
        names = [name for name in self.scenario.wishes() if name in wishes]
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
        sentences = [_sentence(wishes[name], reasons.get(name)) for name in names]
        return Wishes({name: name in granted for name in names}, tuple(sentences), plan)

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
        rulebook = rulebook_of(self.county, self.scenario, dict.fromkeys(names, True))
        frozen = frozen_clusters(self.county, self.scenario, rulebook)
        county, left = left_to_decide(self.county, rulebook, frozen)
        clashes = find_clashes(county, left)
        if clashes:
            return None, "no plan can meet it: " + " ".join(clash.words for clash in clashes)
        if self.start is not None and audit(self.county, rulebook, self.start).kept:
            return self.start, ""
        asked = self.scenario.solve
        limit = (TRIALS * asked.time_limit - self.seconds) / shares
        work = None if asked.work is None else int((TRIALS * asked.work - self.work) / shares)
        result = optimise.solve(
            self.county,
            rulebook,
            time_limit=limit,
            work=None if work is None else max(1, work),
            seed=asked.seed,
            start=self.start,
            frozen=frozen,
            progress=self._report,
            threads=self.threads,
            any_plan=True,
        )
        self._took(result)
        return result.plan, "" if result.plan is not None else self._why_none(result)

    def fewest(self, granted: Wishes) -> Fewest | None:
        """Find the fewest movers where the scenario asks for them; None if no plan is found.

        Ctrl-C ends it as it ends a trial.
        """
        if not self.scenario.reference.fewest_movers or self.interrupted:
            return None
        asked = self.scenario.solve
        alone = movers_alone(self.county, self.scenario, granted.hard)
        reference = reference_plan(self.county, self.scenario)
        assert reference is not None, "a scenario that asks for the fewest moves names one"
        kept = audit(self.county, alone, reference).kept
        seconds = FIRST_STAGE * max(0.0, asked.time_limit - self.seconds) / SEARCHES
        # Under a limit of work nothing may depend on the clock.
        units = None
        if asked.work is not None:
            units = max(1, int(FIRST_STAGE * max(0, asked.work - self.work) / SEARCHES))

        def search(rulebook: Rulebook, gap: float, start: Plan | None) -> Result:
            result = optimise.solve(
                self.county,
                rulebook,
                time_limit=seconds,
                work=units,
                seed=asked.seed,
                gap=gap,
                start=start or granted.plan or self.start,
                frozen=frozen_clusters(self.county, self.scenario, rulebook),
                progress=self._report,
                threads=self.threads,
            )
            self._took(result)
            return result

        try:
            return fewest_movers(alone, search, reference, reference if kept else None)
        except KeyboardInterrupt:
            self.interrupted = True
            return None

    def _took(self, result: Result) -> None:
        """Count what a search took, and whether it was stopped."""
        self.interrupted = result.stopped_by == "interrupted"
        self.trace += tuple(self._point(point) for point in result.trace)
        self.seconds += result.seconds
        self.work += result.work

    def _why_none(self, result: Result) -> str:
        """Say why a trial has no plan."""
        if self.interrupted:
            return NOT_TRIED
        if result.status == "impossible":
            return "it is proven that no plan can meet it"
        if result.failure:
            return f"the solver failed, so nothing is proven ({result.failure})"
        tried = f"{result.seconds:,.0f} s" if result.timed else f"{result.work:,} units of work"
        return f"no plan that meets it was found in {tried} (nothing is proven)"

    def _point(self, point: TracePoint) -> TracePoint:
        """Return a trial's point without scores: its plans are not under the final rules."""
        return replace(self.after(point), stage="wishes", cost=None, bound=None)

    def _report(self, point: TracePoint) -> None:
        if self.progress is not None:
            self.progress(self._point(point))

    def after(self, point: TracePoint) -> TracePoint:
        """Count a point's time and work from the start of the trials."""
        return replace(point, seconds=point.seconds + self.seconds, work=point.work + self.work)


def _sentence(wish: str, reason: str | None) -> str:
    if reason is None:
        return (
            f"{wish[:1].upper()}{wish[1:]}. This was a preference; a plan that meets it was found, "
            "so it became a requirement."
        )
    # What counting has found is in whole sentences, which end with a full stop.
    because = reason.removesuffix(".")
    return f"It remains a preference that {wish}, because {because}."
