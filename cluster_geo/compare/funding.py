"""Money by cluster in two plans: who gains and who loses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

import pandas as pd

from cluster_geo.county import County
from cluster_geo.funding import ClusterShare, Pot
from cluster_geo.funding.pence import in_pounds, pounds_figure
from cluster_geo.phrases import counted
from cluster_geo.plan import Plan, title_of
from cluster_geo.tables.funding import PotShares, pot_shares

COLUMNS = (
    "pot",
    "cluster",
    "name",
    "before",
    "after",
    "change",
    "per_pupil_before",
    "per_pupil_after",
    "per_pupil_change",
)


def funding_changes(before: Plan, after: Plan, county: County, pots: Iterable[Pot]) -> pd.DataFrame:
    """Return the money of each cluster in two plans, in pounds; a row for each pot and cluster.

    Columns are `COLUMNS`. A cluster that only one plan has is missing in the other. A pot whose
    shares cannot be shown, or worked out, has no rows.

    Parameters
    ----------
    before, after : Plan
        Clusters that are matched have one code.
    county : County
        As its audience may see it.
    pots : iterable of Pot
    """
    pots = tuple(pots)
    sides = (pot_shares(county, before, pots), pot_shares(county, after, pots))
    names = {**after.names, **before.names}
    rows = [
        {"pot": first.pot.heading, "cluster": code, "name": title_of(code, names), **figures}
        for first, second in zip(*sides, strict=True)
        for code, figures in _pairs(first, second)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _pairs(first: PotShares, second: PotShares) -> Iterator[tuple[str, dict[str, float | None]]]:
    if not first.shares or not second.shares or first.shares.problem or second.shares.problem:
        return
    was, now = first.shares.clusters, second.shares.clusters
    for code in sorted({*was, *now}):
        yield code, _figures(was.get(code), now.get(code))


def _figures(was: ClusterShare | None, now: ClusterShare | None) -> dict[str, float | None]:
    pence = [None if one is None else one.share for one in (was, now)]
    each = [None if one is None else _whole(one.per_pupil) for one in (was, now)]
    return {
        "before": _pounds(pence[0]),
        "after": _pounds(pence[1]),
        "change": _less(*pence),
        "per_pupil_before": _pounds(each[0]),
        "per_pupil_after": _pounds(each[1]),
        "per_pupil_change": _less(*each),
    }


def _whole(pence: Fraction | None) -> int | None:
    return None if pence is None else round(pence)


def _pounds(pence: int | None) -> float | None:
    return None if pence is None else pounds_figure(pence)


def _less(before: int | None, after: int | None) -> float | None:
    return None if before is None or after is None else pounds_figure(after - before)


def funding_sentences(changes: pd.DataFrame) -> list[str]:
    """Return, for each pot, how many clusters gain and lose, in all and for each pupil."""
    return [_sentence(str(pot), rows) for pot, rows in changes.groupby("pot", sort=False)]


def _sentence(pot: str, rows: pd.DataFrame) -> str:
    moves = rows[["change", "name"]].dropna().itertuples(index=False, name=None)
    moved = sorted((float(change), str(name)) for change, name in moves if change)
    gain, lose = [one for one in moved if one[0] > 0], [one for one in moved if one[0] < 0]
    each = rows["per_pupil_change"].astype(float)
    if not moved:
        return f"{pot} (illustrative): no cluster of both plans would have more or less."
    ends = [("most gained", gain[-1:]), ("most lost", lose[:1])]
    extremes = "; ".join(
        f"{words} {name} ({in_pounds(round(pounds * 100), sign='+')})"
        for words, found in ends
        for pounds, name in found
    )
    return (
        f"{pot} (illustrative): {counted(len(gain), 'cluster')} of both plans would have more and "
        f"{len(lose):,} less; {extremes}. For each pupil {int((each > 0).sum()):,} would have more "
        f"and {int((each < 0).sum()):,} less."
    )
