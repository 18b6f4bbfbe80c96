"""Tiny counties, drawn or random, for every test that needs one.

A drawn county is a picture of letters, one school a letter, row by row from the north:

    p primary      s secondary      a all-through      . no school

A capital letter has an SRP. Schools are `SPACING_KM` apart and neighbours are the schools
north, south, east and west of each other. URNs count from `FIRST_URN` in the order of reading.
Blanks are skipped, so that pictures may be spaced out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
from shapely.geometry import Polygon, box

from cluster_geo.boundaries import BoundaryLayer
from cluster_geo.columns import SCHOOL_COLUMNS
from cluster_geo.county import County
from cluster_geo.geometry import BRITISH_NATIONAL_GRID
from cluster_geo.neighbours import Neighbours
from cluster_geo.schools import Schools
from cluster_geo.travel import Travel

FIRST_URN = 100_001
SPACING_KM = 1.0
ORIGIN = (550_000.0, 150_000.0)

PHASES = {"p": "primary", "s": "secondary", "a": "all-through"}
EMPTY_OF_KIND: dict[str, Any] = {
    "text": "",
    "integer": 0,
    "number": np.nan,
    "flag": False,
    "date": "",
}


def make_schools(rows: Sequence[Mapping[str, Any]]) -> Schools:
    """Make schools of rows with `urn`, `x`, `y` (m) and any columns; the rest is empty."""
    table = pd.DataFrame(
        {
            column.name: [row.get(column.name, EMPTY_OF_KIND[column.kind]) for row in rows]
            for column in SCHOOL_COLUMNS
        },
        index=pd.Index([row["urn"] for row in rows], name="urn", dtype="int64"),
    )
    points = gpd.points_from_xy([row["x"] for row in rows], [row["y"] for row in rows])
    frame = gpd.GeoDataFrame(table, geometry=points, crs=BRITISH_NATIONAL_GRID).sort_index()
    return Schools(frame, frame.iloc[:0], as_at="2025-07-18")


def make_layer(
    name: str, zone_of: Mapping[int, str], shapes: Mapping[str, Polygon] | None = None
) -> BoundaryLayer:
    """Make a layer of the zones that schools lie in; a zone's name is "Zone" and its code."""
    codes = sorted({*zone_of.values(), *(shapes or {})})
    zones = gpd.GeoDataFrame(
        {"name": [f"Zone {code}" for code in codes]},
        index=pd.Index(codes, name="code", dtype="object"),
        geometry=[(shapes or {}).get(code, Polygon()) for code in codes],
        crs=BRITISH_NATIONAL_GRID,
    )
    return BoundaryLayer(name, zones, dict(zone_of))


def make_county(
    rows: Sequence[Mapping[str, Any]],
    edges: Iterable[tuple[int, int]],
    *,
    layers: Mapping[str, Mapping[int, str]] | None = None,
    matrix: np.ndarray | None = None,
    factor: float = 1.0,
) -> County:
    """Make a county by hand: rows of schools, edges between neighbours, zones by layer.

    Travel is the straight line times `factor` in km, or `matrix` (in the order of the URNs).
    """
    schools = make_schools(rows)
    points = schools.points
    km = np.linalg.norm(points[:, None] - points[None, :], axis=2) / 1000.0
    place = {urn: i for i, urn in enumerate(schools.urns)}
    graph = nx.Graph()
    graph.add_nodes_from(schools.urns)
    for a, b in edges:
        graph.add_edge(a, b, km=float(km[place[a], place[b]]), kind="delaunay")
    travel = Travel(
        schools.urns,
        factor * km if matrix is None else matrix,
        method=f"straight line times {factor}",
    )
    made = {name: make_layer(name, zone_of) for name, zone_of in (layers or {}).items()}
    return County(schools, made, Neighbours(graph), travel)


def draw_county(
    picture: str,
    *,
    district: str = "",
    trust: str = "",
    federation: str = "",
    cut: Iterable[tuple[int, int]] = (),
    join: Iterable[tuple[int, int]] = (),
    columns: Mapping[str, Mapping[int, Any]] | None = None,
) -> County:
    """Make a county of pictures of the same shape.

    `district`, `trust` and `federation` hold a letter a school (`.` for none). `cut` takes
    edges of the grid away, `join` adds edges. `columns` sets any column by URN.
    """
    cells = [(r, c, letter) for r, row in enumerate(_rows(picture)) for c, letter in row]
    cells = [cell for cell in cells if cell[2] != "."]
    urn_at = {(r, c): FIRST_URN + k for k, (r, c, _) in enumerate(cells)}
    schools: dict[int, dict[str, Any]] = {}
    for r, c, letter in cells:
        urn = urn_at[r, c]
        schools[urn] = {
            "urn": urn,
            "name": f"School {urn - FIRST_URN + 1}",
            "phase": PHASES[letter.lower()],
            "srp": letter.isupper(),
            "srp_needs": "ASD" if letter.isupper() else "",
            "x": ORIGIN[0] + 1000.0 * SPACING_KM * c,
            "y": ORIGIN[1] - 1000.0 * SPACING_KM * r,
            "pupils": 200.0 + 10 * (urn - FIRST_URN),
            "age_low": 11.0 if letter.lower() == "s" else 4.0,
        }
    for name, code, drawing in (
        ("district", "district_code", district),
        ("trust", "trust_uid", trust),
        ("federation", "federation_code", federation),
    ):
        for urn, letter in _letters(drawing, urn_at).items():
            schools[urn] |= {code: letter, name: f"{name.title()} {letter}"}
    for column, values in (columns or {}).items():
        for urn, value in values.items():
            schools[urn][column] = value
    edges = {
        tuple(sorted((urn, urn_at[beside])))
        for (r, c), urn in urn_at.items()
        for beside in ((r + 1, c), (r, c + 1))
        if beside in urn_at
    }
    edges -= {tuple(sorted(edge)) for edge in cut}
    edges |= {tuple(sorted(edge)) for edge in join}
    zone_of = _letters(district, urn_at)
    layers = {"district": zone_of} if zone_of else {}
    county = make_county(list(schools.values()), sorted(edges), layers=layers)
    for name, layer in layers.items():
        shapes = {code: _cells_of(code, layer, schools) for code in sorted(set(layer.values()))}
        county.layers[name] = make_layer(name, layer, shapes)
    return county


def _rows(picture: str) -> list[list[tuple[int, str]]]:
    lines = [line.split() for line in picture.strip().splitlines()]
    return [list(enumerate("".join(words))) for words in lines]


def _letters(drawing: str, urn_at: Mapping[tuple[int, int], int]) -> dict[int, str]:
    return {
        urn_at[r, c]: letter
        for r, row in enumerate(_rows(drawing))
        for c, letter in row
        if letter != "." and (r, c) in urn_at
    }


def _cells_of(code: str, zone_of: Mapping[int, str], schools: Mapping[int, Any]) -> Polygon:
    half = 500.0 * SPACING_KM
    squares = gpd.GeoSeries(
        box(row["x"] - half, row["y"] - half, row["x"] + half, row["y"] + half)
        for urn, row in schools.items()
        if zone_of.get(urn) == code
    )
    return squares.union_all()


def random_county(seed: int, n: int) -> County:
    """Roll a county of `n` schools with every feature that a rule may ask about.

    Points in a square of 12 km, two of which may coincide; neighbours are a spanning tree and
    the nearest two of each school; about a quarter are secondaries; trusts, federations, SRPs,
    two districts and PCNs (a school may lie in none); one road in two is longer one way.
    """
    rng = np.random.default_rng(seed)
    points = np.round(rng.uniform(0, 12_000, size=(n, 2)), -2)
    if n > 2 and rng.random() < 0.5:
        points[1] = points[0]
    urns = [FIRST_URN + i for i in range(n)]
    phases = rng.choice(["primary", "secondary", "all-through"], size=n, p=[0.6, 0.3, 0.1])
    trusts = rng.choice(["", "T1", "T2"], size=n, p=[0.4, 0.35, 0.25])
    federations = rng.choice(["", "F1"], size=n, p=[0.7, 0.3])
    west = points[:, 0] < 6000
    rows = [
        {
            "urn": urn,
            "name": f"School {i + 1}",
            "x": ORIGIN[0] + float(points[i, 0]),
            "y": ORIGIN[1] + float(points[i, 1]),
            "phase": str(phases[i]),
            "srp": bool(rng.random() < 0.4),
            "admissions": "Selective" if rng.random() < 0.3 else "Non-selective",
            "age_low": 11.0 if phases[i] == "secondary" else 4.0,
            "pupils": float(rng.integers(60, 900)),
            "ehcp": float(rng.integers(0, 60)),
            "trust_uid": str(trusts[i]),
            "trust": f"Trust {trusts[i]}" if trusts[i] else "",
            "federation_code": str(federations[i]),
            "district_code": "W" if west[i] else "E",
            "district": "West" if west[i] else "East",
        }
        for i, urn in enumerate(urns)
    ]
    km = np.linalg.norm(points[:, None] - points[None, :], axis=2) / 1000.0
    longer = 1.0 + 0.2 * rng.integers(0, 2, size=(n, n))
    pcn = {urn: str(rng.choice(["P1", "P2"])) for urn in urns if rng.random() < 0.85}
    return make_county(
        rows,
        _near_edges(km, urns),
        layers={
            "district": {row["urn"]: row["district_code"] for row in rows},
            "pcn": pcn,
        },
        matrix=np.round(1.3 * km * longer, 3),
    )


def _near_edges(km: np.ndarray, urns: Sequence[int]) -> list[tuple[int, int]]:
    whole = nx.from_numpy_array(km + 1e-6 * (1 - np.eye(len(urns))))
    edges = {tuple(sorted(edge)) for edge in nx.minimum_spanning_tree(whole).edges}
    for i in range(len(urns)):
        nearest = [int(j) for j in np.argsort(km[i], kind="stable") if j != i][:2]
        edges |= {tuple(sorted((i, j))) for j in nearest}
    return sorted((urns[a], urns[b]) for a, b in edges)
