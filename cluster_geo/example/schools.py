"""The schools of Merrowshire: towns, villages, trusts, federations and provisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random

from shapely import Point
from shapely.geometry.base import BaseGeometry

from cluster_geo.example import names
from cluster_geo.example.land import ORIGIN, Land

FIRST_URN = 900_001
SHORE = 250.0
NEEDS = {
    "ASD": "ASD - Autistic Spectrum Disorder",
    "SLCN": "SLCN - Speech, language and Communication",
    "SEMH": "SEMH - Social, Emotional and Mental Health",
    "HI": "HI - Hearing Impairment",
    "VI": "VI - Visual Impairment",
    "PD": "PD - Physical Disability",
    "SpLD": "SpLD - Specific Learning Difficulty",
}
# Town or village of a provision, its phase and its needs. Stanmere has none for secondary pupils,
# a gap in the pathway as in real counties.
PROVISIONS = (
    ("Alderwold", "Primary", ("ASD",)), ("Alderwold", "Primary", ("SLCN",)),
    ("Alderwold", "Secondary", ("ASD", "SLCN")), ("Brackenford", "Primary", ("SEMH",)),
    ("Brackenford", "Secondary", ("HI",)), ("Kestwold", "Primary", ("ASD",)),
    ("Stanmere", "Primary", ("ASD",)), ("Stanmere", "Primary", ("PD", "VI")),
    ("Holmsted Bay", "Primary", ("SLCN",)), ("Marlcombe", "Primary", ("SpLD",)),
    ("Saltholme", "Primary", ("ASD",)), ("Saltholme", "Secondary", ("ASD",)),
    ("Saltholme", "Secondary", ("PD", "VI")), ("Thornwick", "Primary", ("SLCN",)),
    ("Skernehaven", "Primary", ("ASD", "SEMH")),
)  # fmt: skip
FEDERATIONS = (
    ("19001", "Skerne Federation", ("Gullwick", "Leysand")),
    ("19002", "The Marrams Federation", ("Great Marram", "Little Marram")),
    ("19003", "Downs Village Schools Federation", ("Cotterby", "Orlaby", "Pemworth")),
    ("19004", "Heath Schools Federation", ("Oxley Heath", "Redmarsh")),
)


@dataclass(frozen=True)
class School:
    """One establishment of the example, in the register's words."""

    urn: int
    name: str
    place: str
    point: Point
    phase: str
    ages: tuple[int, int]
    kind: str = "Community school"
    group: str = "Local authority maintained schools"
    status: str = "Open"
    opened: str = ""
    closes: str = ""
    trust: tuple[str, str] = ("", "")
    trust_flag: str = "Not supported by a trust"
    federation: tuple[str, str] = ("", "")
    diocese: str = "Not applicable"
    admissions: str = "Not applicable"
    gender: str = "Mixed"
    needs: tuple[str, ...] = field(default=())
    pupils: int = 0


def make_schools(land: Land, rng: Random) -> list[School]:
    """Make every establishment, in the order of its URN."""
    schools = [*_in_towns(land, rng), *_in_villages(land, rng)]
    schools = [replace(school, urn=FIRST_URN + i) for i, school in enumerate(schools)]
    schools = _on_one_site(schools)
    schools = _governed(schools, rng)
    schools = [_federated(school) for school in schools]
    return _with_provisions(schools)


def _in_towns(land: Land, rng: Random) -> Iterator[School]:
    features = list(names.FEATURES)
    rng.shuffle(features)
    saints = list(names.SAINTS)
    for town, centre, pairs, primaries, secondaries in names.TOWNS:
        reach = 700.0 + 130.0 * (primaries + secondaries)

        def spot(reach: float = reach, centre: tuple[int, int] = centre) -> Point:
            return spot_near(centre, reach, land.ground, rng)

        for _ in range(pairs):
            at = spot()
            feature = features.pop()
            beside = Point(at.x + 40 + round(200 * rng.random()), at.y - 60)
            yield _primary(f"{feature} Infant School", town, at, (4, 7), rng)
            yield _primary(f"{feature} Junior School", town, beside, (7, 11), rng)
        for number in range(primaries):
            if number == 0 and saints:
                name = f"St {saints.pop()}'s Catholic Primary School, {town}"
                yield replace(_primary(name, town, spot(), (4, 11), rng), diocese=names.ARCHDIOCESE)
            elif number == 1:
                name = f"{town} Church of England Primary School"
                yield replace(_primary(name, town, spot(), (4, 11), rng), diocese=names.DIOCESE)
            else:
                feature = features.pop() if features else f"{town} {number}"
                yield _primary(f"{feature} Primary School", town, spot(), (4, 11), rng)
        yield from _secondaries(town, secondaries, [spot() for _ in range(secondaries)], rng)


def _secondaries(town: str, number: int, spots: list[Point], rng: Random) -> Iterator[School]:
    """Yield a town's secondaries: the larger towns also have selective schools."""
    titles = [f"The {town} Academy", f"{town} Grammar School for Girls", f"{town} High School",
              f"{town} Grammar School for Boys"]  # fmt: skip
    if town == "Holmsted Bay":
        titles[1] = f"{town} All-through School"
    elif number == 2:  # noqa: PLR2004 - the smaller towns have one school for each ability
        titles[1] = f"{town} Grammar School"
    for title, at in zip(titles[:number], spots, strict=True):
        through = "All-through" in title
        selective = "Grammar" in title
        yield School(
            urn=0,
            name=title,
            place=town,
            point=at,
            phase="All-through" if through else "Secondary",
            ages=(4, 16) if through else (11, 18),
            admissions="Selective" if selective else "Non-selective",
            gender="Girls" if "Girls" in title else "Boys" if "Boys" in title else "Mixed",
            pupils=700 + round(600 * rng.random()),
        )


def _in_villages(land: Land, rng: Random) -> Iterator[School]:
    taken = [Point(ORIGIN[0] + x, ORIGIN[1] + y) for _, (x, y), *_ in names.TOWNS]
    shapes = {name: shape for (_, name), shape in land.districts.items()}
    mainland = {name: max(_parts(shape), key=lambda p: p.area) for name, shape in shapes.items()}
    island = min(_parts(shapes["Saltholme"]), key=lambda part: part.area)
    rows = [(village, mainland[name], 2400.0) for name, some in names.VILLAGES.items()
            for village in some]  # fmt: skip
    rows += [(village, island, 1500.0) for village in names.ISLAND_VILLAGES]
    for village, shape, apart in rows:
        at = _apart_from(taken, shape, apart, rng)
        taken.append(at)
        church = rng.random() < 0.5  # noqa: PLR2004
        kind = "Church of England Primary School" if church else "Primary School"
        school = _primary(f"{village} {kind}", village, at, (4, 11), rng, small=True)
        yield replace(school, diocese=names.DIOCESE) if church else school


def _primary(
    name: str, place: str, at: Point, ages: tuple[int, int], rng: Random, *, small: bool = False
) -> School:
    low, span = (55, 130) if small else (190, 240)
    pupils = low + round(span * rng.random())
    return School(0, name, place, at, "Primary", ages, pupils=pupils)


def _on_one_site(schools: list[School]) -> list[School]:
    """Put the island's first primary at the point of its secondary, as in real registers."""
    home = [school for school in schools if school.place == names.ISLAND_TOWN]
    first = next(school for school in home if school.phase == "Primary")
    secondary = next(school for school in home if school.phase == "Secondary")
    return [replace(s, point=secondary.point) if s.urn == first.urn else s for s in schools]


def _governed(schools: list[School], rng: Random) -> list[School]:
    """Give each school its type, and academies their trust."""
    centres = {town: Point(ORIGIN[0] + x, ORIGIN[1] + y) for town, (x, y), *_ in names.TOWNS}
    places = {uid: most for uid, _, _, most in names.TRUSTS}
    governed = []
    for school in schools:
        secondary = school.phase != "Primary"
        academy = rng.random() < (0.75 if secondary else 0.42)
        draw = rng.random()
        if not academy:
            governed.append(_maintained(school, draw))
            continue
        choices = []
        for uid, name, town, _ in names.TRUSTS:
            near = not town or school.point.distance(centres[town]) < 9000  # noqa: PLR2004
            church = "Diocese" not in name or school.diocese == names.DIOCESE
            if places[uid] and near and church:
                choices.append((uid, name))
        if not choices or draw < 0.06:  # noqa: PLR2004
            own = (str(9500 + school.urn % 1000), f"{school.name} Trust")
            flag = "Supported by a single-academy trust"
        else:
            own = choices[int(rng.random() * len(choices))]
            places[own[0]] -= 1
            flag = "Supported by a multi-academy trust"
        kind = "Academy sponsor led" if draw > 0.8 else "Academy converter"  # noqa: PLR2004
        governed.append(replace(school, kind=kind, group="Academies", trust=own, trust_flag=flag))
    return governed


def _maintained(school: School, draw: float) -> School:
    if school.diocese != "Not applicable":
        kind = "Voluntary controlled school" if draw < 0.6 else "Voluntary aided school"  # noqa: PLR2004
        return replace(school, kind=kind)
    if draw < 0.12:  # noqa: PLR2004
        # As in the real register: a trust that is not an academy trust.
        own = ("9601", "Merrow Co-operative Learning Trust")
        return replace(
            school, kind="Foundation school", trust=own, trust_flag="Supported by a trust"
        )
    return school


def _federated(school: School) -> School:
    for uid, name, villages in FEDERATIONS:
        if school.place in villages:
            return replace(
                _maintained(replace(school, trust=("", "")), 0.5),
                federation=(uid, name),
                group="Local authority maintained schools",
                kind="Community school" if school.diocese == "Not applicable"
                else "Voluntary controlled school",
                trust_flag="Not supported by a trust",
            )  # fmt: skip
    return school


def _with_provisions(schools: list[School]) -> list[School]:
    given: dict[int, tuple[str, ...]] = {}
    for place, phase, needs in PROVISIONS:
        home = [s for s in schools if s.place == place and s.phase == phase]
        home = [s for s in home if s.urn not in given and s.admissions != "Selective"]
        given[home[-1].urn] = needs
    return [replace(s, needs=given.get(s.urn, ())) for s in schools]


def spot_near(centre: tuple[int, int], reach: float, ground: BaseGeometry, rng: Random) -> Point:
    """Return a random spot of a town, on land and off the shore, in whole metres."""
    inland = ground.buffer(-SHORE)
    while True:
        x = ORIGIN[0] + centre[0] + round((rng.random() + rng.random() - 1) * reach)
        y = ORIGIN[1] + centre[1] + round((rng.random() + rng.random() - 1) * reach)
        if inland.contains(Point(x, y)):
            return Point(x, y)


def _apart_from(taken: list[Point], shape: BaseGeometry, apart: float, rng: Random) -> Point:
    """Return a random spot in a shape, away from the shore and from other places."""
    inland = shape.buffer(-2 * SHORE)
    west, south, east, north = inland.bounds
    while True:
        spot = Point(
            round(west + (east - west) * rng.random()),
            round(south + (north - south) * rng.random()),
        )
        if inland.contains(spot) and min(spot.distance(other) for other in taken) > apart:
            return spot
        # In a full district, villages may be a little closer with each attempt.
        apart *= 0.999


def _parts(shape: BaseGeometry) -> list[BaseGeometry]:
    return list(shape.geoms) if hasattr(shape, "geoms") else [shape]
