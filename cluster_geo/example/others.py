"""Establishments of Merrowshire that a register lists and a plan must not count."""

from __future__ import annotations

from random import Random

from cluster_geo.example.land import Land
from cluster_geo.example.schools import School, spot_near


def make_others(land: Land, rng: Random, first_urn: int) -> list[School]:
    """Make special schools, a PRU, independent, closed and planned schools."""

    def at(x: int, y: int) -> dict[str, object]:
        return {"point": spot_near((x, y), 1500, land.ground, rng)}

    special = {"kind": "Community special school", "group": "Special schools"}
    rows = [
        {"name": "The Beeches School", "place": "Alderwold", "phase": "Not applicable",
         "ages": (4, 19), "pupils": 168, "needs": ("SEMH",), **special, **at(8000, 14500)},
        {"name": "Estuary View School", "place": "Saltholme", "phase": "Not applicable",
         "ages": (3, 19), "pupils": 214, "needs": ("ASD", "SLCN"), **special, **at(31000, 17000)},
        {"name": "Stanmere Pupil Referral Unit", "place": "Stanmere", "phase": "Not applicable",
         "ages": (11, 16), "pupils": 41, "kind": "Pupil referral unit", **at(23000, 6000)},
        {"name": "Merrow College Preparatory School", "place": "Alderwold",
         "phase": "Not applicable", "ages": (3, 13), "pupils": 260,
         "kind": "Other independent school", "group": "Independent schools", **at(8600, 13200)},
        {"name": "Saltholme Nursery School", "place": "Saltholme", "phase": "Nursery",
         "ages": (2, 5), "pupils": 88, "kind": "Local authority nursery school",
         **at(30500, 17900)},
        {"name": "Merrowshire Sixth Form College", "place": "Stanmere", "phase": "16 plus",
         "ages": (16, 19), "pupils": 1450, "kind": "Further education", "group": "Colleges",
         **at(22500, 6900)},
        {"name": "Holmsted Primary School", "place": "Holmsted Bay", "phase": "Primary",
         "ages": (4, 11), "pupils": 0, "status": "Closed", "closes": "31-08-2023",
         **at(34000, 5600)},
        {"name": "Kingsmead Garden Village Primary School", "place": "Brackenford",
         "phase": "Primary", "ages": (4, 11), "pupils": 0, "status": "Proposed to open",
         "opened": "01-09-2026", "kind": "Free schools", "group": "Free Schools",
         **at(7200, 5600)},
    ]  # fmt: skip
    return [School(urn=first_urn + i, **row) for i, row in enumerate(rows)]  # type: ignore[arg-type]
