"""A small county with every kind of file that a planner may give, all of them sound."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tests.schools.conftest import gias_bytes

FIRST = 300_001
ACROSS, DOWN = 6, 3
COUNT = ACROSS * DOWN
WEST, NORTH, APART = 560_000, 152_000, 1_200
# The box of the county in degrees, wide enough for all its schools.
BOX = (0.20, 51.15, 0.45, 51.30)

URNS = tuple(range(FIRST, FIRST + COUNT))


def place(k: int) -> tuple[int, int]:
    """Return easting and northing of the k-th school."""
    return WEST + APART * (k % ACROSS), NORTH - APART * (k // ACROSS)


def phase(k: int) -> str:
    """Return the phase of the k-th school: one in three is a secondary."""
    return "secondary" if k % 3 == 2 else "primary"


def table(rows: Iterable[Mapping[str, object]]) -> bytes:
    """Return rows as the bytes of a CSV file."""
    rows = list(rows)
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()


def own_schools() -> bytes:
    """Return the county as a planner's own table."""
    return table(
        {
            "urn": urn,
            "name": f"School {k + 1}",
            "phase": phase(k),
            "easting": place(k)[0],
            "northing": place(k)[1],
            "district": "West" if k % ACROSS < 3 else "East",
            "trust": "Oak" if k % 4 == 0 else "",
            "federation": "Elm" if k in (1, 7) else "",
            "srp": "yes" if k % 5 == 0 else "no",
            "pupils": 100 + k,
            "ehcp": k % 7,
        }
        for k, urn in enumerate(URNS)
    )


def register() -> bytes:
    """Return the same county as a GIAS extract."""
    return gias_bytes(
        {
            "URN": str(urn),
            "PhaseOfEducation (name)": phase(k).capitalize(),
            "Easting": str(place(k)[0]),
            "Northing": str(place(k)[1]),
            "StatutoryLowAge": "11" if phase(k) == "secondary" else "4",
            "DistrictAdministrative (name)": "West" if k % ACROSS < 3 else "East",
            "DistrictAdministrative (code)": "W" if k % ACROSS < 3 else "E",
        }
        for k, urn in enumerate(URNS)
    )


def polygons(*zones: tuple[str, Sequence[Sequence[float]]]) -> bytes:
    """Return a GeoJSON file of named rings in degrees."""
    features = [
        {
            "type": "Feature",
            "properties": {"code": name[:1], "name": name},
            "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
        }
        for name, ring in zones
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def ring(west: float, south: float, east: float, north: float) -> list[list[float]]:
    """Return the corners of a box."""
    return [[west, south], [east, south], [east, north], [west, north]]


def districts() -> bytes:
    """Return two zones side by side."""
    west, south, east, north = BOX
    return polygons(
        ("West", ring(west, south, 0.3285, north)), ("East", ring(0.3285, south, east, north))
    )


def others() -> dict[str, bytes]:
    """Return every other file by name."""
    pairs = [(a, b) for a in URNS for b in URNS if a != b]
    return {
        "districts.geojson": districts(),
        "land.geojson": polygons(("Land", ring(*BOX))),
        "groups.csv": table(
            {"district": zone, "area": area} for zone, area in (("West", "A"), ("East", "B"))
        ),
        "srp.csv": table(
            {"urn": u, "need": "ASD", "places": 12, "on_roll": 3, "opens": "", "closes": ""}
            for u in URNS[:3]
        ),
        "census.csv": table(
            {"URN": u, "NOR": 200, "TSENELSE": 9, "TSENELK": 20, "NUMFSM": 30} for u in URNS
        ),
        "links.csv": table(
            {"URN": URNS[0], "LinkURN": 200_001 + k, "LinkType": "Predecessor",
             "LinkEstablishedDate": "01-09-2020"}
            for k in range(2)
        ),
        "changes.csv": table([{"urn": URNS[-1], "action": "remove", "reason": "closes"}]),
        "pairs.csv": table(
            [{"infant_urn": URNS[0], "junior_urn": URNS[1], "confidence": "", "confirmed": "yes"}]
        ),
        "networks.csv": table(
            {"urn": u, "network": "Downs", "weight": ""} for u in URNS[2:5]
        ),
        "matrix.csv": table(
            {"from_urn": a, "to_urn": b, "minutes": 1 + abs(a - b)} for a, b in pairs
        ),
        "crossings.csv": table(
            [{"name": "Bridge", "from_urn": URNS[2], "to_urn": URNS[3]}]
        ),
        "plan.csv": table(
            {"urn": u, "cluster": f"C-{k % ACROSS // 2}", "cluster_name": f"N{k % ACROSS // 2}"}
            for k, u in enumerate(URNS)
        ),
        "names.csv": table([{"code": "WES-01", "name": "Hill"}]),
    }  # fmt: skip


def files() -> dict[str, bytes]:
    """Return every file of the county, the scenario that uses them among them."""
    return {
        "schools.csv": own_schools(),
        "gias.csv": register(),
        **others(),
        "mine.toml": SCENARIO.encode(),
    }


SCENARIO = """\
[plan]
title = "Town"
previous_plan = "plan.csv"

[schools]
file = "schools.csv"
as_at = 2025-07-18
srp = "srp.csv"
census = "census.csv"
links = "links.csv"
changes = "changes.csv"

[clusters]
size = "4:9"
names = "names.csv"

[neighbours]
land = "land.geojson"
crossings = "crossings.csv"

[travel]
around_water = true

[boundaries.district]
rule = "priced"
file = "districts.geojson"
column = "district"

[boundaries.area]
rule = "shown"
groups = "groups.csv"
of = "district"

[pairs]
rule = "priced"
file = "pairs.csv"

[networks]
rule = "priced"
file = "networks.csv"

[pins]
together = [[300001, 300002]]
apart = [[300003, 300016]]

[reference]
plan = "plan.csv"
weight = 0.5

[balance.ehcp]
column = "ehcp"
weight = 0.1

[solve]
time_limit = 5
work = 60
"""


def write(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files into a folder."""
    for name, content in contents.items():
        (folder / name).write_bytes(content)
