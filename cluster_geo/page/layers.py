"""What a layer of boundaries is called on a page."""

from __future__ import annotations

from cluster_geo.county import County

LONGEST_INITIALS = 3


def layer_title(name: str) -> str:
    """Return a layer's name as a heading: "PCN", "District", "Electoral division"."""
    said = name.replace("_", " ").replace("-", " ")
    if len(said) <= LONGEST_INITIALS:
        return said.upper()
    return said[:1].upper() + said[1:]


def layer_titles(county: County) -> dict[str, str]:
    """Return the title of each of the county's layers by its name."""
    return {name: layer_title(name) for name in county.layers}
