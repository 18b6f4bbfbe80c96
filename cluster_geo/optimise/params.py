"""The numbers that steer a search, by its phases; what it finds is proven whatever they are.

They say where the search looks and how long, never what is true: tolerances, which do, are in
`cluster_geo.tolerances`. Costs and prices are in units of the search (`Problem.unit`): a school
is charged two to four of them, whatever the currency.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from cluster_geo.compiled.effort import Annealing, Effort
from cluster_geo.optimise.ranged import Ranged, share, some


@dataclass(frozen=True)
class StartParams(Ranged):
    """First plans: cut along spanning trees, then annealed.

    Parameters
    ----------
    trees : int
        Spanning trees tried for one cut, until one can be cut so that both parts fit.
    jitter : float
        Part by which the weight of an edge varies from tree to tree, up and down.
    refused_edge : float
        Weight, in units, of an edge between schools of which one may not be the other's hub.
    moves : int
        Moves of a full annealing, for each atom.
    hot, cold : float
        First and last temperature, in parts of what a school is typically charged: the search
        begins where a worsening by half a cluster's price is common, and ends where next to none
        is.
    swaps : float
        Share of the moves that exchange two atoms; the others move one.
    refused_price : float
        Charged for a cluster without a hub that is allowed, in units.
    cool : float
        Clusters are kept below this temperature, in units: those met above it are seldom good.
    pool : int
        Clusters kept of one annealing.
    most_looks : int
        Numbers of clusters that are looked at first, where more are allowed.
    look : float
        Share of a full annealing that such a look takes.
    known_effort : float
        Share of a full annealing where the clusters of an earlier solve are at hand.
    limit_prices : tuple of float
        Prices, in typical charges of a school, at which a first plan keeps to limits over the
        plan; each is tried where the one before is not enough.
    time : float
        Share of the time left that the looks, and again the full annealings, may take together.
    trial_moves : int
        Moves by whose time those that fit into a limit are reckoned.
    """

    trees: int = some(12, least=1)
    jitter: float = share(0.5, most=0.99)
    refused_edge: float = some(1e3)
    moves: int = some(7_000, least=1)
    hot: float = some(1.6, above=0.0)
    cold: float = some(0.027, above=0.0)
    swaps: float = share(0.5)
    refused_price: float = some(400.0)
    cool: float = some(1.0)
    pool: int = some(40_000, least=1)
    most_looks: int = some(7, least=2)
    look: float = share(0.12, above=0.0)
    known_effort: float = share(0.15)
    limit_prices: tuple[float, ...] = some((8.0, 32.0), above=0.0)
    time: float = share(0.35, above=0.0)
    trial_moves: int = some(3_000, least=1)

    def __post_init__(self) -> None:
        """Refuse what would break the search."""
        super().__post_init__()
        self.in_order("cold", "hot")

    def annealing(self, scale: float, fault_price: float) -> Annealing:
        """Return temperatures and prices for compiled code, for schools charged `scale`."""
        return Annealing(
            hot=float(self.hot * scale),
            cold=float(self.cold * scale),
            cool=float(self.cool),
            swaps=float(self.swaps),
            fault_price=float(fault_price),
            refused_price=float(self.refused_price),
        )


@dataclass(frozen=True)
class ColumnParams(Ranged):
    """Column generation: what is added to the master, and the boxes that hold its duals.

    Parameters
    ----------
    added : int
        Clusters added of one hub in one round: more are mostly near copies.
    few : int
        A round that adds no more than so many is stuck on what limits it: the boxes, or the nodes
        of pricing.
    smoothed : int
        Times that the first guess of a dual is drawn halfway towards its neighbours' mean.
    box : float
        Half the width of the first boxes, in parts of the mean guess.
    least_box : float
        Half the width of a box at least, in units.
    widen, narrow : float
        Factors by which boxes grow where they hold the search back, and shrink after cuts.
    widest : float
        Half the width of a box at most, in parts of what a whole plan can cost.
    most_slack : float
        How often an atom may be left out, or covered too often, at the price of its box.
    elastic : float
        Charged for each unit by which a rule over the plan is missed, where a plan costs less.
    part : float
        Part of the gap aimed at that pricing and the end of generation may leave.
    early : float
        Part of the distance from the best plan at which a fractional master is left to cuts and
        branches, which close it sooner than the last digits.
    """

    added: int = some(4, least=1)
    few: int = some(20)
    smoothed: int = some(2)
    box: float = some(0.25, above=0.0)
    least_box: float = some(1e-3, above=0.0)
    widen: float = some(2.0, least=1.01)
    narrow: float = share(0.5, above=0.0)
    widest: float = some(4.0, least=1.0, most=1e3)
    most_slack: float = some(20.0, least=1.0)
    elastic: float = some(1e5, least=1.0, most=1e9)
    part: float = share(0.25, above=0.0, most=0.5)
    early: float = share(0.05)


@dataclass(frozen=True)
class PricingParams(Ranged):
    """Pricing: the search for the clusters of least reduced cost, hub by hub.

    Parameters
    ----------
    first_nodes, most_nodes : int
        Nodes that one hub's search may take: at first, and at most.
    more : int
        Factor by which they grow where they hold the search back.
    after_cuts : int
        After cuts they are no more than so many times the first.
    kept : int
        Clusters kept of one hub.
    steps, later_steps : int
        Subgradient steps at the first nodes of a hub, and at all others.
    slowing : float
        The k-th step (from 0) is 1 / (1 + slowing * k) as long as the first.
    farthest : float
        A bound farther from what is to be proven, in units, steps as if it were so far.
    rows : int
        Ways to the hub that are asked for at a time, at most.
    zone_choices : int
        Choices of main zones that are searched each by itself, at most.
    mends, mend_steps : int
        Sets that broke a rule and are mended into clusters, of one hub, and steps of one mend.
    """

    first_nodes: int = some(200, least=1)
    most_nodes: int = some(200_000, least=1)
    more: int = some(3, least=2)
    after_cuts: int = some(2, least=1)
    kept: int = some(12, least=1)
    steps: int = some(6, least=1)
    later_steps: int = some(2, least=1)
    slowing: float = some(0.5)
    farthest: float = some(1e3, above=0.0)
    rows: int = some(48)
    zone_choices: int = some(256, least=1)
    mends: int = some(2)
    mend_steps: int = some(24)

    def __post_init__(self) -> None:
        """Refuse what would break the search."""
        super().__post_init__()
        self.in_order("first_nodes", "most_nodes")

    def effort(self, most_nodes: int, fault_price: float) -> Effort:
        """Return how far a hub's search goes, for compiled code."""
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
    """Subset-row cuts: which, how many, and until when.

    Parameters
    ----------
    added : int
        Cuts added at a time.
    of_atom : int
        Cuts that one atom may be in, of those added at a time: spread, they do more.
    least_violation : float
        A cut that is broken by no more than this, in parts of a cluster, is not worth adding.
    most_found : int
        Violated cuts among which those to add are chosen.
    patience : int
        Rounds of cuts by whose gain it is judged whether cuts are done.
    least_gain : float
        Cuts are done where those rounds close less than this part of what is left.
    """

    added: int = some(150, least=1)
    of_atom: int = some(4, least=1)
    least_violation: float = share(0.04, above=0.0, most=0.5)
    most_found: int = some(200_000, least=1)
    patience: int = some(4, least=1)
    least_gain: float = share(0.04)


@dataclass(frozen=True)
class BranchParams(Ranged):
    """Branch and price: what cuts leave open.

    Parameters
    ----------
    small : int
        Atoms up to which the number of clusters is branched on before any cut.
    doubt : float
        A number of clusters nearer to a whole one than this is not worth a branch of its own.
    cut_rounds : int
        Rounds of cuts at one node: its parent's cuts are there already.
    """

    small: int = some(150)
    doubt: float = share(0.02, above=0.0, most=0.5)
    cut_rounds: int = some(6)


@dataclass(frozen=True)
class IntegerParams(Ranged):
    """Integer masters: the best plan that the clusters known so far can make.

    Parameters
    ----------
    few_columns, most_columns : int
        Columns that a first and a second integer master choose from, those of least reduced cost:
        among few a plan nearly as good as any is found in a second, among many the best takes
        long.
    nodes : int
        Limit of nodes of one integer master, where work is counted.
    cuts_between : int
        Rounds of cuts between two integer masters.
    nodes_between : int
        Nodes of branch and price between two integer masters.
    near : float
        Within so many times the gap aimed at, an integer master follows every round of cuts.
    last : float
        Below this share of the budget left, likewise.
    time : float
        Share of the time limit that one integer master may take.
    seconds : float
        Seconds that it may take however little that is.
    least_seconds : float
        Seconds below which there is no use in beginning one, but to have a plan at all.
    """

    few_columns: int = some(3_000, least=1)
    most_columns: int = some(15_000, least=1)
    nodes: int = some(40, least=1)
    cuts_between: int = some(3, least=1)
    nodes_between: int = some(8, least=1)
    near: float = some(4.0)
    last: float = share(0.16)
    time: float = share(0.12)
    seconds: float = some(3.0, above=0.0)
    least_seconds: float = some(0.5, above=0.0)

    def __post_init__(self) -> None:
        """Refuse what would break the search."""
        super().__post_init__()
        self.in_order("few_columns", "most_columns")


@dataclass(frozen=True)
class SearchParams(Ranged):
    """All numbers that steer a search.

    Parameters
    ----------
    start : StartParams
    columns : ColumnParams
    pricing : PricingParams
    cuts : CutParams
    branches : BranchParams
    integer : IntegerParams
    fault_price : float
        Charged for each thing that a cluster breaks while it is annealed or mended, in units:
        far above any real price of one school, and low enough that the search may pass through
        a broken plan.
    kept : int
        Clusters kept for a later solve, those that could be in a plan as good.

    Examples
    --------
    >>> from cluster_geo.optimise import SearchParams, StartParams
    >>> SearchParams(start=StartParams(moves=20_000)).start.moves
    20000
    """

    start: StartParams = field(default_factory=StartParams)
    columns: ColumnParams = field(default_factory=ColumnParams)
    pricing: PricingParams = field(default_factory=PricingParams)
    cuts: CutParams = field(default_factory=CutParams)
    branches: BranchParams = field(default_factory=BranchParams)
    integer: IntegerParams = field(default_factory=IntegerParams)
    fault_price: float = some(40.0, above=0.0)
    kept: int = some(8_000)
