"""Reasons: irreducible sets of demands that no plan keeps together.

A set is shrunk by asking whether it still clashes without each of its demands in turn (deletion
filtering, Chinneck and Dravnieks 1991), by counting where that settles it and otherwise by search.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import comb

from cluster_geo.county import County
from cluster_geo.explain.ask import Answer, Asker, Proof
from cluster_geo.explain.case import Answers, Case
from cluster_geo.plan import Plan
from cluster_geo.rules import (
    Demand,
    Rulebook,
)

# So many ties of a kind are as well tried one by one as all at once.
_ONE_BY_ONE = 2


@dataclass(frozen=True)
class Reason:
    """Demands that clash on some schools, none of which can be left out of the clash.

    Parameters
    ----------
    schools : frozenset of int
        The schools that cannot be clustered.
    demands : tuple of Demand
    proof : Proof
        "counting" or "search": how it is known that no plan keeps them all.
    words : tuple of str
        What was counted, with the figures.
    needed : mapping of Demand to Plan
        For each demand a plan (of `schools`, and of their neighbours where a boundary falls)
        that keeps all the others.
    undecided : tuple of Demand
        Demands of which the time ran out before it was known whether they are needed.
    smallest : bool
        Whether counting shows that no smaller set can be counted to clash here.
    """

    schools: frozenset[int]
    demands: tuple[Demand, ...]
    proof: Proof
    words: tuple[str, ...] = ()
    needed: Mapping[Demand, Plan] = field(default_factory=dict)
    undecided: tuple[Demand, ...] = ()
    smallest: bool = False

    @property
    def irreducible(self) -> bool:
        """Whether it is shown of every demand that without it there is a plan."""
        return not self.undecided


def find_reason(
    asker: Asker,
    county: County,
    rulebook: Rulebook,
    schools: Iterable[int],
    rules: Collection[str] = (),
    *,
    tied: bool = False,
    answers: Answers | None = None,
) -> Reason | Answer:
    """Shrink the clash of some schools to an irreducible set of demands.

    Parameters
    ----------
    asker : Asker
    county : County
    rulebook : Rulebook
    schools : iterable of int
        Schools of one region, of a tied group, or all of them.
    rules : collection of str, optional
        Names of the rules to look among; all where none is named.
    tied : bool
        Whether the schools are a group that must be together.
    answers : dict, optional
        What was found out for other clashes of the same county and rulebook; added to.

    Returns
    -------
    Reason or Answer
        An answer where the rules do not clash on these schools, or it is not proven.
    """
    known = {} if answers is None else answers
    case = Case(asker, county, rulebook, frozenset(schools), tied, known)
    demands = [d for d in case.all if not rules or d.rule in rules or d in case.exits]
    small, smallest = _smallest_counted(case, demands)
    if small is None:
        answer = case.can(demands)
        if answer.verdict != "impossible":
            return answer
    proof: Proof = "search" if small is None else "counting"
    return _filtered(case, demands if small is None else small, proof, smallest)


def _smallest_counted(case: Case, demands: Sequence[Demand]) -> tuple[list[Demand] | None, bool]:
    """Return the smallest set that counting proves to clash, and whether none is smaller.

    Boundaries that keep the schools in are part of every set here: outside them there is
    nothing to count.
    """
    exits = [d for d in demands if d in case.exits]
    free = [d for d in demands if d not in case.exits]
    if not case.counted(demands):
        return None, False
    kept = list(free)
    for demand in reversed(free):
        rest = [d for d in kept if d != demand]
        if case.counted([*exits, *rest]):
            kept = rest
    subsets = sum(comb(len(free), size) for size in range(len(kept)))
    if subsets > case.asker.params.subsets:
        return [*kept, *exits], False
    for size in range(len(kept)):
        for subset in combinations(free, size):
            if case.counted([*exits, *subset]):
                return [*subset, *exits], True
    return [*kept, *exits], True


def _filtered(case: Case, demands: Sequence[Demand], proof: Proof, smallest: bool) -> Reason:
    """Leave out of a clash each demand without which it still clashes."""
    kept = list(demands)
    for rule in dict.fromkeys(d.rule for d in reversed(kept)):
        # All ties of a kind at once: mostly none of them matters.
        parts = [d for d in kept if d.rule == rule]
        if len(parts) > _ONE_BY_ONE:
            rest = [d for d in kept if d.rule != rule]
            if case.can(rest).verdict == "impossible":
                kept = rest
    needed: dict[Demand, Plan] = {}
    undecided = []
    # Boundaries last: the fewer other demands are left, the surer it is what lies beyond.
    last = [d for d in kept if d in case.exits]
    for demand in [d for d in kept[::-1] if d not in case.exits] + last:
        rest = [d for d in kept if d != demand]
        answer = case.can(rest)
        if answer.verdict == "impossible":
            kept, smallest = rest, False
            proof = "search" if answer.proof == "search" else proof
        elif answer.plan is not None:
            needed[demand] = answer.plan
        else:
            undecided.append(demand)
    words = case.counted_as_asked(kept)
    return Reason(
        case.schools,
        tuple(kept),
        "counting" if words else proof,
        words,
        needed,
        tuple(undecided),
        smallest and bool(words),
    )
