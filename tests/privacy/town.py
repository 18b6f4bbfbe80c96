"""A planner's own table of schools with small counts, read by the real door, and plans of it.

Every count that may be seen is a whole number of thousands, each a power of two of them, so that
any sum over schools tells which schools are in it: the thousands say which large ones, and the
units are what is left of a small one. Of places there are three times as many, so that spare
ones are twice as many.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import networkx as nx

from cluster_geo.audience import Disclosure
from cluster_geo.audit import Audit, audit
from cluster_geo.compare import Comparison, PlanFile, compare_plans
from cluster_geo.county import County
from cluster_geo.neighbours import Neighbours
from cluster_geo.plan import Papers, Plan
from cluster_geo.publish import Publication
from cluster_geo.rules import (
    Balance,
    Rulebook,
    Size,
    TravelToHub,
    Zones,
    excess_of,
    srp_coverage,
)
from cluster_geo.scenario import Brief
from cluster_geo.schools import Schools, read_schools
from cluster_geo.travel import straight_line
from tests.worlds import make_layer

FIRST, NUMBER = 140_501, 12
URNS = tuple(range(FIRST, FIRST + NUMBER))
COUNTS = ("pupils", "ehcp", "sen_support", "srp_places", "srp_on_roll")
COLUMNS = (*COUNTS, "fsm_pct")
# Two schools, of the first cluster and of the second, of which any count may be small.
ONE, OTHER = 1, 5
GROUPS = {"ONE-01": range(4), "TWO-02": range(4, 8), "SIX-06": range(8, 12)}
NAMES = {"ONE-01": "West", "TWO-02": "Middle", "SIX-06": "East"}
# In the earlier plan the two had changed places, and a school that is seen was elsewhere.
EARLIER = {"ONE-01": (0, 5, 2, 3), "TWO-02": (4, 1, 6, 7, 8), "SIX-06": (9, 10, 11)}
# Six clusters of two schools, one more than there are columns of counts, before and after.
PAIRS = {f"P-{k}": (2 * k, 2 * k + 1) for k in range(6)}
PAIRS_EARLIER = {f"P-{k}": (2 * k, (2 * k + 3) % 12) for k in range(6)}
PUBLIC = Brief(audience="public", title="Town", version="1")
INTERNAL = replace(PUBLIC, audience="internal")

Cells = Mapping[tuple[int, str], float]
Groups = Mapping[str, Iterable[int]]


def whole_table() -> dict[tuple[int, str], float]:
    """What each school tells in each column; of no school is anything small."""
    cells: dict[tuple[int, str], float] = {}
    for place in range(NUMBER):
        for column in COUNTS:
            cells[place, column] = 1000.0 * 2**place
        cells[place, "srp_places"] *= 3
        cells[place, "fsm_pct"] = 21.5 + place
    return cells


def write_table(path: Path, cells: Cells) -> Path:
    """Write the planner's own table; a cell that is missing stays blank."""
    rows = [f"urn,name,phase,easting,northing,district,srp,srp_needs,{','.join(COLUMNS)}"]
    for place, urn in enumerate(URNS):
        told = [f"{cells[place, c]:.15g}" if (place, c) in cells else "" for c in COLUMNS]
        where = f"{550_000 + 1000 * place},{150_000 + 1000 * (place % 3)}"
        phase = "secondary" if place % 4 == 3 else "primary"
        zone = "Westby" if place < 6 else "Eastby"
        rows.append(
            f"{urn},School {chr(65 + place)},{phase},{where},{zone},yes,ASD,{','.join(told)}"
        )
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@dataclass(frozen=True)
class Town:
    """The town as its files tell it; a balance of a column for its base, at a price, or none."""

    schools: Schools
    balance: tuple[str, str] | None = None
    price: float = 0.0
    groups: Groups = field(default_factory=lambda: GROUPS)
    earlier: Groups = field(default_factory=lambda: EARLIER)

    @classmethod
    def read(cls, folder: Path, cells: Cells, **settings: Any) -> Town:
        """Read a table of these cells; where the files are from is left out, for they differ."""
        schools = read_schools(write_table(folder / "own.csv", cells))
        return cls(replace(schools, sources=()), **settings)

    def disclosed(self, audience: Brief) -> Disclosure:
        if self.balance is None:
            return Disclosure(self.county, audience)
        column, base = self.balance
        asked = {"column": column, "base": base, "weight": self.price}
        brief = replace(
            audience,
            weights={"balance.even": self.price},
            balances={"even": frozenset(self.balance)},
            settings={"balance": {"even": asked}},
        )
        return Disclosure(self.county, brief)

    @cached_property
    def county(self) -> County:
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(URNS)
        nx.add_path(graph, URNS, km=1.0, kind="delaunay")
        zone_of = {urn: "W" if k < 6 else "E" for k, urn in enumerate(URNS)}
        layers = {"district": make_layer("district", zone_of)}
        return County(self.schools, layers, Neighbours(graph), straight_line(self.schools, 1.25))

    @cached_property
    def rulebook(self) -> Rulebook:
        zones = Zones("district", self.county.layers["district"].zone_of, 1.5)
        rules: list[Any] = [Size(2, 8), TravelToHub(self.county.travel), zones]
        rules.append(srp_coverage(self.schools.where("srp"), 5.0))
        if self.balance is not None:
            excess = excess_of(self.schools, *self.balance)[0]
            rules.append(Balance("balance.even", excess, self.price, "pupils"))
        return Rulebook(tuple(rules), self.county.travel)

    def plan(self, groups: Groups | None = None) -> Plan:
        clusters = {
            code: self.rulebook.cluster(URNS[k] for k in places)
            for code, places in (groups or self.groups).items()
        }
        return Plan.coded(clusters, NAMES)

    @cached_property
    def audit(self) -> Audit:
        return audit(self.county, self.rulebook, self.plan())

    def published(self, audience: Brief = PUBLIC) -> Publication:
        return Publication(
            self.disclosed(audience),
            self.plan(),
            rulebook=self.rulebook,
            audit=self.audit,
            papers=Papers(previous=self.plan(self.earlier)),
        )

    def comparison(self, audience: Brief = PUBLIC) -> Comparison:
        """The earlier plan against the later one."""
        files = (PlanFile("a", self.plan(self.earlier)), PlanFile("b", self.plan()))
        return compare_plans(self.disclosed(audience), self.rulebook, *files)


def blank(cells: Cells, *columns: str) -> dict[tuple[int, str], float]:
    """The same without these columns, which a file may well lack."""
    return {key: cell for key, cell in cells.items() if key[1] not in columns}
