"""Small counties as a planner's files: a street solved in a fraction of a second, and a hard one."""

from __future__ import annotations

import random
from pathlib import Path

FIRST = 100_001
SETTINGS = """
[schools]
file = "schools.csv"
as_at = "2025-09-01"
[clusters]
size = "2:5"
count = "free"
[boundaries.district]
column = "district"
rule = "priced"
weight = 1.5
[trusts]
weight = 0.5
"""


def write_street(folder: Path, phases: str, district: str = "", trust: str = "") -> Path:
    """Write schools from west to east, p primary and s secondary; return their scenario.

    `district` and `trust` hold a letter a school, "." for none.
    """
    district, trust = district or "W" * len(phases), trust or "." * len(phases)
    letters = zip(phases, district, trust, strict=True)
    rows = [
        f"{FIRST + k},School {k + 1},{'secondary' if phase == 's' else 'primary'},"
        f"{550_000 + 1000 * k},150000,{zone},{'' if owner == '.' else f'Trust {owner}'}"
        for k, (phase, zone, owner) in enumerate(letters)
    ]
    heads = "urn,name,phase,easting,northing,district,trust"
    (folder / "schools.csv").write_text("\n".join([heads, *rows]) + "\n", encoding="utf-8")
    scenario = folder / "street.toml"
    scenario.write_text(SETTINGS, encoding="utf-8")
    return scenario


def write_plan(path: Path, *clusters: str) -> Path:
    """Write a plan by hand: of each cluster the places of its schools, from 1."""
    rows = [
        f"{FIRST + int(place) - 1},C-{number}"
        for number, places in enumerate(clusters, start=1)
        for place in places
    ]
    path.write_text("\n".join(["urn,cluster", *rows]) + "\n", encoding="utf-8")
    return path


REQUESTS = (
    "urn,cluster,case,stage,request,received,due,decision,reason,date,role",
    f"{FIRST},,K-1,received,To be with School 8,2026-01-05,2026-03-01,,,,",
    f"{FIRST},,K-1,decided,To be with School 8,,,refused,It is too far,2026-02-01,Director",
    f"{FIRST},,K-1,appeal,To be with School 8,,2026-04-01,refused,It is too far,2026-02-20,Director",
    (
        ",C-2,,,To meet at the library of the town hall and not at its central school,2026-05-01,"
        "2026-07-01,,,,"
    ),
    f"{FIRST + 2},C-9,,considered,To join C-9,2026-05-02,,,,,",
    f"{FIRST + 1},,K-5,,To stay,2026-01-01,2026-02-01,granted,It is near,2026-01-20,Director",
    f"{FIRST + 6},,K-6,closed,To leave,2026-01-01,,none,Taken back,2026-01-21,Head of service",
)


def write_requests(path: Path) -> Path:
    """Write a list of requests of the street: one overdue, two open, one decided, one closed."""
    path.write_text("\n".join(REQUESTS) + "\n", encoding="utf-8")
    return path


def write_pupils(path: Path) -> Path:
    """Write a list of pupils who need a place for ASD: three at each end of the street."""
    path.write_text(f"urn,need,pupils\n{FIRST},ASD,3\n{FIRST + 7},ASD,3\n", encoding="utf-8")
    return path


def write_hard(folder: Path) -> Path:
    """Write a scenario that has a plan and a bound in seconds, and is far from a proof then.

    160 schools anywhere in 26 km, in clusters of 6 to 16, to the last metre.
    """
    dice = random.Random(1)
    rows = [
        f"{FIRST + k},School {k},{'primary' if k % 4 else 'secondary'},"
        f"{500_000 + dice.randrange(26_000)},{200_000 + dice.randrange(26_000)}"
        for k in range(160)
    ]
    table = folder / "anywhere.csv"
    table.write_text("\n".join(["urn,name,phase,easting,northing", *rows]) + "\n")
    scenario = folder / "hard.toml"
    scenario.write_text(
        f'[schools]\nfile = "{table}"\n[clusters]\nsize = "6:16"\ncount = "free"\n'
        "[solve]\ngap = 0\ntime_limit = 300\n"
    )
    return scenario
