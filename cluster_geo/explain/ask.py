"""Whether some schools can be clustered under some rules: counted first, then searched."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from cluster_geo import optimise
from cluster_geo.county import County
from cluster_geo.explain.params import ExplainParams
from cluster_geo.optimise import Members, Result
from cluster_geo.optimise.budget import Budget
from cluster_geo.plan import Cluster, Plan
from cluster_geo.rules import (
    NumberOfClusters,
    PlanRule,
    Rulebook,
    find_clashes,
    regions_of,
    rulebook_within,
)

Verdict = Literal["possible", "impossible", "not proven"]
Proof = Literal["counting", "search", "plan", ""]
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Answer:
    """Whether rules can be kept, and what shows it.

    Parameters
    ----------
    verdict : Verdict
        "not proven" where the time ran out: it is never taken for "impossible".
    proof : Proof
        "plan" where one was found; "counting" or "search" where there is none.
    plan : Plan or None
    words : tuple of str
        What was counted.
    """

    verdict: Verdict
    proof: Proof = ""
    plan: Plan | None = None
    words: tuple[str, ...] = ()


@dataclass
class Asker:
    """Asks the optimiser, and keeps to a limit of time or work in all.

    Parameters
    ----------
    step : float
        Seconds that one search may take.
    work : int, optional
        Limit of one search in units of work instead of seconds.
    seed : int
    threads : int or None
    budget : Budget, optional
        Seconds or work for all searches together, counted from when it was made; no limit by
        default. Once it is spent nothing is searched for, and every answer is "not proven".
    stopped : bool
        Whether Ctrl-C was pressed in a search; that counts as everything spent.
    failures : list of str
        What solvers answered that failed, each once.
    params : ExplainParams
        For whatever is asked.
    """

    step: float = 30.0
    work: int | None = None
    seed: int = 0
    threads: int | None = None
    budget: Budget = field(default_factory=lambda: Budget(None))
    stopped: bool = False
    failures: list[str] = field(default_factory=list)
    params: ExplainParams = ExplainParams()
    _reserve: float = field(default=0.0, repr=False)
    _part: float = field(default=1.0, repr=False)

    @classmethod
    def within(
        cls,
        seconds: float,
        *,
        work: int | None = None,
        seed: int = 0,
        threads: int | None = None,
        params: ExplainParams = ExplainParams(),
    ) -> Asker:
        """Make one with a limit in all, of which one search may take a share."""
        return cls(
            step=max(params.least_seconds, params.step * seconds),
            work=None if work is None else max(1, int(params.step * work)),
            seed=seed,
            threads=threads,
            budget=Budget(seconds, work),
            params=params,
        )

    @property
    def left(self) -> float:
        """Fraction of the budget that may be spent now, 0 to 1."""
        return 0.0 if self.stopped else max(0.0, self.budget.left() - self._reserve)

    @contextmanager
    def share(self, part: float) -> Iterator[None]:
        """Let what is asked meanwhile take a part of what is left at most."""
        before = self._reserve
        self._reserve = before + self.left * (1.0 - part)
        try:
            yield
        finally:
            self._reserve = before

    def evenly(self, things: Collection[Thing]) -> Iterator[Thing]:
        """Yield things, each with an even share of what is then left for what is asked of it."""
        for place, thing in enumerate(things):
            with self.share(1.0 / (len(things) - place)):
                yield thing

    @contextmanager
    def brief(self, part: float) -> Iterator[None]:
        """Let each search meanwhile take a part of a step at most."""
        before = self._part
        self._part = before * part
        try:
            yield
        finally:
            self._part = before

    def can(self, county: County, rulebook: Rulebook) -> Answer:
        """Tell whether the schools of a county can be clustered under a rulebook.

        Where hard boundaries part the county and no rule is about the plan as a whole, each part
        is asked by itself.

        Parameters
        ----------
        county : County
        rulebook : Rulebook
            Bound to the county.
        """
        clashes = find_clashes(county, rulebook)
        if clashes:
            return Answer("impossible", "counting", words=tuple(c.words for c in clashes))
        regions = regions_of(rulebook, county.urns)
        if len(regions) == 1:
            return self._undivided(county, rulebook)
        clusters: list[Cluster] = []
        unsure = False
        for region in regions:
            part = county.within(region)
            found = self.can(part, rulebook_within(rulebook, part))
            if found.verdict == "impossible":
                return found
            if found.plan is None:
                unsure = True
            else:
                clusters += found.plan.clusters
        if unsure:
            return Answer("not proven")
        whole = Plan.of(clusters)
        if rulebook.keeps(whole):
            return _possible(whole, county, rulebook)
        return self._together(county, rulebook, regions, whole)

    def _undivided(self, county: County, rulebook: Rulebook) -> Answer:
        """Try all schools in one cluster, which may be where sizes are given up; else search.

        A search looks at a few of the many numbers of clusters, and seldom at one.
        """
        whole = rulebook.plan([county.urns])
        if rulebook.keeps(whole):
            return _possible(whole, county, rulebook)
        return _answer_of(self.best(county, rulebook, any_plan=True), county, rulebook)

    def _together(
        self, county: County, rulebook: Rulebook, regions: Sequence[frozenset[int]], whole: Plan
    ) -> Answer:
        """Look for a plan whose regions agree on what is asked of the plan as a whole."""
        wanted = [r for r in rulebook.plan_rules if r.counts_clusters]
        if len(wanted) == len(rulebook.plan_rules) == 1:
            found = self._of_number(county, rulebook, regions, whole, wanted[0])
            if found is not None:
                return _possible(found, county, rulebook)
        best = self.best(county, rulebook, any_plan=True, start=whole)
        return _answer_of(best, county, rulebook)

    def _of_number(
        self,
        county: County,
        rulebook: Rulebook,
        regions: Sequence[frozenset[int]],
        whole: Plan,
        number: PlanRule,
    ) -> Plan | None:
        """Add or take away a cluster in one region after the other until the number is right."""
        plans = {r: [c for c in whole.clusters if c.members[0] in r] for r in regions}
        total = len(whole)
        step = 1 if total < number.low else -1
        # The region whose clusters are largest can best spare another, the smallest one fewer.
        tried: set[frozenset[int]] = set()
        while not number.low <= total <= number.high:
            left = [r for r in regions if r not in tried]
            if not left:
                return None
            region = max(left, key=lambda r: (step * len(r) / len(plans[r]), -min(r)))
            part = county.within(region)
            asked = len(plans[region]) + step
            rules = rulebook_within(rulebook, part, (NumberOfClusters(asked, asked),))
            found = Answer("impossible")
            if not find_clashes(part, rules):
                found = _answer_of(self.best(part, rules, any_plan=True), part, rules)
            if found.plan is None:
                tried.add(region)
            else:
                plans[region] = list(found.plan.clusters)
                total += step
        return Plan.of(cluster for clusters in plans.values() for cluster in clusters)

    def best(
        self,
        county: County,
        rulebook: Rulebook,
        *,
        any_plan: bool = False,
        start: Plan | None = None,
        known: Iterable[Members] = (),
        frozen: Iterable[Cluster] = (),
        seconds: float | None = None,
        gap: float | None = None,
    ) -> Result:
        """Search for a good plan, or any plan, within one step and what is left in all.

        `known` are clusters that an earlier search has met, from which this one begins.
        """
        if self.left <= 0.0:
            return NOT_SEARCHED
        step, work = self._part * (seconds or self.step), None
        if self.budget.seconds is not None:
            step = min(step, self.left * self.budget.seconds)
        if self.work is not None:
            whole = self.budget.work or self.work
            work = max(1, int(min(self._part * self.work, self.left * whole)))
        result = optimise.solve(
            county,
            rulebook,
            time_limit=step,
            work=work,
            seed=self.seed,
            gap=self.params.any_gap if gap is None else gap,
            start=start,
            known=known,
            frozen=frozen,
            threads=self.threads,
            any_plan=any_plan,
        )
        self.budget.spend(result.work)
        self.stopped = self.stopped or result.stopped_by == "interrupted"
        if result.failure and result.failure not in self.failures:
            self.failures.append(result.failure)
        return result


NOT_SEARCHED = Result("none found", "time limit", None, None, None, 0.0, 0)


def _possible(plan: Plan, county: County, rulebook: Rulebook) -> Answer:
    """Say that rules can be kept: the one door, by which no plan passes that does not show it."""
    members = sorted(urn for cluster in plan.clusters for urn in cluster.members)
    assert members == sorted(county.urns), "a plan has every school in one cluster"
    assert rulebook.keeps(plan), "a plan meets every requirement, those over the whole plan too"
    return Answer("possible", "plan", plan)


def _answer_of(result: Result, county: County, rulebook: Rulebook) -> Answer:
    if result.plan is not None:
        return _possible(result.plan, county, rulebook)
    if result.status == "impossible":
        return Answer("impossible", "search")
    return Answer("not proven")
