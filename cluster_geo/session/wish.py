"""A request that is to be kept while other schools make room for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from cluster_geo.explain.nearby import Nearby
from cluster_geo.plan import Plan, match
from cluster_geo.rules import Apart, NumberOfClusters, Rule, Rulebook, Together
from cluster_geo.session.consequence import consequence_of
from cluster_geo.session.draft import Draft
from cluster_geo.session.judge import Judge, Judged
from cluster_geo.session.requests import Move, Request, Split

ASKED, NUMBER = "what was asked", "number of clusters"


@dataclass(frozen=True, eq=False)
class Wish:
    """A request with the rules by which the clusters around it are solved again.

    Parameters
    ----------
    judge : Judge
    request : Request or None
        None where the whole plan is to be made better as it is.
    before, after : Judged
        The draft, and what the request alone makes of it.
    anchors : mapping of str to int
        By the code of a cluster that schools were asked to join: the school that keeps the code.
    rulebook : Rulebook
        The rules of `after`, with what was asked as a requirement, and the number of clusters.
    """

    judge: Judge
    request: Request | None
    before: Judged
    after: Judged
    anchors: Mapping[str, int]
    rulebook: Rulebook

    @classmethod
    def of(cls, draft: Draft, judge: Judge, request: Request | None) -> Wish:
        """Take a request as given.

        Raises
        ------
        InputError
            Where it cannot be done at all.
        """
        before = judge.judged(draft)
        after = before if request is None else consequence_of(request, before, judge).after
        joining = _joining(request)
        anchors = {code: _anchor(code, group, draft) for code, group in joining.items()}
        asked: list[Rule] = []
        if joining:
            groups = {code: group | {anchors[code]} for code, group in joining.items()}
            asked = [
                Together(ASKED, groups, hard=True),
                Apart((frozenset(anchors.values()),), name=f"{ASKED}, apart"),
            ]
        rules, number = after.rulebook, len(after.draft.clusters)
        kept = tuple(rule for rule in rules.plan_rules if not rule.counts_clusters)
        rulebook = replace(
            rules,
            rules=(*rules.rules, *asked),
            plan_rules=(*kept, NumberOfClusters(number, number, NUMBER)),
        )
        return cls(judge, request, before, after, anchors, rulebook)

    @property
    def draft(self) -> Draft:
        """The draft that the request alone leads to."""
        return self.after.draft

    def nearby(self, most: int) -> Nearby:
        """Free the clusters that are not as they were or must be, and so many beside them."""
        place = {code: k for k, code in enumerate(self.draft.plan.labels)}
        codes = {*self.draft.changed_from(self.before.draft), *self.anchors}
        codes |= {broken.code for broken in self.after.broken}
        if most >= len(place):
            codes = {*place}
        begun = {place[code] for code in codes if code in place} - self._locked
        return Nearby.of(self.draft.plan, self.judge.whole, begun, most, self._locked)

    def held_up(self) -> str:
        """Say which locked cluster would break a requirement by the request; "" if none would."""
        for broken in self.after.broken_beyond(self.before):
            if broken.code in self.draft.locked:
                name = self.draft.name_of(broken.code)
                return f"{name} is locked, and would break “{broken.rule}”: {broken.words}."
        return ""

    def frees_all(self, nearby: Nearby) -> bool:
        """Whether all clusters are freed but for those that are locked."""
        return len(nearby.frozen) == len(self._locked)

    @cached_property
    def _locked(self) -> set[int]:
        return {k for k, code in enumerate(self.draft.plan.labels) if code in self.draft.locked}

    @cached_property
    def missing(self) -> frozenset[int]:
        """URNs of the schools that are in no cluster: wherever they go, they have not moved."""
        return frozenset(self.judge.whole.urns) - self.draft.code_of.keys()

    def requests(self, plan: Plan) -> tuple[Request, ...]:
        """Return the requests that lead to a plan, in their order; the one asked for is the first.

        A cluster of the plan has the code of the one that it shares most schools with, or that its
        schools were asked to join. One that shares none with a cluster that is left is new: a code
        is not used for another place.
        """
        codes, place = self._codes(plan), plan.cluster_of
        now = {urn: codes[k] for urn, k in place.items() if k in codes}
        to = {urn: code for urn, code in now.items() if self.draft.code_of.get(urn) != code}
        found: list[Request] = [] if self.request is None else [self.request]
        if isinstance(self.request, Move):
            found = [Move(to={**self.request.to, **to})]
        elif to:
            found.append(Move(to=to))
        new = [cluster.members for k, cluster in enumerate(plan.clusters) if k not in codes]
        return (*found, *(Split(urns=members) for members in new))

    def _codes(self, plan: Plan) -> dict[int, str]:
        """Return the code of each cluster of a plan that has one, by its place."""
        labels, place = self.draft.plan.labels, plan.cluster_of
        given = {place[urn]: labels.index(code) for code, urn in self.anchors.items()}
        return {k: labels[old] for k, old in match(self.draft.plan, plan, given).items()}


def _joining(request: Request | None) -> dict[str, frozenset[int]]:
    """Return the schools that a request moves, by the cluster they are to join."""
    if not isinstance(request, Move):
        return {}
    codes = sorted(set(request.to.values()))
    return {code: frozenset(u for u, c in request.to.items() if c == code) for code in codes}


def _anchor(code: str, joining: frozenset[int], draft: Draft) -> int:
    """Return the school that stands for a cluster: the central one, if it stays."""
    cluster = draft.clusters[code]
    if cluster.hub not in joining:
        return cluster.hub
    return min(set(cluster.members) - joining, default=min(joining))
