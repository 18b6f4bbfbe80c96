"""Explain: why there is no plan, why a school is where it is, what each rule is worth."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from cluster_geo.audience import Disclosure
from cluster_geo.county import County
from cluster_geo.errors import Fault, ImpossibleError, InputError, NoPlanFoundError
from cluster_geo.explain import Explanation, Why, Worth, reasons_of, trusts_apart, worth
from cluster_geo.optimise.certainty import no_plan, of_frozen
from cluster_geo.pipeline import explained
from cluster_geo.pipeline.arguments import check
from cluster_geo.plan import Plan
from cluster_geo.rules import Rulebook, find_clashes
from cluster_geo.scenario import (
    Scenario,
    about_preferences,
    brief_of,
    frozen_clusters,
    rulebook_of,
)

FIX = "Run cluster-geo explain on the scenario"


def _silent(_: str) -> None:
    """Say nothing of a search that begins."""


def clashes(county: County, scenario: Scenario) -> tuple[str, ...]:
    """Say which hard rules clash, as far as counting alone shows; empty where it finds none."""
    check(county=county, scenario=scenario)
    rulebook = rulebook_of(county, scenario.as_granted(None))
    return tuple(clash.words for clash in find_clashes(county, rulebook))


def explain(county: County, scenario: Scenario, *, threads: int | None = None) -> Explanation:
    """Explain why no plan keeps the hard rules, and what would make one possible.

    Parameters
    ----------
    county : County
    scenario : Scenario
        Its limit of time or work is that of all searches together. A preference
        (`hard-if-possible`) is weighed: it is never what makes a scenario impossible. Where its
        audience is the public, changes are scored without rules that weigh withheld counts.
    threads : int, optional

    Returns
    -------
    Explanation
        Status "possible", "impossible" (only where that is proven) or "not proven"; the rules
        that clash, on which schools, and changes that were each tried and help.

    Examples
    --------
    >>> narrow = cg.read_scenario(
    ...     "example", {"clusters.size": "8:9", "clusters.count": 3, "solve.work": 100}
    ... )
    >>> found = cg.explain(county, narrow)
    >>> found.status
    'impossible'
    >>> len(found.clashes)
    1
    """
    check(county=county, scenario=scenario)
    scenario = scenario.as_granted(None)
    return explained(
        county,
        scenario,
        rulebook_of(county, scenario),
        time_limit=scenario.solve.time_limit,
        work=scenario.solve.work,
        threads=threads,
    )


def why(
    county: County,
    scenario: Scenario,
    plan: Plan,
    urn: int,
    *,
    time_limit: float = 60.0,
    work: int | None = None,
    threads: int | None = None,
) -> Why:
    """Explain why a school is in its cluster, and what another cluster would mean.

    Where the scenario's audience is the public, rules that weigh withheld counts are left out:
    how the score changes with one school would reveal its count. See `about_left_out`.

    Parameters
    ----------
    county : County
    scenario : Scenario
        Its preferences are judged as in `audit`.
    plan : Plan
        Complete.
    urn : int
        The school.
    time_limit : float
        Seconds for all searches together.
    work : int, optional
        Limit of each search in units of work instead: the same answer on any machine.
    threads : int, optional

    Raises
    ------
    InputError
        Where the plan has no such school.

    Examples
    --------
    >>> answer = cg.why(county, scenario, proposal.plan, 900001, work=100)
    >>> answer.cluster == proposal.plan.labels[proposal.plan.cluster_of[900001]]
    True
    >>> all(move.cluster != answer.cluster for move in answer.moves)
    True
    """
    check(county=county, scenario=scenario, plan=plan, urn=urn)
    known = plan.within(set(county.urns))
    if urn not in known.cluster_of:
        found = f"the plan has no school with the URN {urn}"
        fix = county.schools.identity.advice(urn, "Check the number, or the plan")
        raise InputError([Fault("urn", found, fix)])
    return reasons_of(
        county,
        _shown_rules(county, scenario),
        known,
        urn,
        time_limit=time_limit,
        work=work,
        seed=scenario.solve.seed,
        threads=threads,
    )


def price(
    county: County,
    scenario: Scenario,
    plan: Plan | None = None,
    *,
    time_limit: float = 60.0,
    threads: int | None = None,
    progress: Callable[[str], None] = _silent,
) -> Worth:
    """Show what each rule is worth, by solving with it relaxed or tightened.

    Where the scenario's audience is the public, rules that weigh withheld counts are left out, as
    in `why`: each search would give one more equation for the counts.

    Parameters
    ----------
    county : County
    scenario : Scenario
        Its preferences are judged as in `audit`.
    plan : Plan, optional
        A plan to begin from.
    time_limit : float
        Seconds for each search; the first one, with which all are compared, has four times as
        long.
    threads : int, optional
    progress : callable, optional
        Called with a few words as each search begins.

    Raises
    ------
    ImpossibleError, NoPlanFoundError
        Where there is no plan by the rules as they are, or none was found.

    Examples
    --------
    >>> small = cg.read_scenario("example", {"schools.districts": ["Alderwold"]})
    >>> worth = cg.price(cg.load_county(small), small, time_limit=0.1)
    >>> {"words", "found", "change_least", "change_most"} <= set(worth.table)
    True
    """
    check(county=county, scenario=scenario)
    if plan is not None:
        check(plan=plan)
    rules = _shown_rules(county, scenario)
    found = worth(
        county,
        rules,
        time_limit=time_limit,
        seed=scenario.solve.seed,
        threads=threads,
        start=plan,
        frozen=frozen_clusters(county, scenario, rules),
        progress=progress,
    )
    if found.base.plan is None:
        if found.base.status == "impossible":
            raise ImpossibleError.of([FIX])
        words = f"By the rules as they are: {no_plan(found.base)} {FIX}."
        raise NoPlanFoundError(words, found.base.failure)
    return found


def price_trusts(
    county: County,
    scenario: Scenario,
    plan: Plan,
    *,
    time_limit: float = 60.0,
    threads: int | None = None,
    progress: Callable[[str], None] = _silent,
) -> pd.DataFrame:
    """Show what it would mean to have each trust in one cluster fewer.

    Parameters
    ----------
    county : County
    scenario : Scenario
        Its preferences are judged as in `audit`.
    plan : Plan
        Complete.
    time_limit : float
        Seconds for the searches of one trust.
    threads : int, optional
    progress : callable, optional
        Called with the name of each trust as its search begins.

    Returns
    -------
    DataFrame
        One row for each trust of two schools or more, with its clusters, the fewest there can
        be, and what one fewer would do to the score.

    Examples
    --------
    >>> trusts = cg.price_trusts(county, scenario, proposal.plan, time_limit=0.1)
    >>> bool((trusts["clusters"] >= trusts["fewest"]).all())
    True
    """
    check(county=county, scenario=scenario, plan=plan)
    return trusts_apart(
        county,
        _shown_rules(county, scenario),
        plan,
        time_limit=time_limit,
        seed=scenario.solve.seed,
        threads=threads,
        progress=progress,
    )


def _shown_rules(county: County, scenario: Scenario) -> Rulebook:
    """Return the rules by which changes of a plan may be judged before the scenario's audience.

    How the score changes with a school or a rule reveals counts where a balance of them is weighed.
    """
    return Disclosure(county, brief_of(scenario)).rulebook(rulebook_of(county, scenario))


def about_left_out(county: County, scenario: Scenario) -> str:
    """Say which rules are left out because they weigh withheld counts; "" if there are none."""
    return Disclosure(county, brief_of(scenario)).about_left_out(rulebook_of(county, scenario))


def about_judging(county: County, scenario: Scenario) -> str:
    """Say how preferences are judged that a run may have made requirements; "" if none is asked."""
    return about_preferences(scenario, rulebook_of(county, scenario))


def about_frozen(county: County, scenario: Scenario) -> str:
    """Return a sentence about the clusters that stay as they are; "" where none does."""
    frozen = frozen_clusters(county, scenario, rulebook_of(county, scenario))
    return of_frozen(len(frozen)) if frozen else ""
