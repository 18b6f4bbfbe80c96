"""Limits and prices of compiled searches, passed as arguments because users may set them.

Numba compiles a module's constants into the code, but arguments may differ with each call. Each
number must have the type given here, because Numba compiles again for an integer in place of a
float.
"""

from __future__ import annotations

from typing import NamedTuple


class Effort(NamedTuple):
    """Limits of the search for one hub's best cluster.

    Parameters
    ----------
    most_nodes : int
        Most nodes bounded, the roots of the choices of main zones among them.
    steps, later_steps : int
        Subgradient steps at the first nodes, and at all others.
    slowing : float
        The k-th step (from 0) is 1 / (1 + slowing * k) as long as the first.
    farthest : float
        Largest distance between bound and cut-off that sets the length of a step.
    rows : int
        Most separator rows at a time (`separators`).
    zone_choices : int
        Most choices of main zones, each of which is a root of its own.
    mends, mend_steps : int
        Most infeasible sets that are repaired into clusters, and steps of a repair.
    fault_price : float
        Price of each violation during a repair.
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


class Aim(NamedTuple):
    """What the search for a hub's clusters looks for.

    Parameters
    ----------
    threshold : float
        Clusters with reduced costs at or above it are of no interest.
    tolerance : float
        A node this close to the best cluster found is of no interest either.
    every : bool
        Find all clusters of interest, not only those that lead to the best.
    """

    threshold: float
    tolerance: float
    every: bool


class Annealing(NamedTuple):
    """Temperatures and prices for annealing a first plan.

    Parameters
    ----------
    hot, cold : float
        First and last temperature.
    cool : float
        Temperature below which clusters are kept; those found above it are seldom good.
    swaps : float
        Share of the moves that exchange two atoms.
    fault_price, refused_price : float
        Price of each violation in a cluster, and of a cluster without an allowed hub.
    """

    hot: float
    cold: float
    cool: float
    swaps: float
    fault_price: float
    refused_price: float
