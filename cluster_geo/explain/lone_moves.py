"""One school moved to another cluster and nothing else: what it would break, and the score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cluster_geo.plan import Plan
from cluster_geo.rules import PlanSum, Rulebook, Verdict
from cluster_geo.tolerances import SAME_SUM

Members = tuple[int, ...]


@dataclass(frozen=True)
class LoneMove:
    """What moving one school alone does to the two clusters and to the plan.

    Parameters
    ----------
    place : int
        Place in the plan of the cluster that it joins.
    broken : tuple of (str, str)
        The name of each rule that must be kept and that the move breaks, or breaks further, and
        what is then found: once for each of the two clusters, and once for a rule over the plan.
        What a plan drawn by hand broke before, and the move leaves as it was, is not the move's.
    change : float
        Change of the score.
    """

    place: int
    broken: tuple[tuple[str, str], ...]
    change: float

    @property
    def rules(self) -> tuple[str, ...]:
        """Names of the rules broken, each once."""
        return tuple(dict.fromkeys(rule for rule, _ in self.broken))


@dataclass(frozen=True, eq=False)
class LoneMoves:
    """Judges moves of single schools in a plan, each set of members once.

    Parameters
    ----------
    plan : Plan
        Its hubs are chosen by the rules, whatever hubs it states.
    rulebook : Rulebook
    """

    plan: Plan
    rulebook: Rulebook
    _known: dict[Members, Mapping[str, Verdict]] = field(default_factory=dict, repr=False)

    def to(self, urn: int, place: int) -> LoneMove:
        """Move a school of the plan to the cluster at a place of it.

        Parameters
        ----------
        urn : int
        place : int
            Not that of the school's own cluster.
        """
        home, there = self.plan.clusters[self.plan.cluster_of[urn]], self.plan.clusters[place]
        before = (home.members, there.members)
        left = tuple(u for u in home.members if u != urn)
        after = (left, tuple(sorted((*there.members, urn))))
        broken = [b for then, now in zip(before, after, strict=True) for b in self._new(then, now)]
        change = sum(map(self._score, after)) - sum(map(self._score, before))
        return LoneMove(place, (*broken, *self._over_plan(before, after)), change)

    def _new(self, before: Members, after: Members) -> Iterator[tuple[str, str]]:
        """Yield what a cluster of these members breaks that it did not, or not so far."""
        then = self._judged(before)
        for rule, now in self._judged(after).items():
            if not now.kept and (then[rule].kept or now.count > then[rule].count + SAME_SUM):
                yield rule, now.words

    def _over_plan(
        self, before: tuple[Members, ...], after: tuple[Members, ...]
    ) -> Iterator[tuple[str, str]]:
        """Yield the rules over the plan whose sums the move takes beyond their limits."""
        gone, come = map(self._sums, (before, after))
        for then, less, more in zip(self._whole, gone, come, strict=True):
            now = PlanSum(then.rule, then.total - less.total + more.total)
            if not now.kept and now.excess > then.excess + SAME_SUM:
                yield now.rule.name, now.words

    @cached_property
    def _whole(self) -> tuple[PlanSum, ...]:
        return self.rulebook.sums(self.plan.clusters)

    def _sums(self, groups: tuple[Members, ...]) -> tuple[PlanSum, ...]:
        return self.rulebook.sums(self.rulebook.cluster(group) for group in groups if group)

    def _score(self, members: Members) -> float:
        return sum(verdict.price for verdict in self._judged(members).values())

    def _judged(self, members: Members) -> Mapping[str, Verdict]:
        if not members:
            # A school that was alone has left: what is no cluster breaks nothing and is free.
            return {}
        if members not in self._known:
            self._known[members] = self.rulebook.judge(self.rulebook.cluster(members))
        return self._known[members]
