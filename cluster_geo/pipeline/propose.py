"""From a county and a scenario to a plan: counting, search, names, audit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from cluster_geo import wishes
from cluster_geo.audit import audit
from cluster_geo.county import County
from cluster_geo.optimise import Members, Result, TracePoint, read_known
from cluster_geo.optimise.certainty import BROKEN_AS_FROZEN, of_frozen
from cluster_geo.optimise.problem import left_to_decide
from cluster_geo.pipeline.arguments import check
from cluster_geo.pipeline.no_plan import NoPlan
from cluster_geo.pipeline.places import plan_file
from cluster_geo.pipeline.proposal import Proposal
from cluster_geo.plan import Cluster, Plan, read_plan
from cluster_geo.rules import Rulebook, find_clashes
from cluster_geo.scenario import (
    Naming,
    Scenario,
    frozen_clusters,
    papers_of,
    rulebook_of,
)


def propose(
    county: County,
    scenario: Scenario,
    *,
    start: Plan | None = None,
    warm: str | Path | None = None,
    threads: int | None = None,
    progress: Callable[[TracePoint], None] | None = None,
) -> Proposal:
    """Find a plan, name its clusters and audit it.

    Parameters
    ----------
    county : County
    scenario : Scenario
        Its `solve.time_limit` (seconds) or `solve.work` says when to stop.
    start : Plan, optional
        A plan to begin from, such as that of a scenario nearly the same.
    warm : path, optional
        Output folder of an earlier run: its plan and the clusters its search has met are judged
        anew, and the search begins from them.
    threads : int, optional
        The plan found does not depend on it.
    progress : callable, optional
        Called with every point of the search's trace as it is reached; in a notebook,
        ``NotebookProgress(scenario)``.

    Returns
    -------
    Proposal
        The plan, its audit, and as `result` how sure it is.

    Raises
    ------
    InputError
        Where a setting cannot be used with this county.
    ImpossibleError
        Where it is proven that no plan keeps the hard rules; `explain` says why.
    NoPlanFoundError
        Where none was found and nothing is proven.

    Examples
    --------
    >>> smaller = cg.read_scenario("example", {"clusters.size": "6:12", "solve.work": 500})
    >>> second = cg.propose(county, smaller, start=proposal.plan)
    >>> int(second.audit.by_cluster["schools"].max()) <= 12
    True
    """
    check(county=county, scenario=scenario)
    found = seek(county, scenario, start=start, warm=warm, threads=threads, progress=progress)
    if isinstance(found, NoPlan):
        raise found.error()
    return found


def seek(
    county: County,
    scenario: Scenario,
    *,
    start: Plan | None = None,
    warm: str | Path | None = None,
    known: Sequence[Members] = (),
    threads: int | None = None,
    progress: Callable[[TracePoint], None] | None = None,
) -> Proposal | NoPlan:
    """Look for a plan as `propose` does; where there is none, return what is known of that.

    `known` are the schools of clusters of an earlier search, in addition to those of `warm`.
    """
    scenario = scenario.as_granted(None)
    naming, papers = Naming.of(county, scenario), papers_of(county, scenario)
    rulebook = rulebook_of(county, scenario)
    frozen = frozen_clusters(county, scenario, rulebook)
    clashes = _clashes(county, rulebook, frozen)
    if clashes:
        return NoPlan(scenario, county, rulebook, "impossible", (*clashes, *_frozen(frozen)))
    if warm is not None:
        start = read_plan(plan_file(warm), county)
        known = (*known, *read_known(Path(warm) / "known.txt.gz", county))
    result, rulebook = wishes.solve_scenario(
        county, scenario, progress=progress, start=start, known=known, threads=threads
    )
    if result.plan is None:
        status: Literal["impossible", "none found"] = (
            "impossible" if result.status == "impossible" else "none found"
        )
        words = (*result.statements, *_frozen(frozen))
        return NoPlan(scenario, county, rulebook, status, words, result)
    plan = naming.name(result.plan, county)
    return replace(_proposal(county, scenario, rulebook, plan, result), papers=papers)


def _clashes(county: County, rulebook: Rulebook, frozen: Sequence[Cluster]) -> tuple[str, ...]:
    """Say what counting finds to be impossible; clusters frozen as they are may break rules."""
    rest, left = left_to_decide(county, rulebook, frozen)
    return tuple(clash.words for clash in find_clashes(rest, left))


def _frozen(frozen: Sequence[Cluster]) -> tuple[str, ...]:
    """Say what a proof is about where clusters are frozen."""
    return (of_frozen(len(frozen)),) if frozen else ()


def _proposal(
    county: County, scenario: Scenario, rulebook: Rulebook, plan: Plan, result: Result
) -> Proposal:
    """Audit a named plan that a search has found."""
    verdict = audit(county, rulebook, plan)
    frozen = frozen_clusters(county, scenario, rulebook)
    as_they_were = {cluster.members for cluster in frozen}
    chosen = [cluster for cluster in plan.clusters if cluster.members not in as_they_were]
    assert all(map(rulebook.admits, chosen)), "the search chose a cluster that breaks a rule"
    assert rulebook.keeps_sums(plan), "the search chose a plan that breaks a rule over the plan"
    added = (*_frozen(frozen), *(() if verdict.kept else (BROKEN_AS_FROZEN,)))
    result = replace(result, statements=(*result.statements, *added))
    asked = scenario.as_granted(rule.setting for rule in rulebook.rules if rule.hard)
    return Proposal(asked, county, rulebook, plan, verdict, result)
