"""Solve a county under its rules: find a plan and prove a bound."""

from __future__ import annotations

from collections.abc import Iterable

from threadpoolctl import threadpool_limits

from cluster_geo import threads as stated
from cluster_geo.compiled import warm
from cluster_geo.county import County
from cluster_geo.errors import SolverError
from cluster_geo.optimise.budget import Budget
from cluster_geo.optimise.nearest import look_nearer
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
    near: Plan | None = None,
    known: Iterable[Members] = (),
    frozen: Iterable[Cluster] = (),
    progress: Progress | None = None,
    threads: int | None = None,
    any_plan: bool = False,
    params: SearchParams = SearchParams(),
) -> Result:
    """Find the plan of least cost, or the best within a limit, and a bound on the cost of any plan.

    Parameters
    ----------
    county : County
    rulebook : Rulebook
    time_limit : float or None
        Seconds; ignored if `work` is given.
    work : int, optional
        Limit in units of work (`Budget`): the same inputs and seed then give the same plan on any
        machine, whatever its load and number of cores.
    seed : int
    gap : float
        Stop at this gap, a fraction of the cost.
    start : Plan, optional
        A plan to start from; its clusters are judged like any other.
    near : Plan, optional
        Of plans found that score the same, the one in which fewer schools move from this plan is
        kept; it is not proven that none moves fewer. Default: `start`.
    known : iterable of tuple of int
        Schools of clusters of an earlier solve; judged like any other.
    frozen : iterable of Cluster
        Clusters kept in the plan without judging them.
    progress : callable, optional
        Called with each point of the trace as it is reached.
    threads : int, optional
        Threads of pricing and annealing; the result does not depend on it. Default:
        `threads.POOL`.
    any_plan : bool
        Stop at the first plan that keeps the hard rules.
    params : SearchParams
        Parameters of the search. They may change the plan found and the bound proven in a given
        time, but not the validity of either.

    Returns
    -------
    Result
        Also if there is no plan: the status is "impossible" only if that is proven. If the solver
        fails, the result has what was found and proven before, and a message about the failure.
    """
    warm.begin()
    # Setting up thousands of schools takes seconds, and the time runs.
    budget = Budget(time_limit, work)
    problem = Problem.of(county, rulebook, frozen)
    standing = Standing(problem, budget, gap, seed, progress, near or start)
    number = threads or stated.POOL
    pricer = Pricer(number, problem.arrays.high + 2)
    stopped: StoppedBy
    failure = ""
    try:
        with threadpool_limits(stated.BLAS, user_api="blas"):
            stopped = Search(standing, pricer, number, any_plan, params).run(start, known)
            if not any_plan:
                look_nearer(standing, params.integer)
    except KeyboardInterrupt:
        stopped = "interrupted"
    except SolverError as error:
        stopped, failure = "solver failure", str(error)
    finally:
        pricer.close()
    return standing.result(stopped, failure)
