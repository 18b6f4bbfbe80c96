"""Alternatives: variations of a scenario, a handful of real options, and what is settled."""

from cluster_geo.alternatives.doubt import doubts
from cluster_geo.alternatives.options import Option, Options, find_options
from cluster_geo.alternatives.outcome import Row, outcome_row
from cluster_geo.alternatives.params import OptionsParams
from cluster_geo.alternatives.settled import (
    Agreement,
    contested,
    differences,
    matched_codes,
    pairs_together,
    settled_schools,
    share_moved,
)
from cluster_geo.alternatives.sweep import Sweep
from cluster_geo.alternatives.sweep_file import read_sweep
from cluster_geo.alternatives.tradeoff import pareto, wished
from cluster_geo.alternatives.variations import (
    Axis,
    Variation,
    checked,
    grid,
    read_axis,
    short_keys,
)

__all__ = [
    "Agreement",
    "Axis",
    "Option",
    "Options",
    "OptionsParams",
    "Row",
    "Sweep",
    "Variation",
    "checked",
    "contested",
    "differences",
    "doubts",
    "find_options",
    "grid",
    "matched_codes",
    "outcome_row",
    "pairs_together",
    "pareto",
    "read_axis",
    "read_sweep",
    "settled_schools",
    "share_moved",
    "short_keys",
    "wished",
]
