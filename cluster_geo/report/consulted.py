"""What has become, in a plan, of the schools and clusters that responses to a consultation name.

The plan that was consulted on is the version before this one; where none is named, it is this one.
Only facts are stated: nothing here says that a change was made because of a response.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from cluster_geo.compare import matched_since
from cluster_geo.phrases import counted, listed, named
from cluster_geo.plan import Plan, codes_in, title_of
from cluster_geo.publish import Publication


@dataclass(frozen=True, eq=False)
class Consulted:
    """A plan beside the one that was consulted on.

    Parameters
    ----------
    plan : Plan
    before : Plan or None
        The version before, as in its file; None where this plan itself was consulted on.
    same : mapping of str to str
        Code in this plan of each cluster of the version before that is in both.
    names : mapping of int to str
        Of the schools.
    """

    plan: Plan
    before: Plan | None
    same: Mapping[str, str]
    names: Mapping[int, str]

    @classmethod
    def of(cls, published: Publication) -> Consulted:
        """Match the clusters as the list of moves does."""
        plan, before = published.plan, published.papers.previous
        same: dict[str, str] = {}
        if before is not None:
            county, rulebook = published.county, published.rulebook
            known, codes = matched_since(before, plan, county, rulebook)
            same = {code: own for own, code in codes.items() if code in known.labels}
        return cls(plan, before, same, published.county.schools.names)

    @property
    def asked(self) -> Plan:
        """The plan that was consulted on."""
        return self.plan if self.before is None else self.before

    def title_then(self, code: str) -> str:
        """Return what a cluster was called in the plan that was consulted on."""
        return title_of(code, self.asked.names)

    def _title(self, code: str) -> str:
        return title_of(code, self.plan.names)

    def about(self, urns: Iterable[int], clusters: Iterable[str]) -> tuple[str, ...]:
        """Return the clusters consulted on that some schools were in, or that are named."""
        home = self.asked.code_of
        found, _ = codes_in(tuple(clusters), self.asked.labels)
        return tuple(sorted({*found, *(home[urn] for urn in urns if urn in home)}))

    def facts(self, urns: Sequence[int], clusters: Sequence[str]) -> tuple[str, ...]:
        """Say what has become of schools and clusters, each in a sentence."""
        found, unknown = codes_in(clusters, self.asked.labels)
        which = "this plan" if self.before is None else "the version before"
        return (
            *map(self.school, urns),
            *self.together(urns),
            *map(self.cluster, found),
            *(f"No cluster of {which} has the code {word}." for word in unknown),
        )

    def school(self, urn: int) -> str:
        """Say where a school is, and where it was in the version before."""
        who, now = named([urn], self.names), self.plan.code_of.get(urn)
        if self.before is None:
            return (
                f"{who} is not in this plan." if now is None else f"{who} is in {self._title(now)}."
            )
        then = self.before.code_of.get(urn)
        if now is None:
            if then is None:
                return f"{who} is neither in this plan nor in the version before."
            return f"{who} was in {self.title_then(then)} and is not in this plan."
        if then is None:
            return f"{who} is in {self._title(now)}; the version before did not have it."
        if self.same.get(then) == now:
            return f"{who} stays in {self._title(now)}."
        return f"{who} moves from {self.title_then(then)} to {self._title(now)}."

    def together(self, urns: Sequence[int]) -> tuple[str, ...]:
        """Say whether two schools or more are in one cluster, and whether they were before."""
        here = [urn for urn in urns if urn in self.plan.code_of]
        if len(here) <= 1:
            return ()
        who = "They" if len(here) == len(urns) else f"The {len(here):,} that are in this plan"
        now = self._spread(self.plan, here)
        then = {} if self.before is None else self._spread(self.before, here)
        were_together = len(then) == 1 and sum(then.values()) == len(here)
        if len(now) == 1:
            (where,) = now
            if self.before is None:
                return (f"{who} are together in {where}.",)
            if were_together:
                return (f"{who} are kept together, in {where}.",)
            return (f"{who} are together in {where}, and were not in the version before.",)
        parts = [f"{where} ({counted(number, 'school')})" for where, number in now.items()]
        words = f"{who} are in {len(now):,} clusters: {listed(parts)}"
        if were_together:
            (where,) = then
            return (f"{words}. In the version before they were together in {where}.",)
        return (f"{words}.",)

    @staticmethod
    def _spread(plan: Plan, urns: Collection[int]) -> dict[str, int]:
        """Return how many of some schools are in each cluster, by what it is called."""
        counts = Counter(plan.code_of[urn] for urn in urns if urn in plan.code_of)
        titles = _distinct(plan, counts)
        return {
            titles[code]: counts[code] for code in sorted(counts, key=lambda c: (-counts[c], c))
        }

    def cluster(self, code: str) -> str:
        """Say what has become of a cluster that was consulted on."""
        return f"{_with_code(code, self.asked)}: {self.change(code)}."

    def change(self, code: str) -> str:
        """Say what has become of a cluster that was consulted on, without its name."""
        then = _members(self.asked, code)
        if self.before is None:
            return counted(len(then), "school")
        own = self.same.get(code)
        if own is None:
            spread = self._spread(self.plan, then)
            parts = [f"{where} ({counted(number, 'school')})" for where, number in spread.items()]
            return "not in this plan" + (f"; its schools are in {listed(parts)}" if parts else "")
        now = _members(self.plan, own)
        if now == then:
            return f"the same {counted(len(now), 'school')} as in the version before"
        changes = ((now - then, "joined"), (then - now, "no longer in it"))
        return "; ".join(f"{what}: {named(urns, self.names)}" for urns, what in changes if urns)


def _members(plan: Plan, code: str) -> frozenset[int]:
    return frozenset(plan.clusters[plan.labels.index(code)].members)


def _with_code(code: str, plan: Plan) -> str:
    title = title_of(code, plan.names)
    return title if title == code else f"{title} ({code})"


def _distinct(plan: Plan, codes: Iterable[str]) -> dict[str, str]:
    """Return what clusters are called, with their codes where two are called alike."""
    ordered = list(codes)
    titles = Counter(title_of(code, plan.names) for code in ordered)
    return {
        code: _with_code(code, plan)
        if titles[title_of(code, plan.names)] > 1
        else title_of(code, plan.names)
        for code in ordered
    }
