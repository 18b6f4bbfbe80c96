"""A small map of one cluster among its neighbours, as SVG: a page of the atlas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from markupsafe import Markup
from shapely.geometry.base import BaseGeometry

from cluster_geo.county import County
from cluster_geo.plan import Cluster
from cluster_geo.publish.door import as_html
from cluster_geo.report.figures import figure, path_of
from cluster_geo.report.surroundings import Surroundings

WIDTH, HEIGHT = 460, 340
# Room around the cluster, as a share of its width or height, so that neighbours show.
ROOM = 0.16
# Of a pixel: corners nearer to their border than this are left out.
DETAIL = 0.9
# The cluster's own colour is its fill; every other area is this.
BESIDE = "#eef1f4"
# Widths in pixels of a figure of 8.5 and of a letter of 9.5 pixels' height, and their heights.
FIGURE_WIDTH, FIGURE_HEIGHT = 5.0, 8.0
NAME_WIDTH, NAME_HEIGHT = 5.2, 11.0
MARK_SIZE = 5.0
# A neighbour's name is written where its part on the map is at least this share of it.
LEAST_NAMED = 0.012
# Round lengths for the scale, in km.
SCALES = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50)
LONGEST_SCALE = 0.3
SCALE_CORNER = shapely.box(0, HEIGHT - 18, LONGEST_SCALE * WIDTH + 60, HEIGHT)

# Drawn once in a page; each school's symbol refers to one. The shape tells the phase.
SYMBOLS = Markup(
    '<svg class="symbols" width="0" height="0" aria-hidden="true"><defs>'
    '<circle id="at-primary" r="3.6" fill="#fff" stroke="#16283c" stroke-width="1.4"/>'
    '<rect id="at-secondary" x="-3.6" y="-3.6" width="7.2" height="7.2" fill="#16283c"/>'
    '<path id="at-all-through" d="M0-5 5 0 0 5-5 0Z" fill="#16283c"/>'
    '<circle id="at-srp" r="6.6" fill="none" stroke="#a3004f" stroke-width="1.8"/>'
    '<path id="at-hub" d="M0-5V-10M0 5V10M-5 0H-10M5 0H10" stroke="#16283c" stroke-width="2"/>'
    "</defs></svg>"
)


@dataclass(frozen=True)
class _Frame:
    """What of the ground a map shows: its corner in metres, and pixels to a metre."""

    west: float
    north: float
    scale: float

    @classmethod
    def around(cls, area: BaseGeometry) -> _Frame:
        west, south, east, north = area.bounds
        scale = min(WIDTH / (east - west), HEIGHT / (north - south)) / (1 + 2 * ROOM)
        middle = ((west + east) / 2, (south + north) / 2)
        return cls(middle[0] - WIDTH / scale / 2, middle[1] + HEIGHT / scale / 2, scale)

    def place(self, points: np.ndarray) -> np.ndarray:
        """Turn metres into pixels."""
        across, down = points[:, 0] - self.west, self.north - points[:, 1]
        return np.column_stack([across, down]) * self.scale

    def cut(self, shapes: np.ndarray) -> np.ndarray:
        """Return what of the shapes is on the map, with no more detail than it can show."""
        south, east = self.north - HEIGHT / self.scale, self.west + WIDTH / self.scale
        edge = 2 / self.scale
        seen = shapely.clip_by_rect(
            shapes, self.west - edge, south - edge, east + edge, self.north + edge
        )
        return np.asarray(shapely.coverage_simplify(seen, DETAIL / self.scale))


def small_map(
    county: County,
    cluster: Cluster,
    code: str,
    areas: gpd.GeoDataFrame,
    colour: str,
    numbers: Mapping[int, int],
    around: Surroundings,
) -> Markup:
    """Return the map of a cluster, its neighbours in grey and by name, the land of others pale.

    Parameters
    ----------
    county : County
    cluster : Cluster
    code : str
        Its place in `areas`.
    areas : GeoDataFrame
        All clusters by code, with `name`, as `tables.cluster_areas` makes them.
    colour : str
        Of the cluster's own area.
    numbers : mapping of int to int
        The number by which the list of members has each school, by URN.
    around : Surroundings
    """
    frame = _Frame.around(areas.geometry.loc[code])
    near = areas.geometry.sindex.query(_ground(frame), predicate="intersects")
    seen = areas.iloc[np.sort(near)]
    shapes = frame.cut(seen.geometry.to_numpy())
    filled = shapely.area(shapes) > 0
    below, above = around.drawn(_ground(frame), frame.place, frame.scale)
    parts = below + [
        f'<path d="{path_of(shape, frame.place)}" fill="{colour if own == code else BESIDE}"/>'
        for own, shape in zip(seen.index[filled], shapes[filled], strict=True)
    ]
    parts += above
    urns = list(cluster.members)
    rows = [county.travel.position[urn] for urn in urns]
    spots = frame.place(county.schools.points[rows]).round(1)
    parts += _journeys(urns, spots, cluster.hub)
    parts += _symbols(county, urns, spots, cluster.hub)
    taken = [shapely.box(x - 6, y - 6, x + 6, y + 6) for x, y in spots]
    taken.append(SCALE_CORNER)
    parts += _numbers(urns, spots, numbers, taken)
    names = {str(own): str(name) for own, name in seen["name"].items() if own != code}
    others = {str(own): s for own, s in zip(seen.index, shapes, strict=True) if own != code}
    parts += _names(others, names, frame, taken)
    parts += _scale(frame)
    own_name = seen["name"].astype(str)[code]
    title = f"Map of the cluster {own_name}; the table of its schools says the same."
    return figure(parts, WIDTH, HEIGHT, title, "small-map")


def _ground(frame: _Frame) -> BaseGeometry:
    east, south = frame.west + WIDTH / frame.scale, frame.north - HEIGHT / frame.scale
    return shapely.box(frame.west, south, east, frame.north)


def _journeys(urns: list[int], spots: np.ndarray, hub: int) -> list[str]:
    """Draw a line from each school to the central one, as one path."""
    x, y = spots[urns.index(hub)]
    lines = "".join(f"M{x:g} {y:g}L{a:g} {b:g}" for a, b in spots if (a, b) != (x, y))
    return [f'<path d="{lines}" class="way"/>'] if lines else []


def _symbols(county: County, urns: list[int], spots: np.ndarray, hub: int) -> list[str]:
    table = county.schools.table.loc[urns]
    parts = []
    for urn, phase, srp, (x, y) in zip(urns, table["phase"], table["srp"], spots, strict=True):
        kinds = [str(phase), *(["srp"] if srp else []), *(["hub"] if urn == hub else [])]
        parts += [f'<use href="#at-{kind}" x="{x:g}" y="{y:g}"/>' for kind in kinds]
    return parts


def _numbers(
    urns: list[int], spots: np.ndarray, numbers: Mapping[int, int], taken: list[BaseGeometry]
) -> list[str]:
    """Write each school's number beside its symbol, where there is most room for it."""
    written = []
    for urn, (x, y) in zip(urns, spots, strict=True):
        text = str(numbers[urn])
        half = len(text) * FIGURE_WIDTH / 2
        across, down = half + MARK_SIZE + 4, FIGURE_HEIGHT / 2 + MARK_SIZE + 4
        tries = [(x + across, y), (x - across, y), (x, y - down), (x, y + down)]
        tries += [(x + across, y - down), (x - across, y + down)]
        boxes = [_box(a, b, half, FIGURE_HEIGHT) for a, b in tries]
        crowd = [sum(box.intersects(other) for other in taken) for box in boxes]
        best = crowd.index(min(crowd))
        taken.append(boxes[best])
        a, b = tries[best]
        written.append(f'<text x="{a:.1f}" y="{b + 3:.1f}">{text}</text>')
    return written


def _box(x: float, y: float, half: float, height: float) -> BaseGeometry:
    return shapely.box(x - half, y - height / 2, x + half, y + height / 2)


def _names(
    shapes: Mapping[str, BaseGeometry],
    names: Mapping[str, str],
    frame: _Frame,
    taken: list[BaseGeometry],
) -> list[str]:
    """Write the neighbours' names where they have room and run into nothing."""
    whole = WIDTH * HEIGHT / frame.scale**2
    canvas = shapely.box(0, 0, WIDTH, HEIGHT)
    written = []
    for code, shape in sorted(shapes.items(), key=lambda item: (-item[1].area, item[0])):
        if shape.area < LEAST_NAMED * whole:
            continue
        largest = max(shapely.get_parts(shape), key=shapely.area)
        ((x, y),) = frame.place(shapely.get_coordinates(largest.representative_point()))
        half = len(names[code]) * NAME_WIDTH / 2
        x = min(max(x, half + 2), WIDTH - half - 2)
        box = _box(x, y, half, NAME_HEIGHT)
        if not canvas.contains(box) or any(box.intersects(other) for other in taken):
            continue
        taken.append(box)
        name = as_html(names[code])
        written.append(f'<text x="{x:.1f}" y="{y + 3:.1f}" class="beside">{name}</text>')
    return written


def _scale(frame: _Frame) -> list[str]:
    """Draw a round length along the lower edge."""
    km = max(_fitting(frame), default=SCALES[0])
    length = km * 1000 * frame.scale
    y = HEIGHT - 10
    return [
        f'<path d="M10 {y - 4}V{y}H{10 + length:.1f}V{y - 4}" class="scale"/>',
        f'<text x="{16 + length:.1f}" y="{y + 1}" class="from">{km:g} km</text>',
    ]


def _fitting(frame: _Frame) -> Iterable[float]:
    return [km for km in SCALES if km * 1000 * frame.scale <= LONGEST_SCALE * WIDTH]
