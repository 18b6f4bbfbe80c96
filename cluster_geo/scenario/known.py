"""Every setting a scenario can have, by its dotted name; "*" is a name that the planner chooses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from cluster_geo.scenario.lines import Key
from cluster_geo.scenario.model import Scenario, scenario_model
from cluster_geo.scenario.sections import Section

ANY = "*"


@dataclass(frozen=True, slots=True)
class Known:
    """A setting of a scenario.

    Parameters
    ----------
    key : tuple of str
    meaning : str
        What it is, with its unit; shown in the template's comments and in messages.
    default : object
        None if it has none.
    is_file : bool
        Whether it names a file, which is relative to its scenario's folder.
    purpose : str
        What its section is for.
    """

    key: Key
    meaning: str
    default: object
    is_file: bool
    purpose: str


def known_settings() -> dict[Key, Known]:
    """Return every setting in the order of the sections."""
    return _known_of(scenario_model())


@cache
def _known_of(model: type[Scenario]) -> dict[Key, Known]:
    return {known.key: known for known in _walk(model, ())}


def find(key: Key) -> Known | None:
    """Return the setting that a key matches, or None."""
    for known in known_settings().values():
        if len(known.key) == len(key) and all(
            mine in (ANY, part) for mine, part in zip(known.key, key, strict=True)
        ):
            return known
    return None


def _walk(section: type[Section], above: Key) -> Iterator[Known]:
    for name, info in section.model_fields.items():
        if info.exclude:
            continue
        types = list(_types_in(info.annotation))
        below = [part for part in types if isinstance(part, type) and issubclass(part, Section)]
        key = (*above, name, *([ANY] if dict in types else []))
        if below:
            yield from _walk(below[0], key)
        else:
            purpose = (section.__doc__ or "").strip()
            yield Known(key, info.description or "", _default(info), Path in types, purpose)


def _default(info: FieldInfo) -> object:
    return None if info.is_required() else info.get_default(call_default_factory=True)


def _types_in(annotation: object) -> Iterator[Any]:
    """Yield the types in an annotation: dict, str and Path for `dict[str, InputFile]`."""
    yield get_origin(annotation) or annotation
    for part in get_args(annotation):
        yield from _types_in(part)
