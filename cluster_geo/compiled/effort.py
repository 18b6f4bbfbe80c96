"""How far compiled searches go, and at what prices: given to them, since they may be set.

Numba builds a constant of a module into the code it compiles; what comes as an argument may be
another with each call. Whoever makes these gives each number as the type it has here: Numba
compiles anew for a whole number in the place of a float.
"""

from __future__ import annotations

from typing import NamedTuple


class Effort(NamedTuple):
    """How far the search for one hub's best cluster goes.

    Parameters
    ----------
    most_nodes : int
        Nodes bounded at most, beside the first of each choice of main zones.
    steps, later_steps : int
        Subgradient steps at the first nodes, and at all others.
    slowing : float
        The k-th step (from 0) is 1 / (1 + slowing * k) as long as the first.
    farthest : float
        The length of a step toward a cut-off is that to one so far off at most.
    rows : int
        Ways to the hub that are asked for at a time (`separators`), at most.
    zone_choices : int
        Choices of main zones at most, each of which is a root of its own.
    mends, mend_steps : int
        Sets that fell apart or broke a rule and are mended into clusters, and steps of a mend.
    fault_price : float
        Charged for each thing broken on the way of a mend.
    """

    most_nodes: int
    steps: int
    later_steps: int
    slowing: float
    farthest: float
    rows: int
    zone_choices: int
    mends: int
    mend_steps: int
    fault_price: float


class Annealing(NamedTuple):
    """At what heat and at what prices a first plan is annealed.

    Parameters
    ----------
    hot, cold : float
        First and last temperature.
    cool : float
        Clusters are noted below this temperature: those met above it are seldom good.
    swaps : float
        Share of the moves that exchange two atoms.
    fault_price, refused_price : float
        Charged for each thing a cluster breaks, and where it has no hub that is allowed.
    """

    hot: float
    cold: float
    cool: float
    swaps: float
    fault_price: float
    refused_price: float
