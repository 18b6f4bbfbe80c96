"""Cures: changes that a plan shows to work, ranked by the score that they lead to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from cluster_geo.county import County
from cluster_geo.explain.ask import Asker
from cluster_geo.explain.attempts import Attempt, Surroundings
from cluster_geo.explain.demands import only
from cluster_geo.explain.loosen import Loosening, loosening_words
from cluster_geo.optimise import Result
from cluster_geo.optimise.certainty import open_share
from cluster_geo.plan import Plan
from cluster_geo.rules import Demand, Rulebook, find_clashes


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
        when they stay by themselves: so that cures can be compared. None where no plan of
        those zones by themselves is known. In km-equivalents.
    distance : float or None
        How far the score may be from the least possible, at most, among the plans that make no
        more exceptions than this one; None where nothing useful is proven.

        The search minimises s + e: what the priced rules charge, and the exceptions at
        `rules.change.EXCEPTION`. With its bound b and plan P, any plan Q with e(Q) <= e(P) has
        s(Q) >= b - e(Q) >= b - e(P), so s(P) - s(Q) <= s(P) + e(P) - b, the distance of the
        search. A plan that makes more exceptions may score less: what they are worth is for the
        council to say. How far the zones let in may be from their own best possible is added.
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
class Scorer:
    """Makes cures of changes that work: improves their plans, scores them, and says them.

    Parameters
    ----------
    asker : Asker
    county : County
    rulebook : Rulebook
        As it was before any change.
    around : Surroundings
    """

    asker: Asker
    county: County
    rulebook: Rulebook
    around: Surroundings
    _alone: dict[frozenset[int], tuple[float, float | None] | None] = field(default_factory=dict)

    def cure(self, attempt: Attempt, plan: Plan, home: frozenset[int]) -> Cure:
        """Look for a better plan, one that makes few exceptions, and score it."""
        others, params = attempt.schools - home, self.asker.params
        with self.asker.share(params.guests), self.asker.brief(params.better):
            alone = self._best_alone(others)
        book, part = attempt.bound(self.county)
        with self.asker.brief(params.better):
            best = self.asker.best(part, book, start=plan, gap=params.gap)
        # Of two plans that which does with fewer of the changes, else the better one.
        plans = [p for p in (best.plan, plan) if p is not None and book.keeps(p)]
        plan, changes = min(((p, self._used(attempt, p)) for p in plans), key=lambda u: len(u[1]))
        distance = None
        if plan is best.plan and alone is not None and alone[1] is not None:
            own = _distance(best)
            distance = None if own is None else own + alone[1]
        words = dict.fromkeys(loosening_words(change, plan, part) for change in changes)
        return Cure(
            demands=tuple(dict.fromkeys(change.demand for change in changes)),
            words="; and ".join(words),
            schools=attempt.schools,
            plan=plan,
            score=None if alone is None else self._score(plan) - alone[0],
            distance=distance,
            same_area=self.around.same_area(home, others),
        )

    def _used(self, attempt: Attempt, plan: Plan) -> tuple[Loosening, ...]:
        """Return the changes that a plan makes use of: it breaks the demands they loosen.

        A set of changes is built one by one, and a later one may make up for an earlier one.
        """
        if len(attempt.changes) == 1:
            return attempt.changes
        book, part = Attempt(self.rulebook, attempt.schools).bound(self.county)
        members = [cluster.members for cluster in plan.clusters]
        used = []
        for change in attempt.changes:
            asked = only(book, [change.demand], part)
            if not asked.keeps(asked.plan(members)):
                used.append(change)
        return tuple(used) or attempt.changes

    def _score(self, plan: Plan) -> float:
        """Score a plan by the rules as they were, with its central schools by those it keeps."""
        return sum(map(self.rulebook.price, plan.clusters))

    def _best_alone(self, schools: frozenset[int]) -> tuple[float, float | None] | None:
        """Score schools by themselves, and how far that may be from their best possible."""
        if not schools:
            return 0.0, 0.0
        if schools not in self._alone:
            book, part = Attempt(self.rulebook, schools).bound(self.county)
            self._alone[schools] = None
            if not find_clashes(part, book):
                found = self.asker.best(part, book, gap=self.asker.params.gap)
                if found.cost is not None:
                    self._alone[schools] = (found.cost, _distance(found))
        return self._alone[schools]


def _distance(result: Result) -> float | None:
    """How far a result's score may be from its best possible; None where that is of no use."""
    if open_share(result.cost, result.bound) is None:
        return None
    assert result.cost is not None
    assert result.bound is not None
    return max(0.0, result.cost - result.bound)


def ranked(cures: Iterable[Cure]) -> tuple[Cure, ...]:
    """Return cures, best first: single changes, inside the same Area, by score; each once."""
    found: dict[str, Cure] = {}
    for cure in sorted(cures, key=_rank):
        found.setdefault(cure.words, cure)
    return tuple(found.values())


def _rank(cure: Cure) -> tuple[bool, bool, bool, float, str]:
    several = len(cure.demands) > 1
    return (several, not cure.same_area, cure.score is None, cure.score or 0.0, cure.words)
