"""The Pareto front of several plans."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from cluster_geo.alternatives import pareto, wished


def test_a_plan_that_another_beats_is_behind():
    """Equal plans are both on the front; a plan of which something is unknown is not."""
    table = pd.DataFrame(
        {"travel": [10, 12, 10, 9, np.nan], "trust_pieces": [3, 4, 3, 5, 1], "seconds": range(5)}
    )
    assert wished(table) == ["travel", "trust_pieces"]
    assert pareto(table).tolist() == [True, False, True, True, False]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=12))
def test_whatever_is_behind_is_beaten_by_the_front(points):
    """Each plan behind the front is beaten by one on it, none on it is beaten."""
    table = pd.DataFrame(points, columns=["a", "b"])
    front = pareto(table, ["a", "b"])
    for (a, b), on in zip(points, front, strict=True):
        beaten = any((x <= a and y <= b) and (x < a or y < b) for x, y in np.array(points)[front])
        assert beaten != on
