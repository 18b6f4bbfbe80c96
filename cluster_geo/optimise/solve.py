"""The one door to the optimiser: a county and its rules in, a plan with a proven bound out."""

from __future__ import annotations

from collections.abc import Iterable

from threadpoolctl import threadpool_limits

from cluster_geo import threads as stated
from cluster_geo.compiled import warm
from cluster_geo.county import County
from cluster_geo.errors import SolverError
from cluster_geo.optimise.budget import Budget
from cluster_geo.optimise.params import SearchParams
from cluster_geo.optimise.pricing import Pricer
from cluster_geo.optimise.problem import Problem
from cluster_geo.optimise.result import Members, Result, StoppedBy
from cluster_geo.optimise.search import Search
from cluster_geo.optimise.standing import Progress, Standing
from cluster_geo.plan import Cluster, Plan
from cluster_geo.rules import Rulebook


def solve(
    county: County,
    rulebook: Rulebook,
    *,
    time_limit: float | None = 180.0,
    work: int | None = None,
    seed: int = 0,
    gap: float = 1e-4,
    start: Plan | None = None,
    known: Iterable[Members] = (),
    frozen: Iterable[Cluster] = (),
    progress: Progress | None = None,
    threads: int | None = None,
    any_plan: bool = False,
    params: SearchParams = SearchParams(),
) -> Result:
    """Find the plan of least cost, or the best within a limit, and bound how good any can be.

    Parameters
    ----------
    county : County
    rulebook : Rulebook
    time_limit : float or None
        Seconds; not looked at where `work` is given.
    work : int, optional
        Limit in units of work (`Budget`): the same inputs and seed then give the same plan
        whatever the machine, its load and its number of cores.
    seed : int
    gap : float
        Stop at this gap, a fraction of the cost.
    start : Plan, optional
        A plan to begin from; its clusters are judged like any other.
    known : iterable of tuple of int
        Schools of clusters of an earlier solve; judged like any other.
    frozen : iterable of Cluster
        Clusters taken as they are, kept in the plan and not judged.
    progress : callable, optional
        Told of each point of the trace as it is reached.
    threads : int, optional
        Of pricing and annealing; what is found does not depend on it. Default: `threads.POOL`.
    any_plan : bool
        Stop at the first plan that keeps the hard rules.
    params : SearchParams
        Numbers that steer the search: another plan may be found, and another bound be proven in
        the same time, but what is proven is so whatever they are.

    Returns
    -------
    Result
        Never an exception for want of a plan: "impossible" is said only when proven. Where the
        solver fails, what was found and proven by then, with the failure in words.
    """
    warm.begin()
    problem = Problem.of(county, rulebook, frozen)
    standing = Standing(problem, Budget(time_limit, work), gap, seed, progress)
    number = threads or stated.POOL
    pricer = Pricer(number, problem.arrays.high + 2)
    stopped: StoppedBy
    failure = ""
    try:
        with threadpool_limits(stated.BLAS, user_api="blas"):
            stopped = Search(standing, pricer, number, any_plan, params).run(start, known)
    except KeyboardInterrupt:
        stopped = "interrupted"
    except SolverError as error:
        stopped, failure = "solver failure", str(error)
    finally:
        pricer.close()
    return standing.result(stopped, failure)
