"""What `cluster-geo sweep` and `cluster-geo options` print."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from cluster_geo.alternatives import wished

HEADINGS = {"trust_pieces": "trust pieces", "without_srp": "without SRP"}


def show_run(to: Console, name: str, row: Mapping[str, object], count: str) -> None:
    """Print a line for a run that has ended."""
    gap = row.get("gap")
    distance = f", at most {gap:.2%} better" if isinstance(gap, float) else ""
    to.print(escape(f"{count}  {name}: {row['status']}{distance}"), soft_wrap=True)


def show_sweep(to: Console, table: pd.DataFrame, varied: Mapping[str, str]) -> None:
    """Print the runs side by side; a star marks those on the Pareto front."""
    shown = Table(title="Runs (* no other is as good in everything)", title_justify="left")
    for heading in varied.values():
        shown.add_column(escape(heading))
    measures = wished(table)
    for name in ("clusters", *measures, "gap"):
        shown.add_column(HEADINGS.get(name, name.replace("_", " ")), justify="right")
    for run in table.to_dict(orient="records"):
        settings = [escape(str(run[key])) for key in varied]
        if not run["map"]:
            shown.add_row(*settings, str(run["status"]))
            continue
        figures = [f"{run[name]:,.0f}" for name in ("clusters", *measures)]
        gap = "" if pd.isna(run["gap"]) else f"{run['gap']:.2%}"
        shown.add_row(*settings, *figures, gap + (" *" if run["front"] else "  "))
    to.print(shown)
