"""Pydantic's errors in a scenario, in a planner's words."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from cluster_geo.errors import Fault
from cluster_geo.scenario.known import ANY, find, known_settings
from cluster_geo.scenario.lines import Key
from cluster_geo.scenario.merge import Settings


def faults_of(error: ValidationError, settings: Settings) -> dict[Key, Fault]:
    """Return one fault for each setting that is unknown or cannot be used, by the setting."""
    faults: dict[Key, Fault] = {}
    for detail in error.errors():
        location = tuple(str(part) for part in detail["loc"])
        key = _setting_at(location)
        origin = settings.origin(key)
        if detail["type"] == "extra_forbidden":
            found, fix = f"there is no such setting as {key[-1]!r}", nearest(key)
        elif detail["type"] == "missing":
            known = find(key)
            found, fix = "it is missing", f"Give {_lower(known.meaning)}" if known else "Give it"
        else:
            found, fix = _found(detail), _fix(key)
        faults.setdefault(key, origin.fault(key, found, fix))
    return faults


def nearest(key: Key) -> str:
    """Suggest the known setting that an unknown one may be a misspelling of."""
    names = {known.key: ".".join(known.key) for known in known_settings().values()}
    sections = {known[:depth] for known in names for depth in range(1, len(known))}
    text = ".".join(key)
    here = [
        _filled(candidate, key)
        for candidate in [*names, *sections]
        if len(candidate) == len(key) and _same(candidate[:-1], key[:-1])
    ]
    siblings = {candidate[-1]: ".".join(candidate) for candidate in here if candidate[-1] != ANY}
    if close := get_close_matches(key[-1], siblings, n=1, cutoff=0.6):
        return f"Did you mean {siblings[close[0]]!r}?"
    elsewhere = [name for known, name in names.items() if known[-1] == key[-1]]
    if elsewhere:
        return f"Did you mean {elsewhere[0]!r}?"
    close = get_close_matches(text, [*names.values(), *(".".join(s) for s in sections)], n=1)
    if close:
        return f"Did you mean {close[0]!r}?"
    return f"Known here: {', '.join(sorted(siblings))}" if siblings else "Leave it out"


def _setting_at(location: Key) -> Key:
    """Cut pydantic's location down to its setting (a position in a list is not a setting)."""
    for depth in range(len(location), 0, -1):
        if find(location[:depth]):
            return location[:depth]
    return tuple(part for part in location if part != "[key]")


# Pydantic's kinds of error, reworded where its own message is about Python.
_WORDS = {
    "too_short": "it lists {actual_length} and must list at least {min_length}",
    "string_pattern_mismatch": "a name has only lower-case letters, digits, - and _, and starts "
    "with a letter",
    "literal_error": "it must be {expected}",
    "date_from_datetime_inexact": "it is not a date",
    "date_from_datetime_parsing": "it is not a date",
    "date_type": "it is not a date",
    "int_parsing": "it is not a whole number",
    "int_type": "it is not a whole number",
    "int_from_float": "it is not a whole number",
    "float_parsing": "it is not a number",
    "float_type": "it is not a number",
    "finite_number": "it is not a finite number",
    "bool_parsing": "it is neither true nor false",
    "bool_type": "it is neither true nor false",
    "string_type": "it is not text in quotes",
    "path_type": "it is not a file name in quotes",
    "tuple_type": "it is not a list in [ ]",
    "dict_type": "it is not a section",
    "model_type": "it is not a section",
    "greater_than": "it must be more than {gt:,.10g}",
    "greater_than_equal": "it must be at least {ge:,.10g}",
    "less_than": "it must be less than {lt:,.10g}",
    "less_than_equal": "it must be at most {le:,.10g}",
}
LONGEST = 60


def _found(detail: Any) -> str:  # noqa: ANN401 - pydantic's ErrorDetails
    if detail["type"] in ("range", "needs"):
        return str(detail["msg"])
    value = detail["input"]
    shown = repr(value) if not isinstance(value, dict) else "this"
    if len(shown) > LONGEST:
        shown = shown[: LONGEST - 3] + "..."
    words = _WORDS.get(detail["type"], _lower(detail["msg"]))
    return f"{shown} cannot be used: {words.format(**detail.get('ctx', {}))}"


def _fix(key: Key) -> str:
    known = find(key)
    return f"Give: {known.meaning}" if known and known.meaning else "Correct or remove it"


def _same(pattern: Key, key: Key) -> bool:
    return all(mine in (ANY, part) for mine, part in zip(pattern, key, strict=True))


def _filled(pattern: Key, key: Key) -> Key:
    """Replace the stars by the planner's own names."""
    return tuple(
        part if mine == ANY and place < len(key) - 1 else mine
        for place, (mine, part) in enumerate(zip(pattern, key, strict=True))
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
