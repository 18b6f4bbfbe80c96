"""The draft in a line: what a room sees change with every request."""

from __future__ import annotations

from dataclasses import dataclass

from cluster_geo.session.consequence import longest_trip
from cluster_geo.session.judge import Broken, Judge, Judged


@dataclass(frozen=True)
class Summary:
    """A draft compared with the plan that the session began from.

    Parameters
    ----------
    broken : tuple of Broken
        Requirements that it breaks.
    moved : tuple of int
        URNs of the schools in a cluster of another code than at the beginning.
    pupils : int or None
        Pupils of these schools; None where the number of one of them is not known, or withheld.
    trusts : int
        Multi-academy trusts that have a school among them.
    longest : float
        Longest journey to a central school, in the unit of the county's travel.
    furthest : int
        URN of the school that has it.
    score, change : float
        The score, and how it has changed.
    certainty : str
        How far the draft is from the best possible, in sentences.
    """

    broken: tuple[Broken, ...]
    moved: tuple[int, ...]
    pupils: int | None
    trusts: int
    longest: float
    furthest: int
    score: float
    change: float
    certainty: str


def summary_of(now: Judged, begun: Judged, judge: Judge) -> Summary:
    """Compare a draft with the one that the session began from."""
    moved = now.draft.moved_from(begun.draft)
    schools = judge.county.schools
    pupils = schools.table.loc[list(moved), "pupils"]
    known = bool(pupils.notna().all()) and schools.may_show_total("pupils", moved)
    trusts = schools.table.loc[list(moved), "trust_uid"]
    travel = judge.county.travel
    trips = [longest_trip(cluster, travel) for cluster in now.draft.clusters.values()]
    longest, furthest = max(trips)
    return Summary(
        broken=now.broken,
        moved=moved,
        pupils=round(float(pupils.sum())) if known else None,
        trusts=int(trusts[trusts != ""].nunique()),
        longest=longest,
        furthest=furthest,
        score=now.score,
        change=now.score - begun.score,
        certainty=judge.certainty(now),
    )
