"""Merge settings from files that extend one another and from the command line into one tree.

The origin of each setting is kept, so that a fault can name the file and the line.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cluster_geo.errors import Fault, file_name
from cluster_geo.scenario.files import ScenarioFile, load_chain
from cluster_geo.scenario.known import find
from cluster_geo.scenario.lines import Key, line_of, split_key
from cluster_geo.scenario.values import at_home


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a setting was given: a file's name and line, or the command line."""

    where: str
    line: int | None = None

    def fault(self, key: Key, found: str, fix: str) -> Fault:
        """Return a fault in a setting given here."""
        return Fault(self.where, found, fix, row=self.line, setting=".".join(key))


COMMAND_LINE = Origin("command line")


@dataclass
class Settings:
    """A tree of settings, the origin of each table and setting in it, and faults in their keys."""

    tree: dict[str, Any] = field(default_factory=dict)
    origins: dict[Key, Origin] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def origin(self, key: Key) -> Origin:
        """Return where a setting, or the innermost table that contains it, was given."""
        while key and key not in self.origins:
            key = key[:-1]
        return self.origins.get(key, Origin("scenario"))

    def put(self, key: Key, value: object, origin: Origin) -> None:
        """Set a setting or open a table; later values replace earlier ones."""
        table = self.tree
        for part in key[:-1]:
            if not isinstance(table.get(part), dict):
                table[part] = {}
            table = table[part]
        if not isinstance(value, dict):
            table[key[-1]] = value
        elif not isinstance(table.get(key[-1]), dict):
            table[key[-1]] = {}
        self.origins[key] = origin

    def add(self, tree: Mapping[str, Any], where: str, file_at: Callable[[str], Path]) -> None:
        """Add settings that have no lines, such as those of a run's record.

        `file_at` returns the path of a file that a setting names.
        """
        for part, value in tree.items():
            for key, inner in _walk((part,), value):
                known = find(key)
                if known and known.is_file and isinstance(inner, str) and inner:
                    inner = file_at(inner)  # noqa: PLW2901 - the text is not needed below
                self.put(key, inner, Origin(where))

    def override(self, overrides: Mapping[str, object]) -> None:
        """Add settings from the command line; an invalid key becomes a fault."""
        for text, value in overrides.items():
            try:
                key = split_key(text)
            except tomllib.TOMLDecodeError:
                fix = "Write it as section.setting, such as clusters.count"
                if " " in text.strip():
                    fix += ', and put a name of several words in quotes: trusts.most."Oak Trust"'
                found = f"{text!r} is not the name of a setting"
                self.faults.append(Fault(COMMAND_LINE.where, found, fix))
                continue
            for below, part in _walk(key, read_override(value)):
                self.put(below, part, COMMAND_LINE)

    def remove(self, key: Key) -> None:
        """Remove a setting, unless it was already removed with the table it was in."""
        table: Any = self.tree
        for part in key[:-1]:
            table = table.get(part, {}) if isinstance(table, dict) else {}
        if isinstance(table, dict):
            table.pop(key[-1], None)


def read_settings(name_or_path: str | Path, overrides: Mapping[str, object]) -> Settings:
    """Read a scenario and what it extends, and apply the overrides.

    Raises
    ------
    ScenarioError
        If a file cannot be read or is not TOML.
    """
    settings = Settings()
    for file in load_chain(name_or_path):
        _add_file(settings, file)
    settings.override(overrides)
    return settings


def read_override(value: object) -> object:
    """Read a value given on the command line: lists, tables and quoted text are TOML.

    Anything else is kept as typed, so that version 1.10 does not become the number 1.1.
    """
    if isinstance(value, str) and value.strip()[:1] in {"[", "{", '"', "'"}:
        try:
            return tomllib.loads(f"value = {value.strip()}")["value"]
        except (ValueError, RecursionError):
            return value
    return value


def _add_file(settings: Settings, file: ScenarioFile) -> None:
    name = file_name(file.path)
    for part, value in file.tree.items():
        if part == "extends":
            continue
        for key, inner in _walk((part,), value):
            known = find(key)
            if known and known.is_file and isinstance(inner, str) and inner:
                inner = file.folder / str(at_home(inner))  # noqa: PLW2901 - the text is not needed
            settings.put(key, inner, Origin(name, line_of(file.lines, key)))


def _walk(key: Key, value: object) -> Iterator[tuple[Key, object]]:
    """Yield a table or setting and everything in it, tables before their contents."""
    yield key, value
    if isinstance(value, dict):
        for part, inner in value.items():
            yield from _walk((*key, part), inner)
