"""Infant and junior schools that belong together.

GIAS has no field for it, so pairs are proposed here and confirmed by the planner in the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from cluster_geo.delimited import cells
from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.records import Notice
from cluster_geo.schools.headings import read_list, urns_of
from cluster_geo.schools.table import Schools
from cluster_geo.schools.typed import FALSE_WORDS, TRUE_WORDS

Confidence = Literal["high", "medium", "low"]

INFANT_TO_AGE = JUNIOR_FROM_AGE = 7
# Schools that share a name are a pair up to this distance; further apart, the name is a
# coincidence, as with St Mary's.
SAME_STEM_KM = 3.0
NEAR_KM = 1.0
# Words for the kind of a school, which do not help to identify it.
_KIND_WORDS = """
    academy aided and catholic ce church cofe community controlled endowed england first
    foundation infant infants infants' junior juniors nursery of primary rc roman school
    the trust voluntary
"""
KIND_WORDS = frozenset(_KIND_WORDS.split())
COLUMNS = (
    "infant_urn",
    "infant",
    "junior_urn",
    "junior",
    "km",
    "confidence",
    "reason",
    "confirmed",
)


@dataclass(frozen=True, slots=True)
class Pair:
    """An infant and a junior school that belong together, by URN."""

    infant: int
    junior: int
    confidence: str = ""
    confirmed: bool = False


@dataclass(frozen=True)
class Pairs:
    """Pairs from the planner's file.

    Parameters
    ----------
    pairs : tuple of Pair
        Those with both schools in the plan.
    notices : tuple of Notice
        Pairs left out because a school is not in the plan.
    """

    pairs: tuple[Pair, ...]
    notices: tuple[Notice, ...] = field(default=())

    @property
    def confirmed(self) -> tuple[Pair, ...]:
        """Pairs that the planner has confirmed; only these may be hard."""
        return tuple(pair for pair in self.pairs if pair.confirmed)


def propose_pairs(schools: Schools) -> pd.DataFrame:
    """Propose which infant and junior schools belong together.

    Pairs are proposed in this order, nearest first, each school once: the same name except for
    "Infant" and "Junior"; the same federation; within 1 km the same trust, the same diocese, or
    merely nearest to each other. The last is often wrong, so such a pair has low confidence.

    Parameters
    ----------
    schools : Schools

    Returns
    -------
    DataFrame
        Columns of `COLUMNS`: URNs, names, straight line in km, confidence (high, medium or low),
        the reason in words, and `confirmed`, blank, for the planner to write yes in.
    """
    infants, juniors = _infants(schools.table), _juniors(schools.table)
    place = dict(zip(schools.urns, schools.points, strict=True))
    km = {
        (i, j): float(np.hypot(*(place[i] - place[j]))) / 1000.0
        for i, j in product(infants, juniors)
        if i != j
    }
    rows: list[tuple[object, ...]] = []
    rows_of = schools.table[list(_School._fields)].itertuples(name=None)
    school = {urn: _School(*values) for urn, *values in rows_of}
    for rule in (_same_name, _same_federation, _same_trust, _same_diocese, _nearest):
        for pair in sorted(km, key=lambda pair: (km[pair], pair)):
            infant, junior = school[pair[0]], school[pair[1]]
            found = rule(infant, junior, km[pair]) if pair in km else None
            if found is not None:
                names = pair[0], infant.name, pair[1], junior.name
                rows.append((*names, round(km[pair], 3), *found, ""))
                km = {other: d for other, d in km.items() if not set(other) & set(pair)}
    return pd.DataFrame(rows, columns=list(COLUMNS)).sort_values("infant_urn", ignore_index=True)


def _infants(table: pd.DataFrame) -> list[int]:
    """URNs of schools for infants, by their ages or (where those have been changed) their names."""
    primary = table["phase"] == "primary"
    named = table["name"].str.contains(r"\bInfant", case=False, regex=True)
    other = table["name"].str.contains(r"\bJunior", case=False, regex=True)
    by_age = table["age_high"] == INFANT_TO_AGE
    return [int(urn) for urn in table.index[primary & (by_age | (named & ~other))]]


def _juniors(table: pd.DataFrame) -> list[int]:
    primary = table["phase"] == "primary"
    named = table["name"].str.contains(r"\bJunior", case=False, regex=True)
    other = table["name"].str.contains(r"\bInfant", case=False, regex=True)
    by_age = table["age_low"] == JUNIOR_FROM_AGE
    return [int(urn) for urn in table.index[primary & (by_age | (named & ~other))]]


def stem(name: str) -> frozenset[str]:
    """Return the words of a school's name that identify it, in lower case."""
    words = re.findall(r"[\w'\N{RIGHT SINGLE QUOTATION MARK}]+", name.casefold())
    return frozenset(word for word in words if word not in KIND_WORDS)


class _School(NamedTuple):
    """What the rules use."""

    name: str
    age_low: float
    age_high: float
    federation_code: str
    trust_uid: str
    diocese: str


# Each rule takes an infant and a junior school, and their distance in km.
Found = tuple[Confidence, str]


def _same_name(infant: _School, junior: _School, km: float) -> Found | None:
    words = stem(infant.name)
    if not words or words != stem(junior.name) or km > SAME_STEM_KM:
        return None
    ages_meet = infant.age_high == junior.age_low
    doubt = "" if ages_meet else ", but their recorded ages do not meet"
    doubt += "" if km <= NEAR_KM else f", but {km:.1f} km apart"
    return "medium" if doubt else "high", f"same name{doubt}"


def _same_federation(infant: _School, junior: _School, km: float) -> Found | None:
    if infant.federation_code == "" or infant.federation_code != junior.federation_code:
        return None
    return "high" if km <= NEAR_KM else "medium", "same federation"


def _same_trust(infant: _School, junior: _School, km: float) -> Found | None:
    if km > NEAR_KM or infant.trust_uid == "" or infant.trust_uid != junior.trust_uid:
        return None
    return "medium", "same trust, within 1 km"


def _same_diocese(infant: _School, junior: _School, km: float) -> Found | None:
    # A church infant school 50 m from the community junior school goes on to the church one.
    if km > NEAR_KM or infant.diocese == "" or infant.diocese != junior.diocese:
        return None
    return "low", "same diocese, nearest to each other, within 1 km"


def _nearest(infant: _School, junior: _School, km: float) -> Found | None:
    del infant, junior
    if km > NEAR_KM:
        return None
    return "low", "nearest to each other of the remaining schools, within 1 km"


SYNONYMS = {
    "infant_urn": ("infantschoolurn",),
    "junior_urn": ("juniorschoolurn",),
    "confidence": (),
    "confirmed": ("confirm",),
}
REQUIRED = {
    "infant_urn": "the infant school (URN)",
    "junior_urn": "the junior school (URN)",
    "confirmed": "whether the planner has confirmed the pair (yes or blank)",
}


def read_pairs(path: str | Path, schools: Schools) -> Pairs:
    """Read a planner's file of pairs, such as one that began as `propose_pairs`'s table.

    Parameters
    ----------
    path : str or Path
        CSV with `infant_urn`, `junior_urn` and `confirmed` (yes or blank).
    schools : Schools
        Schools of the plan; pairs of others are left out and listed.

    Raises
    ------
    InputError
        Invalid URNs, a pair of a school with itself, a school in two pairs, an answer that is
        neither yes nor no.
    """
    frame, _ = read_list(path, SYNONYMS, REQUIRED)
    name = file_name(path)
    faults: list[Fault] = []
    infants = urns_of(frame, "infant_urn", path, faults)
    juniors = urns_of(frame, "junior_urn", path, faults)
    answers = frame["confirmed"].str.casefold()
    for row, text in cells(frame.loc[~answers.isin(TRUE_WORDS | FALSE_WORDS), "confirmed"]):
        found = f"{text!r} is neither yes nor no"
        faults.append(Fault(name, found, "Write yes, or leave it blank", row, "confirmed"))
    twice = pd.concat([infants, juniors])
    for row, urn in twice[twice.duplicated() & (twice != 0)].to_dict().items():
        found, fix = f"URN {urn} is in two pairs, or twice in one", "Keep one pair for each school"
        faults.append(Fault(name, found, fix, row))
    if faults:
        raise InputError(faults)
    pairs, notices = [], []
    now = schools.identity.carried_rows(
        frame.assign(infant=infants, junior=juniors, sure=answers.isin(TRUE_WORDS)),
        ["infant", "junior"],
        name,
    )
    for infant, junior, confidence, sure in zip(
        now["infant"], now["junior"], now["confidence"].str.casefold(), now["sure"], strict=True
    ):
        if infant == junior:
            text = f"a pair of {name} is left out: both are {infant} now"
            notices.append(Notice("pair", text, int(infant)))
            continue
        absent = [urn for urn in (infant, junior) if urn not in schools.table.index]
        if absent:
            who = " and ".join(str(urn) for urn in absent)
            text = (
                f"the pair {infant} and {junior} is left out, as the plan does not have URN {who}"
            )
            notices.append(Notice("pair", text, int(absent[0])))
        else:
            pairs.append(Pair(int(infant), int(junior), confidence, bool(sure)))
    return Pairs(tuple(sorted(pairs, key=_key)), tuple(notices))


def _key(pair: Pair) -> tuple[int, int]:
    return pair.infant, pair.junior
