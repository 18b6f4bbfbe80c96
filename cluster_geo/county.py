"""A county: its schools, its layers of zones, who neighbours whom, and travel between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cluster_geo.boundaries import BoundaryLayer
from cluster_geo.neighbours import Neighbours
from cluster_geo.records import Notice, Source
from cluster_geo.schools import Schools
from cluster_geo.travel import Travel


@dataclass(frozen=True, eq=False)
class County:
    """Everything a rule may ask about the schools; made once, never changed.

    Parameters
    ----------
    schools : Schools
    layers : mapping of str to BoundaryLayer
        By the layer's name.
    neighbours : Neighbours
    travel : Travel
        Over the same URNs in the same order as `schools`.
    own_notices, own_sources : tuple
        What belongs to none of the parts: files that only the rules read, and what was
        noticed in them.
    """

    schools: Schools
    layers: Mapping[str, BoundaryLayer]
    neighbours: Neighbours
    travel: Travel
    own_notices: tuple[Notice, ...] = field(default=())
    own_sources: tuple[Source, ...] = field(default=())

    @property
    def urns(self) -> tuple[int, ...]:
        """URNs in ascending order."""
        return self.schools.urns

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Every notice of the county's parts."""
        parts = [self.schools.notices, self.neighbours.notices, self.travel.notices]
        parts += [layer.notices for layer in self.layers.values()]
        return self.own_notices + tuple(notice for part in parts for notice in part)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every file the county was made from, each once."""
        found = list(self.schools.sources)
        found += [layer.source for layer in self.layers.values() if layer.source]
        found += [*self.neighbours.sources, *self.travel.sources, *self.own_sources]
        return tuple(dict.fromkeys(found))
