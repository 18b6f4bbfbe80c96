"""The one door to the optimiser: a county and its rules in, a plan with a proven bound out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from cluster_geo.county import County
from cluster_geo.optimise.branching import DOUBT, Branching
from cluster_geo.optimise.budget import Budget
from cluster_geo.optimise.columns import Atoms, Columns
from cluster_geo.optimise.compiled.evaluate import best_hub, shared_charges
from cluster_geo.optimise.generation import Generation
from cluster_geo.optimise.integer import best_cover
from cluster_geo.optimise.pricing import Pricer
from cluster_geo.optimise.problem import Problem
from cluster_geo.optimise.result import Result, Status, StoppedBy, TracePoint, gap_of
from cluster_geo.optimise.start import Start, first_plan
from cluster_geo.plan import Cluster, Plan
from cluster_geo.rules import Rulebook

Progress = Callable[[TracePoint], None]

# Columns an integer master chooses from at most, those of least reduced cost.
MOST_COLUMNS = 15_000
# Share of the time limit that one integer master may take, and its limit of nodes where work is
# counted instead.
INTEGER_SHARE = 0.12
INTEGER_NODES = 40
# Rounds of cuts between two integer masters.
CUTS_BETWEEN = 3
# Below this share of the budget left, the last integer master is due.
LAST = 0.16
# Rounds of cuts after which so small a part of the distance gained means that cuts are done.
PATIENCE, LEAST_GAIN = 4, 0.04
# Atoms up to which branching on the number of clusters comes before cuts.
SMALL = 150
# Nodes of branch and price between two integer masters.
NODES_BETWEEN = 8


def solve(
    county: County,
    rulebook: Rulebook,
    *,
    time_limit: float | None = 180.0,
    work: int | None = None,
    seed: int = 0,
    gap: float = 1e-4,
    start: Plan | None = None,
    frozen: Iterable[Cluster] = (),
    progress: Progress | None = None,
    threads: int | None = None,
    any_plan: bool = False,
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
    frozen : iterable of Cluster
        Clusters taken as they are, kept in the plan and not judged.
    progress : callable, optional
        Told of each point of the trace as it is reached.
    threads : int, optional
        Default: the processors there are.
    any_plan : bool
        Stop at the first plan that keeps the hard rules.

    Returns
    -------
    Result
        Never an exception for want of a plan: "impossible" is said only when proven.
    """
    budget = Budget(time_limit, work)
    problem = Problem.of(county, rulebook, frozen)
    run = _Run(
        problem, budget, seed, gap, progress, threads or os.cpu_count() or 1, any_plan=any_plan
    )
    try:
        stopped = run.search(start)
    except KeyboardInterrupt:
        stopped = "interrupted"
    finally:
        run.pricer.close()
    return run.result(stopped)


@dataclass
class _Run:
    """One solve in progress: the best plan, the bound, and the trace of both."""

    problem: Problem
    budget: Budget
    seed: int
    gap: float
    progress: Progress | None
    threads: int
    any_plan: bool = False
    trace: list[TracePoint] = field(default_factory=list)
    best: list[Atoms] | None = None
    cost: float | None = None
    bound: float | None = None
    proven: bool = False

    def __post_init__(self) -> None:
        self.columns = Columns(self.problem.rulebook, self.problem.atoms)
        self.pricer = Pricer(self.threads, self.problem.arrays.high + 2)
        self.bounds: list[float] = []
        self.paid = sum(self.problem.rulebook.price(c) for c in self.problem.frozen)

    def search(self, start: Plan | None) -> StoppedBy:
        """Run the stages; return why the search stopped."""
        if not self.problem.numbers:
            self.proven = True
            return "proof"
        if not self.problem.atoms:
            self._offer([])
            self.proven = self.best is None
            self.bound = 0.0
            return "proof"
        if start is not None:
            self._offer([self.columns.atoms_of(c.members) for c in start.clusters])
        begun = self._first()
        if begun is None:
            # No allowed number of clusters can be shared out among the regions.
            self.proven = True
            return "proof"
        if self.any_plan and self.best is not None:
            return "first plan"
        generation = Generation(
            self.problem.model,
            self.problem.rulebook.plan_rules,
            self.problem.numbers[-1],
            self.columns,
            self.pricer,
            self.budget,
            *_centre(self.problem, begun),
            ceiling=self.problem.ceiling,
        )
        rounds = 0
        while True:
            stage = "cuts" if rounds else "columns"
            generation.converge(self.cost, self.gap, lambda: self._note(stage, generation))  # noqa: B023
            self._raise_bound(generation)
            if self.proven:
                return "proof"
            last = self.budget.left() < LAST
            if rounds % CUTS_BETWEEN == 0 or last or self._near():
                self._integer(generation)
            if self._closed():
                return "gap"
            if self.any_plan and self.best is not None:
                return "first plan"
            if self.budget.spent:
                break
            if self._undecided(generation) or self._stalled(generation) or not generation.cut():
                self._integer(generation)
                return self._branch(generation)
            rounds += 1
        return self._limit()

    def _undecided(self, generation: Generation) -> bool:
        """Whether the number of clusters is better decided before any cut.

        Half a cluster too many is a large part of a small county's gap, which no cut of three
        schools closes; a large county's nodes are too dear to begin with.
        """
        solution = generation.solution
        if solution is None or len(self.problem.atoms) > SMALL or len(self.problem.numbers) == 1:
            return False
        number = float(solution.weights.sum())
        return abs(number - round(number)) > DOUBT

    def _stalled(self, generation: Generation) -> bool:
        """Whether the last rounds of cuts brought too little of what is left to close."""
        self.bounds.append(generation.bound)
        if len(self.bounds) <= PATIENCE or self.cost is None:
            return False
        gained = self.bounds[-1] - self.bounds[-1 - PATIENCE]
        return gained < LEAST_GAIN * (self.cost - self.bounds[-1])

    def _branch(self, generation: Generation) -> StoppedBy:
        """Close what cuts have left open by branch and price."""
        branching = Branching(generation, self.columns, self.problem.atoms, self.problem.numbers)
        steps = 0
        while not self._closed() and branching.open and not self.budget.spent:
            node = branching.step(self.cost, self.gap)
            if node is None:
                break
            steps += 1
            if node.solution is not None:
                whole = np.flatnonzero(node.solution.weights > 1.0 - 1e-6)
                chosen = [node.columns.admitted[c].cluster.members for c in whole]
                self._offer([self.columns.atoms_of(members) for members in chosen])
            if steps % NODES_BETWEEN == 0:
                self._integer(generation)
            self._raise_to(min(branching.bound, self.cost or np.inf))
            self._note("branches", None)
        if not branching.open:
            self._raise_to(self.cost if self.cost is not None else np.inf)
        return "gap" if self._closed() else "proof" if self.proven else self._limit()

    def _limit(self) -> StoppedBy:
        return "time limit" if self.budget.timed else "work limit"

    def _first(self) -> Start | None:
        with ThreadPoolExecutor(self.threads) as threads:
            begun = first_plan(
                self.problem.arrays,
                self.problem.regions,
                self.problem.numbers,
                seed=self.seed,
                budget=self.budget,
                threads=threads,
            )
        if begun is not None:
            self._offer(begun.sets)
            self.columns.admit(begun.pool)
        self._note("first plan", None)
        return begun

    def _offer(self, sets: Iterable[Atoms | None]) -> None:
        """Take a set of clusters as the best plan if it is one, and better."""
        given = [s for s in sets if s is not None]
        self.columns.admit(given)
        known = {column.atoms: column for column in self.columns.admitted}
        chosen = [known[s] for s in given if s in known]
        covered = sorted(a for column in chosen for a in column.atoms)
        if covered != list(range(len(self.problem.atoms))):
            return
        for place, rule in enumerate(self.problem.rulebook.plan_rules):
            total = sum(column.coefficients[place] for column in chosen)
            if not rule.low - 1e-9 <= total <= rule.high + 1e-9:
                return
        cost = sum(column.cost for column in chosen)
        if self.cost is None or cost < self.cost - 1e-9:
            self.best, self.cost = [column.atoms for column in chosen], cost

    def _raise_bound(self, generation: Generation) -> None:
        self._raise_to(generation.bound)

    def _raise_to(self, bound: float) -> None:
        """Take a proven bound; one above the ceiling of costs proves that there is no plan."""
        if bound > -np.inf and (self.bound is None or bound > self.bound):
            self.bound = bound
        if self.best is None and self.bound is not None and self.bound > self.problem.ceiling:
            self.proven = True

    def _integer(self, generation: Generation) -> None:
        """Choose the best plan among the columns that could be in a better one."""
        solution = generation.solution
        if solution is None:
            return
        reduced = generation.reduced_costs()
        most = np.inf if self.cost is None else self.cost - min(self.bound or 0.0, solution.value)
        keep = set(np.flatnonzero(reduced <= most).tolist())
        keep &= set(np.argsort(reduced, kind="stable")[:MOST_COLUMNS].tolist())
        known = {c.atoms: place for place, c in enumerate(self.columns.admitted)}
        current = [known[atoms] for atoms in self.best or []]
        places = sorted(keep.union(current))
        at = {place: i for i, place in enumerate(places)}
        left = self.budget.seconds_left()
        share = INTEGER_SHARE * (self.budget.seconds or 0.0)
        chosen = best_cover(
            [self.columns.admitted[p] for p in places],
            len(self.problem.atoms),
            self.problem.rulebook.plan_rules,
            start=[at[p] for p in current],
            time_limit=None if left is None else max(0.5, min(left, share)),
            most_nodes=None if self.budget.timed else INTEGER_NODES,
            seed=self.seed,
        )
        if chosen is not None:
            self._offer([self.columns.admitted[places[c]].atoms for c in chosen])
        self._note("plan", generation)

    def _near(self) -> bool:
        """Whether the bound is so near that a better choice of columns may close the gap."""
        distance = gap_of(self.cost, self.bound)
        return distance is not None and distance < 4.0 * self.gap

    def _closed(self) -> bool:
        distance = gap_of(self.cost, self.bound)
        return distance is not None and distance <= self.gap

    def _note(self, stage: str, generation: Generation | None) -> None:
        if generation is not None:
            self._raise_bound(generation)
        point = TracePoint(
            seconds=self.budget.elapsed,
            work=self.budget.done,
            stage=stage,
            cost=None if self.cost is None else self.cost + self.paid,
            bound=None if self.bound is None else self.bound + self.paid,
            columns=len(self.columns),
        )
        self.trace.append(point)
        if self.progress is not None:
            self.progress(point)

    def result(self, stopped: StoppedBy) -> Result:
        """Say what was found."""
        plan = None
        cost = bound = None
        if self.best is not None and self.cost is not None:
            clusters = [
                self.problem.rulebook.cluster(u for a in atoms for u in self.problem.atoms[a])
                for atoms in self.best
            ]
            plan = Plan.of([*clusters, *self.problem.frozen])
            cost = self.cost + self.paid
        if self.bound is not None and not self.proven:
            bound = self.bound + self.paid
            bound = bound if cost is None else min(bound, cost)
        status: Status = "none found"
        if self.proven:
            status = "impossible"
        elif plan is not None:
            status = "optimal" if self._closed() else "feasible"
        return Result(
            status=status,
            stopped_by=stopped,
            plan=plan,
            cost=cost,
            bound=bound,
            seconds=self.budget.elapsed,
            seed=self.seed,
            work=self.budget.done,
            trace=tuple(self.trace),
            timed=self.budget.timed,
        )


def _centre(problem: Problem, begun: Start | None) -> tuple[np.ndarray, float]:
    """Guess the dual of each atom: its part of its cluster's price, smoothed over neighbours."""
    arrays = problem.arrays
    atoms = arrays.size.size
    centre = np.zeros(atoms)
    for members in begun.sets if begun is not None else []:
        chosen = np.array(members, dtype=np.int64)
        hub, travel = best_hub(arrays, chosen, chosen.size)
        if hub < 0:
            continue
        shared = shared_charges(arrays, chosen, chosen.size) + arrays.base
        parts = arrays.size[chosen] / arrays.size[chosen].sum()
        centre[chosen] = arrays.amount[hub][chosen] + shared * parts
    for _ in range(2):
        smooth = centre.copy()
        for a in range(atoms):
            near = arrays.near_of[arrays.near_start[a] : arrays.near_start[a + 1]]
            if near.size:
                smooth[a] = 0.5 * centre[a] + 0.5 * centre[near].mean()
        centre = smooth
    return centre, max(1e-3, 0.25 * float(np.abs(centre).mean()))
