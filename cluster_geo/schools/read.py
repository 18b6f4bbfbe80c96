"""One door to the schools of a plan, however the files that describe them were shaped."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path
from typing import ParamSpec, TypeVar

import pandas as pd

from cluster_geo.delimited import open_delimited
from cluster_geo.errors import Fault, InputError
from cluster_geo.records import source_of
from cluster_geo.schools.choose import choose
from cluster_geo.schools.dates import planning_date
from cluster_geo.schools.gias import read_gias
from cluster_geo.schools.register import PHASES, Register
from cluster_geo.schools.table import Schools
from cluster_geo.schools.typed import typed_table


def read_schools(
    path: str | Path,
    *,
    authorities: Collection[str] = (),
    districts: Collection[str] = (),
    phases: Collection[str] = PHASES,
    as_at: str | date | None = None,
    associates: bool = False,
) -> Schools:
    faults: list[Fault] = []
    register = read_gias(open_delimited(path))
    check_urns(register, faults)
    if faults:
        raise InputError(faults)
    day = planning_date(as_at, register.as_at, register.name)
    choice = choose(
        register, day, faults, authorities=authorities, districts=districts, phases=phases
    )
    table = typed_table(register, choice.counted, faults)
    shown = typed_table(register, choice.shown.iloc[: None if associates else 0], faults)
    if faults:
        raise InputError(dict.fromkeys(faults))
    return Schools(
        table=table,
        associates=shown,
        as_at=day,
        notices=register.notices + choice.notices,
        sources=(source_of(path, "schools", register.attribution, register.as_at),),
    )


def check_urns(register: Register, faults: list[Fault]) -> None:
    """Add a fault for each URN that is missing, no number, or there twice."""
    urns = register.frame["urn"]
    for row, text in urns[~urns.str.fullmatch(r"[1-9]\d{0,8}")].items():
        found = f"{text!r} is not a URN" if text else "the URN is missing"
        fix = "Write the school's unique reference number"
        faults.append(Fault(register.name, found, fix, int(row), register.title("urn")))
    for urn, rows in urns[urns.duplicated(keep=False) & (urns != "")].groupby(urns):
        lines = ", ".join(str(row) for row in rows.index)
        found, fix = f"URN {urn} stands in rows {lines}", "Keep one row of each school"
        faults.append(Fault(register.name, found, fix, int(rows.index[1]), register.title("urn")))
