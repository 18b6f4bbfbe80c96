"""A plan of any county at once: the schools cut in two, and in two again."""

from __future__ import annotations

import numpy as np

from cluster_geo.county import County
from cluster_geo.plan import Plan
from cluster_geo.rules import Rulebook

LARGEST = 11


def halved_plan(county: County, rulebook: Rulebook, largest: int = LARGEST) -> Plan:
    """Cut the schools in two across their longer extent until no part is too large.

    No search: such a plan breaks rules, and serves where any plan of a whole county will do.
    """
    parts = _halves(county.schools.points, np.arange(len(county.urns)), largest)
    return rulebook.plan([[county.urns[i] for i in part] for part in parts])


def _halves(points: np.ndarray, rows: np.ndarray, largest: int) -> list[np.ndarray]:
    if len(rows) <= largest:
        return [rows]
    axis = int(np.argmax(np.ptp(points[rows], axis=0)))
    ordered = rows[np.argsort(points[rows, axis], kind="stable")]
    middle = len(rows) // 2
    return [
        part
        for half in (ordered[:middle], ordered[middle:])
        for part in _halves(points, half, largest)
    ]
