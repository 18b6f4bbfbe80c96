"""Names of schools as people write them, matched with those of the register.

A published list says "St. Mary's C of E Primary", the register "St Mary's Church of England
Voluntary Aided Primary School". Names that are the same once such habits are set aside are the
same school. Names that are merely alike are taken only where one school alone is close, and
infants are never taken for juniors, boys for girls or one church's school for another's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from cluster_geo.compare.likeness import likeness

# How people shorten what the register spells out; longest first.
SPELT_OUT = {
    "church of england": "ce",
    "roman catholic": "rc",
    "c of e": "ce",
    "c e": "ce",
    "r c": "rc",
    "cofe": "ce",
    "catholic": "rc",
    "cep": "ce primary",
    "rcp": "rc primary",
    "saint": "st",
    "infants": "infant",
    "inf": "infant",
    "juniors": "junior",
    "jnr": "junior",
    "jun": "junior",
    "pri": "primary",
    "prim": "primary",
    "sec": "secondary",
    "sch": "school",
    "acad": "academy",
}
SPELT_OUT_WORDS = re.compile(rf"\b({'|'.join(map(re.escape, SPELT_OUT))})\b")
# Words that come and go without making it another school.
SILENT = frozenset(
    ("the", "and", "school", "schools", "voluntary", "controlled", "aided", "va", "vc", "of")
)
# Words that many schools share, and that a list may leave out.
SHARED = frozenset(
    (
        *("primary", "infant", "junior", "secondary", "grammar", "high", "academy", "college"),
        *("ce", "rc", "st", "community", "foundation", "nursery", "methodist", "boys", "girls"),
        *("for", "in", "at"),
    )
)
# Words that a list may misspell and still mean; shorter ones are one slip from too many others.
SHORTEST = 4
COMMON = tuple(
    sorted(
        word
        for word in SILENT | SHARED | {part for phrase in SPELT_OUT for part in phrase.split()}
        if len(word) >= SHORTEST
    )
)
# An unknown word this like a common one is that word misspelt.
MISSPELT = 0.75

# Aided or controlled, as lists write it behind a church's name: "CE (A)".
STATUS = re.compile(r"\((?:v?[ac]|aided|controlled)\)", re.IGNORECASE)
SUFFIX = re.compile(r"\s[-\u2013]\s|,|\s\(")

# A school has at most one word of each family: two that differ are two schools.
AGES = {"infant": "infant", "junior": "junior", "primary": "primary"} | dict.fromkeys(
    ("secondary", "grammar", "high"), "secondary"
)
FAMILIES = (
    AGES,
    {"ce": "ce", "rc": "rc", "methodist": "methodist"},
    {"boys": "boys", "girls": "girls"},
)


@dataclass(frozen=True, slots=True)
class SchoolName:
    """A school's name, reduced to what distinguishes it from others.

    Parameters
    ----------
    whole : str
        Its words in small letters, habits of spelling and silent words set aside.
    core : str
        Those of them that few schools share; `whole` where none is left.
    kinds : tuple of frozenset of str
        Its ages, church and sex, one set for each family; empty where the name states none.
    """

    whole: str
    core: str
    kinds: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, text: str, phase: str = "", known: AbstractSet[str] | None = None) -> SchoolName:
        """Reduce a name.

        Parameters
        ----------
        text : str
        phase : str
            Where known, it gives the ages where the name does not.
        known : set of str, optional
            Every word of the register's names: any other word that is close to a common one is
            taken for it ("Primray").
        """
        written = words_of(text)
        if known is not None:
            written = [word if word in known else _corrected(word) for word in written]
        expanded = SPELT_OUT_WORDS.sub(lambda found: SPELT_OUT[found[1]], " ".join(written))
        words = [word for word in expanded.split() if word not in SILENT]
        core = [word for word in words if word not in SHARED] or words
        kinds = [frozenset(f[word] for word in words if word in f) for f in FAMILIES]
        if not kinds[0] and phase in AGES:
            kinds[0] = frozenset([AGES[phase]])
        return cls(" ".join(words), " ".join(core), tuple(kinds))

    def may_be(self, other: SchoolName) -> bool:
        """Whether no word of either rules out that they are one school.

        A list may leave out "primary" or "CE", but hardly "for girls".
        """
        *loose, sex = zip(self.kinds, other.kinds, strict=True)
        return sex[0] == sex[1] and not any(
            mine and theirs and mine.isdisjoint(theirs) for mine, theirs in loose
        )

    def likeness(self, other: SchoolName, least: float = 0.0) -> float:
        """How alike the telling words are, 1 being equal; 0 where below `least`."""
        return likeness(self.core, other.core, least)


def _corrected(word: str) -> str:
    """Return the common word that this is a slip of, else the word itself."""
    close = {common: likeness(word, common, MISSPELT) for common in COMMON}
    best = max(COMMON, key=lambda common: close[common])
    return best if close[best] else word


def short_form(name: str) -> str:
    """Return a name without what stands behind a dash, a comma or a bracket; "" if that is all.

    Registers append it: "Bitterne Park Primary School - Part of the Learning Federation".
    """
    plain = STATUS.sub(" ", name).strip()
    short = SUFFIX.split(plain, maxsplit=1)[0].strip()
    return "" if short == plain else short


def words_of(text: str) -> list[str]:
    """Return a name's words in small letters: accents, points and apostrophes gone."""
    text = STATUS.sub(" ", text)
    plain = unicodedata.normalize("NFKD", text.casefold().replace("&", " and "))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = re.sub(r"['\u2019\u2018`]", "", plain)
    return re.sub(r"[^a-z0-9]+", " ", plain).split()
