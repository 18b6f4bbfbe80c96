"""Titles of boundary layers."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST_INITIALS = 3


def layer_title(name: str) -> str:
    """Return a layer's name as a heading: "PCN", "District", "Electoral division"."""
    title = name.replace("_", " ").replace("-", " ")
    if len(title) <= LONGEST_INITIALS:
        return title.upper()
    return title[:1].upper() + title[1:]


def layer_titles(names: Iterable[str]) -> dict[str, str]:
    """Return the title of each layer by its name."""
    return {name: layer_title(name) for name in names}
