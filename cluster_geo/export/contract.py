"""The contract of clusters.csv for machines: a JSON Schema and a Frictionless data package."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from cluster_geo.export.record import write_json
from cluster_geo.publish.edition import Edition
from cluster_geo.tables.contract import ExportColumn, examples

TYPES = {"text": "string", "flag": "string", "integer": "integer", "number": "number"}
OGL = {
    "name": "OGL-UK-3.0",
    "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    "title": "Open Government Licence v3.0",
}
# The name of an encoding has no place for the mark, so words say it.
ENCODED = "UTF-8 with a byte order mark (EF BB BF) before the header, lines ended by CR LF"


def json_schema(
    columns: Iterable[ExportColumn], edition: Edition, attributions: Sequence[str] = ()
) -> dict[str, Any]:
    """Return a JSON Schema (2020-12) of the rows of clusters.csv as a list of objects.

    An empty cell stands for a value that is unknown; as JSON it is null, or left out. The
    description carries what the licences of the sources ask for: a CSV file has no place for it.
    """
    columns = list(columns)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{edition.title}: schools and their clusters",
        "description": " ".join([f"{edition.line}.", *attributions]),
        "type": "array",
        "items": {
            "type": "object",
            "properties": {column.name: _property(column) for column in columns},
            "required": [column.name for column in columns if column.required],
            "additionalProperties": False,
        },
    }


def _property(column: ExportColumn) -> dict[str, Any]:
    kind = TYPES[column.type]
    schema: dict[str, Any] = {"type": kind if column.required else [kind, "null"]}
    schema["description"] = column.meaning + (f" ({column.unit})" if column.unit else "")
    if column.allowed:
        allowed: list[str | None] = list(column.allowed)
        schema["enum"] = allowed if column.required else [*allowed, None]
    return schema


def data_package(
    path: Path,
    columns: Sequence[ExportColumn],
    table: pd.DataFrame,
    edition: Edition,
    attributions: Sequence[str],
) -> dict[str, Any]:
    """Return a Frictionless data package (v1) of clusters.csv.

    Parameters
    ----------
    path : Path
        The file as written, for its size and hash.
    columns : sequence of ExportColumn
    table : DataFrame
        What it holds, for the examples.
    edition : Edition
    attributions : sequence of str
        Words that the licences of the sources ask for.
    """
    content = path.read_bytes()
    shown = examples(table)
    return {
        "profile": "tabular-data-package",
        "name": re.sub(r"[^a-z0-9._-]+", "-", edition.title.lower()).strip("-") or "plan",
        "title": edition.title,
        "description": edition.line,
        "version": edition.version or "1",
        "licenses": [OGL] if attributions else [],
        "attribution": " ".join(attributions),
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": "clusters",
                "description": ENCODED,
                "path": path.name,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
                "bytes": len(content),
                "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
                "schema": {
                    "fields": [_field(column, shown[column.name]) for column in columns],
                    "primaryKey": "urn",
                    "missingValues": [""],
                },
            }
        ],
    }


def _field(column: ExportColumn, example: object) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": TYPES[column.type]}
    field["description"] = column.meaning
    if column.unit:
        field["unit"] = column.unit
    if example is not None:
        field["example"] = example
    limits: dict[str, Any] = {"required": True} if column.required else {}
    if column.allowed:
        limits["enum"] = list(column.allowed)
    if column.name == "urn":
        limits["unique"] = True
    return field | ({"constraints": limits} if limits else {})


def write_contract(
    folder: Path,
    columns: Sequence[ExportColumn],
    table: pd.DataFrame,
    edition: Edition,
    attributions: Sequence[str],
) -> None:
    """Write clusters.schema.json and datapackage.json beside a clusters.csv already written.

    A text that clusters.csv holds with an apostrophe before it (a name that a spreadsheet would
    take for a formula) is so in the file alone, not in the examples.
    """
    write_json(folder / "clusters.schema.json", json_schema(columns, edition, attributions))
    package = data_package(folder / "clusters.csv", columns, table, edition, attributions)
    write_json(folder / "datapackage.json", package)
