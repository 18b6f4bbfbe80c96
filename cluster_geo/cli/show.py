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
from cluster_geo.boundaries import layer_title
from cluster_geo.cli.terminal import escape, say
from cluster_geo.county import County
from cluster_geo.errors import Fault
from cluster_geo.export.record import versions
from cluster_geo.glossary import KINDS
from cluster_geo.neighbours import Neighbours
from cluster_geo.optimise.certainty import certainty, ending
from cluster_geo.phrases import by_phase, counted, listed
from cluster_geo.pipeline import Proposal
from cluster_geo.publish import Publication
from cluster_geo.publish.edition import Edition
from cluster_geo.records import Notice, notices_of_files
from cluster_geo.scenario import RecordedRun, Scenario, brief_of
from cluster_geo.schools.dates import in_words

# Notices of one topic are listed up to this number, then counted.
MOST_NOTICES = 8


@contextmanager
def show_readings(to: Console) -> Iterator[None]:
    """Print, on leaving, what was done to read the files that were read meanwhile."""
    with notices_of_files() as found:
        yield
    for notice in found:
        say(to, f"{notice.heading}: {notice.text}")


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
    as_at = f" as at {in_words(schools.as_at)}" if schools.as_at else ""
    title = f"{counted(len(schools), 'school')}{as_at}"
    table = Table(title=title, title_justify="left")
    table.add_column("district")
    for heading in ("schools", "primary", "secondary", "all-through", "with SRP"):
        table.add_column(heading, justify="right")
    frame = schools.table
    for district, rows in frame.groupby("district", sort=True):
        phases = Counter(rows["phase"])
        counts = [len(rows), *(phases[p] for p in ("primary", "secondary", "all-through"))]
        counts.append(int(rows["srp"].astype(bool).sum()))
        table.add_row(escape(str(district) or "none"), *(f"{count:,}" for count in counts))
    to.print(table)
    for name, layer in county.layers.items():
        shape = "" if layer.has_shapes else "; it has no outlines to draw"
        outside = len(schools) - len(layer.zone_of)
        where = f"{counted(outside, 'school')} in none" if outside else "every school in one"
        zones = counted(len(layer.zones), "zone")
        say(to, f"Boundaries, {layer_title(name)}: {zones}, {where}{shape}.")
    say(to, _about_neighbours(county.neighbours))
    say(to, f"Journeys: {county.travel.method}")


def _about_neighbours(found: Neighbours) -> str:
    """Say how many pairs of schools are neighbours, and whether they join all schools."""
    kinds = Counter(str(facts["kind"]) for _, _, facts in found.graph.edges(data=True))
    ways = [
        f"{kinds[kind]:,} {words}"
        for kind, words in (
            ("coincident", "at one address"),
            ("crossing", "by a listed crossing"),
            ("bridge", "across water without one"),
        )
        if kinds[kind]
    ]
    among = f" ({listed(ways)})" if ways else ""
    parts = len(found.pieces)
    whole = (
        "every school can be reached from every other by way of neighbours"
        if parts == 1
        else f"the schools are in {parts:,} parts that no neighbours join"
    )
    return (
        f"Neighbours: {counted(found.graph.number_of_edges(), 'pair')} of schools{among}; {whole}."
    )


def show_notices(to: Console, county: County, *, every: bool = False) -> None:
    """Print what was noticed in the data, by topic; of each topic all, or the first few."""
    topics: dict[str, list[Notice]] = {}
    for notice in county.notices:
        topics.setdefault(notice.heading, []).append(notice)
    for topic, notices in topics.items():
        shown = notices if every else notices[:MOST_NOTICES]
        for notice in shown:
            say(to, f"{topic}: {notice.text}")
        if len(notices) > len(shown):
            say(to, f"{topic}: and {len(notices) - len(shown):,} more; --all lists them")


def show_starts(to: Console, published: Publication) -> None:
    """Print which codes a planner's list of starts has that no cluster of the plan has."""
    timetable = published.timetable
    if timetable is not None and timetable.strangers:
        codes = listed(timetable.strangers)
        say(to, f"The list of when clusters start names {codes}: no cluster here is called so.")


def show_result(to: Console, proposal: Proposal) -> None:
    """Print what was found, and how sure it is."""
    plan, result = proposal.plan, proposal.result
    sizes = [len(cluster) for cluster in plan.clusters]
    schools, clusters = counted(len(plan.cluster_of), "school"), counted(len(plan), "cluster")
    say(to, f"{schools} in {clusters} of {min(sizes):,} to {max(sizes):,}.")
    counts = proposal.county.phase_counts(plan.cluster_of)
    say(to, f"{schools}: {by_phase(**counts)}.")
    if result is not None:
        seen = proposal.published
        say(to, seen.certainty if seen.left_out else certainty(result))
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
            escape(audit.titles.get(str(rule), str(rule))),
            KINDS[row["kind"]],
            _met(row),
            f"{row['clusters']:,.0f}",
            f"{row['count']:,.1f}",
            f"{row['price']:,.1f}",
        )
    to.print(table)
    for rule, row in audit.by_rule.iterrows():
        if row["found"] and row["kind"] != "hard":
            say(to, f"{audit.titles[str(rule)]}: {row['found']}.")
    say(to, f"Score of the plan: {audit.cost:,.1f}")
    if audit.kept:
        say(to, "Every requirement is met and every school is in exactly one cluster.")
    for sentence in audit.broken:
        say(to, f"Broken: {sentence}")


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
            escape("; ".join(_broken_in(audit, str(code)))),
        )
    to.print(table)


def _broken_in(audit: Audit, code: str) -> list[str]:
    """Return what a page calls the requirements that a cluster breaks."""
    broken = audit.verdicts[~audit.verdicts["kept"] & (audit.verdicts["cluster"] == code)]
    return [audit.titles[rule] for rule in broken["rule"]]


def show_files(to: Console, folder: Path, written: list[Path]) -> None:
    """Print where the outputs are."""
    names = ", ".join(path.name for path in written)
    say(to, f"Written to {folder}: {names}")
