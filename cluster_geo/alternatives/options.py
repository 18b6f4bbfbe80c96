"""A handful of plans, all nearly as good as the best and as different as they can be."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from cluster_geo import wishes
from cluster_geo.alternatives.different import Different, Progress
from cluster_geo.alternatives.outcome import Row, outcome_row
from cluster_geo.alternatives.params import OptionsParams
from cluster_geo.alternatives.settled import (
    Agreement,
    differences,
    pairs_together,
    settled_schools,
)
from cluster_geo.alternatives.titles import option_names, titles_of
from cluster_geo.audit import Audit, audit
from cluster_geo.county import County
from cluster_geo.optimise import Result
from cluster_geo.optimise.certainty import Shown, failed
from cluster_geo.plan import Plan
from cluster_geo.rules import Rulebook
from cluster_geo.scenario import Naming, Scenario


@dataclass(frozen=True, eq=False)
class Option:
    """One of the plans.

    Parameters
    ----------
    name : str
        A, B, C ...
    title : str
        What sets it apart, for a reader.
    plan : Plan
        Its clusters are called like those of the first option that they match.
    audit : Audit
    cost : float
        By the scenario's rules, in km-equivalents.
    beyond : float
        Cost above the first option's, as a share of that.
    result : Result
        Of an option whose search also charged likeness to the options before it, cost and bound
        are by the scenario's rules alone, and "gap" says that the search found what it looked for.
    """

    name: str
    title: str
    plan: Plan
    audit: Audit
    cost: float
    beyond: float
    result: Result


@dataclass(frozen=True, eq=False)
class Options:
    """Plans side by side, and what they agree on.

    Parameters
    ----------
    options : tuple of Option
        The best plan found first.
    differences : DataFrame
        Share of schools outside their matched cluster, for each pair of options.
    table : DataFrame
        One row an option, indexed by `option`: `title`, `beyond`, and `outcome_row`.
    schools : DataFrame
        See `settled.settled_schools`.
    pairs : DataFrame
        See `settled.pairs_together`.
    statements : tuple of str
        Sentences for the reader, such as why there are fewer than asked for.
    """

    scenario: Scenario
    county: County
    rulebook: Rulebook
    options: tuple[Option, ...]
    differences: pd.DataFrame
    table: pd.DataFrame
    schools: pd.DataFrame
    pairs: pd.DataFrame
    statements: tuple[str, ...] = field(default=())

    @property
    def plans(self) -> dict[str, Plan]:
        """The plans by their option's name."""
        return {option.name: option.plan for option in self.options}

    @property
    def agreed(self) -> Agreement:
        """What the options agree on."""
        return Agreement(self.plans, self.schools, self.pairs)


def find_options(
    county: County,
    scenario: Scenario,
    *,
    number: int = 5,
    within: float = 0.02,
    least_different: float = 0.10,
    best: tuple[Result, Rulebook] | None = None,
    progress: Progress | None = None,
    threads: int | None = None,
    params: OptionsParams = OptionsParams(),
) -> Options:
    """Find plans that all cost at most a share more than the best, pairwise different.

    The best plan comes first; see `Different` for how each further one is found.

    Parameters
    ----------
    county : County
        Of this scenario.
    scenario : Scenario
        Its time limit (or limit of work) is that of everything together: a third goes to the
        best plan, unless that is given.
    number : int
        How many plans, the best among them.
    within : float
        Most that an option may cost above the best, as a fraction of the best.
    least_different : float
        Least share of schools outside their matched cluster, for each pair of options.
    best : (Result, Rulebook), optional
        The scenario solved already, as `wishes.solve_scenario` returns it.
    progress : callable, optional
        Called with each point of each search.
    threads : int, optional
        What is found does not depend on it; default: `threads.POOL`.
    params : OptionsParams
        Numbers that steer the searches.

    Returns
    -------
    Options
        Fewer than asked for where no more were found; the statements say so. None at all where
        the scenario has no plan: `best` says why.

    Raises
    ------
    ValueError
        Where `number`, `within` or `least_different` is out of its range.
    """
    if number < 1 or not 0 < within < 1 or not 0 < least_different < 1:
        raise ValueError("number must be at least 1; within and least_different between 0 and 1")
    ends = time.monotonic() + scenario.solve.time_limit
    result, rulebook = best or _best(
        county,
        scenario,
        first=1.0 if number == 1 else params.first,
        progress=progress,
        threads=threads,
    )
    if result.plan is None:
        return _laid_out(county, scenario, rulebook, [], result, ())
    work = scenario.solve.work
    if work is not None and number > 1:
        work = max(1, int((1 - params.first) * work / ((number - 1) * params.tries)))
    different = Different(
        scenario,
        county,
        rulebook,
        within,
        least_different,
        work,
        result.bound,
        progress,
        threads,
        params,
    )
    others = different.others(result.plan, number - 1, ends)
    found = _best_first([(result.plan, result), *others], within)
    statements = () if len(found) == number else (_fewer(len(found), number, different),)
    failures = tuple(failed(failure, "searches") for failure in different.failures)
    return _laid_out(county, scenario, rulebook, found, result, (*statements, *failures))


def _best_first(found: list[tuple[Plan, Result]], within: float) -> list[tuple[Plan, Result]]:
    """Put the plan of the lowest score first, and leave out what is not nearly as good.

    A search for another plan may meet a better one than the first search did.
    """
    costs = [result.cost for _, result in found if result.cost is not None]
    assert len(costs) == len(found), "an option is a plan with its cost"
    best = costs.index(min(costs))
    order = [best, *(place for place in range(len(found)) if place != best)]
    return [found[place] for place in order if costs[place] <= (1 + within) * costs[best]]


def _fewer(found: int, number: int, asked: Different) -> str:
    """Say why there are fewer options than asked for."""
    return (
        f"{found} of {number} options were found: in the time for it no further plan turned up "
        f"within {100 * asked.within:g} % of the best with at least "
        f"{100 * asked.least_different:g} % of the schools in other clusters than in each option "
        "before. There may be one."
    )


def _of_first(first: Result) -> tuple[str, ...]:
    """Say what the search for the best plan has to say, and whether the solver failed in it."""
    shown: Shown = "nothing" if first.plan is None else "searches"
    return (*first.statements, *((failed(first.failure, shown),) if first.failure else ()))


def _best(
    county: County,
    scenario: Scenario,
    *,
    first: float,
    progress: Progress | None,
    threads: int | None,
) -> tuple[Result, Rulebook]:
    """Solve the scenario itself in a share of the time."""
    solve = scenario.solve
    limits: dict[str, object] = {"time_limit": first * solve.time_limit}
    if solve.work is not None:
        limits["work"] = max(1, int(first * solve.work))
    solve = solve.model_copy(update=limits)
    asked = scenario.model_copy(update={"solve": solve})
    return wishes.solve_scenario(county, asked, progress=progress, threads=threads)


def _laid_out(
    county: County,
    scenario: Scenario,
    rulebook: Rulebook,
    found: Sequence[tuple[Plan, Result]],
    first: Result,
    statements: tuple[str, ...],
) -> Options:
    """Name the plans, judge them, and lay them side by side."""
    plans: dict[str, Plan] = {}
    naming = Naming.of(county, scenario)
    for name, (plan, _) in zip(option_names(len(found)), found, strict=True):
        plans[name] = naming.name(plan, county)
        if len(plans) == 1:
            # The others are called as the first one, so that they can be compared.
            naming = replace(naming, previous=plans[name])
    audits = {name: audit(county, rulebook, plan) for name, plan in plans.items()}
    results = {name: result for name, (_, result) in zip(plans, found, strict=True)}
    least = audits[next(iter(plans))].cost if plans else 0.0
    beyond = {name: (audits[name].cost - least) / least if least else 0.0 for name in plans}
    rows: dict[str, Row] = {
        name: {"beyond": beyond[name]}
        | outcome_row(plan, county, rulebook, audit=audits[name], result=results[name])
        for name, plan in plans.items()
    }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("option")
    titles = titles_of(table, plans, county)
    if len(table):
        table.insert(0, "title", pd.Series(titles, dtype=object))
    options = tuple(
        Option(n, titles[n], p, audits[n], audits[n].cost, beyond[n], results[n])
        for n, p in plans.items()
    )
    empty = pd.DataFrame()
    return Options(
        scenario,
        county,
        rulebook,
        options,
        differences(plans),
        table,
        settled_schools(plans, county) if plans else empty,
        pairs_together(plans, county) if plans else empty,
        (*_of_first(first), *statements),
    )
