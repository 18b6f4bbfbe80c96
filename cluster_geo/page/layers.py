"""What a layer of boundaries is called on a page."""

from __future__ import annotations

from cluster_geo.boundaries import layer_title
from cluster_geo.county import County

__all__ = ["layer_title", "layer_titles"]


def layer_titles(county: County) -> dict[str, str]:
    """Return the title of each of the county's layers by its name."""
    return {name: layer_title(name) for name in county.layers}
