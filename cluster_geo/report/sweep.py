"""The page of a sweep: every run in one table, the trade-off as a figure, a link to each map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from cluster_geo.alternatives import short_keys, wished
from cluster_geo.alternatives.outcome import OUTSIDE
from cluster_geo.page.edition import Edition
from cluster_geo.page.layers import layer_title
from cluster_geo.page.policy import with_policy
from cluster_geo.page.templates import template_of
from cluster_geo.report import words
from cluster_geo.report.tradeoff import measure_words, tradeoff_figure

TRAVEL = "travel"
MOST_PANELS = 4


def write_sweep_page(
    path: Path,
    table: pd.DataFrame,
    *,
    varied: Sequence[str],
    record: Mapping[str, Any],
    unit: str,
) -> Path:
    """Write the page of a sweep; return its path.

    Parameters
    ----------
    path : Path
    table : DataFrame
        One row a run; see `studies.Sweep`.
    varied : sequence of str
        Its columns of settings.
    record : mapping
        Of the base scenario.
    unit : str
        Of travel.
    """
    shown = [name for name in wished(table) if name != TRAVEL]
    layers = {name.removeprefix(OUTSIDE): "" for name in shown if name.startswith(OUTSIDE)}
    said = measure_words({name: layer_title(name) for name in layers}, unit)
    # A measure that is the same in every run tells nothing apart.
    differing = [name for name in shown if len(set(table[name].dropna())) > 1][:MOST_PANELS]
    figure = tradeoff_figure(
        table if shown else table.assign(travel=float("nan")),
        (TRAVEL, said[TRAVEL]),
        [(name, said[name]) for name in differing],
    )
    page = template_of("cluster_geo.report", "sweep.html").render(
        edition=Edition.of(record),
        base=record.get("name", ""),
        keys=short_keys(varied),
        varied=list(varied),
        layers={f"{OUTSIDE}{name}": layer_title(name) for name in layers},
        runs=table.reset_index().to_dict(orient="records"),
        solved=int(table["map"].ne("").sum()),
        figure=figure,
        words=words,
        unit=unit,
    )
    path.write_text(with_policy(page), encoding="utf-8", newline="\n")
    return path
