"""Phrases for numbers, names, lists and limits."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

MOST_NAMED = 12
# Words inside the names of places that have no capital.
SMALL_WORDS = frozenset(
    ("On", "In", "Under", "Upon", "The", "Of", "By", "Le", "Cum", "And", "Sub", "Next", "De", "La")
)

# Not strftime: its month names depend on the machine's locale.
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
# A figure and its unit, a date: a line that ends within one has to be read twice.
_UNBROKEN = re.compile(
    rf"(?<=\d) (?=(?:%|km|m|miles?|minutes?|{'|'.join(MONTHS)})(?![\w/]))|"
    rf"(?:(?<=\d )|(?<=\d\N{{NO-BREAK SPACE}}))({'|'.join(MONTHS)}) (?=\d{{4}}\b)"
)

# Trusts whose capitals are their own, as they write themselves.
OWN_CAPITALS = frozenset(
    ("ACE", "AET", "ATLP", "BDMAT", "E-ACT", "EKC", "GLF", "LEAP", "MAT", "ODST", "REAch2", "SEND",
     "TKAT", "UID", "UK", "UTC")
)  # fmt: skip
AS_WRITTEN = {name.upper(): name for name in OWN_CAPITALS}
_WORD = re.compile(r"[^\W_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}-][^\W_]+)*")
# A name of so few letters may be a code; so may a word of fewer.
LONGEST_CODE = 3
# Short for words, not for names, though they have no vowel.
ABBREVIATED = frozenset(("ST", "STS", "DR", "MR", "MRS", "LTD"))
SMALL_WORDS_OF_NAMES = frozenset(
    ("and", "at", "by", "for", "in", "of", "on", "the", "under", "upon", "with")
)


def heading_of(name: str) -> str:
    """Return the name of a rule as a heading: "Pairs not confirmed"."""
    return name[:1].upper() + name[1:].replace("_", " ")


def counted(number: int, thing: str, things: str = "") -> str:
    """Return "1 school", "1,203 schools": a number and its noun (plural by s unless given)."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def by_phase(primary: int, secondary: int, all_through: int) -> str:
    """Return schools by phase, each counted once: "7 primary, 1 all-through, which counts as both".

    Every page, sheet and command that counts schools by phase does it so.
    """
    known = {"primary": primary, "secondary": secondary, "all-through": all_through}
    parts = [f"{number:,} {phase}" for phase, number in known.items() if number]
    if all_through:
        parts[-1] += f", which {'counts' if all_through == 1 else 'count'} as both"
    return ", ".join(parts) or "none"


def listed(parts: Sequence[str]) -> str:
    """Return "a, b and c"; "a, b; c; and d" where a part has a comma of its own."""
    *others, last = parts or [""]
    if not others:
        return last
    return f"{joined(others)}{';' if _with_commas(parts) else ''} and {last}"


def joined(parts: Sequence[str]) -> str:
    """Return "a, b, c"; "a, b; c; d" where a part has a comma of its own.

    So many schools, trusts and authorities have one ("St Mary's, Ashford", "Bristol, City of") that
    commas between such names would make more names of them.
    """
    return ("; " if _with_commas(parts) else ", ").join(parts)


def _with_commas(parts: Iterable[str]) -> bool:
    # A comma in brackets ("4 pairs (1,203 schools)") or in a figure parts nothing.
    return any(", " in re.sub(r"\([^()]*\)", "", part) for part in parts)


def in_short(parts: Sequence[str], most: int = MOST_NAMED) -> str:
    """Return the first of the parts, and the number of the others: "a, b and 1,203 more"."""
    if len(parts) <= most:
        return joined(parts)
    return listed([*parts[:most], f"{len(parts) - most:,} more"])


def named(urns: Iterable[int], names: Mapping[int, str]) -> str:
    """Return the schools by name and URN, in order of URN; by URN alone where unnamed.

    Nobody reads a sentence with more than a dozen names, so the rest are counted.
    """
    ordered = sorted(urns)
    parts = [f"{names[u]} ({u})" if u in names else f"URN {u}" for u in ordered[:MOST_NAMED]]
    if len(ordered) > MOST_NAMED:
        parts.append(f"{len(ordered) - MOST_NAMED:,} more")
    return listed(parts)


def amount(value: float, unit: str = "") -> str:
    """Return a figure with at most two decimals and no trailing zeros, with its unit."""
    figure = f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{figure} {unit}".rstrip()


def unbroken(text: str) -> str:
    """Return a text in which no line ends within a date, or between a figure and its unit.

    Examples
    --------
    >>> unbroken("0.37 % of 2.9 km on 1 September 2026").replace("\N{NO-BREAK SPACE}", "_")
    '0.37_% of 2.9_km on 1_September_2026'
    """
    return _UNBROKEN.sub(lambda found: f"{found[1] or ''}\N{NO-BREAK SPACE}", text)


def limits(low: float, high: float) -> str:
    """Return the limits of a sum as "2", "at most 5", "at least 3" or "3 to 5"."""
    if low == high:
        return amount(low)
    if math.isinf(low):
        return f"at most {amount(high)}"
    if math.isinf(high):
        return f"at least {amount(low)}"
    return f"{amount(low)} to {amount(high)}"


def place_name(written: str) -> str:
    """Return a place's name as it is usually written: registers have some in capitals.

    Examples
    --------
    >>> place_name("STOKE-ON-TRENT"), place_name("King's Lynn")
    ('Stoke-on-Trent', "King's Lynn")
    """
    if not (written.isupper() or written.islower()):
        return written
    words = [word[:1].upper() + word[1:] for word in re.split("([ -])", written.lower())]
    return "".join(
        word.lower() if place and word in SMALL_WORDS else word for place, word in enumerate(words)
    )


# Rules name trusts whenever they judge a cluster, hundreds of thousands of times in a search.
@lru_cache(maxsize=4096)
def trust_name(written: str) -> str:
    """Return a trust's name in ordinary case: the register has many in capitals.

    A name with a small letter in it is as its trust wrote it. In the others initialisms stay: those
    of `OWN_CAPITALS`, words without a vowel, and the numbers of popes.

    Examples
    --------
    >>> trust_name("KENT CATHOLIC SCHOOLS' PARTNERSHIP"), trust_name("REACH2 ACADEMY TRUST")
    ("Kent Catholic Schools' Partnership", 'REAch2 Academy Trust')
    """
    if not written.isupper():
        return written
    words = _WORD.sub(_own_case, written)
    return words[:1].upper() + words[1:]


def zone_name(written: str) -> str:
    """Return the name of a zone in ordinary case, as `trust_name` does: many PCNs' are in capitals.

    A zone may also be called by a code (E05009234, NE, 12A), which stays.

    Examples
    --------
    >>> zone_name("ASHFORD STOUR PCN"), zone_name("NE LINCS 2A"), zone_name("E05009234")
    ('Ashford Stour PCN', 'NE Lincs 2A', 'E05009234')
    """
    if not written.isupper() or len(written) <= LONGEST_CODE:
        return written
    words = _WORD.sub(lambda word: word[0] if _is_code(word[0]) else _own_case(word), written)
    return words[:1].upper() + words[1:]


def _is_code(word: str) -> bool:
    short = len(word) < LONGEST_CODE and word.lower() not in SMALL_WORDS_OF_NAMES
    return (short and word not in ABBREVIATED) or any(sign.isdigit() for sign in word)


def _own_case(match: re.Match[str]) -> str:
    word = match[0]
    if word in AS_WRITTEN:
        return AS_WRITTEN[word]
    if word.lower() in SMALL_WORDS_OF_NAMES and match.start():
        return word.lower()
    number = len(word) > 1 and not word.strip("IVX")
    if number or not (word in ABBREVIATED or re.search("[AEIOUY]", word)):
        return word
    parts = re.split(r"(\W)", word.lower())
    return "".join(
        # The s of a genitive is small, the name after O' or d' is not.
        part if place and (len(part) == 1 or part in SMALL_WORDS_OF_NAMES) else part.capitalize()
        for place, part in enumerate(parts)
    )
