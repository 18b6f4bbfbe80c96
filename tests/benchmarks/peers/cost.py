"""The cost of one cluster from arrays, for peers that can be told what to aim at."""

import numpy as np

# Charged for each thing a cluster breaks, in km: far above any real price of one school.
FAULT_PRICE = 40.0


def cluster_cost(problem, members) -> float:
    """Price of a cluster, without what it breaks.

    Parameters
    ----------
    problem : mapping of str to ndarray
        As `PeerModel.arrays` writes it.
    members : ndarray of int
        Positions of the schools.
    """
    total = problem["travel"][np.ix_(members, members)].sum(axis=0).min()
    total += problem["member"][members].sum() + problem["cluster"]
    total += problem["present"][:, members].any(axis=1) @ problem["present_price"]
    total += ~problem["absent"][:, members].any(axis=1) @ problem["absent_price"]
    for zones, price in zip(problem["zones"][:, members], problem["zone_price"], strict=True):
        inside = zones[zones >= 0]
        total += price * (members.size - (np.bincount(inside).max() if inside.size else 0))
    return float(total)


def cluster_faults(problem, members) -> int:
    """How many schools are too few or too many, and how many of the sets it needs are missing."""
    size = members.size
    off = max(int(problem["low"]) - size, size - int(problem["high"]), 0)
    found = problem["needed"][:, members].sum(axis=1)
    return off + int(np.maximum(problem["need"] - found, 0).sum())


def searched_cost(problem, members) -> float:
    """Price of a cluster with what it breaks charged; pieces are left to the peer."""
    return cluster_cost(problem, members) + FAULT_PRICE * cluster_faults(problem, members)
