"""The shares of each pot of money, as its audience may see them, and as a table.

A pot whose formula counts figures that are withheld is left out whole: from the money that a term
gives a cluster anybody could work out what it counted there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from cluster_geo.county import County
from cluster_geo.funding import Pot, Shares, facts_of, sensitivity, share_out
from cluster_geo.funding.facts import HUNDREDTHS
from cluster_geo.funding.pence import pounds_figure
from cluster_geo.plan import Plan, title_of
from cluster_geo.scenario.pots import last_year_of

COLUMNS = (
    "pot",
    "year",
    "level",
    "code",
    "name",
    "kind",
    "item",
    "title",
    "counted",
    "counted_in_all",
    "pounds_in_all",
    "pounds",
    "per_pupil",
    "last_year",
    "change_pct",
    "if_a_tenth_more",
)
# Rows of these kinds add up to the pot; a share is the sum of its terms and its protection.
PARTS = ("term", "protection", "contingency", "reserve", "unshared")
PENCE_DECIMALS = 2


@dataclass(frozen=True)
class PotShares:
    """A pot, and how it is shared.

    Parameters
    ----------
    pot : Pot
    shares : Shares or None
        None where the audience may not see them.
    titles : dict of str to str
        What a reader calls each term, by its name.
    withheld : tuple of str
        Columns that the formula counts and that are withheld; none where the shares are shown.
    """

    pot: Pot
    shares: Shares | None
    titles: dict[str, str]
    withheld: tuple[str, ...] = ()

    @cached_property
    def sensitivity(self) -> dict[str, dict[str, int]]:
        """What a tenth more of each term would do: `funding.sensitivity`."""
        return {} if self.shares is None else sensitivity(self.shares)


def pot_shares(county: County, plan: Plan, pots: Iterable[Pot]) -> tuple[PotShares, ...]:
    """Share each pot over the clusters of a plan.

    Parameters
    ----------
    county : County
        As its audience may see it.
    plan : Plan
        A school in none of its clusters counts nowhere.
    pots : iterable of Pot
        Those that the audience may see.
    """
    schools = county.schools
    own = {column.name: column for column in schools.own}
    found = []
    for pot in pots:
        titles = {term.name: term.heading(own, county.travel.unit) for term in pot.terms}
        withheld = pot.columns(own) & schools.withheld.keys()
        if withheld:
            found.append(PotShares(pot, None, titles, tuple(sorted(withheld))))
            continue
        facts = facts_of(pot, plan, county, last_year_of(county, pot.name))
        found.append(PotShares(pot, share_out(pot, facts), titles))
    return tuple(found)


def funding_table(found: Iterable[PotShares], plan: Plan) -> pd.DataFrame:
    """Return every part of every pot: a row for each term of a cluster, and for what is held.

    Columns are `COLUMNS`; money is in pounds with its pence. The rows whose `kind` is one of
    `PARTS` add up to the pot. A row of the kind `share` has a cluster's sum, its pounds for each
    pupil, and last year's money.
    """
    rows = [
        {"pot": one.pot.heading, "year": one.pot.year, **row}
        for one in found
        if one.shares is not None and not one.shares.problem
        for row in _rows(one, one.shares, plan)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _rows(one: PotShares, shares: Shares, plan: Plan) -> Iterator[dict[str, Any]]:
    for code, cluster in shares.clusters.items():
        of = {"level": "cluster", "code": code, "name": title_of(code, plan.names)}
        for term in shares.terms:
            more = one.sensitivity.get(term.term.name)
            yield of | {
                "kind": "term",
                "item": term.term.name,
                "title": one.titles[term.term.name],
                "counted": term.units[code] / HUNDREDTHS,
                "counted_in_all": term.units_in_all / HUNDREDTHS,
                "pounds_in_all": pounds_figure(term.money),
                "pounds": pounds_figure(term.amounts[code]),
                "if_a_tenth_more": None if more is None else pounds_figure(more[code]),
            }
        if shares.limited:
            moved = pounds_figure(cluster.adjustment)
            yield of | {"kind": "protection", "title": "Protection and cap", "pounds": moved}
        each, change, last = cluster.per_pupil, cluster.change, cluster.last_year
        yield of | {
            "kind": "share",
            "title": "Share of the cluster",
            "pounds_in_all": pounds_figure(shares.shared),
            "pounds": pounds_figure(cluster.share),
            "per_pupil": None if each is None else round(float(each) / 100, PENCE_DECIMALS),
            "last_year": None if last is None else pounds_figure(last),
            "change_pct": None if change is None else round(float(change), PENCE_DECIMALS),
        }
    for zone, pence in shares.contingency.items():
        name = shares.facts.zone_names.get(zone, "") or "No zone"
        yield {"level": "zone", "code": zone, "name": name, "kind": "contingency",
               "title": "Held for events in the year", "pounds": pounds_figure(pence)}  # fmt: skip
    held = {"level": "county", "name": "County"}
    if shares.reserve:
        yield held | {
            "kind": "reserve",
            "title": "Reserve",
            "pounds": pounds_figure(shares.reserve),
        }
    if shares.unshared:
        words = "Of terms that count nothing in this plan"
        yield held | {"kind": "unshared", "title": words, "pounds": pounds_figure(shares.unshared)}
