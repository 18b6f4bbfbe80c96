"""The page of a sweep: every run in one table, the trade-off as a figure, a link to each map."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from cluster_geo.alternatives import Sweep, short_keys, wished
from cluster_geo.alternatives.outcome import OUTSIDE
from cluster_geo.boundaries import layer_title
from cluster_geo.optimise.certainty import at_most
from cluster_geo.publish.edition import Edition
from cluster_geo.publish.policy import with_policy
from cluster_geo.publish.templates import TABLE_SCRIPTS, scripts_of, template_of, write_page
from cluster_geo.report import amounts
from cluster_geo.report.tradeoff import measure_words, tradeoff_figure
from cluster_geo.scenario import brief_of

TRAVEL = "travel"
MOST_PANELS = 6


def write_sweep_page(path: Path, found: Sweep) -> Path:
    """Write the page of a sweep; return its path."""
    table, unit = found.table, found.base.unit
    shown = [name for name in wished(table) if name != TRAVEL]
    layers = [name.removeprefix(OUTSIDE) for name in shown if name.startswith(OUTSIDE)]
    page = template_of("cluster_geo.report", "sweep.html").render(
        edition=Edition.of(brief_of(found.base)),
        base=found.base.name,
        titled=found.titled,
        keys=short_keys(found.varied),
        layers={f"{OUTSIDE}{name}": layer_title(name) for name in layers},
        runs=table.reset_index().to_dict(orient="records"),
        solved=int(table["map"].ne("").sum()),
        choices=found.choices(),
        failures=found.failures(),
        at_most=at_most,
        figure=_figure(found, shown, layers),
        words=amounts,
        scripts=scripts_of(*TABLE_SCRIPTS),
        unit=unit,
    )
    return write_page(path, with_policy(page))


def _figure(found: Sweep, shown: Sequence[str], layers: Sequence[str]) -> Markup:
    """Return travel against each measure in which the runs to choose from differ."""
    titles = measure_words({name: layer_title(name) for name in layers}, found.base.unit)
    table = found.table.assign(number=range(1, len(found.table) + 1))
    chosen = table[table["best"]]
    differing = [name for name in shown if chosen[name].dropna().nunique() > 1]
    return tradeoff_figure(
        chosen.set_index("title"),
        (TRAVEL, titles[TRAVEL]),
        [(name, titles[name]) for name in differing[:MOST_PANELS]],
    )
