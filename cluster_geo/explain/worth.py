"""What each rule is worth: the plan found again with one rule turned, and what changes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace

import pandas as pd

from cluster_geo.county import County
from cluster_geo.explain.ask import Asker
from cluster_geo.explain.change import change_of
from cluster_geo.explain.dials import Dial, dials_of
from cluster_geo.explain.params import WorthParams
from cluster_geo.measures import ties, totals
from cluster_geo.optimise import Result
from cluster_geo.plan import Cluster, Plan
from cluster_geo.rules import Rulebook, find_clashes
from cluster_geo.tolerances import SAME_SCORE

Progress = Callable[[str], None]


@dataclass(frozen=True, eq=False)
class Worth:
    """What each rule of a rulebook is worth.

    Parameters
    ----------
    base : Result
        The best plan by the rules as they are, whichever of the searches met it.
    figures : Series
        Of that plan: `clusters`, `travel`, `travel_worst`, `trust_pieces`, `without_srp`,
        `outside_<layer>` for each layer of the county.
    table : DataFrame
        One row for each dial: `rule`, `turn`, `words`; `status` as of a `Result`; `failure`,
        what a solver answered that failed, else ""; the figures of the plan found, and their
        change as `<figure>_change`; `score` and `score_change`, what is charged for everything
        but the rule that is turned; `distance`, how far the plan may be from the best possible
        for its own rules; `change_least`, `change_most`, between which the change lies, as far
        as is proven (see `change.between`; missing where nothing is); `found`: "lower" or "higher"
        where all between them are; "no difference" where both are below `change.NO_DIFFERENCE` of
        the score; "unresolved" where what is not known is more than the change; "impossible" where
        that is proven, "none found".
    plans : mapping of str to Plan
        By the dial's words.
    """

    base: Result
    figures: pd.Series
    table: pd.DataFrame
    plans: dict[str, Plan] = field(default_factory=dict)


def worth(
    county: County,
    rulebook: Rulebook,
    *,
    time_limit: float = 60.0,
    seed: int = 0,
    threads: int | None = None,
    start: Plan | None = None,
    frozen: Iterable[Cluster] = (),
    progress: Progress = lambda _: None,
    params: WorthParams = WorthParams(),
) -> Worth:
    """Solve with each rule turned in turn, beginning from the plan by the rules as they are.

    Parameters
    ----------
    county : County
    rulebook : Rulebook
    time_limit : float
        Seconds for each search; the first one has four times as long: all are compared with it.
    seed : int
    threads : int, optional
    start : Plan, optional
        A plan to begin from.
    frozen : iterable of Cluster
        Clusters that stay as they are.
    progress : callable, optional
        Called with what is searched for next.
    params : WorthParams

    Notes
    -----
    Ctrl-C ends the search that runs; what was found by then is returned.
    """
    asker = Asker(step=time_limit, seed=seed, threads=threads)
    frozen = tuple(frozen)
    progress("the rules as they are")
    base = asker.best(
        county,
        rulebook,
        start=start,
        frozen=frozen,
        seconds=params.base * time_limit,
        gap=params.gap,
    )
    if base.plan is None:
        return Worth(base, pd.Series(dtype=float), pd.DataFrame())
    turned: list[tuple[Dial, Result | None]] = []
    for dial in dials_of(rulebook, county):
        if asker.stopped:
            break
        progress(dial.words)
        turned.append((dial, _turned(asker, county, dial, base, frozen, params.gap)))
    base = best_known(base, turned, rulebook, frozen)
    assert base.plan is not None, "no plan is given up for a better one"
    figures = figures_of(base.plan, county)
    rows = [_row(d, result, base, rulebook, county, figures, frozen) for d, result in turned]
    plans = {d.words: r.plan for d, r in turned if r is not None and r.plan is not None}
    return Worth(base, figures, pd.DataFrame(rows), plans)


def best_known(
    base: Result,
    turned: Iterable[tuple[Dial, Result | None]],
    rulebook: Rulebook,
    frozen: Collection[Cluster],
) -> Result:
    """Return the best plan by the rules as they are, whichever search met it, and its bound.

    No plan scores less by these rules than the best possible by looser ones. A plan that was met
    is believed only where it keeps every rule, those over the whole plan too.
    """
    as_they_were = {cluster.members: cluster for cluster in frozen}
    for dial, result in turned:
        if result is None:
            continue
        if dial.looser and result.bound is not None:
            base = replace(base, bound=max(result.bound, base.bound or result.bound))
        if result.plan is None:
            continue
        members = [cluster.members for cluster in result.plan.clusters]
        own = [rulebook.cluster(group) for group in members if group not in as_they_were]
        plan = Plan.of([*own, *frozen])
        cost = rulebook.cost(plan)
        better = base.cost is not None and cost < base.cost - SAME_SCORE
        if better and all(map(rulebook.admits, own)) and rulebook.keeps_sums(plan):
            base = replace(base, plan=plan, cost=cost)
    return base


def figures_of(plan: Plan, county: County) -> pd.Series:
    """Return the figures of a plan that a rule may change."""
    whole = totals(plan, county)
    names = ["clusters", "travel", "travel_worst", "trust_pieces", "without_srp"]
    outside = ties(plan, county).filter(regex="^outside_").sum()
    figures: pd.Series = pd.concat([whole[names], outside]).astype(float)
    return figures


def _turned(
    asker: Asker,
    county: County,
    dial: Dial,
    base: Result,
    frozen: tuple[Cluster, ...],
    gap: float,
) -> Result | None:
    """Solve a dial from what the first search has met; None if counting proves there is no plan."""
    if not frozen and find_clashes(county, dial.rulebook):
        return None
    return asker.best(
        county, dial.rulebook, start=base.plan, known=base.known, frozen=frozen, gap=gap
    )


def _row(
    dial: Dial,
    result: Result | None,
    base: Result,
    rulebook: Rulebook,
    county: County,
    figures: pd.Series,
    frozen: Collection[Cluster] = (),
) -> dict[str, object]:
    row: dict[str, object] = {"rule": dial.rule, "turn": dial.turn, "words": dial.words}
    row["failure"] = "" if result is None else result.failure
    if result is None or result.plan is None:
        status = "impossible" if result is None else result.status
        return row | {"status": status, "found": status}
    new = figures_of(result.plan, county)
    row |= {"status": result.status} | {str(name): float(new[name]) for name in new.index}
    row |= {f"{name}_change": float(new[name] - figures[name]) for name in figures.index}
    return row | change_of(dial, result, base, rulebook, frozen)
