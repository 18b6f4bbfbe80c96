"""Column generation: master and pricing in turn, until no cluster not yet known could help.

The bound at duals pi (atoms), tau (rules over the plan) and sigma <= 0 (cuts) is

    sum(pi) + sum(tau * limit) + sum(sigma) + sum of the k least min(r_j, 0),

where r_j is a proven lower bound on the reduced cost of every admissible cluster with hub j and
k the most clusters a plan may have: a plan has at most one cluster a hub (Lagrangian bound,
Lübbecke and Desrosiers 2005). It covers all clusters the rules allow, known or not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from cluster_geo.compiled.arrays import ArrayModel, Arrays
from cluster_geo.compiled.duals import Duals
from cluster_geo.optimise.budget import Budget
from cluster_geo.optimise.columns import Atoms, ColumnSource
from cluster_geo.optimise.cuts import separate
from cluster_geo.optimise.master import Master, MasterSolution
from cluster_geo.optimise.params import SearchParams
from cluster_geo.optimise.pricing import Priced, Pricer
from cluster_geo.rules import PlanRule
from cluster_geo.tolerances import LEAST_PRICING, MOST_PRICING, SAFETY, SLACK, WEIGHT

# How the last convergence ended:
#   "spent"      the budget was, before anything was decided;
#   "decided"    the bound alone is enough: no plan here is better than the best, or none is there;
#   "near"       bound and master are as near as asked;
#   "exhausted"  pricing has nothing to add to the master, and priced every hub to the end;
#   "limited"    it has nothing to add, but a hub's search stopped at the limit of nodes.
Ending = Literal["spent", "decided", "near", "exhausted", "limited"]


@dataclass
class Generation:
    """Column generation in progress.

    Parameters
    ----------
    model : ArrayModel
        What the rules on one cluster say.
    plan_rules : tuple of PlanRule
        Their limits as they hold for the clusters to be chosen here.
    most_clusters : int
        Most clusters a plan may have.
    columns : ColumnSource
    pricer : Pricer
    budget : Budget
    centre : ndarray, shape (a,)
        First guess of the dual of each atom.
    half : float
        Half the width of the boxes around it.
    cuts : sequence of tuple of int
        Cuts to begin with.
    ceiling : float
        More than any plan can cost: a bound above it proves that there is none.
    params : SearchParams

    Attributes
    ----------
    bound : float
        The highest yet.
    solution : MasterSolution or None
        The last one.
    ending : str
        How the last convergence ended, see `Ending`.
    rounding : float
        How far bound and master may be apart where it ended "near" or "exhausted", as its
        tolerances add up.
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
        # No dual needs to be larger than what a whole plan can cost; without an end, boxes around
        # what no cluster covers would grow to numbers that no solver can reckon with.
        self.widest = self.params.columns.widest * self.master.elastic
        self.bound = -np.inf
        self.nodes = self.params.pricing.first_nodes
        self.solution: MasterSolution | None = None
        self.ending: Ending = "spent"
        self.rounding = 0.0

    def admit(self, sets: list[Atoms]) -> int:
        """Admit sets of atoms to the master; return how many were new and allowed."""
        new = self.columns.admit(sets)
        self.master.add(new)
        return len(new)

    def converge(
        self, best: float | None, target: float, tell: Callable[[Generation], None]
    ) -> bool:
        """Generate columns until the bound is near the master's value, or time is up.

        Parameters
        ----------
        best : float or None
            Cost of the best plan, which says how near is near.
        target : float
            Gap aimed at, a fraction.
        tell : callable
            Called with this after each round.

        Returns
        -------
        bool
            Whether it converged before the budget was spent; `ending` tells how.

        Raises
        ------
        SolverError
            Where a master cannot be solved.
        """
        self.ending, self.rounding = "spent", 0.0
        highest = -np.inf
        while not self.budget.spent:
            self.master.box(self.centre, self.half)
            solution = self.master.solve()
            self.budget.spend(solution.iterations)
            priced = self._price(solution, target)
            if priced is None:
                return False
            bound = self._bound_of(solution, priced)
            if bound > highest:
                highest = bound
                self.centre = solution.atom_duals.copy()
            self.bound = max(self.bound, bound)
            self.solution = solution
            tell(self)
            if self._near(solution, bound, best, target):
                return True
            if self._stuck(solution, priced, target):
                return True
        return False

    def _near(
        self, solution: MasterSolution, bound: float, best: float | None, target: float
    ) -> bool:
        """Whether a bound is near enough to the master's value, or decides without it."""
        if self.bound > self.ceiling or (best is not None and bound >= best * (1.0 - target)):
            self.ending = "decided"
            return True
        near = part = self._part(solution.value, target)
        whole = np.minimum(solution.weights, np.abs(1.0 - solution.weights)).max(initial=0.0)
        if best is not None and whole > WEIGHT:
            # While much is left to close, cuts and branches close it sooner than the last digits.
            near = max(near, self.params.columns.early * (best - solution.value))
        if solution.slack > SLACK or solution.value - bound > near:
            return False
        # Wider than that it is no rounding, but a fractional solution that is branched on.
        self.ending, self.rounding = "near", min(near, part)
        return True

    def _stuck(self, solution: MasterSolution, priced: Priced, target: float) -> bool:
        """Add what pricing found; where that is little, loosen what holds it back.

        Returns
        -------
        bool
            Whether nothing is left to add or to loosen. Where every hub was priced to the end,
            each cluster of a plan parts bound from value by the tolerance of pricing at most,
            and by what the master's own duals are exact to.
        """
        params, most = self.params.columns, self.params.pricing.most_nodes
        added = self.admit([s for found in priced.sets for s in found[: params.added]])
        boxed = solution.slack > SLACK
        loosened = boxed and self.half < self.widest
        if loosened and added <= params.few:
            self.half = min(self.widest, params.widen * self.half)
        if added <= params.few and priced.limited and self.nodes < most:
            self.nodes = min(most, self.params.pricing.more * self.nodes)
            return False
        if added or loosened:
            return False
        # A box as wide as that holds nothing back but a bound that pricing cannot raise.
        self.ending = "limited" if priced.limited or boxed else "exhausted"
        exact = 2.0 * (SAFETY + self._tolerance(solution.value, target))
        self.rounding = exact * max(1, self.most_clusters)
        return True

    def cut(self) -> int:
        """Add the cuts most violated by the last solution; return how many."""
        if self.solution is None:
            return 0
        triples = separate(
            [column.atoms for column in self.columns.admitted[: self.solution.weights.size]],
            self.solution.weights,
            self.arrays.size.size,
            known=set(self.master.cuts),
            params=self.params.cuts,
        )
        self.master.cut(triples)
        pricing, columns = self.params.pricing, self.params.columns
        self.nodes = min(self.nodes, pricing.after_cuts * pricing.first_nodes)
        self.half = max(columns.least_box, columns.narrow * self.half)
        return len(triples)

    def reduced_costs(self) -> np.ndarray:
        """Reduced cost of every column at the last solution's duals, cuts left out."""
        assert self.solution is not None, "asked before the first solve"
        atoms, plan = self.solution.atom_duals, self.solution.plan_duals
        return np.array(
            [
                column.cost - atoms[list(column.atoms)].sum() - np.dot(column.coefficients, plan)
                for column in self.columns.admitted
            ]
        )

    def _price(self, solution: MasterSolution, target: float) -> Priced | None:
        arrays, duals = self._charged(solution)
        return self.pricer.price(
            arrays,
            duals,
            self.budget,
            effort=self.params.pricing.effort(self.nodes, self.params.fault_price),
            kept=self.params.pricing.kept,
            tolerance=self._tolerance(solution.value, target),
        )

    def _tolerance(self, value: float, target: float) -> float:
        """Leave each cluster of a plan its share of the part of the gap that is left open."""
        part = self._part(value, target) / max(1, self.most_clusters)
        return min(MOST_PRICING, max(LEAST_PRICING, part))

    def _part(self, value: float, target: float) -> float:
        """Return the part of the gap aimed at that may be left open."""
        return self.params.columns.part * target * abs(value)

    def _charged(self, solution: MasterSolution) -> tuple[Arrays, Duals]:
        """Say the duals to pricing: those of rules over the plan as charges on a cluster."""
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
        total = solution.atom_duals.sum() + solution.cut_duals.sum()
        for rule, tau in zip(self.plan_rules, solution.plan_duals, strict=True):
            if tau:
                total += tau * (rule.low if tau > 0.0 else rule.high)
        least = np.sort(priced.bounds)[: self.most_clusters]
        return float(total + least.sum()) - SAFETY


def _cuts_of(triples: np.ndarray, atoms: int) -> dict[str, np.ndarray]:
    """Cuts of each atom as compressed rows."""
    order = np.argsort(triples.ravel(), kind="stable")
    start = np.zeros(atoms + 1, dtype=np.int64)
    np.cumsum(np.bincount(triples.ravel(), minlength=atoms), out=start[1:])
    return {"cut_start": start, "cut_of": (order // 3).astype(np.int64)}
