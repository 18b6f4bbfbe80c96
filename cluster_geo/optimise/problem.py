"""The problem that is left when some clusters are frozen: schools, atoms, rules and regions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cluster_geo.compiled.arrays import ArrayModel, Arrays, in_unit
from cluster_geo.county import County
from cluster_geo.plan import Cluster
from cluster_geo.rules import (
    NumberOfClusters,
    PlanRule,
    Rulebook,
    regions_of,
    rulebook_within,
)
from cluster_geo.tolerances import SAFETY, USUAL


@dataclass(frozen=True)
class Problem:
    """Schools to cluster under a rulebook, with other clusters frozen.

    Parameters
    ----------
    rulebook : Rulebook
        With the rules over the plan for the rest of it.
    frozen : tuple of Cluster
    model : ArrayModel
    arrays : Arrays
    atoms : list of tuple of int
        URNs of the schools of each atom.
    regions : list of list of int
        Atoms that no cluster can leave.
    numbers : range
        Numbers of clusters that the rest may have.

    Notes
    -----
    The search scales costs by `unit`, so that its tolerances are the same small part of a school's
    charge whatever the prices are. The unit is a power of two, so scaling changes only the
    exponent of a cost.
    """

    rulebook: Rulebook
    frozen: tuple[Cluster, ...]
    model: ArrayModel
    arrays: Arrays
    atoms: list[tuple[int, ...]]
    regions: list[list[int]]
    numbers: range

    @classmethod
    def of(cls, county: County, rulebook: Rulebook, frozen: Iterable[Cluster]) -> Problem:
        """Remove the frozen clusters from a county and set up the rest."""
        frozen = tuple(frozen)
        taken = {urn for cluster in frozen for urn in cluster.members}
        urns = [urn for urn in county.urns if urn not in taken]
        model = ArrayModel(urns, county.urns)
        rulebook.formulate(model)
        arrays = model.arrays()
        model.unit = _unit_of(arrays)
        arrays = in_unit(arrays, model.unit)
        atoms = [tuple(urns[i] for i in tied) for tied in model.atoms()]
        rules = tuple(rule.less(sum(map(rule.coefficient, frozen))) for rule in rulebook.plan_rules)
        numbers = _numbers(rules, arrays)
        others = tuple(rule for rule in rules if not rule.counts_clusters)
        # One row always counts the clusters, because branching and the bound need it.
        counted = NumberOfClusters(numbers.start, numbers.stop - 1)
        rest = Rulebook(rulebook.rules, rulebook.travel, (counted, *others))
        regions = _regions(regions_of(rulebook, urns), atoms)
        return cls(rest, frozen, model, arrays, atoms, regions, numbers)

    @property
    def unit(self) -> float:
        """Unit of the search's costs, in the unit of the rules."""
        return self.model.unit

    @property
    def limits(self) -> tuple[PlanRule, ...]:
        """Rules over the plan with an upper limit, except on the number of clusters."""
        rules = self.rulebook.plan_rules
        return tuple(r for r in rules if np.isfinite(r.high) and not r.counts_clusters)

    def arrays_with_limits_at(self, price: float) -> Arrays:
        """Return the arrays with a price for each unit of what is limited over the plan.

        It steers a search that judges clusters one by one towards plans within the limits.
        """
        if not price:
            return self.arrays
        model = self.model.copy()
        for rule in self.limits:
            rule.formulate(model, price * self.unit)
        return model.arrays()

    @cached_property
    def ceiling(self) -> float:
        """An upper bound on the cost of any plan of the rest, in units.

        Each school pays its most expensive allowed trip and every charge for presence and zones,
        and each cluster pays for the absence of every set and of every company.
        """
        a = self.arrays
        allowed = np.where(np.isfinite(a.amount), a.amount, -np.inf).max(axis=0, initial=0.0)
        total = float(np.maximum(allowed, 0.0).sum())
        total += float(a.group_price[a.group_of].sum()) if a.group_of.size else 0.0
        total += float(a.zone_price.sum()) * float(a.size.sum())
        total += float(a.set_price.sum() + max(0.0, a.base)) * max(self.numbers, default=0)
        total += float(_finite(a.alone_price).sum()) * max(self.numbers, default=0)
        total += float((a.tilt_price[:, None] * np.abs(a.tilt)).sum())
        return total + 1.0

    @cached_property
    def floor(self) -> float:
        """A lower bound on the cost of any plan of the rest, in units, without a search.

        Each atom pays at least its credit, if it has one, and each group is in as many clusters at
        least as its atoms fill; no other charge of a cluster is below 0.
        """
        a = self.arrays
        total = float(a.credit.sum())
        total += float(a.base) * (max if a.base < 0.0 else min)(self.numbers, default=0)
        room = np.zeros(a.group_price.size)
        np.add.at(room, a.group_of, np.repeat(a.size, np.diff(a.group_start)))
        total += float((np.ceil(room / a.high) * a.group_price).sum())
        return total - SAFETY if np.isfinite(total) else -np.inf


def typical(arrays: Arrays, *, travel_only: bool = False) -> float:
    """Return the typical charge of a school, for travel to a hub at a typical distance.

    Unless `travel_only`, it is at least half the dearest price of a group, a set, a zone or
    company.
    """
    near = np.sort(np.where(np.isfinite(arrays.amount), arrays.amount, np.inf), axis=1)
    typical = near[:, min(near.shape[1] - 1, (arrays.low + arrays.high) // 2)]
    finite = typical[np.isfinite(typical)]
    charged = (arrays.group_price, arrays.set_price, arrays.zone_price)
    prices = [] if travel_only else [*charged, _finite(arrays.alone_price)]
    floor = max((float(p.max()) for p in prices if p.size), default=0.0)
    return max(float(np.median(finite)) if finite.size else 0.0, 0.5 * floor)


def _finite(prices: np.ndarray) -> np.ndarray:
    """Return the prices of what is charged, without those of what is refused."""
    return np.asarray(prices[np.isfinite(prices)])


def _unit_of(arrays: Arrays) -> float:
    """Return the power of two that makes a school's charge one to two times `USUAL`."""
    if not arrays.size.size:
        return 1.0
    tilted = arrays.tilt_price[:, None] * np.abs(arrays.tilt)
    charge = max(
        typical(arrays),
        float(tilted.sum(axis=0).mean()),
        abs(float(arrays.base)) / max(1, arrays.high),
    )
    if not (np.isfinite(charge) and charge > 0.0):
        return 1.0
    return float(2.0 ** np.floor(np.log2(charge / USUAL)))


def left_to_decide(
    county: County, rulebook: Rulebook, frozen: Collection[Cluster]
) -> tuple[County, Rulebook]:
    """Remove frozen clusters, which no rule applies to, from a county and its rules.

    Parameters
    ----------
    county : County
    rulebook : Rulebook
        Bound to the county.
    frozen : collection of Cluster

    Returns
    -------
    county, rulebook
        Of the other schools; rules over the plan have the limits that are left.
    """
    if not frozen:
        return county, rulebook
    taken = {urn for cluster in frozen for urn in cluster.members}
    part = county.within(set(county.urns) - taken)
    rest = Problem.of(county, rulebook, frozen).rulebook
    return part, rulebook_within(rulebook, part, rest.plan_rules)


def _regions(
    regions: Iterable[frozenset[int]], atoms: Sequence[tuple[int, ...]]
) -> list[list[int]]:
    """Return the atoms of each region; an atom across two (a clash) goes with its first school."""
    atom_of = {urns[0]: a for a, urns in enumerate(atoms)}
    shared = [sorted(atom_of[urn] for urn in region if urn in atom_of) for region in regions]
    return [region for region in shared if region]


def _numbers(plan_rules: Iterable[PlanRule], arrays: Arrays) -> range:
    """Return the numbers of clusters that sizes and the rules over the plan allow."""
    schools = int(arrays.size.sum())
    # If everything is frozen there are no schools left, and so no clusters.
    low, high = -(-schools // max(1, arrays.high)), schools // max(1, arrays.low)
    for rule in plan_rules:
        if rule.counts_clusters:
            low = max(low, int(np.ceil(max(rule.low, low))))
            high = min(high, int(np.floor(min(rule.high, high))))
    return range(low, high + 1)
