"""What a reader should find, worked out in plain Python from the schools as they were given.

None of the product's own functions is used, and none of its tables.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

Key = int | str


@dataclass(frozen=True)
class Row:
    """A school as it was given."""

    urn: int
    name: str
    phase: str
    east: float
    north: float
    district: str
    area: str
    pcn: str
    trust: str
    needs: str | None
    places: float
    on_roll: float
    pupils: float
    ehcp: float
    sen_support: float
    fsm_pct: float
    idaci: float
    place: str
    ages: str

    @property
    def phases(self) -> set[str]:
        return {"primary", "secondary"} if self.phase == "all-through" else {self.phase}


def line_km(a: Sequence[float], b: Sequence[float]) -> float:
    return math.hypot(a[0] - b[0], a[1] - b[1])


def known(figures: Iterable[float | None]) -> list[float]:
    return [f for f in figures if f is not None and not math.isnan(f)]


def total(figures: Iterable[float | None]) -> float | None:
    """The sum of what is known, None where nothing is."""
    found = known(figures)
    return sum(found) if found else None


def share(parts: Sequence[float], wholes: Sequence[float]) -> float | None:
    """Per cent of the wholes, over the schools that tell both."""
    both = [
        (part, whole)
        for part, whole in zip(parts, wholes, strict=True)
        if not math.isnan(part) and not math.isnan(whole)
    ]
    return 100 * sum(p for p, _ in both) / sum(w for _, w in both) if both else None


def in_words(phases: tuple[int, int, int]) -> str:
    """Schools by phase, as each page says it."""
    names = ("primary", "secondary", "all-through")
    told = [f"{k} {name}" for k, name in zip(phases, names, strict=True) if k]
    both = {0: "", 1: ", which counts as both"}.get(phases[2], ", which count as both")
    return ", ".join(told) + both


@dataclass(frozen=True)
class Sums:
    """The schools, and the travel from the first to the second of two."""

    rows: Mapping[int, Row]
    matrix: Mapping[tuple[int, int], float]
    unit: str

    def trip(self, start: int, end: int) -> float:
        return self.matrix[start, end]

    def line(self, a: int, b: int) -> float:
        one, other = self.rows[a], self.rows[b]
        return line_km((one.east, one.north), (other.east, other.north))

    def hub(self, members: Sequence[int]) -> int:
        """The member to which all members travel least."""
        return min(members, key=lambda h: (sum(self.trip(u, h) for u in members), h))

    def of(self, members: Iterable[int]) -> list[Row]:
        return [self.rows[urn] for urn in sorted(members)]

    @cached_property
    def excess(self) -> dict[int, float]:
        """Pupils above the county's mean of the schools that tell them."""
        mean = statistics.fmean(known(row.pupils for row in self.rows.values()))
        return {
            urn: 0.0 if math.isnan(row.pupils) else row.pupils - mean
            for urn, row in self.rows.items()
        }

    def main(self, members: Sequence[int], layer: str) -> str:
        zones = Counter(z for row in self.of(members) if (z := getattr(row, layer)))
        own = getattr(self.rows[self.hub(members)], layer)
        return min(zones, key=lambda code: (-zones[code], code != own, code))

    def outside(self, members: Sequence[int], layer: str) -> list[int]:
        main = self.main(members, layer)
        return [row.urn for row in self.of(members) if getattr(row, layer) != main]

    def measures(self, members: Sequence[int]) -> dict[str, Key | float | None]:
        """Every figure of a cluster, by the names of the table of clusters."""
        rows, hub = self.of(members), self.hub(members)
        trips = [self.trip(row.urn, hub) for row in rows]
        lines = [self.line(row.urn, hub) for row in rows]
        with_srp = [row for row in rows if row.needs is not None]
        needs = {need for row in with_srp for need in (row.needs or "").split("|") if need}
        found: dict[str, Key | float | None] = {
            "schools": len(rows),
            "primaries": sum("primary" in row.phases for row in rows),
            "secondaries": sum("secondary" in row.phases for row in rows),
            "all_through": sum(len(row.phases) == 2 for row in rows),
            "srps": len(with_srp),
            "primary_srps": sum("primary" in row.phases for row in with_srp),
            "secondary_srps": sum("secondary" in row.phases for row in with_srp),
            "needs": "|".join(sorted(needs)),
            "srp_places": total(row.places for row in rows),
            "pupils": total(row.pupils for row in rows),
            "ehcp": total(row.ehcp for row in rows),
            "sen_support": total(row.sen_support for row in rows),
            "trusts": len({row.trust for row in rows} - {""}),
            "districts": len({row.district for row in rows} - {""}),
        }
        for layer in ("district", "area", "pcn"):
            found[f"outside_{layer}"] = len(self.outside(members, layer))
        for name, lengths in (("travel", trips), ("km", lines)):
            found[name] = sum(lengths)
            found[f"{name}_mean"] = statistics.fmean(lengths)
            found[f"{name}_worst"] = max(lengths)
        return found

    def names(
        self, members: Sequence[int], zones: Mapping[str, Mapping[str, str]]
    ) -> dict[str, Key]:
        """The names in the table of clusters: phases, hub, furthest school, main zones."""
        hub = self.hub(members)
        far = max(members, key=lambda urn: self.trip(urn, hub))
        named: dict[str, Key] = {
            "hub_urn": hub, "hub": self.rows[hub].name, "furthest": self.rows[far].name
        }  # fmt: skip
        named["phases"] = in_words(self.by_phase(self.of(members)))
        return named | {f"main_{x}": zones[x][self.main(members, x)] for x in zones}

    @staticmethod
    def by_phase(rows: Iterable[Row]) -> tuple[int, int, int]:
        """Primary, secondary and all-through schools, each counted once."""
        told = [row.phase for row in rows]
        return told.count("primary"), told.count("secondary"), told.count("all-through")

    def pieces(self, clusters: Sequence[Sequence[int]]) -> dict[str, tuple[int, int]]:
        """Schools and clusters of each trust of two or more schools."""
        schools = Counter(row.trust for row in self.rows.values() if row.trust)
        return {
            trust: (number, sum(any(self.rows[u].trust == trust for u in c) for c in clusters))
            for trust, number in sorted(schools.items())
            if number > 1
        }

    def totals(self, clusters: Sequence[Sequence[int]], largest: int) -> dict[str, float | None]:
        """Every figure of a plan, by the names of the table of measures."""
        hubs = {urn: self.hub(members) for members in clusters for urn in members}
        trips = [self.trip(urn, hub) for urn, hub in hubs.items()]
        lines = [self.line(urn, hub) for urn, hub in hubs.items()]
        rows, sizes = self.of(hubs), [len(members) for members in clusters]
        srps = [sum(self.rows[u].needs is not None for u in members) for members in clusters]
        pieces = self.pieces(clusters).values()
        return {
            "clusters": len(clusters),
            "schools": len(hubs),
            "smallest": min(sizes),
            "largest": max(sizes),
            "travel": sum(trips),
            "travel_mean": statistics.fmean(trips),
            "travel_worst": max(trips),
            "km": sum(lines),
            "km_mean": statistics.fmean(lines),
            "km_worst": max(lines),
            "srps": sum(srps),
            "without_srp": srps.count(0),
            "trust_pieces": sum(number for _, number in pieces),
            "trust_pieces_beyond": sum(
                max(0, number - math.ceil(schools / largest)) for schools, number in pieces
            ),
            "pupils": total(row.pupils for row in rows),
            "ehcp": total(row.ehcp for row in rows),
            "sen_support": total(row.sen_support for row in rows),
        }

    def reach(self, urn: int) -> float:
        """From a school to the nearest SRP of its phase; the farther of the two of both."""
        ends = [
            min(
                self.trip(urn, other.urn)
                for other in self.rows.values()
                if other.needs is not None and phase in other.phases
            )
            for phase in self.rows[urn].phases
        ]
        return max(ends)

    def equality(self, clusters: Sequence[Sequence[int]]) -> dict[str, float | None]:
        """The figures of equality over the schools of some clusters."""
        hubs = {urn: self.hub(members) for members in clusters for urn in members}
        rows = self.of(hubs)
        trips = [self.trip(urn, hub) for urn, hub in hubs.items()]
        reach = [self.reach(urn) for urn in hubs]
        fifths = known(row.idaci for row in rows)
        told = [row.place for row in rows if row.place]
        pupils = [row.pupils for row in rows]
        return {
            "travel_mean": statistics.fmean(trips),
            "travel_worst": max(trips),
            "reach_mean": statistics.fmean(reach),
            "reach_worst": max(reach),
            "fsm_pct": share([row.fsm_pct / 100 * row.pupils for row in rows], pupils),
            "idaci_quintile": statistics.median(fifths),
            "deprived_pct": 100 * fifths.count(1) / len(fifths),
            "rural_pct": 100 * told.count("R") / len(told),
            "ehcp_pct": share([row.ehcp for row in rows], pupils),
            "sen_support_pct": share([row.sen_support for row in rows], pupils),
        }

    def provision(self, urns: Iterable[int]) -> dict[str, tuple[float | None, ...]]:
        """SRPs by phase, places, on roll and spare: over all needs, then by need."""
        rows = [row for row in self.of(urns) if row.needs is not None]
        needs = sorted({need for row in rows for need in (row.needs or "").split("|")})
        groups = {"all needs": rows} if len(needs) > 1 else {}
        groups |= {} if needs else {"no SRP": []}
        groups |= {
            need: [row for row in rows if need in (row.needs or "").split("|")] for need in needs
        }
        return {
            need: (
                *self.by_phase(group),
                total(row.places for row in group),
                total(row.on_roll for row in group),
                total(row.places - row.on_roll for row in group),
            )
            for need, group in groups.items()
        }

    def scores(self, members: Sequence[int], weights: Mapping[str, float]) -> dict[str, float]:
        """What each rule that has a weight adds to the score for a cluster."""
        found = self.measures(members)
        trusts = {t for t, _ in Counter(r.trust for r in self.rows.values()).items() if t}
        shared = {t for t in trusts if sum(r.trust == t for r in self.rows.values()) > 1}
        present = {self.rows[urn].trust for urn in members} & shared
        return {
            "travel": float(found["travel"] or 0.0),
            "district": weights["district"] * len(self.outside(members, "district")),
            "trusts": weights["trusts"] * len(present),
            "srp": weights["srp"] * (found["srps"] == 0),
            "balance.pupils": weights["balance"] * abs(sum(self.excess[u] for u in members)),
        }
