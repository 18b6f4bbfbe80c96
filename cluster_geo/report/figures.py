"""Figures of the report as SVG: the plan at a glance, and how the search went."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import geopandas as gpd
import numpy as np
import shapely
from markupsafe import Markup
from shapely.geometry.base import BaseGeometry

from cluster_geo.county import County
from cluster_geo.optimise import TracePoint
from cluster_geo.publish.door import as_html
from cluster_geo.tables.areas import lighter

# From metres, shape (points, 2), to the figure's pixels.
Place = Callable[[np.ndarray], np.ndarray]

MAP_WIDTH = 920
# Room for labels that stand out beyond the coast.
MAP_EDGE = 16
MAP_DETAIL_M = 150.0
# The mean width of a letter, in pixels, of a label of 10 pixels in height.
LETTER_WIDTH = 6.2
LABEL_HEIGHT = 12.0

TRACE_WIDTH, TRACE_HEIGHT = 760, 300
MARGIN = {"left": 74, "right": 16, "top": 16, "bottom": 46}


def plan_map(
    county: County,
    areas: gpd.GeoDataFrame,
    colours: Mapping[str, str],
    drawn: Callable[[BaseGeometry, Place, float], tuple[list[str], list[str]]] | None = None,
    title: str = "",
) -> Markup:
    """Return the clusters as coloured areas with their codes, as one SVG element.

    Parameters
    ----------
    county : County
    areas : GeoDataFrame
        As `tables.cluster_areas` makes them.
    colours : mapping of str to str
        Colour of each area by code.
    drawn : callable, optional
        Takes what of the ground is seen, the place of its points in pixels, and pixels to a metre;
        returns what lies below the areas and what lies over them.
    title : str, optional
        What it shows, for those who do not see it.
    """
    areas = lighter(areas, MAP_DETAIL_M)
    shapes = {str(code): shape for code, shape in areas.geometry.items()}
    west, south, east, north = areas.total_bounds
    scale = (MAP_WIDTH - 2 * MAP_EDGE) / (east - west)
    height = round((north - south) * scale) + 2 * MAP_EDGE

    def place(points: np.ndarray) -> np.ndarray:
        across, down = (points[:, 0] - west) * scale, (north - points[:, 1]) * scale
        return np.column_stack([across, down]) + MAP_EDGE

    edge = MAP_EDGE / scale
    seen = shapely.box(west - edge, south - edge, east + edge, north + edge)
    below, above = drawn(seen, place, scale) if drawn else ([], [])
    parts = below + [
        f'<path d="{path_of(shape, place)}" fill="{colours[code]}"/>'
        for code, shape in shapes.items()
    ]
    parts += above
    dots = place(county.schools.points).round(1)
    parts += [f'<circle cx="{x:g}" cy="{y:g}" r="1.6" class="dot"/>' for x, y in dots]
    parts += _labels(shapes, place)
    title = title or f"Map of the {len(areas):,} clusters; the table of clusters says the same."
    return figure(parts, MAP_WIDTH, height, title, "plan-map")


def _labels(shapes: Mapping[str, BaseGeometry], place: Place) -> list[str]:
    """Write each code inside its area where it does not run into one written before."""
    taken: list[BaseGeometry] = []
    written = []
    ordered = sorted(shapes.items(), key=lambda item: (-item[1].area, item[0]))
    for code, shape in ordered:
        largest = max(shapely.get_parts(shape), key=shapely.area)
        spot = shapely.get_coordinates(largest.representative_point())
        ((x, y),) = place(spot).round(1)
        half = len(code) * LETTER_WIDTH / 2
        box = shapely.box(x - half, y - LABEL_HEIGHT / 2, x + half, y + LABEL_HEIGHT / 2)
        if any(box.intersects(other) for other in taken):
            continue
        taken.append(box)
        written.append(f'<text x="{x:g}" y="{y + 3.5:g}">{as_html(code)}</text>')
    return written


def path_of(shape: BaseGeometry, place: Place) -> str:
    """Return the rings of a shape's polygons as the data of an SVG path."""
    rings = []
    for polygon in shapely.get_parts(shape):
        for ring in (polygon.exterior, *polygon.interiors):
            points = place(shapely.get_coordinates(ring)).round(1)
            rings.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points[:-1]) + "Z")
    return "".join(rings)


def trace_figure(trace: Sequence[TracePoint], *, timed: bool = True) -> Markup:
    """Return score and bound over the course of a search, empty where there is nothing to draw.

    The course is in seconds, or, of a search that the clock did not end, in units of work.
    """
    spent = [p.seconds if timed else float(p.work) for p in trace]
    scores = [(at, p.cost) for at, p in zip(spent, trace, strict=True) if p.cost is not None]
    drawn = bounds_of(trace)
    bounds = [(at, drawn[place]) for place, at in enumerate(spent) if place in drawn]
    if not scores or len(trace) < 2:  # noqa: PLR2004 - one point is no line
        return Markup()
    # The first bound is often far below: the figure shows where the two lines meet.
    worst, best = scores[0][1], scores[-1][1]
    low = min([best, *(b for _, b in bounds if b > best - 2 * max(worst - best, 0.05 * best))])
    pad = 0.06 * ((worst - low) or abs(best) or 1.0)
    unit = "seconds" if timed else "units of work"
    axes = _Axes(max(spent) or 1.0, max(0.0, low - pad), worst + pad, unit)
    parts = axes.grid()
    parts.append(f'<path d="{axes.steps(scores)}" class="score"/>')
    if bounds:
        parts.append(f'<path d="{axes.steps(bounds)}" class="bound"/>')
    title = f"Best score found, falling, and proven bound, rising, over the {unit} of the search"
    return figure(parts, TRACE_WIDTH, TRACE_HEIGHT, title, "trace")


def bounds_of(trace: Sequence[TracePoint]) -> dict[int, float]:
    """Return the bounds that tell something, by their place in a trace: no score is negative."""
    return {
        place: point.bound
        for place, point in enumerate(trace)
        if point.bound is not None and point.bound >= 0
    }


class _Axes:
    """Where the course of a search and its scores stand in the figure."""

    def __init__(self, course: float, low: float, high: float, unit: str) -> None:
        self.course, self.low, self.high, self.unit = course, low, high, unit
        self.left, self.right = MARGIN["left"], TRACE_WIDTH - MARGIN["right"]
        self.top, self.bottom = MARGIN["top"], TRACE_HEIGHT - MARGIN["bottom"]

    def x(self, spent: float) -> float:
        return round(self.left + (self.right - self.left) * spent / self.course, 1)

    def y(self, score: float) -> float:
        inside = min(max(score, self.low), self.high)
        share = (inside - self.low) / (self.high - self.low)
        return round(self.bottom - (self.bottom - self.top) * share, 1)

    def steps(self, points: Sequence[tuple[float, float]]) -> str:
        """Return a line that keeps each value until the next one comes, to the end of the time."""
        line = [f"M{self.x(points[0][0]):g} {self.y(points[0][1]):g}"]
        line += [f"H{self.x(spent):g}V{self.y(value):g}" for spent, value in points[1:]]
        return "".join([*line, f"H{self.right:g}"])

    def grid(self) -> list[str]:
        parts = []
        for score in ticks(self.low, self.high):
            y = self.y(score)
            parts.append(f'<path d="M{self.left} {y:g}H{self.right}" class="grid"/>')
            parts.append(f'<text x="{self.left - 8}" y="{y + 4:g}" class="end">{score:,g}</text>')
        for spent in ticks(0.0, self.course):
            x = self.x(spent)
            parts.append(f'<text x="{x:g}" y="{self.bottom + 18}" class="mid">{spent:,g}</text>')
        middle = (self.left + self.right) / 2
        bottom = TRACE_HEIGHT - 8
        parts.append(f'<text x="{middle:g}" y="{bottom}" class="mid">{self.unit}</text>')
        return parts


def ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Return round values between low and high, about so many."""
    rough = (high - low) / about
    power = 10.0 ** np.floor(np.log10(rough))
    step = next(power * m for m in (1, 2, 5, 10) if power * m >= rough)
    first = np.ceil(low / step) * step
    return [round(float(v), 6) for v in np.arange(first, high + step / 1e6, step)]


def figure(parts: Iterable[str], width: int, height: int, title: str, kind: str) -> Markup:
    """Wrap parts, which are this module's own SVG and texts from the door, into a figure."""
    body = "\n".join(parts)
    return Markup(  # noqa: S704 - see above
        f'<svg class="{kind}" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{as_html(title)}">\n{body}\n</svg>'
    )
