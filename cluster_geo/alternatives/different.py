"""The search for one more plan: nearly as good as the best, and unlike those there are."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from cluster_geo import optimise
from cluster_geo.alternatives.params import OptionsParams
from cluster_geo.alternatives.settled import share_moved
from cluster_geo.alternatives.unlike import Unlike
from cluster_geo.county import County
from cluster_geo.optimise import Result, TracePoint
from cluster_geo.optimise.certainty import of_frozen
from cluster_geo.plan import Plan
from cluster_geo.rules import Rulebook
from cluster_geo.scenario import Scenario, frozen_clusters
from cluster_geo.tolerances import REJUDGED

ANOTHER = (
    "This option was looked for as another plan than the options before it: the search charged "
    "likeness to them, which is not in the score."
)

Progress = Callable[[TracePoint], None]


@dataclass(frozen=True)
class Different:
    """Looks for plans that cost little more than the best and differ from all found so far.

    A search charges members that an earlier plan has in the cluster of the same hub (`Unlike`).
    The charge begins where moving the schools asked for is worth all that may be given up, and
    rises or falls until the plan found is different enough and good enough; both are then
    measured on the plan itself, without the charge.

    Parameters
    ----------
    scenario : Scenario
    county : County
    rulebook : Rulebook
    within : float
        Most that a plan may cost above the best, as a fraction of the best.
    least_different : float
        Least share of schools outside their matched cluster, against each earlier plan.
    work : int or None
        Limit of each search in units of work, where the clock may not decide.
    bound : float or None
        Of the scenario's own plans.
    progress : callable, optional
        Called with each point of each search.
    threads : int or None
    params : OptionsParams
    failures : list of str
        What solvers answered that failed, each once; added to.
    """

    scenario: Scenario
    county: County
    rulebook: Rulebook
    within: float
    least_different: float
    work: int | None
    bound: float | None
    progress: Progress | None = None
    threads: int | None = None
    params: OptionsParams = OptionsParams()
    failures: list[str] = field(default_factory=list)

    def others(self, first: Plan, number: int, ends: float) -> list[tuple[Plan, Result]]:
        """Return up to so many more plans, found by a time on the monotonic clock."""
        found: list[tuple[Plan, Result]] = []
        while len(found) < number:
            seconds = (ends - time.monotonic()) / (number - len(found))
            another = self.another([first, *(plan for plan, _ in found)], seconds)
            if another is None:
                break
            found.append(another)
        return found

    def another(self, earlier: Sequence[Plan], seconds: float) -> tuple[Plan, Result] | None:
        """Return the most different plan met that is good enough, or None.

        Parameters
        ----------
        earlier : sequence of Plan
            The best plan first.
        seconds : float
            For all tries together.
        """
        ends, params = time.monotonic() + seconds, self.params
        prices = self._first_prices(earlier)
        best: tuple[float, Plan, Result] | None = None
        for attempt in range(params.tries):
            share = (ends - time.monotonic()) / (params.tries - attempt)
            if share <= 0 and self.work is None:
                break
            result = self._solve(earlier, prices, max(params.least_seconds, share), attempt)
            if result.failure and result.failure not in self.failures:
                self.failures.append(result.failure)
            if result.plan is None or not self._good(result.plan, earlier[0]):
                prices = [price * params.cheaper for price in prices]
                continue
            moved = [share_moved(other, result.plan) for other in earlier]
            if min(moved) < self.least_different:
                alike = [share < self.least_different for share in moved]
            else:
                if best is None or min(moved) > best[0]:
                    best = (min(moved), result.plan, self._by_the_rules(result))
                # The next try asks for more of a difference: it may still be good enough.
                alike = [True] * len(earlier)
            prices = [
                price * (params.dearer if still else 1.0)
                for price, still in zip(prices, alike, strict=True)
            ]
        return None if best is None else best[1:]

    def _first_prices(self, earlier: Sequence[Plan]) -> list[float]:
        spare = self.within * self.rulebook.cost(earlier[0])
        demanded = self.least_different * len(self.county.urns)
        return [spare / demanded / len(earlier) ** 0.5] * len(earlier)

    def _good(self, plan: Plan, first: Plan) -> bool:
        return self.rulebook.cost(plan) <= (1 + self.within) * self.rulebook.cost(first)

    def _by_the_rules(self, result: Result) -> Result:
        """Return a search's outcome under the scenario's rules alone, without the charge.

        What the search has proven of scores with the charge, its proof, and how it went, say
        nothing of scores without it; what is proven of the scenario does.
        """
        assert result.plan is not None, "only plans that are good enough are returned"
        cost = self.rulebook.cost(result.plan)
        floor = -math.inf if self.bound is None else self.bound
        assert floor <= cost + REJUDGED * abs(cost), "no plan scores less than is proven of all"
        frozen = frozen_clusters(self.county, self.scenario, self.rulebook)
        closed = result.stopped_by in ("gap", "proof", "tolerance")
        return replace(
            result,
            status="feasible",
            stopped_by="gap" if closed else result.stopped_by,
            cost=cost,
            bound=None if self.bound is None else min(self.bound, cost),
            trace=(),
            proof=None,
            statements=(ANOTHER, *((of_frozen(len(frozen)),) if frozen else ())),
        )

    def _solve(
        self, earlier: Sequence[Plan], prices: Sequence[float], seconds: float, attempt: int
    ) -> Result:
        unlike = Unlike(self.county.urns, tuple(earlier), tuple(prices))
        asked = self.scenario.solve
        return optimise.solve(
            self.county,
            replace(self.rulebook, rules=(*self.rulebook.rules, unlike)),
            time_limit=seconds,
            work=self.work,
            seed=asked.seed + self.params.tries * len(earlier) + attempt,
            gap=max(asked.gap, self.params.near * self.within),
            frozen=frozen_clusters(self.county, self.scenario, self.rulebook),
            progress=self.progress,
            threads=self.threads,
        )
