"""What `cluster-geo sweep` and `cluster-geo options` print."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from rich.console import Console
from rich.table import Table

from cluster_geo.alternatives import Options, Sweep, short_keys, wished
from cluster_geo.cli.terminal import escape, say
from cluster_geo.glossary import TRUSTS_SPREAD
from cluster_geo.optimise.certainty import NOT_USEFUL, at_most
from cluster_geo.publish.settled import agreement_note

HEADINGS = {"trust_pieces": TRUSTS_SPREAD.lower(), "without_srp": "without SRP"}


def show_run(to: Console, name: str, row: Mapping[str, object], count: str) -> None:
    """Print a line for a run that has ended."""
    gap = row.get("gap")
    sure = ""
    if isinstance(gap, float):
        distance = at_most(gap)
        sure = f", {distance}" if distance == NOT_USEFUL else f", at most {distance} better"
    sure += ", the solver failed" if row.get("failure") else ""
    say(to, f"{count}  {name}: {row['status']}{sure}")


def show_sweep(to: Console, found: Sweep) -> None:
    """Print the runs side by side; a star marks those on the Pareto front."""
    title = "Runs (* no other plan found is as good in everything and better in something)"
    shown = Table(title=title, title_justify="left")
    keys = short_keys(found.varied)
    headings = {"title": "run"} | keys if found.titled else keys
    for heading in headings.values():
        shown.add_column(escape(heading))
    measures = wished(found.table)
    for name in ("clusters", *measures, "gap"):
        shown.add_column(HEADINGS.get(name, name.replace("_", " ")), justify="right")
    for run in found.table.to_dict(orient="records"):
        settings = [escape(str(run[key])) for key in headings]
        if not run["map"]:
            shown.add_row(*settings, str(run["status"]))
            continue
        figures = [f"{run[name]:,.0f}" for name in ("clusters", *measures)]
        gap = "" if pd.isna(run["gap"]) else at_most(run["gap"])
        shown.add_row(*settings, *figures, gap + (" *" if run["front"] else "  "))
    to.print(shown)
    for sentence in (*found.choices(), *found.failures()):
        say(to, sentence)


def show_options(to: Console, found: Options, open_schools: pd.DataFrame) -> None:
    """Print the options, how much they differ, and the most contested schools."""
    shown = Table(title="Options", title_justify="left")
    for heading in ("option", "what sets it apart"):
        shown.add_column(heading)
    for heading in ("score above A", "least different"):
        shown.add_column(heading, justify="right")
    for option in found.options:
        others = found.differences.loc[option.name].drop(option.name)
        least = f"{others.min():.1%}" if len(others) else ""
        shown.add_row(option.name, escape(option.title), f"{option.beyond:.2%}", least)
    to.print(shown)
    settled = int((found.schools["settled"] == 1.0).sum())
    if len(found.options) > 1:
        schools = len(found.schools)
        say(to, f"{settled:,} of {schools:,} schools are in the same cluster in every option.")
    say(to, agreement_note(len(found.options), "option"))
    for urn, school in open_schools.iterrows():
        where = f"{school['usual']}, else {school['others']}"
        say(to, f"contested: {school['name']} ({urn}): {where}")
    for statement in found.statements:
        say(to, statement)
