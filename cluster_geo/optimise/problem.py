"""What is left to decide once some clusters are frozen: schools, atoms, rules and regions."""

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
from cluster_geo.tolerances import USUAL


@dataclass(frozen=True)
class Problem:
    """Schools to cluster under a rulebook, with other clusters frozen.

    Parameters
    ----------
    rulebook : Rulebook
        With the rules over the plan as they hold for the rest.
    frozen : tuple of Cluster
    model : ArrayModel
    arrays : Arrays
    atoms : list of tuple of int
        URNs of the schools of each atom.
    regions : list of list of int
        Atoms that no cluster can leave.
    numbers : range
        Numbers of clusters the rest may have.

    Notes
    -----
    The search counts costs in a unit of its own, `unit` of the rules': its tolerances are then
    the same small part of a school's charge whatever the prices are. It is a power of two, so a
    cost is the same number in either but for its exponent.
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
        """Take the frozen clusters out of a county and lay out the rest."""
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
        # One row always counts the clusters: the master's dual of it, and branching, need it.
        counted = NumberOfClusters(numbers.start, numbers.stop - 1)
        rest = Rulebook(rulebook.rules, rulebook.travel, (counted, *others))
        regions = _regions(regions_of(rulebook, urns), atoms)
        return cls(rest, frozen, model, arrays, atoms, regions, numbers)

    @property
    def unit(self) -> float:
        """What the search counts costs in, in the currency of the rules."""
        return self.model.unit

    @property
    def limits(self) -> tuple[PlanRule, ...]:
        """Rules over the plan with a greatest sum, but for the number of clusters."""
        rules = self.rulebook.plan_rules
        return tuple(r for r in rules if np.isfinite(r.high) and not r.counts_clusters)

    def arrays_with_limits_at(self, price: float) -> Arrays:
        """Return the arrays with each unit of what is limited over the plan at a price.

        A search that judges clusters one by one then keeps to the limits of its own accord.
        """
        if not price:
            return self.arrays
        model = self.model.copy()
        for rule in self.limits:
            rule.formulate(model, price * self.unit)
        return model.arrays()

    @cached_property
    def ceiling(self) -> float:
        """More than any plan of the rest can cost, in units.

        Each school pays its dearest allowed trip, every charge for presence and every zone; each
        cluster lacks every set.
        """
        a = self.arrays
        allowed = np.where(np.isfinite(a.amount), a.amount, -np.inf).max(axis=0, initial=0.0)
        total = float(np.maximum(allowed, 0.0).sum())
        total += float(a.group_price[a.group_of].sum()) if a.group_of.size else 0.0
        total += float(a.zone_price.sum()) * float(a.size.sum())
        total += float(a.set_price.sum() + max(0.0, a.base)) * max(self.numbers, default=0)
        total += float((a.tilt_price[:, None] * np.abs(a.tilt)).sum())
        return total + 1.0


def typical(arrays: Arrays) -> float:
    """Typical charge of a school: for the hub its cluster's size would take it to."""
    near = np.sort(np.where(np.isfinite(arrays.amount), arrays.amount, np.inf), axis=1)
    typical = near[:, min(near.shape[1] - 1, (arrays.low + arrays.high) // 2)]
    finite = typical[np.isfinite(typical)]
    prices = [arrays.group_price, arrays.set_price, arrays.zone_price]
    floor = max((float(p.max()) for p in prices if p.size), default=0.0)
    return max(float(np.median(finite)) if finite.size else 0.0, 0.5 * floor)


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
    """Take frozen clusters out of a county and its rules, since no rule is asked of them.

    Parameters
    ----------
    county : County
    rulebook : Rulebook
        Bound to the county.
    frozen : collection of Cluster

    Returns
    -------
    county, rulebook
        Of the other schools; rules over the plan are about what is left of it.
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
    """Atoms of each region; an atom that lies in two (a clash) goes with its first school."""
    atom_of = {urns[0]: a for a, urns in enumerate(atoms)}
    shared = [sorted(atom_of[urn] for urn in region if urn in atom_of) for region in regions]
    return [region for region in shared if region]


def _numbers(plan_rules: Iterable[PlanRule], arrays: Arrays) -> range:
    """Numbers of clusters that sizes and the rules over the plan leave open."""
    schools = int(arrays.size.sum())
    # Where everything is frozen no school is left, and no cluster can be.
    low, high = -(-schools // max(1, arrays.high)), schools // max(1, arrays.low)
    for rule in plan_rules:
        if rule.counts_clusters:
            low = max(low, int(np.ceil(max(rule.low, low))))
            high = min(high, int(np.floor(min(rule.high, high))))
    return range(low, high + 1)
