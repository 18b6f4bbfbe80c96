"""A round of visits is the shortest, in whichever direction that is."""

from __future__ import annotations

import numpy as np
import pytest

from cluster_geo.patches import rounds
from cluster_geo.patches.rounds import shortest_round
from cluster_geo.travel import Travel


def one_way(*rows):
    """Travel between schools 1, 2, ... by a matrix."""
    return Travel(tuple(range(1, len(rows) + 1)), np.array(rows, dtype=float))


def test_the_direction_matters_where_a_road_is_longer_one_way():
    """From 1 by 3 and 2 it is 3 km, the other way 30."""
    travel = one_way((0, 10, 1), (1, 0, 10), (10, 1, 0))
    assert shortest_round(1, [2, 3], travel) == (3.0, [3, 2])


def test_no_stop_is_no_way():
    """A patch of one cluster has a round of nothing."""
    assert shortest_round(1, [], one_way((0,))) == (0, [])


def test_many_stops_are_visited_each_once(monkeypatch):
    """Of more stops than orders can be tried the next is always the nearest."""
    monkeypatch.setattr(rounds, "MOST_STOPS", 2)
    line = [[abs(i - j) for j in range(5)] for i in range(5)]
    length, order = shortest_round(1, [2, 3, 4, 5], one_way(*line))
    assert (length, order) == (pytest.approx(8), [2, 3, 4, 5])
