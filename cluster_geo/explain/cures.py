"""Cures: changes that a plan shows to work, ranked by the score that they lead to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from cluster_geo.county import County
from cluster_geo.explain.ask import Asker
from cluster_geo.explain.attempts import Attempt, Surroundings
from cluster_geo.explain.demands import Demand, demands_of
from cluster_geo.explain.loosen import gentler, said
from cluster_geo.explain.reasons import Reason, find_reason
from cluster_geo.plan import Plan
from cluster_geo.rules import Rulebook, find_clashes

# Where no single change is enough, sets of so many at most are tried, until so many are found.
MOST_CHANGES = 3
MOST_COMBINED = 6
# Gap at which cures are scored: what divides them is mostly more.
GAP = 5e-3


@dataclass(frozen=True)
class Cure:
    """A change, or a set of changes, that makes a plan possible, and the plan that shows it.

    Parameters
    ----------
    demands : tuple of Demand
        What is loosened: more than one only where no single change was found to be enough.
    words : str
        The change, as a request to the council.
    schools : frozenset of int
        The schools that the plan is of.
    plan : Plan
        Keeps every hard rule but those loosened.
    score : float or None
        What the priced rules charge the plan, less the best found for the zones it lets in
        when they stay by themselves: so that cures can be compared. None where those zones
        have no plan of their own. In km-equivalents.
    distance : float or None
        How much lower the score could be at most, as far as is proven, counting the
        exceptions made at `loosen.EXCEPTION`.
    same_area : bool
        Whether it stays inside the zone of the coarser layers that the schools are in.
    """

    demands: tuple[Demand, ...]
    words: str
    schools: frozenset[int]
    plan: Plan
    score: float | None
    distance: float | None
    same_area: bool


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
    _alone: dict[frozenset[int], tuple[float, float] | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._around = Surroundings(self.county, self.rulebook)

    def cures(self, reason: Reason) -> list[Cure]:
        """Return the cures of a clash: inside the same Area first, then by score.

        Where no single change is enough, because something else clashes on the same schools,
        changes are combined.
        """
        home = self._around.home(reason)
        before = Attempt(self.rulebook, home)
        found = []
        for ladder in self._around.ladders(reason.demands, before, home):
            if self.asker.left <= 0.0:
                break
            cure = self._first(ladder, home)
            if cure is not None:
                found.append(cure)
        if not found:
            combined = self._combined(reason.demands, before, home)
            found = list(islice(_each_once(combined), MOST_COMBINED))
        return sorted(found, key=_rank)

    def _first(self, ladder: Sequence[Attempt], home: frozenset[int]) -> Cure | None:
        """Return the cure of the mildest attempt of a ladder that a plan shows to work."""
        return next((c for a in ladder if (c := self._cure(a, home)) is not None), None)

    def _cure(self, attempt: Attempt, home: frozenset[int]) -> Cure | None:
        """Look for a plan under loosened rules, and for one that makes few exceptions."""
        book, part = attempt.bound(self.county)
        if find_clashes(book, part):
            return None
        any_plan = self.asker.can(part, gentler(book))
        if any_plan.plan is None:
            return None
        best = self.asker.best(
            part, book, start=any_plan.plan, gap=GAP, seconds=self.asker.step / 2
        )
        plan = best.plan or any_plan.plan
        distance = None
        if best.cost is not None and best.bound is not None:
            distance = max(0.0, best.cost - best.bound)
        others = attempt.schools - home
        score, spread = self._score(plan, others)
        words = dict.fromkeys(said(change, plan, part) for change in attempt.changes)
        return Cure(
            demands=tuple(dict.fromkeys(change.demand for change in attempt.changes)),
            words="; and ".join(words),
            schools=attempt.schools,
            plan=plan,
            score=score,
            distance=None if distance is None or spread is None else distance + spread,
            same_area=self._around.same_area(home, others),
        )

    def _combined(
        self, demands: Sequence[Demand], before: Attempt, home: frozenset[int]
    ) -> Iterator[Cure]:
        """Yield sets of changes that are enough: what still clashes after one is met by the next.

        Of each ladder the mildest change is built on that leaves fewer counted clashes, or as
        few among more schools.
        """
        for ladder in self._around.ladders(demands, before, home):
            if self.asker.left <= 0.0:
                return
            attempt = next((a for a in ladder if self._is_better(a, before)), None)
            if attempt is None:
                continue
            cure = self._first(ladder, home) if before.changes else None
            if cure is not None:
                yield cure
            elif len(attempt.changes) < MOST_CHANGES:
                yield from self._combined(self._still(attempt), attempt, home)

    def _is_better(self, attempt: Attempt, before: Attempt) -> bool:
        was, now = self._clashes(before), self._clashes(attempt)
        return now < was or now == 0 or (now == was and attempt.schools > before.schools)

    def _clashes(self, attempt: Attempt) -> int:
        return len(find_clashes(*attempt.bound(self.county)))

    def _still(self, attempt: Attempt) -> Sequence[Demand]:
        """Return demands that still clash under loosened rules, as far as that is proven."""
        book, part = attempt.bound(self.county)
        for clash in find_clashes(book, part):
            there = part.within(clash.schools)
            return [d for d in demands_of(book, there) if d.rule in clash.rules]
        found = find_reason(self.asker, part, book, part.urns)
        return found.demands if isinstance(found, Reason) else ()

    def _score(self, plan: Plan, others: frozenset[int]) -> tuple[float | None, float | None]:
        """Score a plan by the rules as they were, less its guests' own best; and how sure."""
        own = sum(self.rulebook.price(self.rulebook.cluster(c.members)) for c in plan.clusters)
        if not others:
            return own, 0.0
        if others not in self._alone:
            self._alone[others] = self._best_alone(others)
        alone = self._alone[others]
        if alone is None:
            return None, None
        return own - alone[0], alone[1]

    def _best_alone(self, schools: frozenset[int]) -> tuple[float, float] | None:
        """Score schools by themselves, and how far that may be from their best possible."""
        book, part = Attempt(self.rulebook, schools).bound(self.county)
        if find_clashes(book, part):
            return None
        found = self.asker.best(part, book, gap=GAP, seconds=self.asker.step / 2)
        if found.cost is None or found.bound is None:
            return None
        return found.cost, found.cost - found.bound


def _rank(cure: Cure) -> tuple[bool, bool, float, str]:
    return (not cure.same_area, cure.score is None, cure.score or 0.0, cure.words)


def _each_once(cures: Iterator[Cure]) -> Iterator[Cure]:
    """Yield the cures whose demands were not met in another order before."""
    seen: set[tuple[frozenset[Demand], frozenset[int]]] = set()
    for cure in cures:
        key = (frozenset(cure.demands), cure.schools)
        if key not in seen:
            seen.add(key)
            yield cure
