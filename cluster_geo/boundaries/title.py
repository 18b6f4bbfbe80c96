"""What a layer of boundaries is called."""

from __future__ import annotations

LONGEST_INITIALS = 3


def layer_title(name: str) -> str:
    """Return a layer's name as a heading: "PCN", "District", "Electoral division"."""
    said = name.replace("_", " ").replace("-", " ")
    if len(said) <= LONGEST_INITIALS:
        return said.upper()
    return said[:1].upper() + said[1:]
