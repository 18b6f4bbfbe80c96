"""Find the line of each setting in a TOML file, so that a message can point to it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

Key = tuple[str, ...]

_HEADER = re.compile(r"^\s*\[{1,2}([^\[\]]+)\]{1,2}\s*(#.*)?$")
_SETTING = re.compile(
    r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*="""
)
_LONG_TEXT = re.compile(r'"""|' + r"'''")


def split_key(text: str) -> Key:
    """Split a dotted TOML key into its parts.

    Raises
    ------
    tomllib.TOMLDecodeError
        If it is not a key.
    """
    parts: list[str] = []
    value: object = tomllib.loads(f"{text.strip()} = 0")
    while isinstance(value, dict):
        if len(value) != 1:
            raise tomllib.TOMLDecodeError("more than one key")
        (part, value) = next(iter(value.items()))
        parts.append(part)
    return tuple(parts)


def lines_of(text: str) -> dict[Key, int]:
    """Return the line (from 1) of each table and setting of a valid TOML text.

    Settings inside an inline table or a list have the line of the setting that contains them;
    look them up with `line_of`.
    """
    lines: dict[Key, int] = {}
    table: Key = ()
    in_long_text = False
    for number, line in enumerate(text.splitlines(), start=1):
        opened = len(_LONG_TEXT.findall(line)) % 2 == 1
        if in_long_text:
            in_long_text = not opened
            continue
        in_long_text = opened
        if header := _HEADER.match(line):
            if named := _key(header[1]):
                table = named
                lines.setdefault(table, number)
        elif setting := _SETTING.match(line):
            lines.setdefault(table + _key(setting[1]), number)
    return lines


def line_of(lines: Mapping[Key, int], key: Key) -> int | None:
    """Return the line of a setting, or of the innermost table that contains it."""
    while key and key not in lines:
        key = key[:-1]
    return lines.get(key)


def _key(text: str) -> Key:
    """Split a key; return () for text that only looks like one, such as a list in brackets."""
    try:
        return split_key(text)
    except tomllib.TOMLDecodeError:
        return ()
