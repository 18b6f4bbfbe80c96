"""A county: its schools, its layers of zones, who neighbours whom, and travel between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np

from cluster_geo.boundaries import BoundaryLayer
from cluster_geo.cards import card
from cluster_geo.neighbours import Neighbours
from cluster_geo.records import Notice, Source
from cluster_geo.schools import Schools
from cluster_geo.travel import Travel

HasSources = TypeVar("HasSources", Schools, Neighbours, Travel)


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

    def within(self, urns: Iterable[int]) -> County:
        """Return the county of these schools alone: a zone, a region, a few neighbours.

        Zones keep their shapes, and travel between the schools left is what it was, also where
        it goes past schools that are not.
        """
        left = set(urns)
        kept = [urn for urn in self.urns if urn in left]
        rows = [self.travel.position[urn] for urn in kept]
        layers = {
            name: replace(layer, zone_of={u: z for u, z in layer.zone_of.items() if u in left})
            for name, layer in self.layers.items()
        }
        return replace(
            self,
            schools=replace(self.schools, table=self.schools.table.loc[kept]),
            layers=layers,
            neighbours=replace(self.neighbours, graph=self.neighbours.graph.subgraph(kept).copy()),
            travel=replace(
                self.travel, urns=tuple(kept), matrix=self.travel.matrix[np.ix_(rows, rows)]
            ),
        )

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Every notice of the county's parts."""
        parts = [self.schools.notices, self.neighbours.notices, self.travel.notices]
        parts += [layer.notices for layer in self.layers.values()]
        return self.own_notices + tuple(notice for part in parts for notice in part)

    def with_sources(self, changed: Callable[[Source], Source]) -> County:
        """Return the county with every record of a file changed, such as in its path."""

        def of(part: HasSources) -> HasSources:
            return replace(part, sources=tuple(map(changed, part.sources)))

        layers = {
            name: replace(layer, source=changed(layer.source)) if layer.source else layer
            for name, layer in self.layers.items()
        }
        return replace(
            self,
            schools=of(self.schools),
            layers=layers,
            neighbours=of(self.neighbours),
            travel=of(self.travel),
            own_sources=tuple(map(changed, self.own_sources)),
        )

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every file the county was made from, each once."""
        found = list(self.schools.sources)
        found += [layer.source for layer in self.layers.values() if layer.source]
        found += [*self.neighbours.sources, *self.travel.sources, *self.own_sources]
        return tuple(dict.fromkeys(found))

    def _repr_html_(self) -> str:
        """Show the county in a notebook."""
        graph, table = self.neighbours.graph, self.schools.table
        facts = {
            "schools": len(self.schools),
            "as at": self.schools.as_at,
            "primary, secondary": f"{len(self.schools.primaries)}, {len(self.schools.secondaries)}",
            "with an SRP": len(self.schools.where("srp")),
            "layers": [
                f"{name}: {len(set(x.zone_of.values()))} zones hold schools"
                for name, x in self.layers.items()
            ]
            or None,
            "neighbours": f"{graph.number_of_edges():,} edges",
            "travel": self.travel.method,
            "notices": len(self.notices),
        }
        counts = table.groupby(["district", "phase"]).size().unstack(fill_value=0)
        return card("County", facts, counts)
