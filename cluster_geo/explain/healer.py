"""The search for cures: first any plan for as many changes as may be, then better ones."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from cluster_geo.county import County
from cluster_geo.explain.ask import Answer, Asker
from cluster_geo.explain.attempts import Attempt, Surroundings
from cluster_geo.explain.cures import Cure, Scorer, ranked
from cluster_geo.explain.demands import demands_of
from cluster_geo.explain.loosen import gentler
from cluster_geo.explain.reasons import Reason, find_reason
from cluster_geo.plan import Plan
from cluster_geo.rules import Demand, Rulebook, find_clashes

Found = tuple[Attempt, Plan]


@dataclass
class _Ladder:
    """Attempts that loosen one demand further and further, and the mildest that is known to work.

    Parameters
    ----------
    attempts : sequence of Attempt
        The mildest first.
    plan : Plan or None
        Of the last of the attempts: those beyond the one that works are left out.
    settled : set of int
        Places of attempts that are proven to be of no use.
    counted : bool
        Whether those that counting proves so are among them.
    """

    attempts: Sequence[Attempt]
    plan: Plan | None = None
    settled: set[int] = field(default_factory=set)
    counted: bool = False

    def climb(self, asker: Asker, county: County) -> None:
        """Try each attempt of which nothing is known, until one works."""
        if not self.counted:
            self.settled.update(range(_first(self.attempts, lambda a: not clashing(a, county))))
            self.counted = True
        milder = self.attempts if self.plan is None else self.attempts[:-1]
        for place, attempt in enumerate(milder):
            if place in self.settled or asker.left <= 0.0:
                continue
            answer = plan_of(attempt, asker, county)
            if answer.plan is not None:
                self.attempts, self.plan = self.attempts[: place + 1], answer.plan
                return
            if answer.verdict == "impossible":
                self.settled.add(place)


def _first(attempts: Sequence[Attempt], holds: Callable[[Attempt], bool]) -> int:
    """Return the place of the first attempt for which something holds, or their number.

    Rules loosened further on the same schools clash in no more places, so halving finds it: a
    number of clusters can be a hundred steps from one that is possible.
    """
    if len({attempt.schools for attempt in attempts}) > 1:
        return next((place for place, a in enumerate(attempts) if holds(a)), len(attempts))
    return bisect_left(range(len(attempts)), True, key=lambda place: holds(attempts[place]))


def clashing(attempt: Attempt, county: County) -> int:
    """Count the clashes that counting alone shows."""
    book, part = attempt.bound(county)
    return len(find_clashes(part, book))


def plan_of(attempt: Attempt, asker: Asker, county: County) -> Answer:
    """Look for any plan under loosened rules, along the attempt's corridor first."""
    book, part = attempt.bound(county)
    if find_clashes(part, book):
        return Answer("impossible", "counting")
    if attempt.corridor:
        held, _ = attempt.held(county)
        answer = asker.can(part, gentler(held))
        if answer.plan is not None:
            return answer
    return asker.can(part, gentler(book))


@dataclass
class Healer:
    """Looks for the cures of clashes in one county.

    Parameters
    ----------
    asker : Asker
    county : County
    rulebook : Rulebook
    """

    asker: Asker
    county: County
    rulebook: Rulebook

    def __post_init__(self) -> None:
        self._around = Surroundings(self.county, self.rulebook, self.asker.params)
        self._scorer = Scorer(self.asker, self.county, self.rulebook, self._around)

    def cures(self, reasons: Sequence[Reason]) -> list[tuple[Cure, ...]]:
        """Return the cures of each clash: inside the same Area first, then by score.

        Where few single changes are enough, because something else clashes on the same schools,
        changes that are not enough alone are combined. What is left of the budget is shared evenly
        among the clashes.
        """
        params = self.asker.params
        homes = [self._around.home(reason) for reason in reasons]
        ladders = [
            [
                _Ladder(attempts)
                for attempts in self._around.ladders(r.demands, Attempt(self.rulebook, home), home)
            ]
            for r, home in zip(reasons, homes, strict=True)
        ]
        with self.asker.share(params.single):
            self._climb(ladders)
        found = [[(up.attempts[-1], up.plan) for up in case if up.plan] for case in ladders]
        lacking = [place for place, pairs in enumerate(found) if len(pairs) < params.enough]
        with self.asker.share(params.combined if lacking else 1.0):
            for place in self.asker.evenly(sorted(lacking, key=lambda place: len(found[place]))):
                failed = [up.attempts for up in ladders[place] if up.plan is None]
                most = params.enough if found[place] else params.most_combined
                more = most - len(found[place])
                sets = self._combined(failed, Attempt(self.rulebook, homes[place]), homes[place])
                found[place] += islice(_each_once(sets), more)
        return [
            ranked(
                self._scorer.cure(attempt, plan, homes[place])
                for attempt, plan in self.asker.evenly(found[place])
            )
            for place in self.asker.evenly(range(len(reasons)))
        ]

    def _climb(self, ladders: Sequence[Sequence[_Ladder]]) -> None:
        """Try the ladders of every clash shortly, then longer; those without a plan come first."""
        rounds, enough = self.asker.params.rounds, self.asker.params.enough
        for part in rounds:
            for case in self.asker.evenly(ladders):
                if part == rounds[-1] and sum(up.plan is not None for up in case) >= enough:
                    continue
                with self.asker.brief(part):
                    for ladder in sorted(case, key=lambda ladder: ladder.plan is not None):
                        ladder.climb(self.asker, self.county)

    def _combined(
        self, ladders: Iterable[Sequence[Attempt]], before: Attempt, home: frozenset[int]
    ) -> Iterator[Found]:
        """Yield sets of changes that are enough: what still clashes after one is met by the next.

        Of each ladder the mildest change is built on that leaves fewer counted clashes, or as
        few among more schools.
        """
        for attempts in ladders:
            if self.asker.left <= 0.0:
                return
            place = _first(attempts, lambda attempt: self._is_better(attempt, before))
            if place == len(attempts):
                continue
            attempt = attempts[place]
            ladder = _Ladder(attempts)
            if before.changes:
                with self.asker.brief(self.asker.params.of_set):
                    ladder.climb(self.asker, self.county)
            if ladder.plan is not None:
                yield ladder.attempts[-1], ladder.plan
            elif len(attempt.changes) < self.asker.params.most_changes:
                still = self._around.ladders(self._still(attempt), attempt, home)
                yield from self._combined(still, attempt, home)

    def _is_better(self, attempt: Attempt, before: Attempt) -> bool:
        was, now = clashing(before, self.county), clashing(attempt, self.county)
        return now < was or now == 0 or (now == was and attempt.schools > before.schools)

    def _still(self, attempt: Attempt) -> Sequence[Demand]:
        """Return demands that still clash under loosened rules, as far as that is proven."""
        book, part = attempt.bound(self.county)
        for clash in find_clashes(part, book):
            there = part.within(clash.schools)
            return [d for d in demands_of(book, there) if d.rule in clash.rules]
        found = find_reason(self.asker, part, book, part.urns)
        return found.demands if isinstance(found, Reason) else ()


def _each_once(found: Iterable[Found]) -> Iterator[Found]:
    """Yield the sets whose demands were not met in another order before."""
    seen: set[tuple[frozenset[Demand], frozenset[int]]] = set()
    for attempt, plan in found:
        key = (frozenset(change.demand for change in attempt.changes), attempt.schools)
        if key not in seen:
            seen.add(key)
            yield attempt, plan
