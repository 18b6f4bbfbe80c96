"""What a layer of boundaries is called."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST_INITIALS = 3


def layer_title(name: str) -> str:
    """Return a layer's name as a heading: "PCN", "District", "Electoral division"."""
    said = name.replace("_", " ").replace("-", " ")
    if len(said) <= LONGEST_INITIALS:
        return said.upper()
    return said[:1].upper() + said[1:]


def layer_titles(names: Iterable[str]) -> dict[str, str]:
    """Return the title of each layer by its name."""
    return {name: layer_title(name) for name in names}
