"""Alternatives: variations of a scenario, a handful of real options, and what is settled."""

from cluster_geo.alternatives.outcome import Row, outcome_row
from cluster_geo.alternatives.tradeoff import pareto, wished
from cluster_geo.alternatives.variations import (
    Axis,
    Variation,
    checked,
    grid,
    read_axis,
    read_sweep,
    short_keys,
)

__all__ = [
    "Axis",
    "Row",
    "Variation",
    "checked",
    "grid",
    "outcome_row",
    "pareto",
    "read_axis",
    "read_sweep",
    "short_keys",
    "wished",
]
