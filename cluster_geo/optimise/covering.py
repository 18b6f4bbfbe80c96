"""A lower bound on the number of groups that some schools need."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from scipy.sparse import coo_array

from cluster_geo.errors import SolverError
from cluster_geo.optimise.mip import solve_programme
from cluster_geo.optimise.solver import Programme
from cluster_geo.tolerances import WHOLE_BOUND


def least_cover(
    reach: np.ndarray,
    most: int,
    apart: Sequence[tuple[int, int]] = (),
    *,
    time_limit: float | None = None,
) -> int:
    """Return a lower bound on the number of groups, each around a column, that cover every row.

    x[i, j] is one when row i is in a group around column j, and y[j] is the number of such groups;
    for two rows that may not share a group, x[a, j] + x[b, j] <= y[j].

    Parameters
    ----------
    reach : ndarray of bool, shape (rows, columns)
        Whether a row may be in a group around a column.
    most : int
        Most rows in a group.
    apart : sequence of (int, int)
        Pairs of rows that may not share a group.
    time_limit : float, optional
        Seconds; the bound proven by then is returned.

    Returns
    -------
    int
        The smallest number of groups if the solver proves it in time; otherwise, or if the solver
        fails, a smaller number that is a valid bound.

    Examples
    --------
    >>> import numpy as np
    >>> least_cover(np.ones((5, 1), dtype=bool), most=2)
    3
    """
    number = reach.shape[0]
    counted = math.ceil(number / most) if number else 0
    if not reach.any():
        return counted
    try:
        outcome = solve_programme(_programme(reach, most, apart), time_limit=time_limit)
    except SolverError:
        return counted
    if not math.isfinite(outcome.bound):
        return counted
    floor = math.ceil(outcome.bound - WHOLE_BOUND)
    if outcome.objective is not None:
        # No valid bound is above the number of groups of a solution.
        floor = min(floor, round(outcome.objective))
    return max(counted, floor)


def _programme(reach: np.ndarray, most: int, apart: Sequence[tuple[int, int]]) -> Programme:
    number, columns = reach.shape
    pairs = [(int(i), int(j)) for i, j in np.argwhere(reach)]
    place = {pair: at for at, pair in enumerate(pairs)}
    groups = len(pairs)
    # Rows of the programme: each school once, then each column's groups, then pairs apart.
    entries = [(i, at, 1.0) for at, (i, _) in enumerate(pairs)]
    entries += [(number + j, at, 1.0) for at, (_, j) in enumerate(pairs)]
    entries += [(number + j, groups + j, -float(most)) for j in range(columns)]
    rows = number + columns
    for a, b in apart:
        for j in range(columns):
            if reach[a, j] and reach[b, j]:
                entries += [(rows, place[a, j], 1.0), (rows, place[b, j], 1.0)]
                entries.append((rows, groups + j, -1.0))
                rows += 1
    at_rows, at_columns, values = zip(*entries, strict=True)
    ones = np.ones(number)
    return Programme(
        cost=np.concatenate([np.zeros(groups), np.ones(columns)]),
        low=np.zeros(groups + columns),
        high=np.concatenate([np.ones(groups), np.full(columns, float(number))]),
        matrix=coo_array((values, (at_rows, at_columns)), (rows, groups + columns)).tocsc(),
        row_low=np.concatenate([ones, np.full(rows - number, -math.inf)]),
        row_high=np.concatenate([ones, np.zeros(rows - number)]),
        whole=np.ones(groups + columns, dtype=bool),
    )
