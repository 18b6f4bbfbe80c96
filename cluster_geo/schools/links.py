"""GIAS links: the predecessors of a school, for figures recorded under an older URN."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cluster_geo.delimited import cells, open_delimited, required_columns
from cluster_geo.errors import Fault, InputError
from cluster_geo.records import OGL
from cluster_geo.schools.dates import date_in_name, in_words, is_iso, iso_dates
from cluster_geo.schools.headings import URN_PATTERN

HEADERS = {
    "URN": "urn",
    "LinkURN": "other",
    "LinkName": "name",
    "LinkType": "kind",
    "LinkEstablishedDate": "date",
}
REQUIRED = {
    "URN": "the URN of each school",
    "LinkURN": "the school it is linked with",
    "LinkType": "which of the two came first",
    "LinkEstablishedDate": "since when",
}
ATTRIBUTION = f"GIAS links, Department for Education. {OGL}"
# A school may convert more than once between two censuses, but not often.
MOST_STEPS = 3


@dataclass(frozen=True, slots=True)
class Link:
    """A predecessor of a school: its URN, the date (ISO 8601 or "") and whether it was split."""

    origin: int
    date: str
    split: bool


@dataclass(frozen=True, eq=False)
class Links:
    """Predecessors of schools.

    Parameters
    ----------
    predecessors : mapping of int to tuple of Link
        By the successor's URN.
    names : mapping of int to str
        Of the schools that others are linked with, by URN; empty where the file has none.
    as_at : str
        When the file was made (ISO 8601), "" where its name does not say.
    """

    predecessors: Mapping[int, tuple[Link, ...]]
    names: Mapping[int, str] = field(default_factory=dict)
    as_at: str = ""

    def other_names(self, urns: Collection[int]) -> dict[int, tuple[str, ...]]:
        """Return what schools were called before, or are called since, by URN.

        These are the names of their predecessors and successors, and of theirs in turn, except
        of those that are among `urns` themselves.
        """
        beside: dict[int, list[int]] = {}
        for after, links in self.predecessors.items():
            for link in links:
                beside.setdefault(after, []).append(link.origin)
                beside.setdefault(link.origin, []).append(after)
        others = {urn: self._names_near(urn, beside, set(urns)) for urn in urns}
        return {urn: names for urn, names in others.items() if names}

    def _names_near(
        self, urn: int, beside: Mapping[int, list[int]], urns: Collection[int]
    ) -> tuple[str, ...]:
        found: dict[str, None] = {}
        seen, frontier = {urn}, [urn]
        for _ in range(MOST_STEPS):
            reached = [other for u in frontier for other in beside.get(u, ())]
            frontier = [u for u in dict.fromkeys(reached) if u not in seen and u not in urns]
            seen.update(frontier)
            found |= {self.names[u]: None for u in frontier if self.names.get(u)}
        return tuple(found)

    def origins(
        self, urn: int, known: Collection[int], counted: Collection[int], day: str
    ) -> tuple[tuple[int, ...], list[str]]:
        """Find the schools whose figures are now those of `urn`.

        Parameters
        ----------
        urn : int
        known : collection of int
            URNs that have figures.
        counted : collection of int
            Schools of the plan, whose figures are their own and are not used twice.
        day : str
            Planning date (ISO 8601); "" ignores no link.

        Returns
        -------
        tuple of int
            URNs ascending; several where schools were merged.
        list of str
            A sentence for each link that was used, or ignored because it is out of date, in the
            future, or to a school that was split.
        """
        found: set[int] = set()
        stale: set[int] = set()
        words: list[str] = []
        seen, frontier = {urn}, [urn]
        for _ in range(MOST_STEPS):
            reached = []
            for link in self._links_of(frontier):
                if link.origin in seen:
                    continue
                seen.add(link.origin)
                reason = _reason_to_ignore(link, counted, day)
                if reason:
                    words.append(f"its link to {link.origin} is ignored because {reason}")
                elif link.origin in known:
                    found.add(link.origin)
                    words.append(f"its census figures are those of its predecessor {link.origin}")
                else:
                    reached.append(link.origin)
            stale |= set(reached)
            frontier = reached
        if not found:
            words += [
                f"its link to {u} is out of date: no census figures there" for u in sorted(stale)
            ]
        return tuple(sorted(found)), words

    def _links_of(self, urns: list[int]) -> list[Link]:
        return [link for urn in urns for link in self.predecessors.get(urn, ())]


def _reason_to_ignore(link: Link, counted: Collection[int], day: str) -> str:
    if day and link.date > day:
        return f"it takes effect on {in_words(link.date)}, after the planning date"
    if link.split:
        return "that school was split among several"
    if link.origin in counted:
        return "that school is itself in the plan"
    return ""


def read_links(path: str | Path) -> Links:
    """Read the GIAS links file; a link may be listed under either school.

    Raises
    ------
    InputError
        Missing columns, or rows that cannot be read.
    """
    file = open_delimited(path)
    faults = required_columns(file.header, REQUIRED, file.name)
    try:
        raw = file.columns(HEADERS)
    except InputError as error:
        faults += error.faults
    if faults:
        raise InputError(faults)
    whole = raw["urn"].str.fullmatch(URN_PATTERN) & raw["other"].str.fullmatch(URN_PATTERN)
    raw = raw[whole]
    raw = raw.assign(date=iso_dates(raw["date"]))
    for row, text in cells(raw["date"]):
        if text and not is_iso(text):
            found, fix = f"{text!r} is not a date", "Write it as 31-08-2025 or 2025-08-31"
            faults.append(Fault(file.name, found, fix, row, "LinkEstablishedDate"))
    if faults:
        raise InputError(faults)
    origins_of: dict[int, dict[int, Link]] = {}
    kinds = raw["kind"].str.casefold()
    for urn, other, kind, date in zip(raw["urn"], raw["other"], kinds, raw["date"], strict=True):
        if kind.startswith("predecessor"):
            after, before = int(urn), int(other)
        elif kind.startswith("successor"):
            after, before = int(other), int(urn)
        else:
            continue
        link = Link(before, date, "split" in kind)
        # The two may differ by a day (closed 31 August, opened 1 September): the later is used.
        known = origins_of.setdefault(after, {}).get(before)
        if known is None or (known.date, known.split) < (link.date, link.split):
            origins_of[after][before] = link
    predecessors = {
        urn: tuple(sorted(origins.values(), key=lambda link: link.origin))
        for urn, origins in sorted(origins_of.items())
    }
    names = zip(raw["other"].astype(int), raw["name"], strict=True) if "name" in raw else ()
    return Links(predecessors, dict(names), date_in_name(file.name))
