"""A layer of zones: districts, PCN areas, wards, a planner's own lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import geopandas as gpd

from cluster_geo.phrases import zone_name
from cluster_geo.records import Notice, Source


@dataclass(frozen=True, eq=False)
class BoundaryLayer:
    """Zones of one kind, and the zone of each school.

    Parameters
    ----------
    name : str
        Name of the layer ("district", "pcn", "area" ...).
    zones : GeoDataFrame
        Indexed by zone `code` (str, ascending) with `name` and geometry in EPSG:27700; the
        geometry is empty for zones that come only from a column or a grouping.
    zone_of : mapping of int to str
        Code of each school's zone by URN; a school in no zone is absent.
    notices : tuple of Notice
        Schools outside every zone, schools whose register and polygon disagree, repairs.
    source : Source, optional
        File the zones were read from.
    """

    name: str
    zones: gpd.GeoDataFrame
    zone_of: Mapping[int, str]
    notices: tuple[Notice, ...] = field(default=())
    source: Source | None = None

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return {str(code): str(name) for code, name in self.zones["name"].items()}

    def written(self, code: str) -> str:
        """Name of the zone with this code, as its source has it."""
        return self._names[code]

    def name_of(self, code: str) -> str:
        """Name of the zone with this code for readers: not in capitals, as many sources have it."""
        return zone_name(self._names[code])

    @property
    def has_shapes(self) -> bool:
        """Whether the zones can be drawn."""
        return not bool(self.zones.geometry.is_empty.all())
