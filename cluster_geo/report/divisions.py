"""The electoral divisions that a plan affects, for the question whether it is a key decision."""

from __future__ import annotations

from dataclasses import dataclass

from cluster_geo.compare.moves import MOVES
from cluster_geo.county import County
from cluster_geo.publish import Publication

# Taken for electoral divisions where the scenario does not say which layer is.
USUAL_NAMES = ("division", "ward")


@dataclass(frozen=True)
class Divisions:
    """The divisions with schools that a plan affects.

    Parameters
    ----------
    layer : str
        Name of the layer of divisions.
    moving : bool
        Whether the schools are those that move; if not, there is no plan before, and they are all.
    schools : int
        How many schools there are of that kind.
    names : tuple of str
        Of the divisions with one, each once for each code, in alphabetical order.
    outside : int
        Schools of that kind in no division of the layer.
    """

    layer: str
    moving: bool
    schools: int
    names: tuple[str, ...]
    outside: int


def divisions_affected(published: Publication) -> Divisions | None:
    """Return the divisions with schools that a plan affects; None without a layer of divisions."""
    name = _layer_of(published.county, published.disclosed.brief.divisions)
    if name is None:
        return None
    moves = published.moves
    urns = published.plan.cluster_of if moves is None else moves.index[moves["change"] == MOVES]
    layer = published.county.layers[name]
    codes = {layer.zone_of[urn] for urn in urns if urn in layer.zone_of}
    return Divisions(
        layer=name,
        moving=moves is not None,
        schools=len(urns),
        names=tuple(sorted(map(layer.name_of, codes))),
        outside=sum(urn not in layer.zone_of for urn in urns),
    )


def _layer_of(county: County, asked: str) -> str | None:
    names = (asked,) if asked else USUAL_NAMES
    return next((name for name in names if name in county.layers), None)
