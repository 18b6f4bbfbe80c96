"""A round of visits: from the base of a patch to each of its clusters and back."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise, permutations

from cluster_geo.tolerances import SAME_SUM
from cluster_geo.travel import Travel

# The number of orders grows with the factorial: of 8 stops there are 40,320.
MOST_STOPS = 8


def shortest_round(base: int, stops: Sequence[int], travel: Travel) -> tuple[float, list[int]]:
    """Return the length and the order of the shortest way past all stops and back to the base.

    Every order is tried, so that it is exact; of orders as short the first by URN is taken. With
    more than `MOST_STOPS` stops each next one is the nearest, and it may not be the shortest.

    Parameters
    ----------
    base : int
        URN of the central school that it begins and ends at.
    stops : sequence of int
        URNs of the other central schools.
    travel : Travel
        Between schools, in km or minutes.
    """
    if len(stops) > MOST_STOPS:
        order = _nearest_next(base, stops, travel)
        return _length(base, order, travel), order
    best, found = math.inf, list[int]()
    for tried in permutations(sorted(stops)):
        length = _length(base, tried, travel)
        if length < best - SAME_SUM:
            best, found = length, list(tried)
    return best, found


def _length(base: int, stops: Sequence[int], travel: Travel) -> float:
    way = [base, *stops, base]
    return math.fsum(travel.between(a, b) for a, b in pairwise(way))


def _nearest_next(base: int, stops: Sequence[int], travel: Travel) -> list[int]:
    left, order, here = sorted(stops), list[int](), base
    while left:
        here = min(left, key=lambda stop: (travel.between(here, stop), stop))
        left.remove(here)
        order.append(here)
    return order
