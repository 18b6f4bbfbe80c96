"""Rows of a published list matched one to one with the schools of a county."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from cluster_geo.compare.school_names import SPELT_OUT, SchoolName, words_of
from cluster_geo.schools import Schools

# A close name is taken at this likeness or more, and only where no other school comes as near.
LIKE_ENOUGH = 0.8
CLEAR_LEAD = 0.05
# From this likeness on a school is named as one that comes near.
NEAR = 0.6
MOST_NEAR = 3

BY_URN, SAME, SAME_CORE = "URN", "same name", "same but for common words"
CLOSE, UNMATCHED = "close name", "not matched"
PLEASE_CHECK = "please check"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a published list, as text; empty where the list has no such column.

    `row` is its line in the file.
    """

    row: int
    cluster: str
    school: str = ""
    urn: str = ""
    district: str = ""
    phase: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found for an entry: a school or none, how, and a note about it."""

    urn: int | None
    how: str
    likeness: float | None = None
    note: str = ""


def match_entries(entries: Sequence[Entry], schools: Schools) -> pd.DataFrame:
    """Match each row of a list with a school, by URN or by name.

    Sure ways come first: the URN; the same name; the same name but for words that many schools
    share. What is left over on both sides is matched where two names are close and no other is
    as close to either. No school is given to two names.

    Parameters
    ----------
    entries : sequence of Entry
    schools : Schools

    Returns
    -------
    DataFrame
        See `published.read_plan_file`.
    """
    register = _Register.of(schools)
    found: dict[int, _Found] = {}
    for k, entry in enumerate(entries):
        if entry.urn:
            found[k] = register.by_urn(entry)
    known = {word for name in schools.names.values() for word in words_of(name)} | set(SPELT_OUT)
    wanted = {
        k: SchoolName.of(entry.school, known=known)
        for k, entry in enumerate(entries)
        if k not in found
    }
    for how, key in ((SAME, _whole), (SAME_CORE, _core)):
        hits = register.by_key({k: wanted[k] for k in wanted if k not in found}, entries, key)
        taken = {f.urn for f in found.values()}
        note = "" if how == SAME else PLEASE_CHECK
        found |= {k: _Found(urn, how, 1.0, note) for k, urn in hits.items() if urn not in taken}
    found |= register.by_likeness({k: wanted[k] for k in wanted if k not in found}, found)
    return _table(entries, found, schools.names)


def _whole(name: SchoolName) -> str:
    return name.whole


def _core(name: SchoolName) -> str:
    return name.core


@dataclass(frozen=True)
class _Register:
    """The schools by reduced name, with what a list may state beside them."""

    names: Mapping[int, SchoolName]
    titles: Mapping[int, str]
    facts: Mapping[int, Mapping[str, str]]

    @classmethod
    def of(cls, schools: Schools) -> _Register:
        table = schools.table
        phases = dict(zip(schools.urns, table["phase"].astype(str), strict=True))
        distinguishing = ("district", "phase", "postcode")
        columns = [[_squeezed(str(text)) for text in table[name]] for name in distinguishing]
        facts = [dict(zip(distinguishing, row, strict=True)) for row in zip(*columns, strict=True)]
        return cls(
            {urn: SchoolName.of(name, phases[urn]) for urn, name in schools.names.items()},
            schools.names,
            dict(zip(schools.urns, facts, strict=True)),
        )

    def by_urn(self, entry: Entry) -> _Found:
        """Find the school of a row that gives a URN; a name beside it does not count."""
        if not (entry.urn.isascii() and entry.urn.isdigit()):
            return _Found(None, UNMATCHED, note=f"{entry.urn!r} is not a URN")
        urn = int(entry.urn)
        if urn in self.names:
            return _Found(urn, BY_URN)
        return _Found(None, UNMATCHED, note=f"URN {urn} is not a school in this county")

    def by_key(
        self,
        wanted: Mapping[int, SchoolName],
        entries: Sequence[Entry],
        key: Callable[[SchoolName], str],
    ) -> dict[int, int]:
        """Return the school of each row whose key one school alone has, by the row's place.

        Several rows of the same name get the same school: a list may name a school twice.
        """
        having: dict[str, list[int]] = defaultdict(list)
        for urn, name in self.names.items():
            having[key(name)].append(urn)
        hits: dict[int, int] = {}
        for k, name in wanted.items():
            fitting = [u for u in having.get(key(name), ()) if name.may_be(self.names[u])]
            fitting = self._agreeing(fitting, entries[k])
            if len(fitting) == 1:
                hits[k] = fitting[0]
        wholes: dict[int, set[str]] = defaultdict(set)
        for k, urn in hits.items():
            wholes[urn].add(wanted[k].whole)
        # Two different names for one school: one of them is another school that is not known.
        return {k: urn for k, urn in hits.items() if len(wholes[urn]) == 1}

    def _agreeing(self, urns: list[int], entry: Entry) -> list[int]:
        """Return those of the schools that agree with the row's postcode, district or phase."""
        for fact in ("postcode", "district", "phase"):
            listed = _squeezed(getattr(entry, fact))
            agreeing = [urn for urn in urns if listed and self.facts[urn][fact] == listed]
            if len(urns) > 1 and agreeing:
                urns = agreeing
        return urns

    def by_likeness(
        self, wanted: Mapping[int, SchoolName], found: Mapping[int, _Found]
    ) -> dict[int, _Found]:
        """Find the schools of names that are close, and say what comes near the others."""
        taken = {f.urn for f in found.values()}
        free = {urn: name for urn, name in self.names.items() if urn not in taken}
        scores = {k: _scores(name, free) for k, name in wanted.items()}
        best_of: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for k, row in scores.items():
            for urn, likeness in row.items():
                best_of[urn].append((likeness, k))
        result = {}
        for k, row in scores.items():
            ranked = sorted(row.items(), key=lambda item: (-item[1], item[0]))
            winner = self._winner(k, ranked, best_of)
            if winner is None:
                result[k] = _Found(None, UNMATCHED, note=self._near(ranked))
            else:
                result[k] = _Found(winner, CLOSE, round(row[winner], 3), PLEASE_CHECK)
        return result

    def _winner(
        self,
        k: int,
        ranked: list[tuple[int, float]],
        best_of: Mapping[int, list[tuple[float, int]]],
    ) -> int | None:
        """Return the school that is close to row `k`, as no other is to it nor it to another."""
        if not ranked or ranked[0][1] < LIKE_ENOUGH:
            return None
        urn, likeness = ranked[0]
        others = [other for _, other in ranked[1:2]]
        others += [score for score, row in best_of[urn] if row != k]
        return urn if all(likeness - other >= CLEAR_LEAD for other in others) else None

    def _near(self, ranked: list[tuple[int, float]]) -> str:
        near = [f"{self.titles[urn]} ({urn})" for urn, _ in ranked[:MOST_NEAR]]
        return f"nearest: {'; '.join(near)}" if near else "no school of a name like this"


def _scores(name: SchoolName, free: Mapping[int, SchoolName]) -> dict[int, float]:
    """Return the likeness of the schools that come near a name, by URN."""
    if not name.whole:
        return {}
    scores = {u: name.likeness(other, NEAR) for u, other in free.items() if name.may_be(other)}
    return {urn: likeness for urn, likeness in scores.items() if likeness}


def _squeezed(text: str) -> str:
    return "".join(text.casefold().split())


def _table(
    entries: Iterable[Entry], found: Mapping[int, _Found], titles: Mapping[int, str]
) -> pd.DataFrame:
    rows = []
    for k, entry in enumerate(entries):
        hit = found[k]
        rows.append(
            {
                "row": entry.row,
                "school": entry.school or entry.urn,
                "cluster": entry.cluster,
                "urn": hit.urn,
                "matched": titles[hit.urn] if hit.urn is not None else "",
                "how": hit.how,
                "likeness": hit.likeness,
                "note": hit.note,
            }
        )
    columns = ["row", "school", "cluster", "urn", "matched", "how", "likeness", "note"]
    table = pd.DataFrame(rows, columns=columns).set_index("row")
    return table.astype({"urn": "Int64", "likeness": "Float64"})
