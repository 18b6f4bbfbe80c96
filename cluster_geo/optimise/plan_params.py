"""Parameters of the search for plans: first plans, integer masters, dives and lists.

They decide where and how long the search looks; see `optimise.params`.
"""

from __future__ import annotations

from dataclasses import dataclass

from cluster_geo.compiled.effort import Annealing
from cluster_geo.optimise.ranged import Ranged, share, some


@dataclass(frozen=True)
class StartParams(Ranged):
    """First plans: cut along spanning trees, then annealed.

    Parameters
    ----------
    trees : int
        Most spanning trees tried for one cut, until one can be cut so that both parts fit.
    jitter : float
        Fraction by which the weight of an edge varies between trees, up or down.
    refused_edge : float
        Weight, in units, of an edge between two schools if one may not be the other's hub.
    moves : int
        Moves of a full annealing, per atom.
    full_atoms : int
        Fewest atoms for which a full annealing has so many moves. Fewer atoms need fewer for each,
        by the square of their share: the search itself soon ends what a small county leaves open.
    least_moves : int
        Moves of a full annealing per atom, however few atoms there are.
    hot, cold : float
        First and last temperature, relative to the typical charge of a school. At first moves that
        cost half a cluster's price are often accepted; at the end hardly any that cost more are.
    swaps : float
        Share of the moves that exchange two atoms; the others move one.
    refused_price : float
        Charged for a cluster without an allowed hub, in units.
    cool : float
        Temperature, in units, below which clusters are kept; those above it are seldom good.
    pool : int
        Most clusters kept from one annealing.
    most_looks : int
        Most numbers of clusters tried first, if more are allowed.
    look : float
        Effort of such a trial, as a share of a full annealing.
    brief : float
        Share of a full annealing, and of its time, for a short one that comes before all others, so
        that there is a plan early. If it finds none, and only one number of clusters is allowed,
        one of the length of a trial follows.
    brief_atoms : int
        Fewest atoms for which there is a short one: fewer are annealed in a moment.
    given_hot : float
        First temperature from a plan to begin from, in place of `hot`: what it has is kept.
    given_effort : float
        Share of a full annealing from a plan to begin from.
    known_effort : float
        Share of a full annealing if the clusters of an earlier solve are given.
    limit_prices : tuple of float
        Prices, in typical charges of a school, for breaking limits over the plan while a first
        plan is sought; each is tried if the one before was too low.
    time : float
        Share of the time left for the trials together, and again for the full annealings.
    trial_moves : int
        Moves that are timed to calculate how many fit into a time limit.
    """

    trees: int = some(12, least=1)
    jitter: float = share(0.5, most=0.99)
    refused_edge: float = some(1e3)
    moves: int = some(7_000, least=1)
    full_atoms: int = some(120, least=1)
    least_moves: int = some(700, least=1)
    hot: float = some(1.6, above=0.0)
    cold: float = some(0.027, above=0.0)
    swaps: float = share(0.5)
    refused_price: float = some(400.0)
    cool: float = some(1.0)
    pool: int = some(40_000, least=1)
    most_looks: int = some(7, least=2)
    look: float = share(0.12, above=0.0)
    brief: float = share(0.03, above=0.0)
    brief_atoms: int = some(150, least=1)
    given_hot: float = some(0.1, above=0.0)
    given_effort: float = share(0.3)
    known_effort: float = share(0.15)
    limit_prices: tuple[float, ...] = some((8.0, 32.0), above=0.0)
    time: float = share(0.35, above=0.0)
    trial_moves: int = some(3_000, least=1)

    def __post_init__(self) -> None:
        """Refuse values with which the search would not work."""
        super().__post_init__()
        self.in_order("cold", "hot")

    def moves_for(self, atoms: int) -> float:
        """Return the moves of a full annealing of so many atoms."""
        share = min(1.0, (atoms / self.full_atoms) ** 2)
        return atoms * max(self.moves * share, min(self.moves, self.least_moves))

    def annealing(self, scale: float, fault_price: float, hot: float | None = None) -> Annealing:
        """Return temperatures and prices for compiled code, for schools charged `scale`.

        `hot` is the first temperature, if it is to be another than that of the parameters.
        """
        first = self.hot if hot is None else hot
        return Annealing(
            hot=float(first * scale),
            cold=float(min(self.cold, first) * scale),
            cool=float(self.cool),
            swaps=float(self.swaps),
            fault_price=float(fault_price),
            refused_price=float(self.refused_price),
        )


@dataclass(frozen=True)
class AssignmentParams(Ranged):
    """Hubs and duals of p-medians, where every school is a neighbour of every other.

    Parameters
    ----------
    starts : int
        Sets of hubs found by interchange.
    least_atoms, most_atoms : int
        None is sought for fewer atoms, which annealing handles well, nor for more: a step's work is
        in proportion to their square.
    steps : int
        Subgradient steps.
    pace : float
        Length of the first steps, relative to Polyak's.
    patience : int
        Steps without a higher value after which their length is halved.
    box : float
        Half the width of the first boxes of the duals, relative to their mean.
    time : float
        Share of the time left for all of it.
    """

    starts: int = some(6, least=1)
    least_atoms: int = some(100, least=2)
    most_atoms: int = some(2_000, least=2)
    steps: int = some(600)
    pace: float = some(1.0, above=0.0)
    patience: int = some(20, least=1)
    box: float = some(0.05, above=0.0)
    time: float = share(0.15, above=0.0)

    def __post_init__(self) -> None:
        """Refuse values with which the search would not work."""
        super().__post_init__()
        self.in_order("least_atoms", "most_atoms")


@dataclass(frozen=True)
class IntegerParams(Ranged):
    """Integer masters: the best plan that the columns found so far can form.

    Parameters
    ----------
    few_columns, most_columns : int
        Number of columns of least reduced cost in the integer programme and in the dive before it.
        An integer programme of more takes long and finds little.
    nodes : int
        Limit of nodes of one integer master, if the budget is in units of work.
    nodes_between : int
        Nodes of branch and price between two integer masters.
    nearer : float
        After an integer programme without a better plan, the next waits until the distance between
        plan and bound is less than this part of what it was.
    time : float
        Share of the time limit for one integer master.
    seconds : float
        Seconds that it may take even if that share is smaller.
    least_seconds : float
        None is started with fewer seconds left than this, unless there is no plan yet.
    """

    few_columns: int = some(2_500, least=1)
    most_columns: int = some(15_000, least=1)
    nodes: int = some(40, least=1)
    nodes_between: int = some(8, least=1)
    nearer: float = share(0.5)
    time: float = share(0.12)
    seconds: float = some(3.0, above=0.0)
    least_seconds: float = some(0.5, above=0.0)

    def __post_init__(self) -> None:
        """Refuse values with which the search would not work."""
        super().__post_init__()
        self.in_order("few_columns", "most_columns")


@dataclass(frozen=True)
class DiveParams(Ranged):
    """Dives: fix one fractional cluster after another, with cuts throughout.

    Parameters
    ----------
    rounds : int
        Most rounds of cuts before the first cluster is fixed.
    least_gain : float
        Rounds end when one raises the value by less than this part of it.
    """

    rounds: int = some(12)
    least_gain: float = share(2e-5)


@dataclass(frozen=True)
class EnumerationParams(Ranged):
    """Lists of every cluster that a better plan could have.

    Parameters
    ----------
    sample : int
        Hubs whose clusters are listed first, to estimate the length of the list.
    nodes : int
        Most nodes of the searches of all hubs at first; a hub has its share of them.
    pace : float
        No more than this for each second left.
    more : int
        Factor by which that share grows if the list promises not to be too long.
    of_hub : int
        Most clusters of a hub.
    most, of_node : int
        Most clusters in all, at the root and at the nodes below it.
    few : int
        Most clusters, of those that the list's own bound leaves, for an integer programme.
    seconds : float
        Time limit of that integer programme.
    time : float
        Most of the time left that a list may take.
    nearer : float
        After a list that was too long the next waits until the distance between plan and bound is
        less than this part of what it was.
    """

    sample: int = some(12, least=1)
    nodes: int = some(10_000_000, least=1)
    pace: float = some(30_000.0, above=0.0)
    more: int = some(8, least=1)
    of_hub: int = some(4_000, least=1)
    most: int = some(60_000, least=1)
    of_node: int = some(6_000, least=1)
    few: int = some(4_000, least=1)
    seconds: float = some(10.0, above=0.0)
    time: float = share(0.3)
    nearer: float = share(0.7)
