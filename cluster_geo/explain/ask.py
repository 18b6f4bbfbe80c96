"""Whether some schools can be clustered under some rules: counted first, then searched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from cluster_geo.county import County
from cluster_geo.optimise import Result, solve
from cluster_geo.plan import Cluster, Plan
from cluster_geo.rules import NumberOfClusters, Rulebook, find_clashes, regions_of, rulebook_within

Verdict = Literal["possible", "impossible", "not proven"]
Proof = Literal["counting", "search", "plan", ""]


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
    """Asks the optimiser, keeps count of the time, and asks nothing twice.

    Parameters
    ----------
    step : float
        Seconds that one search may take.
    seed : int
    threads : int or None
    work : int, optional
        Limit of one search in units of work instead of seconds.
    """

    step: float = 30.0
    seed: int = 0
    threads: int | None = None
    work: int | None = None
    seconds: float = 0.0
    searches: int = 0
    _known: dict[tuple[object, ...], Answer] = field(default_factory=dict, repr=False)

    def can(self, county: County, rulebook: Rulebook, *, key: tuple[object, ...] = ()) -> Answer:
        """Tell whether the schools of a county can be clustered under a rulebook.

        Where hard boundaries part the county and no rule is about the plan as a whole, each part
        is asked by itself.

        Parameters
        ----------
        county : County
        rulebook : Rulebook
            Bound to the county.
        key : tuple, optional
            Names the question: it is answered from memory the second time.
        """
        if key and key in self._known:
            return self._known[key]
        answer = self._answer(county, rulebook)
        if key:
            self._known[key] = answer
        return answer

    def _answer(self, county: County, rulebook: Rulebook) -> Answer:
        clashes = find_clashes(rulebook, county)
        if clashes:
            return Answer("impossible", "counting", words=tuple(c.words for c in clashes))
        regions = regions_of(rulebook, county.urns)
        if len(regions) == 1:
            return _told(self.best(county, rulebook, any_plan=True))
        clusters: list[Cluster] = []
        unsure = False
        for region in regions:
            part = county.within(region)
            found = self._answer(part, rulebook_within(rulebook, part))
            if found.verdict == "impossible":
                return found
            if found.plan is None:
                unsure = True
            else:
                clusters += found.plan.clusters
        if unsure:
            return Answer("not proven")
        whole = Plan.of(clusters)
        if keeps_plan_rules(whole, rulebook):
            return Answer("possible", "plan", whole)
        return self._together(county, rulebook, regions, whole)

    def _together(
        self, county: County, rulebook: Rulebook, regions: Sequence[frozenset[int]], whole: Plan
    ) -> Answer:
        """Look for a plan whose regions agree on what is asked of the plan as a whole."""
        wanted = [r for r in rulebook.plan_rules if isinstance(r, NumberOfClusters)]
        if len(wanted) == len(rulebook.plan_rules) == 1:
            found = self._of_number(county, rulebook, regions, whole, wanted[0])
            if found is not None:
                return Answer("possible", "plan", found)
        return _told(self.best(county, rulebook, any_plan=True, start=whole))

    def _of_number(
        self,
        county: County,
        rulebook: Rulebook,
        regions: Sequence[frozenset[int]],
        whole: Plan,
        number: NumberOfClusters,
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
            if not find_clashes(rules, part):
                found = _told(self.best(part, rules, any_plan=True))
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
        frozen: Iterable[Cluster] = (),
        seconds: float | None = None,
        gap: float = 1e-3,
    ) -> Result:
        """Search for a good plan, or any plan, within one step's time."""
        result = solve(
            county,
            rulebook,
            time_limit=seconds or self.step,
            work=self.work,
            seed=self.seed,
            gap=gap,
            start=start,
            frozen=frozen,
            threads=self.threads,
            any_plan=any_plan,
        )
        self.seconds += result.seconds
        self.searches += 1
        if result.stopped_by == "interrupted":
            raise KeyboardInterrupt
        return result


def keeps_plan_rules(plan: Plan, rulebook: Rulebook) -> bool:
    """Whether the sums over a plan are within the limits of every rule over the plan."""
    return all(
        rule.low - 1e-9 <= sum(map(rule.coefficient, plan.clusters)) <= rule.high + 1e-9
        for rule in rulebook.plan_rules
    )


def _told(result: Result) -> Answer:
    if result.plan is not None:
        return Answer("possible", "plan", result.plan)
    if result.status == "impossible":
        return Answer("impossible", "search")
    return Answer("not proven")
