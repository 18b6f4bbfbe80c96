"""What files and figures hold, cell by cell and point by point."""

from __future__ import annotations

import csv
import math

import pytest

Points = list[tuple[float, float]]


def read_csv(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def same(found: object, expected: object) -> bool:
    """Whether a cell holds a figure, or nothing where there is none; blanks are not noughts."""
    if isinstance(expected, str):
        return ("" if found is None else found) == expected
    empty = found in (None, "") or (isinstance(found, float) and math.isnan(found))
    if expected is None or math.isnan(expected):
        return empty
    return not empty and float(found) == pytest.approx(expected, abs=6e-4)


def fitted(marks: Points):
    """What turns a pixel into what the axis says there."""
    (a, first), (b, last) = marks[0], marks[-1]
    return lambda pixel: first + (pixel - a) * (last - first) / (b - a)
