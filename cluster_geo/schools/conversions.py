"""Conversions and mergers that the links know and the register does not know yet.

A register of July and links of the next year: a school that became an academy in April is in the
register under its old URN only. On a planning date after that it is counted once, under its new
URN, with the details that the register has of the old one.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from cluster_geo.phrases import listed
from cluster_geo.records import Notice
from cluster_geo.schools.choose import Choice
from cluster_geo.schools.dates import in_words
from cluster_geo.schools.links import Links
from cluster_geo.schools.register import Register

Successor = tuple[int, str]
ALL_THROUGH = "all-through"
# Two phases that an amalgamated school has together.
BOTH_PHASES = ({"primary", "secondary"}, {"primary", ALL_THROUGH}, {"secondary", ALL_THROUGH})


def with_conversions(choice: Choice, register: Register, links: Links, day: str) -> Choice:
    """Return the schools chosen as the links have them on a day after the register's.

    A link counts if its date is after the register's and not after the planning date. Of links
    dated before it the register is the judge: it has the school open, so they are left.

    Parameters
    ----------
    choice : Choice
    register : Register
    links : Links
    day : str
        Planning date (ISO 8601).

    Returns
    -------
    Choice
        Its notices list every school that has another URN or is part of another, and every link
        of a counted school that does not count, with the reason.
    """
    if not (register.as_at and day):
        return choice
    walk = _Walk(choice.counted, register, links, day)
    rows = walk.counted
    for place in rows.sort_values("urn").index:
        walk.follow(int(place))
    kept = rows.drop(index=list(walk.part_of))
    names = {place: links.names[urn] for place, urn in walk.urns.items() if links.names.get(urn)}
    lines = kept.index.astype(int).tolist()
    kept = kept.assign(
        urn=[str(walk.urns.get(place, urn)) for place, urn in zip(lines, kept["urn"], strict=True)],
        name=[names.get(place, name) for place, name in zip(lines, kept["name"], strict=True)],
    )
    for place, urn in walk.part_of.items():
        _widen(kept, kept["urn"] == str(urn), rows.loc[[place]].iloc[0])
    former = rows.loc[[*walk.urns, *walk.part_of], "urn"].astype("int64")
    return Choice(kept, choice.shown, (*choice.notices, *walk.notices), frozenset(former))


def _widen(kept: pd.DataFrame, which: pd.Series, part: pd.Series) -> None:
    """Give a school the ages and the phases of one that has become part of it."""
    place = kept.index[which][0]
    for column, of_both in (("age_low", min), ("age_high", max)):
        ages = kept.loc[place, column], part[column]
        if all(age.isdecimal() for age in ages):
            kept.loc[place, column] = of_both(ages, key=int)
    if {kept.loc[place, "phase"], part["phase"]} in BOTH_PHASES:
        kept.loc[place, "phase"] = ALL_THROUGH


class _Walk:
    """The schools counted, followed one after the other to what they have become."""

    def __init__(self, counted: pd.DataFrame, register: Register, links: Links, day: str) -> None:
        self.counted = counted
        # Line of the register by line, for schools that are part of another, and the new URN of
        # those that have one.
        self.part_of: dict[int, int] = {}
        self.urns: dict[int, int] = {}
        self.notices: list[Notice] = []
        self._day, self._since, self._made = day, register.as_at, links.as_at
        self._links, self._after = links, _successors(links)
        self._known = frozenset(register.frame["urn"].astype("int64"))
        self._here = set(counted["urn"].astype("int64"))

    def follow(self, place: int) -> None:
        """Follow one school to the school that it is on the planning date."""
        old = int(self.counted.loc[[place], "urn"].iloc[0])
        self._say_what_does_not_count(place, old)
        urn, date = self._end_of(place, old)
        if urn == old:
            return
        when = f"since {in_words(date)} by the links"
        if self._made and date > self._made:
            when += f" (still to come when they were made, on {in_words(self._made)})"
        if urn in self._here:
            self.part_of[place] = urn
            self._note(place, f"it is part of {self._called(urn)} {when}, and is counted with it")
            return
        self.urns[place] = urn
        self._here.add(urn)
        lacks = f"the register of {in_words(self._since)} does not have that one yet"
        details = f"{lacks}, so its details are those of before"
        self._note(place, f"it is {self._called(urn)} {when}; {details}")

    def _end_of(self, place: int, old: int) -> Successor:
        """Return the URN at the end of a school's links, and the date of the last step."""
        urn, date, seen = old, "", {old}
        while True:
            now = [new for new in self._after.get(urn, ()) if self._since < new[1] <= self._day]
            if len(now) > 1:
                parts = listed([str(new) for new, _ in now])
                lacks = f"of which the register of {in_words(self._since)} knows nothing"
                self._note(place, f"the links split it into {parts}, {lacks}: it stays as it was")
            if len(now) != 1:
                return urn, date
            new, since = now[0]
            if new in seen:
                self._note(place, "its links run in a circle, and are ignored")
                return old, ""
            if new in self._known and new not in self._here:
                why = "the register has that school, and it is not one of the plan's"
                self._note(place, f"its link to {self._called(new)} is ignored: {why}")
                return urn, date
            seen.add(new)
            urn, date = new, since

    def _say_what_does_not_count(self, place: int, old: int) -> None:
        """Note the links of a school that are still to come, or that the register knows better."""
        for new, date in self._after.get(old, ()):
            if date > self._day:
                when = f"on {in_words(date)} by the links, after the planning date"
                self._note(place, f"it is to become {self._called(new)} {when}")
            elif date <= self._since:
                when = f"is dated {in_words(date)}" if date else "has no date"
                there = f"the register of {in_words(self._since)} has it open and counts"
                self._note(place, f"its link to {self._called(new)} {when}, but {there}")

    def _called(self, urn: int) -> str:
        name = self._links.names.get(urn, "")
        return f"{name} ({urn})" if name else str(urn)

    def _note(self, place: int, words: str) -> None:
        row = self.counted.loc[[place]].iloc[0]
        urn = int(row["urn"])
        self.notices.append(Notice("identity", f"{row['name']} ({urn}): {words}", urn))


def _successors(links: Links) -> Mapping[int, tuple[Successor, ...]]:
    """Return the successors of each school with their dates, in order of their URNs."""
    found: dict[int, list[Successor]] = {}
    for after, origins in links.predecessors.items():
        for link in origins:
            found.setdefault(link.origin, []).append((after, link.date))
    return {urn: tuple(sorted(after)) for urn, after in found.items()}
