"""The contract of clusters.csv: each column's type, unit and meaning, for those who import it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from cluster_geo.columns import SCHOOL_COLUMNS
from cluster_geo.county import County
from cluster_geo.tables.rows import plain
from cluster_geo.tables.schools import AFTER_ZONES, AREA_LAYER, BEFORE_AREA

KINDS = {"integer": "integer", "number": "number", "flag": "flag", "date": "text", "text": "text"}
# Counts are whole: the table holds them as numbers only because some are unknown.
WHOLE = {"age_low", "age_high", "srp_places", "srp_on_roll", "pupils", "ehcp", "sen_support"}
PHASES = ("primary", "secondary", "all-through")
FLAG = ("yes", "no")
GRID = "British National Grid (EPSG:27700)"


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column that other systems import.

    Parameters
    ----------
    name : str
    type : str
        "text", "integer", "number" or "flag" (yes or no).
    unit : str
        Empty where there is none.
    meaning : str
    required : bool
        Whether it is filled for every school.
    allowed : tuple of str
        The only values there are, where they are few.
    """

    name: str
    type: str
    unit: str
    meaning: str
    required: bool = False
    allowed: tuple[str, ...] = ()


def export_columns(county: County) -> tuple[ExportColumn, ...]:
    """Return the columns of `school_table`, in its order."""
    registered = {column.name: column for column in SCHOOL_COLUMNS}

    def known(name: str, *, required: bool = False) -> ExportColumn:
        column = registered[name]
        kind = "integer" if name in WHOLE else KINDS[column.kind]
        allowed = FLAG if kind == "flag" else ()
        return ExportColumn(name, kind, column.unit, column.meaning, required, allowed)

    unit = county.travel.unit
    middle = (
        ExportColumn("cluster", "text", "", "Code of the cluster; outlives a run, is never reused"),
        ExportColumn("cluster_name", "text", "", "Name of the cluster for readers"),
        ExportColumn("hub_urn", "integer", "", "URN of the central school"),
        ExportColumn(f"travel_{unit}", "number", unit, "Travel from the school to it"),
        ExportColumn("easting", "integer", "m", GRID, required=True),
        ExportColumn("northing", "integer", "m", GRID, required=True),
    )
    area = ExportColumn(
        AREA_LAYER, "text", "", "The council's Area, where the scenario has that layer"
    )
    return (
        ExportColumn("urn", "integer", "", "Unique reference number of the school, the key", True),
        known("name", required=True),
        ExportColumn("phase", "text", "", registered["phase"].meaning, True, PHASES),
        known("district"),
        known("trust"),
        known("srp", required=True),
        *middle,
        *(known(name) for name in BEFORE_AREA),
        area,
        *_zones(name for name in county.layers if name),
        *(known(name) for name in AFTER_ZONES),
        known("census_date"),
        *(ExportColumn(c.name, "number", c.unit, c.meaning) for c in county.schools.own),
    )


def _zones(layers: Iterable[str]) -> Iterable[ExportColumn]:
    for name in layers:
        yield ExportColumn(f"{name}_zone", "text", "", f"Zone of the layer {name} it lies in")
        yield ExportColumn(f"{name}_zone_code", "text", "", f"Code of the zone of the layer {name}")


def examples(table: pd.DataFrame) -> dict[str, object]:
    """Return one value of each column: the first that is neither missing nor empty, else None."""
    found: dict[str, object] = {}
    for name in table:
        filled = (value for value in table[name] if not pd.isna(value) and value != "")
        found[str(name)] = plain(next(filled, None))
    return found


def contract_markdown(columns: Iterable[ExportColumn], table: pd.DataFrame) -> str:
    """Return the contract as a table in Markdown, with an example from `table`."""
    shown = examples(table)
    lines = ["| column | type | unit | meaning | example |", "|---|---|---|---|---|"]
    for column in columns:
        kind = "yes, no" if column.type == "flag" else column.type
        example = "" if shown.get(column.name) is None else str(shown[column.name])
        cells = (f"`{column.name}`", kind, column.unit, column.meaning, example)
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines)
