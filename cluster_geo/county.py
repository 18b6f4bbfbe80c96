"""A county: its schools, layers of zones, neighbours and travel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import numpy as np

from cluster_geo.boundaries import BoundaryLayer
from cluster_geo.cards import card
from cluster_geo.geometry import Land
from cluster_geo.neighbours import Neighbours
from cluster_geo.phrases import by_phase
from cluster_geo.records import Notice, Source
from cluster_geo.schools import Schools
from cluster_geo.travel import Travel

HasSources = TypeVar("HasSources", Schools, Neighbours, Travel)


@dataclass(frozen=True, eq=False)
class Inputs:
    """The files that a county was read from, and what rules, names and papers need of them.

    Each is read once, while the county is; whatever becomes of a file after that, a county means
    the same. `scenario.inputs` reads them and gives each part its type.

    Parameters
    ----------
    files : mapping of str to Path
        Every file, by the setting that names it.
    sha256 : mapping of str to str
        Hashes of the bytes that were read, by the same.
    settings : mapping of str to object
        The other settings that the county was made by, by their keys; empty for one that was put
        together by hand, which is not compared with a scenario's.
    contents : mapping of str to object
        What was in those that neither schools nor layers, neighbours or travel are made of: by
        the section of a kind of rule, or by the setting.
    sources : tuple of Source
        Records of the files in `contents`.
    notices : tuple of Notice
        What was noticed in them.
    """

    files: Mapping[str, Path] = field(default_factory=dict)
    sha256: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, object] = field(default_factory=dict)
    contents: Mapping[str, object] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, eq=False)
class County:
    """Everything a rule needs to know about the schools; immutable.

    Parameters
    ----------
    schools : Schools
    layers : mapping of str to BoundaryLayer
        By the layer's name.
    neighbours : Neighbours
    travel : Travel
        Over the same URNs in the same order as `schools`.
    own_notices : tuple of Notice
        What was noticed that belongs to none of the parts.
    inputs : Inputs
        The files it was read from, and what only rules, names and papers need of them; empty for
        a county that was put together by hand.
    land : Land, optional
        Where maps end the areas, and show the sea and the land of others.
    """

    schools: Schools
    layers: Mapping[str, BoundaryLayer]
    neighbours: Neighbours
    travel: Travel
    own_notices: tuple[Notice, ...] = field(default=())
    inputs: Inputs = field(default_factory=Inputs)
    land: Land | None = None

    @property
    def urns(self) -> tuple[int, ...]:
        """URNs in ascending order."""
        return self.schools.urns

    def within(self, urns: Iterable[int]) -> County:
        """Return the county of these schools alone: a zone, a region, a few neighbours.

        Zones keep their shapes, and travel between these schools is unchanged, even where it
        leads past schools that are left out. `inputs` stay those of the whole county.
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
        parts.append(self.inputs.notices)
        return self.own_notices + tuple(notice for part in parts for notice in part)

    def with_sources(self, changed: Callable[[Source], Source]) -> County:
        """Return the county with `changed` applied to the record of every file."""

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
            inputs=replace(self.inputs, sources=tuple(map(changed, self.inputs.sources))),
        )

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every file the county was made from, each once."""
        found = list(self.schools.sources)
        found += [layer.source for layer in self.layers.values() if layer.source]
        found += [*self.neighbours.sources, *self.travel.sources, *self.inputs.sources]
        return tuple(dict.fromkeys(found))

    def phase_counts(self, urns: Iterable[int]) -> dict[str, int]:
        """Count the schools that are `primary`, `secondary` and `all_through`: each school once.

        `phrases.by_phase` says them in words.
        """
        here, schools = set(urns), self.schools
        both = here & schools.primaries & schools.secondaries
        return {
            "primary": len((here & schools.primaries) - both),
            "secondary": len((here & schools.secondaries) - both),
            "all_through": len(both),
        }

    def _repr_html_(self) -> str:
        """Show the county in a notebook."""
        graph, table = self.neighbours.graph, self.schools.table
        facts = {
            "schools": f"{len(self.schools):,}: {by_phase(**self.phase_counts(self.urns))}",
            "as at": self.schools.as_at,
            "with an SRP": len(self.schools.where("srp")),
            "layers": [
                f"{name}: {len(set(x.zone_of.values())):,} zones hold schools"
                for name, x in self.layers.items()
            ]
            or None,
            "neighbours": f"{graph.number_of_edges():,} edges",
            "travel": self.travel.method,
            "notices": len(self.notices),
        }
        counts = table.groupby(["district", "phase"]).size().unstack(fill_value=0)
        return card("County", facts, counts)
