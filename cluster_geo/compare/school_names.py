"""Names of schools as people write them, matched with those of the register.

A published list says "St. Mary's C of E Primary", the register "St Mary's Church of England
Voluntary Aided Primary School". Names that are the same once such habits are set aside are the
same school. Names that are merely alike are taken only where one school alone is close, and
infants are never taken for juniors, boys for girls or one church's school for another's.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

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
    """A school's name, reduced to what tells it from another.

    Parameters
    ----------
    whole : str
        Its words in small letters, habits of spelling and silent words set aside.
    core : str
        Those of them that few schools share; `whole` where none is left.
    kinds : tuple of frozenset of str
        Its ages, church and sex, one set for each family; empty where the name does not tell.
    """

    whole: str
    core: str
    kinds: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, text: str, phase: str = "") -> SchoolName:
        """Reduce a name; `phase`, where known, tells the ages of a name that does not."""
        words = [word for word in _folded(text).split() if word not in SILENT]
        core = [word for word in words if word not in SHARED] or words
        kinds = [frozenset(f[word] for word in words if word in f) for f in FAMILIES]
        if not kinds[0] and phase in AGES:
            kinds[0] = frozenset([AGES[phase]])
        return cls(" ".join(words), " ".join(core), tuple(kinds))

    def may_be(self, other: SchoolName) -> bool:
        """Whether no word of either rules out that they are one school."""
        return not any(
            mine and theirs and mine.isdisjoint(theirs)
            for mine, theirs in zip(self.kinds, other.kinds, strict=True)
        )

    def likeness(self, other: SchoolName, least: float = 0.0) -> float:
        """How alike the telling words are, 1 being equal (Ratcliff); 0 where below `least`."""
        first, second = sorted((self.core, other.core))
        matcher = SequenceMatcher(None, first, second, autojunk=False)
        if matcher.quick_ratio() < least:  # an upper limit of the ratio, and far quicker
            return 0.0
        ratio = matcher.ratio()
        return ratio if ratio >= least else 0.0


def _folded(text: str) -> str:
    """Small letters and figures with single blanks; accents, points and apostrophes gone."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("&", " and "))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = re.sub(r"['\u2019\u2018`]", "", plain)
    plain = " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())
    return SPELT_OUT_WORDS.sub(lambda found: SPELT_OUT[found[1]], plain)
