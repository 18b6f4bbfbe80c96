"""A county and two plans of it in which no two measures coincide.

A figure from the wrong column, the wrong end of a journey or the wrong mean is then another
figure. `test_distinct` holds the county to that; `sums` works the figures out in plain Python.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
from shapely.geometry import Polygon, box

from cluster_geo.audience import Disclosure
from cluster_geo.audit import Audit, audit
from cluster_geo.boundaries import BoundaryLayer
from cluster_geo.compare import Comparison, PlanFile, compare_plans
from cluster_geo.county import County
from cluster_geo.neighbours import Neighbours
from cluster_geo.optimise import Result, TracePoint
from cluster_geo.plan import Cluster, Papers, Plan
from cluster_geo.publish import Publication
from cluster_geo.records import OGL, Notice, Source
from cluster_geo.rules import (
    Balance,
    Rulebook,
    Size,
    TravelToHub,
    Trusts,
    Zones,
    srp_coverage,
)
from cluster_geo.scenario import Brief
from cluster_geo.travel import Travel
from tests.figures.sums import Row, Sums, line_km
from tests.worlds import ORIGIN, make_layer, make_schools

NAN = float("nan")
# name, phase, east and north (km), district, area, pcn, trust, needs of an SRP or None, its places
# and on roll, pupils, EHC plans, SEN support, per cent FSM, fifth by IDACI, urban or rural, ages.
_ROWS: tuple[tuple[Any, ...], ...] = (
    ("Yew Tree", "primary", 0.4, 8.8, "W", "N", "P1", "T1", "ASD|SLCN", 14, 13, 412, 11, 61, 12.5, 1, "R", "4-11"),
    ("Oakfield", "primary", 3.9, 12.2, "W", "N", "P1", "T3", "ASD", 23, 27, 233, 7, 43, 21.0, 2, "R", "4-11"),
    ("Kingsley", "secondary", 5.2, 9.4, "W", "N", "P2", "T3", "HI", NAN, 9, 1204, 29, 151, 8.2, 4, "U", "11-18"),
    ("Ash Lane", "primary", 2.4, 6.6, "W", "S", "P1", "T3", None, NAN, NAN, 187, NAN, 22, 33.1, 1, "R", "4-7"),
    ("Meadow", "primary", 6.8, 11.0, "E", "N", "P2", "T1", None, NAN, NAN, 305, 6, 37, 17.9, 2, "U", "7-11"),
    ("Charter", "all-through", 4.3, 7.9, "W", "N", "P1", "", "ASD|MLD", 31, 17, 1531, 53, 173, 14.6, 3, "U", "4-18"),
    ("Vale", "primary", 7.6, 8.3, "E", "N", "P2", "T2", None, NAN, NAN, 98, 8, 19, NAN, 5, "R", "4-11"),
    ("Bishop's", "secondary", 2.9, 10.7, "W", "N", "P3", "", None, NAN, NAN, 902, 24, 131, 9.7, 3, "U", "11-16"),
    ("Quay", "primary", 9.9, 5.3, "", "S", "", "", None, NAN, NAN, 276, 13, 41, 26.4, NAN, "", "4-11"),
    ("Upton", "primary", 13.1, 12.6, "E", "N", "P2", "T2", None, NAN, NAN, 349, 16, 58, 11.3, 5, "R", "4-11"),
    ("Holm", "secondary", 15.8, 10.9, "E", "N", "P2", "T4", "SEMH", 19, 21, 1377, 37, 202, 7.1, 4, "U", "11-18"),
    ("Grange", "all-through", 17.2, 12.9, "E", "N", "P2", "T1", "ASD", 26, NAN, 1643, 61, 211, 19.2, 2, "R", "4-16"),
    ("Easton", "primary", 14.6, 8.7, "W", "S", "P2", "T5", None, NAN, NAN, NAN, 5, 33, 24.8, 1, "R", "4-11"),
    ("Tanner", "all-through", 18.9, 9.6, "E", "S", "", "", None, NAN, NAN, 718, 19, 84, 13.4, 5, "R", "4-16"),
    ("Lark", "primary", 12.2, 10.2, "W", "N", "P2", "", None, NAN, NAN, 264, 10, 47, 28.7, 4, "U", "4-11"),
    ("Wick", "primary", 16.4, 7.5, "E", "S", "P2", "", None, NAN, NAN, 421, 22, 67, 15.5, 3, "R", "4-11"),
    ("Dene", "primary", 11.7, 2.8, "E", "S", "P3", "T1", None, NAN, NAN, 158, 9, 26, 30.3, 2, "R", "4-11"),
    ("Nave", "primary", 13.9, 4.4, "E", "S", "P3", "T6", None, NAN, NAN, 493, 18, 72, 10.9, 4, "R", "4-11"),
    ("Priory", "secondary", 15.1, 1.7, "E", "S", "P1", "T2", None, NAN, NAN, 1098, 31, 163, 6.4, 5, "R", "11-16"),
    ("Fern", "primary", 17.6, 3.3, "E", "N", "P3", "T7", None, NAN, NAN, 209, 12, 29, 23.7, 2, "R", "4-11"),
    ("Zion", "primary", 12.8, 0.6, "E", "S", "P1", "", None, NAN, NAN, 367, 15, 52, 18.3, 1, "U", "4-11"),
    ("Ivy", "primary", 22.1, 5.8, "M", "S", "P3", "T7", "VI", 11, 8, 171, 4, 24, 22.6, 3, "R", "4-11"),
    ("Jubilee", "all-through", 24.6, 7.3, "M", "S", "P3", "", "ASD", 37, 30, 1289, 43, 141, 12.1, 4, "U", "4-18"),
    ("Larch", "primary", 25.9, 4.9, "M", "S", "P1", "T1", None, NAN, NAN, 256, 14, 31, 27.2, 1, "U", "4-11"),
    ("Manor", "primary", 23.8, 3.1, "M", "S", "P2", "", None, NAN, NAN, 387, 21, 49, 16.7, 2, "R", "4-7"),
    ("Norton", "secondary", 26.8, 6.6, "E", "S", "P2", "", None, NAN, NAN, 993, 26, 117, 8.8, 5, "U", "11-16"),
    ("Orchard", "primary", 22.7, 7.9, "M", "S", "P3", "", None, NAN, NAN, 329, 17, 38, 19.6, 3, "R", "4-11"),
)  # fmt: skip
FIRST, STEP = 110_203, 17
URNS = tuple(range(FIRST, FIRST + STEP * len(_ROWS), STEP))
ZONES = {
    "district": {"W": "Westmere", "E": "Eastholt", "M": "Marsham"},
    "area": {"N": "Northern", "S": "Southern"},
    "pcn": {"P1": "Abbey", "P2": "Bridge", "P3": "Castle"},
}
SHAPES = {
    "district": {"W": box(-1, -2, 7.2, 15), "E": box(7.2, -2, 21, 15), "M": box(21, -2, 28, 15)},
    "area": {"N": box(-1, 8, 28, 15), "S": box(-1, -2, 28, 8)},
}
WEIGHTS = {"district": 1.5, "area": 0.0, "trusts": 3.25, "srp": 5.5, "balance": 0.0625}
PLACES = "Larger rural: Nearer to a city", "Urban: Nearer to a town"
SETTINGS: dict[str, Any] = {
    "plan": {"title": "Clusters of Middleshire", "version": "4", "status": "adopted"},
    "trusts": {"rule": "priced", "weight": WEIGHTS["trusts"]},
    "boundaries": {"district": {"rule": "priced", "weight": WEIGHTS["district"]}},
    "srp": {"rule": "priced", "weight": WEIGHTS["srp"]},
    "balance": {
        "pupils": {"column": "pupils", "base": "schools", "weight": WEIGHTS["balance"]}
    },
}  # fmt: skip
BRIEF = Brief(
    audience="public",
    **SETTINGS["plan"],
    weights={
        "trusts": WEIGHTS["trusts"],
        "boundaries.district": WEIGHTS["district"],
        "srp": WEIGHTS["srp"],
        "balance.pupils": WEIGHTS["balance"],
    },
    balances={"pupils": frozenset({"pupils", "schools"})},
    settings=SETTINGS,
)
# By code, the places in `_ROWS` of a cluster's schools; the third cluster has no name.
PLAN = {
    "ALD-01": range(9),
    "BEX-02": range(9, 16),
    "CRA-05": range(16, 21),
    "DUN-08": range(21, 27),
}
NAMES = {"ALD-01": "Alder", "BEX-02": "Bexwell", "DUN-08": "Dunmore"}
# Another plan: six schools go to other clusters, one of which is new; another stays as it was.
# The first plan of a comparison lacks four schools of it, the second two.
OTHER = {
    "one": (0, 3, 4, 5, 7, 8),
    "two": (1, 6, 9, 10, 14, 15, 17),
    "three": (12, 16, 18, 19),
    "four": (2, 13),
    "five": range(21, 27),
}
LACKED_BEFORE, LACKED_AFTER = (4, 7, 9, 14), (11, 20)
MINUTES_METHOD = "Minutes from a file."


def rows() -> tuple[Row, ...]:
    """The schools as they were given, by name of column."""
    names = "name phase east north district area pcn trust needs places on_roll pupils ehcp"
    columns = [*names.split(), "sen_support", "fsm_pct", "idaci", "place", "ages"]
    return tuple(
        Row(urn=urn, **dict(zip(columns, cells, strict=True)))
        for urn, cells in zip(URNS, _ROWS, strict=True)
    )


def trip(i: int, j: int, unit: str) -> float:
    """Travel from the i-th to the j-th school: never as long as the way back, nor as the line."""
    if i == j:
        return 0.0
    crooked = line_km(_ROWS[i][2:4], _ROWS[j][2:4]) * (1 + ((7 * i + 4 * j) % 13) / 9)
    return round(2.9 * crooked + 1.7, 2) if unit == "minutes" else round(1.17 * crooked, 3)


def urns(*places: int) -> tuple[int, ...]:
    return tuple(sorted(URNS[k] for k in places))


@dataclass(frozen=True)
class Figures:
    """The county in one unit of travel, the plans, and their figures in plain Python."""

    unit: str

    @cached_property
    def sums(self) -> Sums:
        matrix = {(URNS[i], URNS[j]): trip(i, j, self.unit) for i in R for j in R}
        return Sums({row.urn: row for row in rows()}, matrix, self.unit)

    @cached_property
    def county(self) -> County:
        return _county(self.unit)

    @cached_property
    def disclosed(self) -> Disclosure:
        return Disclosure(self.county, BRIEF)

    @cached_property
    def rulebook(self) -> Rulebook:
        schools = self.county.schools
        groups = {t: u for t, u in schools.grouped_by("trust_uid").items() if len(u) > 1}
        titles = {trust: f"Trust {trust}" for trust in groups}
        zones = [
            Zones(name, self.county.layers[name].zone_of, WEIGHTS[name], names=schools.names)
            for name in ("district", "area")
        ]
        return Rulebook(
            (
                Size(4, 8),
                TravelToHub(self.county.travel),
                *zones,
                Trusts(groups, WEIGHTS["trusts"], titles),
                srp_coverage(schools.where("srp"), WEIGHTS["srp"]),
                Balance("balance.pupils", self.sums.excess, WEIGHTS["balance"], "pupils"),
            ),
            self.county.travel,
        )

    @cached_property
    def plan(self) -> Plan:
        clusters = {code: self.cluster(*places) for code, places in PLAN.items()}
        return Plan.coded(clusters, NAMES, ("ALD-07",))

    def cluster(self, *places: int) -> Cluster:
        members = urns(*places)
        return Cluster(members, self.sums.hub(members))

    @cached_property
    def audit(self) -> Audit:
        return audit(self.county, self.rulebook, self.plan)

    @cached_property
    def published(self) -> Publication:
        return Publication(
            self.disclosed,
            self.plan,
            rulebook=self.rulebook,
            audit=self.audit,
            result=make_result(self.plan),
            papers=self.papers,
        )

    @cached_property
    def papers(self) -> Papers:
        columns = ["urn", "request", "decision", "reason", "date", "role"]
        said = (URNS[3], "To go east", "refused", "Too far", "2026-02-03", "Director")
        venues = {"BEX-02": "Corn Exchange"}
        return Papers(pd.DataFrame([said], columns=columns), self.other("one"), venues)

    def other(self, named: str = "") -> Plan:
        """The other plan, whole; one of its clusters may have a name."""
        clusters = {code: self.cluster(*places) for code, places in OTHER.items()}
        clusters["three"] = self.cluster(*OTHER["three"], *LACKED_AFTER)
        return Plan.coded(clusters, {named: "Old Alder"} if named else {})

    @cached_property
    def comparison(self) -> Comparison:
        """The plan without four schools against the other without two."""
        before = {c: self.cluster(*set(k).difference(LACKED_BEFORE)) for c, k in PLAN.items()}
        after = {code: self.cluster(*places) for code, places in OTHER.items()}
        return compare_plans(
            self.disclosed,
            self.rulebook,
            PlanFile("first.csv", Plan.coded(before, NAMES)),
            PlanFile("second.csv", Plan.coded(after, {"two": "Old Bexwell"})),
        )


R = range(len(_ROWS))


def make_result(plan: Plan) -> Result:
    """A search whose score falls as its bound rises, at moments and by amounts all different."""
    course = (
        (1.0, 10, 960.0, 410.0), (2.5, 30, 960.0, 655.0), (4.0, 70, 905.0, 655.0),
        (7.0, 80, 850.0, 655.0), (9.5, 110, 850.0, 730.0), (16.0, 200, 812.5, 770.75),
    )  # fmt: skip
    trace = tuple(
        TracePoint(seconds, work, "pricing", cost, bound, 3 * work)
        for seconds, work, cost, bound in course
    )
    return Result("feasible", "gap", plan, 812.5, 770.75, 1234.0, 77, 4321, trace, ("A wish.",))


def _county(unit: str) -> County:
    given = [_school(row) for row in rows()]
    schools = make_schools(given)
    sources = (
        Source("schools", "in/schools.csv", "ab" * 32, OGL, "2025-07-18"),
        Source("census", "in/census.csv", "cd" * 32, OGL, "2025-01-16"),
    )
    special = _school(rows()[1]) | {"urn": 900_001, "name": "Special", "phase": "special"}
    beside = make_schools([special | {"establishment_type": "Special", "x": ORIGIN[0] + 9_000}])
    note = (Notice("date", "Vale is to close.", URNS[6]),)
    schools = replace(schools, associates=beside.table, sources=sources, notices=note)
    matrix = np.array([[trip(i, j, unit) for j in R] for i in R])
    method = MINUTES_METHOD if unit == "minutes" else "Kilometres from a file."
    travel = Travel(schools.urns, matrix, unit, method)
    layers = {name: _layer(name) for name in ZONES}
    return County(schools, layers, Neighbours(_graph()), travel)


def _school(row: Row) -> dict[str, Any]:
    low, high = row.ages.split("-")
    found: dict[str, Any] = {
        "urn": row.urn, "name": row.name, "phase": row.phase,
        "x": ORIGIN[0] + 1000 * row.east, "y": ORIGIN[1] + 1000 * row.north,
        "district": f"{ZONES['district'][row.district]} Borough" if row.district else "",
        "district_code": row.district, "trust_uid": row.trust,
        "trust": f"Trust {row.trust}" if row.trust else "", "srp": row.needs is not None,
        "srp_needs": row.needs or "", "srp_places": row.places, "srp_on_roll": row.on_roll,
        "pupils": row.pupils, "ehcp": row.ehcp, "sen_support": row.sen_support,
        "fsm_pct": row.fsm_pct, "idaci_quintile": row.idaci,
        "urban_rural": {"R": PLACES[0], "U": PLACES[1], "": ""}[row.place],
        "age_low": float(low), "age_high": float(high), "postcode": f"ME{row.urn % 97} 1AB",
        "admissions": "Selective" if row.name == "Kingsley" else "Non-selective",
        "federation": "Two Rivers" if row.name in {"Vale", "Quay"} else "",
        "federation_code": "F1" if row.name in {"Vale", "Quay"} else "",
        "laestab": f"999/{row.urn % 7919}", "ukprn": f"{10_000_000 + row.urn}",
        "establishment_type": "Academy", "status": "Open", "gender": "Mixed",
        "sixth_form": high == "18", "diocese": "Diocese of Mid" if row.name == "Nave" else "",
    }  # fmt: skip
    return found


def _layer(name: str) -> BoundaryLayer:
    zone_of = {row.urn: zone for row in rows() if (zone := getattr(row, name))}
    shapes: dict[str, Polygon] = {}
    for code, shape in SHAPES.get(name, {}).items():
        west, south, east, north = (1000 * side for side in shape.bounds)
        x, y = ORIGIN
        shapes[code] = box(x + west, y + south, x + east, y + north)
    layer = make_layer(name, zone_of, shapes)
    return replace(layer, zones=layer.zones.assign(name=layer.zones.index.map(ZONES[name])))


def _graph() -> nx.Graph[int]:
    """Neighbours: schools at most 5.1 km apart."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(URNS)
    for i in R:
        for j in range(i):
            km = line_km(_ROWS[i][2:4], _ROWS[j][2:4])
            if km <= 5.1:
                graph.add_edge(URNS[j], URNS[i], km=km, kind="delaunay")
    return graph
