"""The names of a county's schools, to find those that a list means."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from cluster_geo.compare.school_names import SchoolName, short_form, words_of
from cluster_geo.phrases import listed
from cluster_geo.schools import Schools
from cluster_geo.schools.identity import NO_IDENTITY, Identity

# A close name is taken at this likeness or more, and only where no other school comes as near.
LIKE_ENOUGH = 0.8
CLEAR_LEAD = 0.05
# From this likeness on a school is named as one that comes near.
NEAR = 0.6
# Or one that shares so much of its telling words.
NEAR_BY_WORDS = 0.4
MOST_NEAR = 3

BY_URN, SAME, SAME_CORE = "URN", "same name", "same but for common words"
OTHER_NAME = "name of its predecessor or successor"
SAME_BUT_PLACE = "same but for the place"
CLOSE, UNMATCHED = "close name", "not matched"
# Columns of the register that say where a school is, as its name or a list's may.
PLACES = ("town", "locality", "district")
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
class Found:
    """What was found for an entry: a school or none, how, and a note about it."""

    urn: int | None
    how: str
    likeness: float | None = None
    note: str = ""


@dataclass(frozen=True)
class NameRegister:
    """The schools by reduced name, with what a list may state beside them.

    Parameters
    ----------
    names : mapping of int to tuple of SchoolName
        The name of each school in the register.
    short : mapping of int to tuple of SchoolName
        Those, and without what the register adds behind a dash, a comma or a bracket.
    other : mapping of int to tuple of SchoolName
        Those, and the names of predecessors and successors.
    titles : mapping of int to str
    facts : mapping of int to (mapping of str to str)
        District, phase and postcode, without blanks.
    places : mapping of int to frozenset of str
        The words of the places that each school is in.
    identity : Identity
        What has become of other URNs.
    """

    names: Mapping[int, tuple[SchoolName, ...]]
    short: Mapping[int, tuple[SchoolName, ...]]
    other: Mapping[int, tuple[SchoolName, ...]]
    titles: Mapping[int, str]
    facts: Mapping[int, Mapping[str, str]]
    places: Mapping[int, frozenset[str]]
    identity: Identity = NO_IDENTITY

    @classmethod
    def of(cls, schools: Schools) -> NameRegister:
        """Reduce the names of schools."""
        table = schools.table
        phases = dict(zip(schools.urns, table["phase"].astype(str), strict=True))
        distinguishing = ("district", "phase", "postcode")
        columns = [[_squeezed(str(text)) for text in table[name]] for name in distinguishing]
        facts = [dict(zip(distinguishing, row, strict=True)) for row in zip(*columns, strict=True)]
        places = [
            frozenset(word for text in row for word in words_of(str(text)))
            for row in table[[name for name in PLACES if name in table]].to_numpy()
        ]

        def reduced(names: Mapping[int, Sequence[str]]) -> dict[int, tuple[SchoolName, ...]]:
            return {
                urn: tuple(SchoolName.of(name, phases[urn]) for name in names[urn]) for urn in names
            }

        own = {urn: (name,) for urn, name in schools.names.items()}
        short = {u: (*names, *filter(None, map(short_form, names))) for u, names in own.items()}
        others = {u: (*names, *schools.other_names.get(u, ())) for u, names in short.items()}
        return cls(
            reduced(own),
            reduced(short),
            reduced(others),
            schools.names,
            dict(zip(schools.urns, facts, strict=True)),
            dict(zip(schools.urns, places, strict=True)),
            schools.identity,
        )

    def by_urn(self, entry: Entry) -> Found:
        """Find the school of a row that gives a URN; a name beside it does not count."""
        if not (entry.urn.isascii() and entry.urn.isdigit()):
            return Found(None, UNMATCHED, note=f"{entry.urn!r} is not a URN")
        urn = int(entry.urn)
        now, words = self.identity.now(urn), self.identity.words(urn)
        if len(now) == 1 and now[0] in self.names:
            return Found(now[0], BY_URN, note=words)
        note = words or f"URN {urn} is not a school in this county"
        return Found(None, UNMATCHED, note=note)

    def by_key(
        self,
        wanted: Mapping[int, SchoolName],
        entries: Sequence[Entry],
        forms: Mapping[int, tuple[SchoolName, ...]],
        key: Callable[[SchoolName], str],
    ) -> dict[int, int]:
        """Return the school of each row whose key one school alone has, by the row's place.

        Several rows of the same name get the same school: a list may name a school twice.
        """
        having: dict[str, dict[int, SchoolName]] = defaultdict(dict)
        for urn, names in forms.items():
            for name in names:
                having[key(name)][urn] = name
        fitting = {
            k: [u for u, other in having.get(key(name), {}).items() if self._tells(name, other, u)]
            for k, name in wanted.items()
        }
        return self._single(fitting, wanted, entries)

    def _tells(self, name: SchoolName, other: SchoolName, urn: int) -> bool:
        """Whether two names that agree are of one school: its place's words alone show nothing."""
        alike = name.whole == other.whole or not set(name.core.split()) <= self.places[urn]
        return alike and name.may_be(other)

    def doubt(self, entry: Entry, urn: int) -> str:
        """Return what a row states that its school is not; "" where nothing speaks against it."""
        against = [
            fact
            for fact in ("district", "phase", "postcode")
            if (stated := _squeezed(getattr(entry, fact)))
            and (known := self.facts[urn][fact])
            and stated != known
        ]
        name, own = SchoolName.of(entry.school), self.names[urn][0]
        strange = entry.school and not set(name.core.split()) & set(own.core.split())
        if entry.urn and strange and not name.likeness(own, NEAR):
            against.append("name")
        return f"{PLEASE_CHECK}: its {listed(against)} is another's" if against else ""

    def by_place(
        self, wanted: Mapping[int, SchoolName], entries: Sequence[Entry]
    ) -> dict[int, int]:
        """Return the school of each row whose name differs by words of the school's place alone."""
        fitting = {
            k: [urn for urn in self.names if self._same_but_place(name, urn)]
            for k, name in wanted.items()
        }
        return self._single(fitting, wanted, entries)

    def _same_but_place(self, name: SchoolName, urn: int) -> bool:
        mine = set(name.core.split())
        for other in self.short[urn]:
            theirs = set(other.core.split())
            if mine & theirs - self.places[urn] and mine ^ theirs <= self.places[urn]:
                return name.may_be(other)
        return False

    def _single(
        self,
        fitting: Mapping[int, list[int]],
        wanted: Mapping[int, SchoolName],
        entries: Sequence[Entry],
    ) -> dict[int, int]:
        """Return the school of each row that one alone fits, if no other name fits that school."""
        hits: dict[int, int] = {}
        for k, urns in fitting.items():
            agreeing = self._agreeing(urns, entries[k])
            if len(agreeing) == 1:
                hits[k] = agreeing[0]
        wholes: dict[int, set[str]] = defaultdict(set)
        for k, urn in hits.items():
            wholes[urn].add(wanted[k].whole)
        # Two different names for one school: one of them is another school that is not known.
        return {k: urn for k, urn in hits.items() if len(wholes[urn]) == 1}

    def _agreeing(self, urns: list[int], entry: Entry) -> list[int]:
        """Return those of the schools that agree with the row's postcode, district or phase."""
        for fact in ("postcode", "district", "phase"):
            stated = _squeezed(getattr(entry, fact))
            agreeing = [urn for urn in urns if stated and self.facts[urn][fact] == stated]
            if len(urns) > 1 and agreeing:
                urns = agreeing
        return urns

    def by_likeness(
        self, wanted: Mapping[int, SchoolName], found: Mapping[int, Found]
    ) -> dict[int, Found]:
        """Find the schools of names that are close, and say what comes near the others."""
        taken = {f.urn for f in found.values()}
        free = {urn: names[0] for urn, names in self.names.items() if urn not in taken}
        scores = {k: _scores(name, free) for k, name in wanted.items()}
        rare = self._rare()
        best_of: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for k, row in scores.items():
            for urn, likeness in row.items():
                best_of[urn].append((likeness, k))
        result = {}
        for k, row in scores.items():
            ranked = sorted(row.items(), key=lambda item: (-item[1], item[0]))
            winner = self._winner(k, ranked, best_of)
            if winner is None:
                result[k] = Found(None, UNMATCHED, note=self._near(wanted[k], rare, taken))
            else:
                result[k] = Found(winner, CLOSE, round(row[winner], 3), PLEASE_CHECK)
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

    def _rare(self) -> dict[str, float]:
        """Return how telling each word is: one over the number of schools that bear it."""
        bearing = Counter(w for names in self.names.values() for w in set(names[0].core.split()))
        return {word: 1.0 / number for word, number in bearing.items()}

    def _near(
        self, name: SchoolName, rare: Mapping[str, float], taken: Collection[int | None]
    ) -> str:
        """Name the schools that come near, the nearest first, though another row has them."""
        everyone = {urn: names[0] for urn, names in self.names.items()}
        likeness = _scores(name, everyone)
        for urn, other in everyone.items():
            if (shared := _shared(name, other, rare)) >= NEAR_BY_WORDS:
                likeness[urn] = max(likeness.get(urn, 0.0), shared)
        ranked = sorted(likeness, key=lambda urn: (-likeness[urn], urn))[:MOST_NEAR]
        named = [
            f"{self.titles[urn]} ({urn}{', taken for another row' if urn in taken else ''})"
            for urn in ranked
        ]
        return f"nearest: {'; '.join(named)}" if named else "no school of a name like this"


def _scores(name: SchoolName, free: Mapping[int, SchoolName]) -> dict[int, float]:
    """Return the likeness of the schools that come near a name, by URN."""
    if not name.whole:
        return {}
    scores = {u: name.likeness(other, NEAR) for u, other in free.items() if name.may_be(other)}
    return {urn: likeness for urn, likeness in scores.items() if likeness}


def _shared(name: SchoolName, other: SchoolName, rare: Mapping[str, float]) -> float:
    """Return how much of a name's telling words are in another name, 0 to 1.

    A word that no school bears may be misspelt, or another's: it counts as a rare one.
    """
    words = name.core.split()
    telling = {word: rare.get(word, 1.0) for word in words}
    common = set(words) & set(other.core.split())
    return sum(telling[word] for word in common) / sum(telling.values()) if telling else 0.0


def _squeezed(text: str) -> str:
    return "".join(text.casefold().split())
