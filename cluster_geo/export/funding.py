"""Money by cluster as files: every part of every pot, and a sheet with a row for each cluster."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from cluster_geo.funding import Shares
from cluster_geo.funding.pence import pounds_figure
from cluster_geo.plan import title_of
from cluster_geo.publish import Publication
from cluster_geo.report.funding import standing_of
from cluster_geo.tables.funding import PotShares, funding_table
from cluster_geo.tables.headings import Heading

FUNDING_FILE = "funding.csv"
FUNDING_SHEET = "Funding"
ABOUT = "How pots of money would be shared over the clusters, in pounds"
WHOLE = ("All clusters", "Held by zones", "Held by the county", "The whole pot")


def funding_file(published: Publication) -> dict[str, pd.DataFrame]:
    """Return the table of every part of every pot by its file; none where nothing is shared."""
    table = funding_table(published.funding, published.plan)
    return {FUNDING_FILE: table} if len(table) else {}


def about_funding(published: Publication) -> str:
    """Return what the sheet holds, and whether its shares are illustrative."""
    status = published.edition.status
    standings = [
        f"{one.pot.heading}: {standing_of(one.pot, status)}" for one, _ in _shown(published)
    ]
    return " ".join([f"{ABOUT}.", *standings])


def funding_sheet(published: Publication) -> tuple[pd.DataFrame, dict[str, Heading]] | None:
    """Return a row for each cluster and the sums below; None where nothing is shared."""
    found = _shown(published)
    if not found:
        return None
    plan = published.plan
    codes = sorted(plan.labels)
    table = pd.DataFrame({"cluster": codes, "name": [title_of(c, plan.names) for c in codes]})
    headings = {"cluster": Heading("Cluster code"), "name": Heading("Cluster")}
    table = pd.concat([table, pd.DataFrame({"cluster": [""] * len(WHOLE), "name": WHOLE})])
    table = table.reset_index(drop=True)
    for one, shares in found:
        for column, words, meaning, figures in _columns(one, shares, codes):
            name = f"{one.pot.name}_{column}"
            table[name] = pd.Series([*figures, *[None] * (len(table) - len(figures))], dtype=object)
            headings[name] = Heading(f"{one.pot.heading}: {words}", meaning)
    return table, headings


def _shown(published: Publication) -> list[tuple[PotShares, Shares]]:
    return [
        (one, one.shares)
        for one in published.funding
        if one.shares is not None and not one.shares.problem
    ]


def _columns(
    one: PotShares, shares: Shares, codes: list[str]
) -> Iterator[tuple[str, str, str, list[float | None]]]:
    """Yield a column's name, heading and meaning, and its figures; the sums come after those."""
    clusters = [shares.clusters[code] for code in codes]
    for term in shares.terms:
        figures = [pounds_figure(term.amounts[code]) for code in codes]
        words = f"{one.titles[term.term.name]}, £"
        yield term.term.name, words, "", [*figures, pounds_figure(term.money)]
    if shares.limited:
        moved = [pounds_figure(cluster.adjustment) for cluster in clusters]
        meaning = "What protection and caps add to what the formula gives, or take from it"
        yield "protection", "Protection, £", meaning, [*moved, 0.0]
    sums = [
        shares.shared,
        sum(shares.contingency.values()),
        shares.reserve + shares.unshared,
        shares.pot.amount,
    ]
    share = [pounds_figure(cluster.share) for cluster in clusters]
    yield "share", "share, £", "What the cluster has", [*share, *map(pounds_figure, sums)]
    each = [cluster.per_pupil for cluster in clusters] + [shares.per_pupil]
    figures_each = [None if one is None else pounds_figure(round(one)) for one in each]
    yield "per_pupil", "for each pupil, £", "The share by the pupils on roll", figures_each
    if shares.facts.last_year:
        last = [c.last_year for c in clusters]
        known = [None if pence is None else pounds_figure(pence) for pence in last]
        yield "last_year", "last year, £", "Empty where it is not known", known
