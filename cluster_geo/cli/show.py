"""What the commands print: tables for a terminal, plain text for anything else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
from rich.console import Console
from rich.table import Table

from cluster_geo.audit import Audit
from cluster_geo.cli.terminal import escape, say
from cluster_geo.county import County
from cluster_geo.errors import Fault
from cluster_geo.export.record import versions
from cluster_geo.glossary import KINDS
from cluster_geo.optimise.certainty import certainty, ending
from cluster_geo.phrases import by_phase, counted
from cluster_geo.pipeline import Proposal
from cluster_geo.publish.edition import Edition
from cluster_geo.records import Notice, notices_of_files
from cluster_geo.scenario import RecordedRun, Scenario, brief_of

# Notices of one topic are listed up to this number, then counted.
MOST_NOTICES = 8


@contextmanager
def show_readings(to: Console) -> Iterator[None]:
    """Print, on leaving, what was done to read the files that were read meanwhile."""
    with notices_of_files() as found:
        yield
    for notice in found:
        say(to, f"{notice.topic}: {notice.text}")


def show_marking(to: Console, scenario: Scenario) -> None:
    """Print the protective marking of what must not leave the authority, where there is one."""
    marking = Edition.of(brief_of(scenario)).marking
    if marking:
        say(to, marking)


def show_repeat(to: Console, run: RecordedRun, changed: Iterable[Fault]) -> None:
    """Print why a run that is repeated may end otherwise than it did."""
    for fault in changed:
        say(to, f"{fault.where}: {fault.found}.")
    for library, (then, now) in run.other_versions(versions()).items():
        say(to, f"That run used {library} {then}; here is {now}.")
    if run.scenario.solve.work is None:
        say(
            to,
            "The search is limited by time, so it may end with another plan. A limit of work "
            "(--set solve.work=20000) gives the same one each time.",
        )


def show_county(to: Console, county: County) -> None:
    """Print the schools by district and phase, the layers, and the neighbours."""
    schools = county.schools
    table = Table(title=f"{len(schools)} schools as at {schools.as_at}", title_justify="left")
    table.add_column("district")
    for heading in ("schools", "primary", "secondary", "all-through", "with SRP"):
        table.add_column(heading, justify="right")
    frame = schools.table
    for district, rows in frame.groupby("district", sort=True):
        phases = Counter(rows["phase"])
        counts = [len(rows), *(phases[p] for p in ("primary", "secondary", "all-through"))]
        counts.append(int(rows["srp"].astype(bool).sum()))
        table.add_row(escape(str(district) or "none"), *map(str, counts))
    to.print(table)
    for name, layer in county.layers.items():
        shape = "" if layer.has_shapes else ", no shapes to draw"
        outside = len(schools) - len(layer.zone_of)
        say(to, f"layer {name}: {len(layer.zones)} zones, {outside} schools in none{shape}")
    graph, pieces = county.neighbours.graph, len(county.neighbours.pieces)
    kinds = Counter(str(facts["kind"]) for _, _, facts in graph.edges(data=True))
    listed = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
    whole = "in one piece" if pieces == 1 else f"in {pieces} pieces"
    say(to, f"neighbours: {graph.number_of_edges()} edges ({listed}), {whole}")
    say(to, f"travel: {county.travel.method}")


def show_notices(to: Console, county: County, *, every: bool = False) -> None:
    """Print what was noticed in the data, by topic; of each topic all, or the first few."""
    topics: dict[str, list[Notice]] = {}
    for notice in county.notices:
        topics.setdefault(notice.topic, []).append(notice)
    for topic, notices in topics.items():
        shown = notices if every else notices[:MOST_NOTICES]
        for notice in shown:
            say(to, f"{topic}: {notice.text}")
        if len(notices) > len(shown):
            say(to, f"{topic}: and {len(notices) - len(shown)} more; --all lists them")


def show_result(to: Console, proposal: Proposal) -> None:
    """Print what was found, and how sure it is."""
    plan, result = proposal.plan, proposal.result
    sizes = [len(cluster) for cluster in plan.clusters]
    say(
        to,
        f"{len(proposal.county.urns)} schools in {len(plan)} clusters of {min(sizes)} to "
        f"{max(sizes)}.",
    )
    counts = proposal.county.phase_counts(plan.cluster_of)
    say(to, f"{counted(len(plan.cluster_of), 'school')}: {by_phase(**counts)}.")
    if result is not None:
        say(to, certainty(result))
        say(to, ending(result))
        for statement in result.statements:
            say(to, statement)


def show_audit(to: Console, audit: Audit) -> None:
    """Print the verdicts by rule, then what is broken."""
    table = Table(title="Rules", title_justify="left")
    for heading in ("rule", "kind", "met"):
        table.add_column(heading)
    for heading in ("clusters", "measure", "score"):
        table.add_column(heading, justify="right")
    for rule, row in audit.by_rule.iterrows():
        table.add_row(
            escape(str(rule)),
            KINDS[row["kind"]],
            _met(row),
            f"{row['clusters']:.0f}",
            f"{row['count']:,.1f}",
            f"{row['price']:,.1f}",
        )
    to.print(table)
    say(to, f"score: {audit.cost:,.1f}")
    if audit.kept:
        say(to, "Every requirement is met and every school is in exactly one cluster.")
    for sentence in audit.broken:
        say(to, f"broken: {sentence}")


def _met(row: pd.Series) -> str:
    """Return whether a requirement is met; a preference counts more or less."""
    if row["kind"] != "hard":
        return ""
    return "yes" if row["kept"] else "NO"


def show_clusters(to: Console, audit: Audit) -> None:
    """Print a line for each cluster."""
    table = Table(title="Clusters", title_justify="left")
    for heading in ("cluster", "name"):
        table.add_column(heading)
    table.add_column("schools", justify="right")
    table.add_column("score", justify="right")
    table.add_column("broken")
    for code, row in audit.by_cluster.iterrows():
        table.add_row(
            escape(str(code)),
            escape(str(row["name"])),
            str(row["schools"]),
            f"{row['price']:,.1f}",
            escape(str(row["broken"])),
        )
    to.print(table)


def show_files(to: Console, folder: Path, written: list[Path]) -> None:
    """Print where the outputs are."""
    names = ", ".join(path.name for path in written)
    say(to, f"Written to {folder}: {names}")
