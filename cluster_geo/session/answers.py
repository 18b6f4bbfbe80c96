"""What if: the clusters around a request solved again, so that nothing is broken by it.

The request itself stays as it is. The answers differ in how many other schools they move, and each
has its price.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from cluster_geo.explain.nearby import Nearby
from cluster_geo.optimise import Result
from cluster_geo.phrases import counted
from cluster_geo.plan import Plan
from cluster_geo.rules import CloseToReference, MostMovers, Rulebook
from cluster_geo.session.changes import changed
from cluster_geo.session.draft import Draft
from cluster_geo.session.judge import Judge
from cluster_geo.session.requests import Request
from cluster_geo.session.wish import Wish
from cluster_geo.tolerances import SAME_SCORE
from cluster_geo.wishes import unsplit

# Clusters that are freed around a request: a few, then more as long as they do not suffice.
FREED = (4, 6, 9, 14, 1_000_000)
# Share of the time left that each search may take.
SHARE = 0.5
# Gap that searches stop at, a fraction of the score of the whole plan.
GAP = 1e-4
# The same where movers are counted: below ten of them none fewer is possible then.
GAP_OF_MOVERS = 0.1
# A search is not begun in less time, in seconds.
LEAST_SECONDS = 0.05
OTHERS = "others"

NONE_FOUND = "No plan with it was found in the time allowed; it is not proven that there is none."
NONE_NEARBY = (
    "It is proven that no plan has it if only {} may change, and the number of clusters stays. "
    "With more, none was found in the time allowed."
)
NONE = "It is proven that no plan has it with as many clusters and the locked ones as they are."
NO_BETTER = "No better plan was found in the time allowed."


@dataclass(frozen=True)
class Answer:
    """A plan with what was asked, and with every requirement met in the clusters that were freed.

    Parameters
    ----------
    requests : tuple of Request
        To be accepted in their order: they lead to the plan.
    change : float
        Change of the score by all of them.
    others : tuple of int
        URNs of the schools that move beside those of the request.
    best : bool
        Whether it is proven that no plan scores less that moves so few others, and only in the
        clusters that were freed.
    """

    requests: tuple[Request, ...]
    change: float
    others: tuple[int, ...]
    best: bool


@dataclass(frozen=True)
class Answers:
    """Up to three answers, the fewest other movers first; `words` says why there is none."""

    found: tuple[Answer, ...] = ()
    words: str = ""


def answers_for(
    draft: Draft,
    judge: Judge,
    request: Request,
    *,
    seconds: float = 10.0,
    work: int | None = None,
    seed: int = 0,
    freed: tuple[int, ...] = FREED,
) -> Answers:
    """Fit the clusters around a request.

    The clusters that it changes are solved again with those beside them, locked ones excepted, and
    the number of clusters stays. Where that does not lead to a plan, more are freed.

    Parameters
    ----------
    draft : Draft
    judge : Judge
    request : Request
    seconds : float
        For all searches together.
    work : int, optional
        Limit of each search in units of work instead: the same answers on any machine.
    seed : int
    freed : tuple of int
        How many clusters are freed, at most, in each attempt.

    Raises
    ------
    InputError
        Where the request cannot be done at all.
    """
    wish = Wish.of(draft, judge, request)
    if words := wish.held_up():
        return Answers((), words)
    search = _Search(wish, time.monotonic() + seconds, work, seed)
    proven = ""
    for number in freed:
        nearby = wish.nearby(number)
        few = search.fewest(nearby)
        if few.plan is not None:
            return Answers(_distinct(search.answers(nearby, few.plan)))
        impossible, all_freed = few.status == "impossible", wish.frees_all(nearby)
        if impossible:
            clusters = counted(len(nearby.free), "cluster")
            proven = NONE if all_freed else NONE_NEARBY.format(clusters)
        if search.over or all_freed:
            break
    return Answers((), proven or NONE_FOUND)


def better_plan(
    draft: Draft,
    judge: Judge,
    *,
    most_movers: int,
    seconds: float = 60.0,
    work: int | None = None,
    seed: int = 0,
) -> Answers:
    """Look for a better plan in the whole county, with a limit on how many schools move.

    Parameters
    ----------
    draft : Draft
    judge : Judge
    most_movers : int
        Of schools, from the draft.
    seconds, work, seed
        As in `answers_for`.
    """
    wish = Wish.of(draft, judge, None)
    search = _Search(wish, time.monotonic() + seconds, work, seed)
    found = search.within(wish.nearby(len(draft.clusters)), most_movers, draft.plan, share=1.0)
    if found is None or not found[0].requests:
        return Answers((), NO_BETTER)
    return Answers(found[:1])


@dataclass(frozen=True, eq=False)
class _Search:
    """Searches around one request, within one time for all or one work for each."""

    wish: Wish
    until: float
    work: int | None
    seed: int

    @property
    def over(self) -> bool:
        """Whether the time is over."""
        return self.work is None and time.monotonic() >= self.until

    def fewest(self, nearby: Nearby) -> Result:
        """Find a plan with as few other movers as can be, whatever its score."""
        rules = self.wish.rulebook
        movers = CloseToReference(self._reference, self.wish.missing, 1.0, name=OTHERS)
        alone = replace(rules, rules=(*(rule for rule in rules.rules if rule.hard), movers))
        return self._solve(nearby, alone, self.wish.draft.plan, GAP_OF_MOVERS)

    def within(
        self, nearby: Nearby, most: int, start: Plan, share: float = SHARE
    ) -> tuple[Answer, Plan] | None:
        """Find the best plan with so many other movers at most, as an answer and as it is.

        The rule counts no movers where a cluster is split, but one of the two parts gets another
        code. A plan that moves too many by that is given up for one in which no two of the central
        schools come together: good, but not proven to be the best.
        """
        rules = self.wish.rulebook
        limit = MostMovers(self._reference, most, self.wish.missing, OTHERS)
        limited = replace(rules, plan_rules=(*rules.plan_rules, limit))
        found = self.answer(self._solve(nearby, limited, start, share=share))
        if found is None or self._moved(found[0]) <= most:
            return found
        whole = unsplit(limited, self.wish.draft.plan)
        found = self.answer(self._solve(nearby, whole, start, share=share))
        if found is None or self._moved(found[0]) > most:
            return None
        return replace(found[0], best=False), found[1]

    def answers(self, nearby: Nearby, few: Plan) -> Iterator[Answer]:
        """Yield the best plan with so few movers, with any number, and with one in between."""
        least, start = self._moved(self._answer(few)), few
        if found := self.within(nearby, least, few):
            start = found[1]
            yield found[0]
        free = self.answer(self._solve(nearby, self.wish.rulebook, start))
        if free is None:
            return
        yield free[0]
        most = self._moved(free[0])
        if most > least + 1 and (found := self.within(nearby, (least + most) // 2, start)):
            yield found[0]

    def answer(self, result: Result) -> tuple[Answer, Plan] | None:
        """Return the answer that a search has found, and its plan; None where it found none."""
        if result.plan is None:
            return None
        return self._answer(result.plan, best=result.status == "optimal"), result.plan

    def _answer(self, plan: Plan, best: bool = False) -> Answer:
        wish, requests = self.wish, self.wish.requests(plan)
        end = wish.before.draft
        for request in requests:
            end = changed(end, request, wish.judge)
        change = wish.judge.judged(end).score - wish.before.score
        return Answer(requests, change, end.moved_from(wish.draft), best)

    def _moved(self, answer: Answer) -> int:
        """Count the other movers: a school that was in no cluster has not moved."""
        return len({*answer.others} - self.wish.missing)

    @property
    def _reference(self) -> Mapping[int, str]:
        return self.wish.draft.code_of

    def _solve(
        self,
        nearby: Nearby,
        rulebook: Rulebook,
        start: Plan,
        gap: float = GAP,
        share: float = SHARE,
    ) -> Result:
        left = max(LEAST_SECONDS, self.until - time.monotonic())
        return nearby.solve(
            rulebook, time_limit=share * left, gap=gap, work=self.work, seed=self.seed, start=start
        )


def _distinct(answers: Iterator[Answer]) -> tuple[Answer, ...]:
    """Return the answers with ever more other movers and ever lower scores."""
    found: list[Answer] = []
    for answer in sorted(answers, key=lambda one: (len(one.others), one.change)):
        if not found or answer.change < found[-1].change - SAME_SCORE:
            found.append(answer)
    return tuple(found)
