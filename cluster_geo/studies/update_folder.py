"""A plan carried to a new date as a folder: outputs, what changed and why, the plans beside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pandas as pd

from cluster_geo import pipeline
from cluster_geo.compare.moves import MOVES
from cluster_geo.compare.school_changes import DETAILS
from cluster_geo.export.csvfile import write_csv
from cluster_geo.optimise.certainty import at_most
from cluster_geo.phrases import listed, trust_name
from cluster_geo.plan import Cluster, title_of
from cluster_geo.publish.edition import edition_of
from cluster_geo.report.update import (
    Beside,
    Change,
    Joining,
    Mover,
    UpdatePage,
    update_page,
)
from cluster_geo.rules import Rulebook
from cluster_geo.studies.update import Alternative, Update, plan_rows

CHANGES_FILE, PAGE_FILE = "changes.csv", "update.html"
# Clusters that are shown for a school in none, the best first.
MOST_JOINING = 4


def write_update(update: Update, folder: str | Path) -> list[Path]:
    """Write a plan's outputs with changes.csv, update.html and a list of each plan beside it.

    Raises
    ------
    OutputError
        Where the folder holds something else or cannot be written; it is then as it was.
    """
    page = update_page(edition_of(update.proposal.published.disclosed), page_of(update))
    beside: dict[str, Callable[[Path], object]] = {
        CHANGES_FILE: partial(write_csv, table=update.changes),
        PAGE_FILE: partial(_write, text=page),
    }
    for number, one in enumerate(update.alternatives, start=1):
        beside[list_of(number)] = partial(write_csv, table=plan_rows(one.proposal.plan))
    return pipeline.write(update.proposal, folder, beside=beside)


def list_of(number: int) -> str:
    """Return the name of the file of a plan beside."""
    return f"alternative_{number}.csv"


def page_of(update: Update) -> UpdatePage:
    """Return what the page of an update says, as its audience may see it."""
    before, now = update.as_it_is.shown_audit, update.proposal.published
    result = update.proposal.result
    names = {**update.as_it_is.plan.names, **now.plan.names}
    return UpdatePage(
        version=update.version,
        changes=[
            Change(
                f"{row['name']} ({row['urn']})",
                row["change"],
                row["before"],
                row["after"],
                title_of(row["cluster"], names),
                row["note"],
            )
            for row in readable(update.changes).to_dict(orient="records")
        ],
        broken=before.broken,
        as_it_is=before.cost,
        joining=list(_joining(update)),
        movers=list(_movers(update)),
        certainty=now.certainty,
        statements=() if result is None else result.statements,
        plans=[
            _beside(one, list_of(number) if number else "")
            for number, one in enumerate((update.main, *update.alternatives))
        ],
    )


def readable(changes: pd.DataFrame) -> pd.DataFrame:
    """Return the changes of schools as a page shows them: trusts in ordinary case."""
    trusts = changes["change"] == DETAILS["trust"]
    ends = {
        end: changes[end].mask(trusts, changes[end].map(trust_name)) for end in ("before", "after")
    }
    return changes.assign(**ends)


def _movers(update: Update) -> Iterator[Mover]:
    moves, audit = update.proposal.published.moves, update.as_it_is.shown_audit
    assert moves is not None, "it was made from a plan before"
    broken = audit.verdicts[~audit.verdicts["kept"]]
    for urn, row in moves[moves["change"] == MOVES].iterrows():
        ends = broken[broken["cluster"].isin([row["from_cluster"], row["to_cluster"]])]
        words = [
            f"{title_of(code, update.as_it_is.plan.names)}: {audit.titles[rule]}"
            for code, rule in zip(ends["cluster"], ends["rule"], strict=True)
        ]
        name = f"{row['name']} ({urn})"
        yield Mover(name, row["from_name"], row["to_name"], "; ".join(dict.fromkeys(words)))


def _joining(update: Update) -> Iterator[Joining]:
    """Yield the clusters that each school in none could join, the best first.

    They are those of its neighbours, and, of a school that was made of others, those of these.
    """
    published = update.as_it_is.published
    rulebook, plan, county = published.rulebook, published.plan, published.county
    assert rulebook is not None, "it was judged"
    code_of, names = plan.code_of, county.schools.names
    places = {code: place for place, code in enumerate(plan.labels)}
    clusters = [rulebook.cluster(cluster.members) for cluster in plan.clusters]
    for urn in sorted(set(county.urns) - code_of.keys()):
        near = {code_of[n] for n in county.neighbours.graph[urn] if n in code_of}
        of_parts = _clusters_of_parts(urn, update) & places.keys()
        found = [
            (*_joined(clusters, places[code], urn, rulebook), code)
            for code in sorted(near | of_parts)
        ]
        found.sort(key=lambda one: (len(one[0]), one[1], one[2]))
        for number, (breaks, change, code) in enumerate(found):
            if number >= MOST_JOINING and code not in of_parts:
                continue
            title = title_of(code, plan.names)
            yield Joining(f"{names[urn]} ({urn})", title, change, listed(breaks))


def _clusters_of_parts(urn: int, update: Update) -> set[str]:
    """Return the codes of the clusters that the schools were in of which a school was made."""
    now = update.proposal.county.schools.identity.now
    members = update.before.rows.members
    return {code for code, urns in members.items() if any(urn in now(old) for old in urns)}


def _joined(
    clusters: Sequence[Cluster], place: int, urn: int, rulebook: Rulebook
) -> tuple[list[str], float]:
    """Return the requirements that a school breaks by joining a cluster, and the score's change."""
    larger = rulebook.cluster((*clusters[place].members, urn))
    before, after = rulebook.judge(clusters[place]), rulebook.judge(larger)
    breaks = [rule for rule, verdict in after.items() if before[rule].kept and not verdict.kept]
    changed = [*clusters[:place], larger, *clusters[place + 1 :]]
    sums = zip(rulebook.sums(clusters), rulebook.sums(changed), strict=True)
    breaks += [now.rule.name for then, now in sums if then.kept and not now.kept]
    change = rulebook.price(larger) - rulebook.price(clusters[place])
    return [f"“{rulebook.headings[rule]}”" for rule in breaks], change


def _beside(one: Alternative, file: str) -> Beside:
    result = one.proposal.result
    return Beside(one.moved, one.score, "" if result is None else at_most(result.gap), file)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
