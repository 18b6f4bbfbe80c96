"""What a request would do: to each cluster that it touches, to the rules and to the score."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cluster_geo.plan import Cluster
from cluster_geo.session.changes import changed
from cluster_geo.session.draft import Draft
from cluster_geo.session.judge import Broken, Judge, Judged
from cluster_geo.session.requests import Move, Request
from cluster_geo.travel import Travel


@dataclass(frozen=True, slots=True)
class Figures:
    """A cluster before or after a request.

    Parameters
    ----------
    schools : int
    score : float
        What the rules charge it.
    longest : float
        Longest journey to its central school, in the unit of the county's travel.
    hub : int
        URN of the central school.
    """

    schools: int
    score: float
    longest: float
    hub: int


@dataclass(frozen=True, slots=True)
class Row:
    """A cluster that a request touches; None where it is not there before, or after."""

    code: str
    name: str
    before: Figures | None
    after: Figures | None


@dataclass(frozen=True)
class Consequence:
    """What a request would do to a draft.

    Parameters
    ----------
    request : Request
    before, after : Judged
    rows : tuple of Row
        Every cluster whose schools or score change, by code.
    broken : tuple of Broken
        Requirements that the request breaks, or breaks further.
    mended : tuple of Broken
        Requirements that were broken before it, and are not any more, or not as far.
    """

    request: Request
    before: Judged
    after: Judged
    rows: tuple[Row, ...]
    broken: tuple[Broken, ...]
    mended: tuple[Broken, ...]

    @property
    def draft(self) -> Draft:
        """The draft that it leads to."""
        return self.after.draft

    @property
    def change(self) -> float:
        """Change of the score."""
        return self.after.score - self.before.score

    @property
    def moved(self) -> tuple[int, ...]:
        """URNs of the schools that it moves."""
        return self.draft.moved_from(self.before.draft)


def consequence_of(request: Request, before: Judged, judge: Judge) -> Consequence:
    """Judge what a request would do to a draft.

    Raises
    ------
    InputError
        Where it cannot be done at all: see `changes.changed`.
    """
    after = judge.judged(changed(before.draft, request, judge))
    names = {**before.draft.plan.names, **after.draft.plan.names}
    rows = tuple(
        Row(
            code, names.get(code, code), _figures(before, code, judge), _figures(after, code, judge)
        )
        for code in _touched(before, after)
    )
    broken, mended = after.broken_beyond(before), before.broken_beyond(after)
    return Consequence(request, before, after, rows, tuple(broken), tuple(mended))


def ranking(urn: int, before: Judged, judge: Judge) -> tuple[Consequence, ...]:
    """Judge what it would mean for a school to join each of the other clusters.

    Locked clusters are left out.

    Returns
    -------
    tuple of Consequence
        First those that break no requirement; among these, and among the others, the lowest score
        first.

    Raises
    ------
    InputError
        Where the plan has no such school, or its own cluster is locked.
    """
    draft = before.draft
    others = [c for c in draft.clusters if c != draft.code_of.get(urn) and c not in draft.locked]
    found = [consequence_of(Move(to={urn: code}), before, judge) for code in others]
    # In order of their codes where they are equal, as they come.
    return tuple(sorted(found, key=lambda one: (len(one.broken), one.change)))


def _touched(before: Judged, after: Judged) -> Iterable[str]:
    codes = sorted({*before.verdicts, *after.verdicts})
    return (code for code in codes if _differs(code, before, after))


def _differs(code: str, before: Judged, after: Judged) -> bool:
    if before.verdicts.get(code) is after.verdicts.get(code):
        return False
    same = before.draft.clusters.get(code) == after.draft.clusters.get(code)
    return not same or before.score_of(code) != after.score_of(code)


def _figures(judged: Judged, code: str, judge: Judge) -> Figures | None:
    cluster = judged.draft.clusters.get(code)
    if cluster is None:
        return None
    longest, _ = longest_trip(cluster, judge.county.travel)
    return Figures(len(cluster), judged.score_of(code), longest, cluster.hub)


def longest_trip(cluster: Cluster, travel: Travel) -> tuple[float, int]:
    """Return the longest journey to a cluster's central school, and the URN of its school."""
    urn = max(cluster.members, key=lambda urn: (travel.between(urn, cluster.hub), -urn))
    return travel.between(urn, cluster.hub), urn
