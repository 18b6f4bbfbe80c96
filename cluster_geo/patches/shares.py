"""Posts shared out in steps: over clusters in proportion, and over patches to even the load."""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping
from fractions import Fraction

from cluster_geo.rounding import exact


def shares(demand: Mapping[str, float], posts: float, step: float) -> dict[str, float]:
    """Share posts over clusters in proportion to their demand, in whole steps.

    By largest remainders: each cluster gets its exact share rounded down to a step, and the steps
    that are left go to those with the most cut off, ties by code. The shares add up to `posts`
    rounded down to a step. The arithmetic is exact.

    Parameters
    ----------
    demand : mapping of str to float
        By code; 0 or more, and more than 0 in all.
    posts, step : float
        Full-time equivalents.

    Examples
    --------
    >>> shares({"A": 3.0, "B": 2.0, "C": 2.0}, posts=1.0, step=0.1)
    {'A': 0.4, 'B': 0.3, 'C': 0.3}
    """
    size = exact(step)
    steps = math.floor(exact(posts) / size)
    wanted = {code: exact(amount) for code, amount in demand.items()}
    total = sum(wanted.values(), Fraction())
    quotas = {code: steps * amount / total for code, amount in wanted.items()}
    given = {code: math.floor(quota) for code, quota in quotas.items()}
    left = steps - sum(given.values())
    order = sorted(quotas, key=lambda code: (given[code] - quotas[code], code))
    for code in order[:left]:
        given[code] += 1
    return {code: float(number * size) for code, number in given.items()}


def posts_of_patches(loads: Mapping[str, float], posts: float, step: float) -> dict[str, float]:
    """Give each patch one post, and what is over step by step to the patch with the most to do.

    At each step that is the one with the most visits for each post that it has, ties by code: no
    other way to share the steps leaves the busiest patch with less.

    Parameters
    ----------
    loads : mapping of str to float
        Visits of each patch, by code.
    posts, step : float
        Full-time equivalents; at least one post for each patch, or less where there is one patch.
    """
    size = exact(step)
    first = min(Fraction(1), exact(posts) / len(loads))
    given = dict.fromkeys(loads, first)
    over = exact(posts) - first * len(loads)
    wanted = {code: exact(load) for code, load in loads.items()}
    heap = [(-wanted[code] / given[code], code) for code in given]
    heapq.heapify(heap)
    for _ in range(math.floor(over / size)):
        busiest = heap[0][1]
        given[busiest] += size
        heapq.heapreplace(heap, (-wanted[busiest] / given[busiest], busiest))
    return {code: float(part) for code, part in given.items()}


def unshared(posts: float, step: float) -> float:
    """Return the part of the posts that is less than a step, and so is given to nobody."""
    return float(exact(posts) % exact(step))
