"""Strategies that break files in the ways in which they arrive broken."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable, Iterable
from typing import Any

from hypothesis import strategies as st

# What people, spreadsheets and other programs leave in a cell.
CELLS = (
    "", " ", "-", "0", "-1", "1e999", "nan", "inf", "-inf", "NaN", "Infinity", "1e-320", "0x1f",
    "1,234", "1.234,5", "51°17'N", "31-02-2025", "99-99-9999", "2025-07-18T00:00:00", "yes", "ASD",
    "100000000000000000000", "9" * 400, "300001", "300001.0", "٣٠٠٠٠١", "primary", "Secondary",
    "<script>alert(1)</script>", "</script>", "{{ 7*7 }}", "{% raw %}", "${1}", "=HYPERLINK(1)",
    "@SUM(A1)", "+1", "'", '"', '""', ",", ";", "a\nb", "a\r\nb", "\u202egnp.exe", "\u2028", "\ufeff",
    "\x1b[31mred", "\x07", "\x00", "\ud7ff", "\U0001f3eb", "e\u0301", "x" * 5000, "../../etc/passwd",
    "[bold]", "%s%n", "NULL", "None", "#REF!", "C-0", "West", "remove", "hard",
)  # fmt: skip

Damage = Callable[[bytes], bytes]


def bytes_damaged() -> st.SearchStrategy[Damage]:
    """Break a file of any format."""

    def cut(at: float) -> Damage:
        return lambda data: data[: int(len(data) * at)]

    def put(at: float, what: bytes) -> Damage:
        return lambda data: data[: int(len(data) * at)] + what + data[int(len(data) * at) :]

    def encoded(name: str) -> Damage:
        return lambda data: data.decode("utf-8", "replace").encode(name, "replace")

    share = st.floats(0, 1, allow_nan=False)
    junk = st.sampled_from(
        [b"\0", b"\0" * 100, b"\xff\xfe", b"\xef\xbb\xbf", b"\x81\x8d", b'"', b"\r", b"\n\n", b",",
         b"\t", b"\x1a", b"PK\x03\x04", b"\x1f\x8b", "é".encode("cp1252"), "é".encode(), b"{", b"]"]
    )  # fmt: skip
    return st.one_of(
        share.map(cut),
        st.builds(put, share, junk | st.binary(max_size=12)),
        st.sampled_from(["utf-16", "utf-8-sig", "cp1252", "utf-32", "cp037", "utf-7"]).map(encoded),
        st.binary(max_size=200).map(lambda junk: lambda _: junk),
        st.just(lambda data: data * 2),
        st.just(lambda data: data.replace(b"\n", b"")),
        st.just(lambda data: data.replace(b",", b";")),
        st.just(lambda data: data.replace(b",", b"\t")),
        st.just(lambda data: data.replace(b"\r\n", b"\r")),
        st.just(lambda data: data[::-1]),
    )


def table_damaged() -> st.SearchStrategy[Damage]:
    """Break cells, columns and rows of a CSV file, which is still a CSV file."""
    cell = st.sampled_from(CELLS) | st.text(max_size=12) | st.integers().map(str)
    cell |= st.floats().map(repr)
    return st.builds(
        _table,
        st.lists(
            st.tuples(
                st.sampled_from(
                    ["cell", "cell", "column", "header", "drop", "double", "blank", "row", "swap",
                     "shuffle", "empty", "short"]
                ),
                st.integers(0, 2**32),
                cell,
            ),
            min_size=1,
            max_size=4,
        ),
    )  # fmt: skip


def _table(steps: list[tuple[str, int, str]]) -> Damage:
    def damaged(data: bytes) -> bytes:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))
        for kind, where, text in steps:
            rows = _step(rows, kind, where, text)
        stream = io.StringIO(newline="")
        csv.writer(stream).writerows(rows)
        return stream.getvalue().encode("utf-8", "surrogatepass")

    return damaged


Rows = list[list[str]]


def _step(rows: Rows, kind: str, where: int, text: str) -> Rows:
    if not rows or not rows[0]:
        return rows
    dice = random.Random(where)
    column, row = dice.randrange(len(rows[0])), dice.randrange(len(rows))
    changed = {
        "cell": lambda: _put(rows, [row or min(1, len(rows) - 1)], column, text),
        "column": lambda: _put(rows, range(1, len(rows)), column, text),
        "header": lambda: _put(rows, [0], column, text),
        "drop": lambda: [cells[:column] + cells[column + 1 :] for cells in rows],
        "double": lambda: [[*cells, *cells[column : column + 1]] for cells in rows],
        "blank": lambda: [[""] * len(rows[0]), *rows[1:]],
        "row": lambda: [*rows, list(rows[row])],
        "swap": lambda: [cells[1:] + cells[:1] for cells in rows],
        "shuffle": lambda: dice.sample(rows, len(rows)),
        "empty": lambda: rows[:1],
        "short": lambda: [*rows[:row], rows[row][:column], *rows[row + 1 :]],
    }
    return changed[kind]()


def _put(rows: Rows, places: Iterable[int], column: int, text: str) -> Rows:
    for place in places:
        if column < len(rows[place]):
            rows[place][column] = text
    return rows


# Points and rings that no county has.
RINGS: tuple[Any, ...] = (
    [], [[]], [[[0, 0]]], [[[0, 0], [1, 1]]], [[[0, 0], [0, 0], [0, 0], [0, 0]]],
    # a bow tie across the county, a spike, a hole that is larger than its ring
    [[[0.2, 51.1], [0.45, 51.3], [0.45, 51.1], [0.2, 51.3], [0.2, 51.1]]],
    [[[0.2, 51.1], [0.45, 51.1], [0.3, 51.3], [0.3, 53.0], [0.3, 51.3], [0.2, 51.1]]],
    [[[0.3, 51.2], [0.31, 51.2], [0.31, 51.21], [0.3, 51.2]],
     [[0.1, 51.0], [0.5, 51.0], [0.5, 51.4], [0.1, 51.0]]],
    # across the antimeridian, the whole globe, the poles
    [[[179, 51], [-179, 51], [-179, 52], [179, 52], [179, 51]]],
    [[[-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]]],
    [[[-180, 51], [180, 51], [180, 52], [-180, 52], [-180, 51]]],
    [[[0, 89], [120, 89], [-120, 89], [0, 89]]],
    # metres in place of degrees, swapped degrees
    [[[560000, 150000], [570000, 150000], [570000, 160000], [560000, 150000]]],
    [[[51.1, 0.2], [51.1, 0.45], [51.3, 0.45], [51.1, 0.2]]],
    [[[float("nan"), 51], [1, 51], [1, 52], [float("nan"), 51]]],
    [[[float("inf"), 51], [1, 51], [1, 52], [float("inf"), 51]]],
    [[[1e308, 1e308], [-1e308, 1e308], [0, -1e308], [1e308, 1e308]]],
    [[["a", "b"], ["c", "d"], ["e", "f"], ["a", "b"]]], [[None, None, None]], "ring", None, 5,
)  # fmt: skip
SHAPES: tuple[Any, ...] = (
    None, {}, {"type": "Point", "coordinates": [0.3, 51.2]}, {"type": "Polygon"},
    {"type": "LineString", "coordinates": [[0.2, 51.1], [0.4, 51.3]]},
    {"type": "MultiPolygon", "coordinates": []}, {"type": "Polygon", "coordinates": []},
    {"type": "GeometryCollection", "geometries": []}, {"type": "Banana", "coordinates": [1]},
)  # fmt: skip


def shapes_damaged() -> st.SearchStrategy[Damage]:
    """Break the shapes and properties of a GeoJSON file, which is still a GeoJSON file."""
    value = st.sampled_from(CELLS) | st.none() | st.integers() | st.floats() | st.lists(st.none())
    return st.builds(
        _shapes,
        st.integers(0, 2**32),
        st.sampled_from(RINGS),
        st.sampled_from(SHAPES),
        value,
        st.sampled_from(
            ["ring", "ring", "shape", "property", "name", "none", "crs", "dropped", "again", "type"]
        ),
    )


def _shapes(where: int, ring: Any, shape: Any, value: Any, kind: str) -> Damage:
    def damaged(data: bytes) -> bytes:
        page = json.loads(data)
        feature = page["features"][where % len(page["features"])]
        crs = {"type": "name", "properties": {"name": str(value)[:50]}}
        changed = {
            "ring": lambda: feature["geometry"].update(coordinates=ring),
            "shape": lambda: feature.update(geometry=shape),
            "property": lambda: feature["properties"].update(code=value),
            "name": lambda: feature.update(properties={str(value)[:50]: value}),
            "none": lambda: page.update(features=[]),
            "crs": lambda: page.update(crs=crs),
            "dropped": lambda: feature.pop(sorted(feature)[where % len(feature)]),
            "again": lambda: page.update(features=page["features"] * 3),
            "type": lambda: page.update(type=value),
        }
        changed[kind]()
        return json.dumps(page).encode("utf-8", "surrogatepass")

    return damaged


def damage_of(name: str) -> st.SearchStrategy[Damage]:
    """Return the ways in which a file of this name may be broken."""
    if name.endswith(".csv"):
        return bytes_damaged() | table_damaged() | table_damaged()
    if name.endswith(".geojson"):
        return bytes_damaged() | shapes_damaged() | shapes_damaged()
    return bytes_damaged()
