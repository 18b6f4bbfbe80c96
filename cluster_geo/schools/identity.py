"""One identity for a school over the years: which school of today has become of an old URN.

A school gets another URN when it becomes an academy, and two that amalgamate become one. The links
of the register say so; a plan, a list or a setting from before then still has the old URN.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from cluster_geo.phrases import listed
from cluster_geo.records import Notice, report
from cluster_geo.schools.dates import in_words
from cluster_geo.schools.links import Link, Links


@dataclass(frozen=True, slots=True)
class Succession:
    """What has become of a school that is no longer in the register under its old URN.

    Parameters
    ----------
    old : int
        Its URN.
    new : tuple of int
        URNs of the schools of the county that have taken its place; several where it was split.
    date : str
        Since when (ISO 8601), "" where the links do not say.
    """

    old: int
    new: tuple[int, ...]
    date: str


@dataclass(frozen=True, eq=False)
class Identity:
    """What has become of the URNs of the past.

    Parameters
    ----------
    successions : mapping of int to Succession
        By the old URN, only of schools whose place is taken by one of the county.
    reasons : mapping of int to str
        Why the links of some other old URNs do not count, by URN.
    names : mapping of int to str
        Of the schools of the county.

    Examples
    --------
    >>> identity = Identity({118860: Succession(118860, (151498,), "2025-04-01")})
    >>> identity.now(118860), identity.now(118861)
    ((151498,), (118861,))
    """

    successions: Mapping[int, Succession] = field(default_factory=dict)
    reasons: Mapping[int, str] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)

    def now(self, urn: int) -> tuple[int, ...]:
        """Return the URNs that a school has now: its own where it has no other."""
        found = self.successions.get(urn)
        return (urn,) if found is None else found.new

    def advice(self, urn: int, otherwise: str) -> str:
        """Return what to do about a URN that is not known here: to give the one of now, if any."""
        if urn not in self.successions:
            return otherwise
        return f"Give its URN of now: {listed([str(new) for new in self.now(urn)])}"

    def carried(self, urns: Iterable[int], where: str) -> dict[int, tuple[int, ...]]:
        """Return `now` of each URN, and report those that are read as others.

        Parameters
        ----------
        urns : iterable of int
        where : str
            The file or setting that has them, for the notices.
        """
        wanted = sorted({int(urn) for urn in urns})
        for urn in wanted:
            if words := self.words(urn):
                report(Notice("identity", f"{where}: {words}", self.now(urn)[0]))
        return {urn: self.now(urn) for urn in wanted}

    def words(self, urn: int) -> str:
        """Say what an old URN is read as, or why it is not read as another; "" for any other."""
        found = self.successions.get(urn)
        if found is None:
            reason = self.reasons.get(urn, "")
            return f"URN {urn} is not read as that of its successor: {reason}" if reason else ""
        new = listed([f"{self.names[u]} ({u})" if u in self.names else str(u) for u in found.new])
        what = "into which it was split" if len(found.new) > 1 else "which took its place"
        when = f" on {in_words(found.date)}" if found.date else ""
        return f"URN {urn} is read as {new}, {what}{when} by the links"

    def carried_rows(
        self, frame: pd.DataFrame, columns: Collection[str], where: str
    ) -> pd.DataFrame:
        """Return a table with the URNs of today in some columns; reports what is read as another.

        A row about a school that was split stands once for each of its parts.
        """
        for column in columns:
            now = self.carried(frame[column].unique(), where)
            if any(new != (urn,) for urn, new in now.items()):
                frame = frame.assign(**{column: frame[column].map(now)}).explode(column)
                frame[column] = frame[column].astype("int64")
        return frame


NO_IDENTITY = Identity()


def identity_of(
    urns: Collection[int],
    names: Mapping[int, str],
    links: Links,
    day: str,
    open_then: Mapping[int, bool],
    opened: Mapping[int, str] | None = None,
) -> Identity:
    """Find the old URNs whose place is taken by schools of a county.

    Parameters
    ----------
    urns : collection of int
        Schools of the county.
    names : mapping of int to str
        Theirs.
    links : Links
    day : str
        Planning date (ISO 8601), "" where there is none.
    open_then : mapping of int to bool
        Whether each school of the register is open on that day. One that is keeps its URN whatever
        a link says; of one that is not the link counts whatever its date.
    opened : mapping of int to str, optional
        When schools of the county opened by the register (ISO 8601, "" where it does not say): a
        link is often dated before that, when it was planned or the old school closed.
    """
    here = frozenset(urns)
    found: dict[int, dict[int, str]] = {}
    reasons: dict[int, str] = {}
    for urn in sorted(here):
        for old, date in _before(urn, links, here, day, open_then, reasons):
            found.setdefault(old, {})[urn] = date
    begun = opened or {}
    successions = {
        old: Succession(
            old,
            tuple(sorted(new)),
            max(max(date, begun.get(urn, "")) if date else date for urn, date in new.items()),
        )
        for old, new in found.items()
    }
    left = {urn: reason for urn, reason in reasons.items() if urn not in successions}
    return Identity(successions, left, names)


def _before(
    urn: int,
    links: Links,
    here: frozenset[int],
    day: str,
    open_then: Mapping[int, bool],
    reasons: dict[int, str],
) -> Iterator[tuple[int, str]]:
    """Yield the schools that a school has taken the place of, in any number of steps.

    Each comes with the date of the last step that led to it.
    """
    seen, frontier = {urn}, [(urn, "")]
    while frontier:
        after, since = frontier.pop(0)
        for link in links.predecessors.get(after, ()):
            if link.origin in seen or link.origin in here:
                continue
            seen.add(link.origin)
            if reason := _reason_to_stay(link, day, open_then.get(link.origin)):
                reasons[link.origin] = reason
                continue
            date = since or link.date
            yield link.origin, date
            frontier.append((link.origin, date))


def _reason_to_stay(link: Link, day: str, is_open: bool | None) -> str:
    if is_open:
        return "the register has the school itself open on the planning date"
    if is_open is None and day and link.date > day:
        return f"that is from {in_words(link.date)} on, after the planning date"
    return ""
