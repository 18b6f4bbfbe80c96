"""What a stranger can read out of a folder of outputs: every number of every file."""

from __future__ import annotations

import csv
import gzip
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pandas as pd

NUMBER = re.compile(r"(?<![\w.#-])[-\u2212]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?(?![\w#])")
ADDED = re.compile(r"geo_json_\d+_add\((\{.*\})\);")
STARTED = re.compile(r"clusterMap\.\w+\((\{.*\})\);")
# Units that the sums of at most four small counts can leave over the thousands, or take from them.
UNITS = range(1, 17)


def numbers_of(folder: Path) -> dict[str, Counter[float]]:
    """Return every number that stands in each file of a folder, and how often."""
    return {
        path.relative_to(folder).as_posix(): Counter(_numbers(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return what each file of a folder holds, to the byte."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def differing(first: Path, second: Path) -> list[str]:
    """Names of the files that are not the same in two folders."""
    one, other = bytes_of(first), bytes_of(second)
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def telling(folder: Path) -> set[tuple[str, float]]:
    """The numbers that are thousands and a few units: sums over a large and a small count."""
    return {
        (name, number)
        for name, found in numbers_of(folder).items()
        for number in found
        if abs(number) > max(UNITS)
        and number == round(number)
        and (abs(number) % 1000 in UNITS or 1000 - abs(number) % 1000 in UNITS)
    }


def _numbers(path: Path) -> Iterator[float]:
    texts = READERS.get(path.suffix, _text)(path)
    for text in texts:
        for found in NUMBER.findall(text):
            yield float(found.replace(",", "").replace("\u2212", "-"))


def _text(path: Path) -> Iterator[str]:
    yield path.read_text(encoding="utf-8", errors="replace")


def _csv(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.reader(stream):
            yield from row


def _json(path: Path) -> Iterator[str]:
    yield from _cells(json.loads(path.read_text(encoding="utf-8")))


def _cells(value: object) -> Iterator[str]:
    """Every text and number of a JSON value, one by one, corners of shapes and sizes of files left out."""
    if isinstance(value, dict):
        for key, own in value.items():
            if key not in {"coordinates", "bytes"}:
                yield from _cells(own)
    elif isinstance(value, list):
        for own in value:
            yield from _cells(own)
    else:
        yield str(value)


def _book(path: Path) -> Iterator[str]:
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for row in sheet.iter_rows(values_only=True):
            yield from (str(cell) for cell in row if cell is not None)


def _tables(path: Path) -> Iterator[str]:
    """Every cell of a GeoPackage's own layers."""
    with sqlite3.connect(path) as base:
        layers = [row[0] for row in base.execute("select table_name from gpkg_contents")]
        for layer in layers:
            for row in base.execute(f'select * from "{layer}"'):
                yield from (str(cell) for cell in row if isinstance(cell, str | int | float))


def _parquet(path: Path) -> Iterator[str]:
    for row in pd.read_parquet(path).itertuples():
        yield from map(str, row)


class _Words(HTMLParser):
    """The words of a page, the labels of its elements, and what its last scripts hold."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside.append(tag)
        named = ("aria-label", "title", "value", "alt")
        self.found += [value or "" for name, value in attrs if name in named]

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            while self.inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if "script" in self.inside:
            for layer in ADDED.findall(data):
                self.found += _cells(json.loads(layer))
            self.found += STARTED.findall(data)
        elif "style" not in self.inside:
            self.found.append(data)


def _page(path: Path) -> Iterator[str]:
    reader = _Words()
    reader.feed(path.read_text(encoding="utf-8"))
    yield from reader.found


def _packed(path: Path) -> Iterator[str]:
    yield gzip.decompress(path.read_bytes()).decode("utf-8")


READERS = {
    ".csv": _csv,
    ".json": _json,
    ".geojson": _json,
    ".xlsx": _book,
    ".gpkg": _tables,
    ".parquet": _parquet,
    ".html": _page,
    ".gz": _packed,
}
