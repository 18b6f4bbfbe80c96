"""Column generation: solve the master and price in turn until no new cluster can improve it.

The bound at duals pi (atoms), tau (rules over the plan) and sigma <= 0 (cuts) is

    sum(pi) + sum(tau * limit) + sum(sigma) + sum of the k least min(r_j, 0),

where r_j is a proven lower bound on the reduced cost of every admissible cluster with hub j, and
k is the most clusters that a plan may have; a plan has at most one cluster per hub (Lagrangian
bound, Lübbecke and Desrosiers 2005). It holds for all admissible clusters, generated or not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from cluster_geo.compiled.arrays import ArrayModel, Arrays
from cluster_geo.compiled.duals import Duals
from cluster_geo.optimise.budget import Budget
from cluster_geo.optimise.columns import Atoms, Charges, ColumnSource
from cluster_geo.optimise.cuts import separate
from cluster_geo.optimise.master import Master, MasterSolution
from cluster_geo.optimise.params import SearchParams
from cluster_geo.optimise.pricing import Priced, Pricer
from cluster_geo.optimise.proof import Lagrangian, Multipliers
from cluster_geo.rules import PlanRule
from cluster_geo.tolerances import LEAST_PRICING, MOST_PRICING, SAFETY, SLACK, WEIGHT

# How the last convergence ended:
#   "spent"      the budget was spent before it converged;
#   "decided"    the bound is enough to fathom: no plan here is better than the incumbent, or none
#                exists;
#   "near"       the bound is within the tolerance of the master's value;
#   "exhausted"  pricing was complete for every hub and found nothing to add;
#   "limited"    pricing found nothing to add, but reached the limit of nodes for a hub.
Ending = Literal["spent", "decided", "near", "exhausted", "limited"]


@dataclass(frozen=True)
class Proof:
    """Duals as pricing takes them, and the bound that they prove."""

    arrays: Arrays
    duals: Duals
    lagrangian: Lagrangian

    @property
    def bound(self) -> float:
        """The bound, in units."""
        return self.lagrangian.bound


@dataclass(frozen=True)
class Stable:
    """The duals of the highest bound so far, towards which those of a master are smoothed."""

    atom: np.ndarray
    plan: np.ndarray
    cut: Mapping[Atoms, float]

    @classmethod
    def of(cls, point: MasterSolution, cuts: Sequence[Atoms]) -> Stable:
        """Return the duals of a point; those of cuts by cut, because cuts come and go."""
        by_cut = dict(zip(cuts, point.cut_duals.tolist(), strict=True))
        return cls(point.atom_duals.copy(), point.plan_duals.copy(), by_cut)

    def towards(
        self, solution: MasterSolution, cuts: Sequence[Atoms], inertia: float
    ) -> MasterSolution:
        """Return a solution with its duals moved this part of the way to the stable ones."""
        rest = 1.0 - inertia
        own = np.array([self.cut.get(cut, 0.0) for cut in cuts])
        return replace(
            solution,
            atom_duals=inertia * self.atom + rest * solution.atom_duals,
            plan_duals=inertia * self.plan + rest * solution.plan_duals,
            cut_duals=inertia * own + rest * solution.cut_duals,
        )


@dataclass
class Generation:
    """Column generation in progress.

    Parameters
    ----------
    model : ArrayModel
        The rules on one cluster.
    plan_rules : tuple of PlanRule
        With their limits for the clusters to be chosen here.
    most_clusters : int
        Most clusters a plan may have.
    columns : ColumnSource
    pricer : Pricer
    budget : Budget
    centre : ndarray, shape (a,)
        First estimate of the dual of each atom.
    half : float
        Half the width of the boxes around it.
    cuts : sequence of tuple of int
        Initial cuts.
    ceiling : float
        More than any plan can cost: a bound above it proves that there is no plan.
    params : SearchParams

    Attributes
    ----------
    highest : Lagrangian or None
        What proves the highest bound so far.
    solution : MasterSolution or None
        The last solution of the master.
    ending : str
        How the last convergence ended, see `Ending`.
    proof : Proof or None
        The duals of the highest bound of the last convergence.
    rounding : float
        Largest difference between the bound and the master's value that the tolerances allow if it
        ended "near" or "exhausted".
    """

    model: ArrayModel
    plan_rules: tuple[PlanRule, ...]
    most_clusters: int
    columns: ColumnSource
    pricer: Pricer
    budget: Budget
    centre: np.ndarray
    half: float
    cuts: Sequence[Atoms] = ()
    ceiling: float = np.inf
    params: SearchParams = SearchParams()

    def __post_init__(self) -> None:
        self.arrays = self.model.arrays()
        self.master = Master(
            self.arrays.size.size, self.plan_rules, self.params.columns, self.ceiling
        )
        self.master.add(self.columns.admitted)
        self.master.cut(self.cuts)
        # No dual needs to exceed the cost of a whole plan; without a limit, the boxes of atoms that
        # no cluster covers would grow to numbers too large for any solver.
        self.widest = self.params.columns.widest * self.master.elastic
        self.highest: Lagrangian | None = None
        self.nodes = self.params.pricing.first_nodes
        self.kept = self.params.pricing.kept
        self.solution: MasterSolution | None = None
        self.proof: Proof | None = None
        self._charges = Charges()
        self._stable: Stable | None = None
        self.ending: Ending = "spent"
        self.rounding = 0.0

    @property
    def bound(self) -> float:
        """The highest bound so far, in units."""
        return -np.inf if self.highest is None else self.highest.bound

    def admit(self, sets: list[Atoms]) -> int:
        """Admit sets of atoms to the master; return how many were new and admissible."""
        new = self.columns.admit(sets)
        self._catch_up()
        return len(new)

    def _catch_up(self) -> None:
        """Add to the master what was admitted since: a plan offered may have brought columns."""
        self.master.add(self.columns.admitted[self.master.columns :])

    def converge(
        self, best: float | None, target: float, progress: Callable[[Generation], None]
    ) -> bool:
        """Generate columns until the bound is near the master's value or the budget is spent.

        Parameters
        ----------
        best : float or None
            Cost of the incumbent.
        target : float
            Target gap, a fraction.
        progress : callable
            Called with this generation after each round.

        Returns
        -------
        bool
            Whether it converged before the budget was spent; `ending` shows how.

        Raises
        ------
        SolverError
            If a master cannot be solved.
        """
        self.ending, self.rounding = "spent", 0.0
        self._catch_up()
        highest, plain = -np.inf, False
        while not self.budget.spent:
            self.master.box(self.centre, self.half)
            solution = self.master.solve(self.budget.seconds_left())
            self.budget.spend(solution.iterations)
            point = solution if plain else self._smoothed(solution)
            arrays, duals = self._charged(point)
            priced = self._price(arrays, duals, self._tolerance(solution.value, target))
            if priced is None:
                return False
            bound = self._bound_of(point, priced)
            if bound > highest:
                highest = bound
                self.centre = point.atom_duals.copy()
                at = Multipliers.of(point, self.master.cuts)
                self.proof = Proof(arrays, duals, Lagrangian(at, priced.bounds, bound))
                self._stable = Stable.of(point, self.master.cuts)
                if bound > self.bound:
                    self.highest = self.proof.lagrangian
            self.solution = solution
            progress(self)
            if self._near(solution, bound, best, target):
                return True
            self._search_more(priced, solution.value - bound)
            columns = self.params.columns
            added = self.admit([s for found in priced.sets for s in found[: columns.added]])
            # Few clusters at the smoothed duals show little of those at the master's own.
            plain = point is not solution and added <= columns.few
            if not plain and self._stuck(solution, priced, target, added):
                return True
        return False

    def _smoothed(self, solution: MasterSolution) -> MasterSolution:
        """Return a solution with duals between its own and the best so far (Wentges 1997)."""
        if self._stable is None or not self.params.columns.inertia:
            return solution
        return self._stable.towards(solution, self.master.cuts, self.params.columns.inertia)

    def _near(
        self, solution: MasterSolution, bound: float, best: float | None, target: float
    ) -> bool:
        """Whether a bound is near enough to the master's value, or enough to fathom the node."""
        if self.bound > self.ceiling or (best is not None and bound >= best * (1.0 - target)):
            self.ending = "decided"
            return True
        near = part = self._part(solution.value, target)
        whole = np.minimum(solution.weights, np.abs(1.0 - solution.weights)).max(initial=0.0)
        if best is not None and whole > WEIGHT:
            # While the gap is wide, cuts and branches close it faster than full convergence.
            near = max(near, self.params.columns.early * (best - solution.value))
        if solution.slack > SLACK or solution.value - bound > near:
            return False
        # A wider difference is not rounding: the solution is fractional and is branched on.
        self.ending, self.rounding = "near", min(near, part)
        return True

    def _search_more(self, priced: Priced, distance: float) -> None:
        """Raise the limit of nodes if it is what keeps the bound from the master's value."""
        pricing, most = self.params.pricing, self.most_clusters
        lost = float(np.sort(priced.least)[:most].sum() - np.sort(priced.bounds)[:most].sum())
        if priced.limited and lost > pricing.lost * distance:
            self.nodes = min(pricing.most_nodes, pricing.more * self.nodes)

    def _stuck(self, solution: MasterSolution, priced: Priced, target: float, added: int) -> bool:
        """If the columns that pricing added are few, widen the boxes or raise the limit.

        Returns
        -------
        bool
            Whether there is nothing left to add, widen or raise. If the pricing of every hub was
            complete, the bound then differs from the master's value, for each cluster of a plan,
            by at most the tolerance of pricing and the accuracy of the master's duals.
        """
        params, most = self.params.columns, self.params.pricing.most_nodes
        boxed = solution.slack > SLACK
        loosened = boxed and self.half < self.widest
        if loosened and added <= params.few:
            self.half = min(self.widest, params.widen * self.half)
        if added <= params.few and priced.limited and self.nodes < most:
            self.nodes = min(most, self.params.pricing.more * self.nodes)
            return False
        if added or loosened:
            return False
        exact = self._tolerance(solution.value, target)
        full = np.array([len(found) == self.kept for found in priced.sets])
        if not priced.limited and (full & (priced.bounds < -exact)).any():
            # Clusters known already, a last digit below 0, were in the way of one that is not.
            self.kept *= 2
            return False
        # If the widest box still binds, what is missing is a bound that pricing cannot raise.
        self.ending = "limited" if priced.limited or boxed else "exhausted"
        self.rounding = 2.0 * (SAFETY + exact) * max(1, self.most_clusters)
        return True

    def cut(self) -> int:
        """Add the cuts that the master violates, in rounds without pricing; return how many.

        Cuts that then hold up nothing are deleted: each costs pricing time.
        """
        if self.solution is None:
            return 0
        columns, params = self.params.columns, self.params.cuts
        before = set(self.master.cuts)
        solution = self.solution
        for _ in range(params.rounds):
            triples = separate(
                [column.atoms for column in self.columns.admitted[: solution.weights.size]],
                solution.weights,
                self.arrays.size.size,
                known=set(self.master.cuts),
                params=params,
            )
            if not triples or self.budget.spent:
                break
            self.master.cut(triples)
            value, solution = solution.value, self.master.solve(self.budget.seconds_left())
            self.budget.spend(solution.iterations)
            if solution.value - value < params.least_rise * abs(value):
                break
        if len(self.master.cuts) > len(before):
            self.master.purge(solution)
        self.half = max(columns.least_box, columns.narrow * self.half)
        return len(set(self.master.cuts) - before)

    def reduced_costs(self) -> np.ndarray:
        """Return the reduced cost of every column at the last duals, without the cuts."""
        assert self.solution is not None, "there are no duals before the first solve"
        atoms, plan = self.solution.atom_duals, self.solution.plan_duals
        return self._charges.reduced(self.columns.admitted, atoms, plan)

    def _price(self, arrays: Arrays, duals: Duals, tolerance: float) -> Priced | None:
        return self.pricer.price(
            arrays,
            duals,
            self.budget,
            effort=self.params.pricing.effort(self.nodes, self.params.fault_price),
            kept=self.kept,
            tolerance=tolerance,
        )

    def _tolerance(self, value: float, target: float) -> float:
        """Return each cluster's share of the part of the target gap that may stay open."""
        part = self._part(value, target) / max(1, self.most_clusters)
        return min(MOST_PRICING, max(LEAST_PRICING, part))

    def _part(self, value: float, target: float) -> float:
        """Return the part of the target gap that may stay open."""
        return self.params.columns.part * target * abs(value)

    def _charged(self, solution: MasterSolution) -> tuple[Arrays, Duals]:
        """Return the duals for pricing, with those of rules over the plan charged to a cluster."""
        base = 0.0
        others = [
            (rule, -tau)
            for rule, tau in zip(self.plan_rules, solution.plan_duals, strict=True)
            if tau and not rule.counts_clusters
        ]
        for rule, tau in zip(self.plan_rules, solution.plan_duals, strict=True):
            if rule.counts_clusters:
                base -= tau
        arrays = self.arrays
        if others:
            model = self.model.copy()
            for rule, price in others:
                rule.formulate(model, price * model.unit)
            arrays = model.arrays()
        arrays = arrays._replace(base=arrays.base + base)
        triples = np.array(self.master.cuts, dtype=np.int64).reshape(-1, 3)
        return arrays, Duals(
            atom=solution.atom_duals,
            cut_atoms=triples,
            cut_price=-solution.cut_duals,
            **_cuts_of(triples, arrays.size.size),
        )

    def _bound_of(self, solution: MasterSolution, priced: Priced) -> float:
        least = np.sort(priced.bounds)[: self.most_clusters]
        return solution.constant(self.plan_rules) + float(least.sum()) - SAFETY


def _cuts_of(triples: np.ndarray, atoms: int) -> dict[str, np.ndarray]:
    """Return the cuts of each atom as compressed rows."""
    order = np.argsort(triples.ravel(), kind="stable")
    start = np.zeros(atoms + 1, dtype=np.int64)
    np.cumsum(np.bincount(triples.ravel(), minlength=atoms), out=start[1:])
    return {"cut_start": start, "cut_of": (order // 3).astype(np.int64)}
