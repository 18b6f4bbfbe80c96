"""How a GIS draws plan.gpkg: the table `layer_styles`, which QGIS reads as it opens a layer.

The form is QGIS's own: https://docs.qgis.org/latest/en/docs/user_manual/working_with_vector/
(styles saved in a database). Other programs see a plain table and leave it alone.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

STYLES = "layer_styles"
# The hour of making would make equal plans differ.
NO_HOUR = "2000-01-01T00:00:00.000Z"
INK, PAPER = "22,40,60,255", "255,255,255,255"
# QGIS draws a label below this scale alone: a county's at once would hide the map.
SCHOOLS_FROM = 60_000


def write_styles(path: Path, colours: Mapping[str, str]) -> None:
    """Add the styles of a plan's layers to its GeoPackage.

    Parameters
    ----------
    path : Path
        With the layers `schools`, `clusters` and `hubs`.
    colours : mapping of str to str
        Colour of each cluster by its code, as on the map: "#77AADD".

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    qml = {
        "clusters": _document(_areas(colours), _labels("name", 9, bold=True)),
        "schools": _document(_schools(), _labels("name", 7, most=SCHOOLS_FROM)),
        "hubs": _document(_hubs(), ""),
    }
    rows = [
        (
            "",
            "",
            name,
            "geom",
            "plan",
            text,
            "",
            1,
            f"Clusters as on the map: {name}",
            "",
            "",
            NO_HOUR,
        )
        for name, text in qml.items()
    ]
    try:
        with closing(sqlite3.connect(path)) as base, base:
            _add(base, rows)
    except sqlite3.Error as error:
        # To SQLite a full disk is an error of its own kind; to this program it is one of the disk.
        raise OSError(errno.EIO, str(error), str(path)) from error


def _add(base: sqlite3.Connection, rows: Iterable[tuple[object, ...]]) -> None:
    base.execute(
        f"CREATE TABLE {STYLES} (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "
        "f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256), "
        "f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, "
        "useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), "
        "update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))"
    )
    base.executemany(
        f"INSERT INTO {STYLES} (f_table_catalog, f_table_schema, f_table_name, "  # noqa: S608 - a constant
        "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner, "
        "ui, update_time) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    base.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, "
        "last_change) VALUES (?, 'attributes', ?, '', ?)",
        (STYLES, STYLES, NO_HOUR),
    )


def _document(renderer: str, labels: str) -> str:
    switch = int(bool(labels))
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
        f'<qgis version="3.22.0" styleCategories="Symbology|Labeling" labelsEnabled="{switch}">'
        f"{renderer}{labels}</qgis>"
    )


def _options(values: Mapping[str, str]) -> str:
    inside = "".join(
        f'<Option type="QString" name={quoteattr(name)} value={quoteattr(value)}/>'
        for name, value in values.items()
    )
    return f'<Option type="Map">{inside}</Option>'


def _symbol(name: str, kind: str, layer: str, values: Mapping[str, str]) -> str:
    drawn = f'<layer class="{layer}" enabled="1" pass="0" locked="0">{_options(values)}</layer>'
    return f'<symbol type="{kind}" name={quoteattr(name)} alpha="1">{drawn}</symbol>'


def _categorised(field: str, symbols: Iterable[tuple[str, str, str]]) -> str:
    """Return a renderer with a symbol a value; `symbols` are value, label and symbol."""
    known = list(symbols)
    ranges = "".join(
        f'<category render="true" symbol="{k}" value={quoteattr(value)} label={quoteattr(label)}/>'
        for k, (value, label, _) in enumerate(known)
    )
    drawn = "".join(symbol for _, _, symbol in known)
    return (
        f'<renderer-v2 type="categorizedSymbol" attr={quoteattr(field)} enableorderby="0">'
        f"<categories>{ranges}</categories><symbols>{drawn}</symbols></renderer-v2>"
    )


def _areas(colours: Mapping[str, str]) -> str:
    """Return the clusters in the map's colours."""
    return _categorised(
        "cluster",
        [
            (
                code,
                code,
                _symbol(
                    str(k),
                    "fill",
                    "SimpleFill",
                    {"color": _rgba(colour, 170), "outline_color": INK, "outline_width": "0.3",
                     "outline_style": "solid", "style": "solid"},
                ),
            )
            for k, (code, colour) in enumerate(sorted(colours.items()))
        ],
    )  # fmt: skip


def _schools() -> str:
    """Return schools as on the map: circles primary, squares secondary, diamonds all-through."""
    shapes = {
        "primary": ("circle", PAPER, "1.8"),
        "secondary": ("square", INK, "2"),
        "all-through": ("diamond", INK, "2.6"),
    }
    return _categorised(
        "phase",
        [
            (
                phase,
                phase.capitalize(),
                _symbol(
                    str(k),
                    "marker",
                    "SimpleMarker",
                    {"name": shape, "color": fill, "size": size, "outline_color": INK,
                     "outline_width": "0.35", "outline_style": "solid"},
                ),
            )
            for k, (phase, (shape, fill, size)) in enumerate(shapes.items())
        ],
    )  # fmt: skip


def _hubs() -> str:
    """Return central schools as a cross, drawn over their own point."""
    cross = {"name": "cross", "color": INK, "size": "4.2", "outline_color": INK}
    symbol = _symbol("0", "marker", "SimpleMarker", cross | {"outline_width": "0.5"})
    return f'<renderer-v2 type="singleSymbol"><symbols>{symbol}</symbols></renderer-v2>'


def _labels(field: str, size: int, *, bold: bool = False, most: int = 0) -> str:
    weight = 'fontWeight="75" namedStyle="Bold"' if bold else 'fontWeight="50"'
    limits = f'scaleVisibility="{int(bool(most))}" scaleMin="0" scaleMax="{most}"'
    return (
        '<labeling type="simple"><settings calloutType="simple">'
        f'<text-style fieldName={quoteattr(escape(field))} isExpression="0" fontFamily="Sans" '
        f'fontSize="{size}" fontSizeUnit="Point" textColor="{INK}" {weight}>'
        f'<text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="{PAPER}" '
        'bufferOpacity="1"/></text-style>'
        f'<rendering {limits} obstacle="1"/></settings></labeling>'
    )


def _rgba(colour: str, alpha: int) -> str:
    red, green, blue = (int(colour[k : k + 2], 16) for k in (1, 3, 5))
    return f"{red},{green},{blue},{alpha}"
