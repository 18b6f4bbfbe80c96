"""The table of settings: which there are, by the models themselves, and what each must do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from cluster_geo.scenario.model import Scenario
from cluster_geo.scenario.sections import Section
from tests.scenario.effects.town import Town

Effect = Callable[[Town], None]
EFFECTS: dict[str, Effect] = {}


def sets(key: str) -> Callable[[Effect], Effect]:
    """Enter a function into the table: it asserts what a setting does."""

    def enter(effect: Effect) -> Effect:
        assert key not in EFFECTS, f"{key} stands twice in the table"
        EFFECTS[key] = effect
        return effect

    return enter


def settings_of(section: type[Section] = Scenario, above: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every setting by its dotted key, "*" for a name of the planner's, with its default."""
    for name, info in section.model_fields.items():
        if info.exclude:
            continue
        parts = set(_types_in(info.annotation))
        key = f"{above}{name}" + (".*" if dict in parts else "")
        below = [part for part in parts if isinstance(part, type) and issubclass(part, Section)]
        if below:
            yield from settings_of(below[0], f"{key}.")
        else:
            yield key, None if dict in parts else _default(info)


def _default(info: FieldInfo) -> object:
    return None if info.is_required() else info.get_default(call_default_factory=True)


def _types_in(annotation: object) -> Iterator[Any]:
    yield get_origin(annotation) or annotation
    for part in get_args(annotation):
        yield from _types_in(part)
