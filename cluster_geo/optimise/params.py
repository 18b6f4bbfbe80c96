"""Parameters of a search, by phase; its proofs are valid whatever their values.

They decide where and how long the search looks. Tolerances, which proofs do depend on, are in
`cluster_geo.tolerances`. Costs and prices are in units of the search (`Problem.unit`): a school
is charged two to four of them, whatever the unit of travel.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from cluster_geo.compiled.effort import Effort
from cluster_geo.optimise.plan_params import (
    AssignmentParams,
    DiveParams,
    EnumerationParams,
    IntegerParams,
    StartParams,
)
from cluster_geo.optimise.ranged import Ranged, share, some


@dataclass(frozen=True)
class ColumnParams(Ranged):
    """Column generation: columns added to the master, and the boxes of its duals.

    Parameters
    ----------
    added : int
        Most clusters added per hub and round; further ones are mostly near copies.
    few : int
        If a round adds no more than this, its limits are relaxed: the boxes, or the nodes of
        pricing.
    smoothed : int
        Times that the first estimate of a dual is moved halfway to the mean of its neighbours.
    box : float
        Half the width of the first boxes, relative to the mean estimate.
    least_box : float
        Smallest half width of a box, in units.
    widen, narrow : float
        Factors by which boxes grow while they are binding, and shrink after cuts.
    widest : float
        Largest half width of a box, relative to the most that a whole plan can cost.
    inertia : float
        How far the duals at which clusters are priced stay with the best so far.
    most_slack : float
        Upper bound of the slack by which an atom is left out, or covered too often, at the price
        of its box.
    elastic : float
        Price of violating a rule over the plan by one unit, unless a plan can cost more.
    part : float
        Part of the target gap that pricing and the end of column generation may leave open.
    early : float
        Column generation ends when it is this close to convergence, as a part of the distance from
        the incumbent: cuts and branches then close a fractional master's gap faster.
    """

    added: int = some(4, least=1)
    few: int = some(20)
    smoothed: int = some(2)
    box: float = some(0.25, above=0.0)
    least_box: float = some(1e-3, above=0.0)
    widen: float = some(2.0, least=1.5)
    narrow: float = share(0.5, above=0.0)
    widest: float = some(4.0, least=1.0, most=1e3)
    inertia: float = share(0.5, most=0.95)
    most_slack: float = some(20.0, least=1.0)
    elastic: float = some(1e5, least=1.0, most=1e9)
    part: float = share(0.25, above=0.0, most=0.5)
    early: float = share(0.2)


@dataclass(frozen=True)
class PricingParams(Ranged):
    """Pricing: the search for the clusters of least reduced cost, hub by hub.

    Parameters
    ----------
    first_nodes, most_nodes : int
        Limit of nodes of one hub's search: the first, and the largest.
    more : int
        Factor by which the limit grows when it stops the search.
    lost : float
        It grows too when what it hides is more than this part of the distance between the master's
        value and the bound.
    kept : int
        Most clusters kept per hub.
    steps, later_steps : int
        Subgradient steps at the first nodes of a hub, and at all others.
    slowing : float
        The k-th step (from 0) is 1 / (1 + slowing * k) as long as the first.
    farthest : float
        Largest distance between bound and cut-off, in units, that sets the length of a step.
    rows : int
        Most separator rows at a time.
    zone_choices : int
        Most choices of main zones, each of which is a root of its own.
    mends, mend_steps : int
        Most sets per hub that are repaired into clusters, and steps of one repair.
    """

    first_nodes: int = some(200, least=1)
    most_nodes: int = some(200_000, least=1)
    more: int = some(3, least=2)
    lost: float = share(0.5)
    kept: int = some(12, least=1)
    steps: int = some(20, least=1)
    later_steps: int = some(5, least=1)
    slowing: float = some(0.5)
    farthest: float = some(1e3, above=0.0)
    rows: int = some(48)
    zone_choices: int = some(4096, least=1)
    mends: int = some(2)
    mend_steps: int = some(24)

    def __post_init__(self) -> None:
        """Refuse values with which the search would not work."""
        super().__post_init__()
        self.in_order("first_nodes", "most_nodes")

    def effort(self, most_nodes: int, fault_price: float) -> Effort:
        """Return the limits of a hub's search for compiled code."""
        return Effort(
            most_nodes=most_nodes,
            steps=self.steps,
            later_steps=self.later_steps,
            slowing=float(self.slowing),
            farthest=float(self.farthest),
            rows=self.rows,
            zone_choices=self.zone_choices,
            mends=self.mends,
            mend_steps=self.mend_steps,
            fault_price=float(fault_price),
        )


@dataclass(frozen=True)
class CutParams(Ranged):
    """Subset-row cuts: which, how many, and when to stop.

    Parameters
    ----------
    added : int
        Most cuts added in a round.
    of_atom : int
        Most cuts with the same atom in a round; cuts spread over atoms are more effective.
    least_violation : float
        A cut must be violated by more than this, as a fraction of a cluster.
    most_found : int
        Most violated cuts from which those to add are chosen.
    rounds : int
        Rounds of cuts between two convergences, without pricing.
    least_rise : float
        Such rounds end when one raises the master's value by less than this part of it.
    patience : int
        Number of rounds over which the gain of cuts is measured.
    least_gain : float
        Cutting stops when those rounds close less than this part of the remaining gap.
    """

    added: int = some(150, least=1)
    of_atom: int = some(4, least=1)
    least_violation: float = share(0.04, above=0.0, most=0.5)
    most_found: int = some(200_000, least=1)
    rounds: int = some(8, least=1)
    least_rise: float = share(1e-5)
    patience: int = some(4, least=1)
    least_gain: float = share(0.04)


@dataclass(frozen=True)
class BranchParams(Ranged):
    """Branch and price, for the gap that cuts leave open.

    Parameters
    ----------
    doubt : float
        A number of clusters closer than this to a whole number is not branched on.
    cut_rounds : int
        Rounds of cuts at one node, in addition to its parent's cuts.
    """

    doubt: float = share(0.02, above=0.0, most=0.5)
    cut_rounds: int = some(1)


@dataclass(frozen=True)
class SearchParams(Ranged):
    """All parameters of a search.

    Parameters
    ----------
    start : StartParams
    assignment : AssignmentParams
    columns : ColumnParams
    pricing : PricingParams
    cuts : CutParams
    branches : BranchParams
    integer : IntegerParams
    dive : DiveParams
    enumeration : EnumerationParams
    fault_price : float
        Price of each violation in a cluster during annealing or repair, in units: far above any
        real price of one school, but low enough for the search to pass through infeasible plans.
    kept : int
        Most clusters kept for a later solve: those that could be in an equally good plan.

    Examples
    --------
    >>> from cluster_geo.optimise import SearchParams, StartParams
    >>> SearchParams(start=StartParams(moves=20_000)).start.moves
    20000
    """

    start: StartParams = field(default_factory=StartParams)
    assignment: AssignmentParams = field(default_factory=AssignmentParams)
    columns: ColumnParams = field(default_factory=ColumnParams)
    pricing: PricingParams = field(default_factory=PricingParams)
    cuts: CutParams = field(default_factory=CutParams)
    branches: BranchParams = field(default_factory=BranchParams)
    integer: IntegerParams = field(default_factory=IntegerParams)
    dive: DiveParams = field(default_factory=DiveParams)
    enumeration: EnumerationParams = field(default_factory=EnumerationParams)
    fault_price: float = some(40.0, above=0.0)
    kept: int = some(8_000)
