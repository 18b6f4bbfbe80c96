"""The shape of Merrowshire: a coast, an estuary, three districts, an island and its bridge.

The county lies in the Bristol Channel, north of Lundy, so that its schools cannot be confused with
real ones.
Coordinates here are metres from `ORIGIN` in the British National Grid.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from random import Random

from shapely import (
    LineString,
    MultiPoint,
    Point,
    Polygon,
    normalize,
    polygonize,
    set_precision,
    union_all,
    voronoi_polygons,
)
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

ORIGIN = (197_000, 154_000)

COAST = [
    (1500, 1800), (9000, 900), (17000, 1700), (25500, 800), (34000, 1500), (40000, 3600),
    (41200, 8200), (38800, 11400), (33000, 11300), (27500, 11300), (22600, 11900),
    (27000, 12900), (32500, 13200), (38500, 13300), (41000, 15000), (40200, 19000),
    (36500, 21600), (30000, 22300), (23500, 22600), (17000, 24200), (9500, 25000),
    (3800, 22800), (900, 17500), (2100, 11500), (600, 6500),
]  # fmt: skip
ISLAND = [
    (24500, 23900), (29500, 23500), (35000, 23000), (37600, 24600), (36200, 27300),
    (30800, 28300), (25900, 27200), (23600, 25700),
]  # fmt: skip
# From the south coast up to the north coast, and from the head of the estuary to the west.
DISTRICT_LINES = [
    [(15500, -500), (14200, 5500), (15800, 12000), (14600, 18500), (13600, 26500)],
    [(24000, 12000), (19500, 11200), (13000, 12100)],
]
DISTRICTS = (
    ("E07000991", "Alderwold", (8000, 14000)),
    ("E07000992", "Saltholme", (29000, 18000)),
    ("E07000993", "Stanmere", (25000, 6000)),
)
PCNS = (
    ("U99001", "ALDERWOLD CENTRAL PCN", (8200, 15000)),
    ("U99002", "BRACKENFORD AND DOWNS PCN", (6500, 6200)),
    ("U99003", "NORTH WOLDS PCN", (10500, 21500)),
    ("U99004", "THORNWICK PCN", (19500, 18500)),
    ("U99005", "SALTHOLME PCN", (31500, 17500)),
    ("U99006", "SKERNE PCN", (30500, 25500)),
    ("U99007", "STANMERE PCN", (22500, 6500)),
    ("U99008", "HOLMSTED BAY PCN", (34500, 6000)),
)
BRIDGE = ((30300, 21900), (30100, 24000))


@dataclass(frozen=True)
class Land:
    """The county's shapes in the British National Grid, whole metres.

    Parameters
    ----------
    districts, pcns : mapping of (code, name) to polygon
    crossing : tuple of two points
        Ends of the bridge to the island, a little inland of either bank.
    """

    districts: dict[tuple[str, str], BaseGeometry]
    pcns: dict[tuple[str, str], BaseGeometry]
    crossing: tuple[Point, Point]

    @cached_property
    def ground(self) -> BaseGeometry:
        """All the county's land."""
        return union_all(list(self.districts.values()))


def draw_land(rng: Random) -> Land:
    """Draw the county; the same random numbers give the same coast."""
    mainland = Polygon(_roughen([*COAST, COAST[0]], rng))
    island = Polygon(_roughen([*ISLAND, ISLAND[0]], rng))
    lines = [LineString(_roughen(line, rng)) for line in DISTRICT_LINES]
    pieces = polygonize([union_all([mainland.exterior, *lines])])
    inside = [piece for piece in pieces.geoms if mainland.contains(piece.representative_point())]
    districts = {
        (code, name): union_all([p for p in inside if _nearest(p, DISTRICTS) == code])
        for code, name, _ in DISTRICTS
    }
    saltholme = DISTRICTS[1][:2]
    districts[saltholme] = union_all([districts[saltholme], island])
    ground = union_all(list(districts.values()))
    cells = voronoi_polygons(MultiPoint([seed for _, _, seed in PCNS]), extend_to=ground)
    pcns = {
        (code, name): next(c for c in cells.geoms if c.contains(Point(seed))).intersection(ground)
        for code, name, seed in PCNS
    }
    return Land(
        districts={key: _placed(shape) for key, shape in districts.items()},
        pcns={key: _placed(shape) for key, shape in pcns.items()},
        crossing=(_at(BRIDGE[0]), _at(BRIDGE[1])),
    )


def _roughen(
    corners: list[tuple[int, int]], rng: Random, rounds: int = 4
) -> list[tuple[float, float]]:
    """Break straight lines into a coast: each midpoint is moved aside by a share of its length."""
    points = [(float(x), float(y)) for x, y in corners]
    for _ in range(rounds):
        longer = [points[0]]
        for (x0, y0), (x1, y1) in pairwise(points):
            push = (rng.random() - 0.5) * 0.12
            longer.append(((x0 + x1) / 2 - push * (y1 - y0), (y0 + y1) / 2 + push * (x1 - x0)))
            longer.append((x1, y1))
        points = longer
    return points


def _nearest(piece: BaseGeometry, seeds: tuple[tuple[str, str, tuple[int, int]], ...]) -> str:
    """Code of the district whose seed lies in the piece, else nearest to it."""
    return min(seeds, key=lambda seed: piece.distance(Point(seed[2])))[0]


def _at(point: tuple[float, float]) -> Point:
    return Point(ORIGIN[0] + point[0], ORIGIN[1] + point[1])


def _placed(shape: BaseGeometry) -> BaseGeometry:
    """Move a shape to the county's place, on whole metres, its rings in one fixed order."""
    return normalize(set_precision(translate(shape, *ORIGIN), 1.0))
