"""What is asked of provision: how many new places, for whom, and what counts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypedDict, Unpack

from cluster_geo.errors import Fault, InputError
from cluster_geo.schools.needs import NEEDS, need_code

PHASES = ("primary", "secondary")
HOMES = ("all", "phase")
# Kinds of measure, and what a reader calls each.
NEW, EXPANDED, CHANGED = "new", "expanded", "changed"
KINDS = {
    NEW: "a new provision",
    EXPANDED: "more places",
    CHANGED: "spare places for another need",
}
# Of a school; more is a typing error, and would make the search endless.
MOST_PLACES, MOST_MEASURES = 1000, 50


@dataclass(frozen=True)
class Question:
    """Where more provision would help, and what counts as help.

    Parameters
    ----------
    need : str
        Code of the need type, such as ASD.
    phase : {"primary", "secondary"}
        Secondary places are for Years 7 to 11.
    new, expand, change : int
        Most new provisions, provisions for this need that get more places, and provisions with
        spare places for other needs that take this one.
    places : int
        Of a new provision, unless the list of candidates has its own figure.
    by : int
        More places of one that is expanded.
    reach : float
        No pupil travels further, in the unit of the county's travel.
    unplaced : float, optional
        A pupil without a place counts like a journey of this length; default: twice the reach.
    gap : float
        A cluster (or district) with a primary provision for the need and no way on counts
        like this many pupils who travel one km (or minute).
    share : float, optional
        Of all pupils with an EHCP in schools of the phase, the part who need such a place. By
        default as many pupils need one as there are places.
    homes : {"all", "phase"}
        Pupils live as those with an EHCP in all mainstream schools do, or in those of the phase.
    selective : bool
        Whether a new provision may be in a school that selects by ability.
    alternatives : int
        How many choices besides the best.
    differ : int
        At least so many of a choice's sites are in none that ranks above it.
    accuracy : float
        A search ends when its choice is proven to be within this share of the best possible.
    """

    need: str
    phase: str = "secondary"
    new: int = 5
    expand: int = 0
    change: int = 0
    places: int = 20
    by: int = 10
    reach: float = 30.0
    unplaced: float | None = None
    gap: float = 100.0
    share: float | None = None
    homes: str = "all"
    selective: bool = True
    alternatives: int = 2
    differ: int = 1
    accuracy: float = 0.001

    @property
    def price(self) -> float:
        """What a pupil without a place counts."""
        return 2 * self.reach if self.unplaced is None else self.unplaced

    @property
    def most(self) -> dict[str, int]:
        """Most measures of each kind."""
        return {NEW: self.new, EXPANDED: self.expand, CHANGED: self.change}

    @property
    def measures(self) -> int:
        """Most measures of all kinds."""
        return self.new + self.expand + self.change


class Asked(TypedDict, total=False):
    """What may be asked besides the need; see `Question`."""

    phase: str
    new: int
    expand: int
    change: int
    places: int
    by: int
    reach: float
    unplaced: float | None
    gap: float
    share: float | None
    homes: str
    selective: bool
    alternatives: int
    differ: int
    accuracy: float


def question(need: str, **options: Unpack[Asked]) -> Question:
    """Return what is asked, once every part of it is in order.

    Raises
    ------
    InputError
        With all faults: an unknown need, phase or way to place homes; a number that is negative,
        not whole or too large.
    """
    faults: list[Fault] = []
    asked: dict[str, Any] = dict(options)
    code = need_code(need)
    if not code:
        faults.append(_unknown_need(need.strip()))
    for name, known in (("phase", PHASES), ("homes", HOMES)):
        if name in asked and asked[name] not in known:
            faults.append(Fault(name, f"{asked[name]!r} is unknown", f"Write {' or '.join(known)}"))
    for name in ("new", "expand", "change", "alternatives"):
        _check_whole(asked, name, 0, MOST_MEASURES, faults)
    for name in ("places", "by", "differ"):
        _check_whole(asked, name, 1, MOST_PLACES, faults)
    for name, least, most in (
        ("reach", 0.0, 1000.0),
        ("unplaced", 0.0, 1e4),
        ("share", 0.0, 1.0),
        ("accuracy", 0.0, 1.0),
        ("gap", -1e-9, 1e6),
    ):
        _check_amount(asked, name, least, most, faults)
    if faults:
        raise InputError(faults)
    whole = ("new", "expand", "change", "alternatives", "places", "by", "differ")
    made = Question(code or need, **asked | {n: int(asked[n]) for n in whole if n in asked})
    faults += _contradictions(made)
    if faults:
        raise InputError(faults)
    return made


def _contradictions(asked: Question) -> list[Fault]:
    faults = []
    if not asked.measures:
        fix = "Ask for at least one new provision, expansion or change: --new 5"
        faults.append(Fault("new", "nothing is asked for", fix))
    if asked.price < asked.reach:
        found = f"a pupil without a place counts {asked.price:g}, less than a journey of the reach"
        fix = f"Give unplaced a figure of at least the reach, {asked.reach:g}, or leave it out"
        faults.append(Fault("unplaced", found, fix))
    return faults


def _unknown_need(text: str) -> Fault:
    if not text:
        return Fault("need", "no need is given", f"Write one of {', '.join(NEEDS)}")
    close = get_close_matches(text.upper(), list(NEEDS), n=1)
    hint = f"Did you mean {close[0]}? " if close else ""
    return Fault("need", f"{text!r} is not a need", f"{hint}Write one of {', '.join(NEEDS)}")


def _check_whole(
    asked: dict[str, Any], name: str, least: int, most: int, faults: list[Fault]
) -> None:
    if name not in asked:
        return
    value = asked[name]
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not math.isfinite(value) or value != int(value):
        fix = f"Write a whole number from {least} to {most:,}"
        faults.append(Fault(name, f"{value!r} is not a whole number", fix))
    elif not least <= value <= most:
        fix = f"Write a whole number from {least} to {most:,}"
        faults.append(Fault(name, f"{value:g} is out of range", fix))


def _check_amount(
    asked: dict[str, Any], name: str, least: float, most: float, faults: list[Fault]
) -> None:
    value = asked.get(name)
    if value is None:
        return
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not math.isfinite(value) or not least < value <= most:
        low = "of at least 0" if least < 0 else "above 0"
        fix = f"Write a figure {low}, and at most {most:,g}"
        faults.append(Fault(name, f"{value!r} cannot be used", fix))
