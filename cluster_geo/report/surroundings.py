"""What lies around the clusters on the report's maps: the land of others, roads, rivers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from cluster_geo.county import County
from cluster_geo.geometry import Context
from cluster_geo.report.figures import Place
from cluster_geo.scenario.inputs import context_of
from cluster_geo.tables.ground import other_land

# The land of others runs on below the clusters, so that no slit shows along their borders.
OVERLAP_M = 150.0
# Kinds of context that are lines, those of least importance first.
LINES = ("river", "railway", "road", "motorway")
# In pixels: what is nearer to its line than this, and shorter, is left out.
DETAIL, SHORTEST = 1.5, 8.0


@dataclass(frozen=True, eq=False)
class Surroundings:
    """The land of others as one shape, and the lines of each kind of context; in metres."""

    land: BaseGeometry
    lines: Mapping[str, BaseGeometry]

    @classmethod
    def of(cls, county: County) -> Surroundings:
        """Return what is known to lie around a county's clusters, and between them."""
        context = context_of(county)
        lines = {} if context is None else {kind: _lines(context, kind) for kind in LINES}
        land = shapely.union_all(other_land(county).geometry.to_numpy())
        # Slivers along a coast that two files draw differently are nobody's land.
        land = shapely.buffer(land, -OVERLAP_M, join_style="mitre")
        return cls(shapely.buffer(land, 2 * OVERLAP_M, join_style="mitre"), lines)

    def drawn(self, seen: BaseGeometry, place: Place, scale: float) -> tuple[list[str], list[str]]:
        """Return what is drawn below the areas, and what over them."""
        return self.land_path(seen, place, scale), self.line_paths(seen, place, scale)

    def land_path(self, seen: BaseGeometry, place: Place, scale: float) -> list[str]:
        """Return the land of others within a box as an SVG element, to be drawn first.

        Parameters
        ----------
        seen : Polygon
            What of the ground a map shows, in metres.
        place : callable
            From metres to pixels.
        scale : float
            Pixels to a metre.
        """
        shape = shapely.clip_by_rect(self.land, *seen.bounds)
        shape = shape.simplify(DETAIL / scale)
        parts = [part for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon)]
        rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
        return _element("other", [f"{_steps(ring, place)}Z" for ring in rings if not ring.is_empty])

    def line_paths(self, seen: BaseGeometry, place: Place, scale: float) -> list[str]:
        """Return the lines within a box as SVG elements, to be drawn over the areas."""
        found = []
        for kind, lines in self.lines.items():
            shape = shapely.clip_by_rect(lines, *seen.bounds)
            parts = [p for p in _line_parts(shape) if p.length * scale > SHORTEST]
            steps = [_steps(part.simplify(DETAIL / scale), place) for part in parts]
            found += _element(f"line-{kind}", steps)
        return found


def _lines(context: Context, kind: str) -> BaseGeometry:
    own = np.asarray(context.shapes.geometry[context.shapes["kind"] == kind])
    # Not noded: a bridge would cut the road below it.
    return shapely.line_merge(shapely.MultiLineString(_line_parts(own)))


def _line_parts(shapes: BaseGeometry | np.ndarray) -> list[shapely.LineString]:
    return [part for part in shapely.get_parts(shapes) if isinstance(part, shapely.LineString)]


def _steps(line: BaseGeometry, place: Callable[[np.ndarray], np.ndarray]) -> str:
    """Return a line as SVG's steps from corner to corner, in whole pixels."""
    points = place(shapely.get_coordinates(line)).round().astype(int)
    kept = points[np.r_[True, np.any(np.diff(points, axis=0) != 0, axis=1)]]
    return "M" + "L".join(f"{x} {y}" for x, y in kept.tolist())


def _element(name: str, paths: list[str]) -> list[str]:
    return [f'<path d="{"".join(paths)}" class="{name}"/>'] if paths else []
