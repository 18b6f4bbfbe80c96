"""Which of several plans no other beats in everything at once."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from cluster_geo.alternatives.outcome import OUTSIDE
from cluster_geo.tolerances import SAME_SUM

WISHES = ("travel", "trust_pieces", "without_srp")


def wished(table: pd.DataFrame) -> list[str]:
    """Columns of a table of outcomes of which less is better, whoever is asked.

    A measure that only some of the plans have, such as crossings of a layer that only their
    scenarios know, compares nothing and is left out.
    """
    layers = [str(name) for name in table if str(name).startswith(OUTSIDE)]
    solved = table.dropna(subset=["travel"]) if "travel" in table else table
    return [name for name in (*WISHES, *layers) if name in table and not solved[name].isna().any()]


def pareto(table: pd.DataFrame, columns: Iterable[str] | None = None) -> pd.Series:
    """Tell which rows no other is as good as in all columns and better than in one (Pareto).

    Parameters
    ----------
    table : DataFrame
        One row a plan; a row with a missing value is never on the front.
    columns : iterable of str, optional
        Of which less is better; default `wished`.
    """
    chosen = wished(table) if columns is None else list(columns)
    figures = table[chosen].to_numpy(dtype=float)
    known = ~np.isnan(figures).any(axis=1)
    front = known.copy()
    for i in np.flatnonzero(known):
        others = figures[known]
        as_good = (others <= figures[i] + SAME_SUM).all(axis=1)
        better = (others < figures[i] - SAME_SUM).any(axis=1)
        front[i] = not (as_good & better).any()
    return pd.Series(front, index=table.index, name="front", dtype=bool)
