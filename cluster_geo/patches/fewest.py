"""The fewest posts that could make every visit, when each serves whole clusters."""

from __future__ import annotations

import math
from dataclasses import dataclass

from cluster_geo.optimise.integer import best_cover
from cluster_geo.patches.grouping import Grouping
from cluster_geo.rules import NumberOfClusters
from cluster_geo.tolerances import SAME_SUM, WHOLE_BOUND


@dataclass(frozen=True, slots=True)
class Fewest:
    """How many full posts the visits call for.

    Parameters
    ----------
    by_visits : int
        Visits over the visits of a post, rounded up: no fewer posts could make them.
    low : int or None
        Proven: with fewer patches, each within one post, there is no grouping. None where it is
        proven that there is none with any number.
    found : int or None
        A number for which there is a grouping; None where none was found.
    too_much : tuple of int
        Central schools of clusters that alone call for more than one post can do.
    """

    by_visits: int
    low: int | None
    found: int | None
    too_much: tuple[int, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether it is proven which number is the fewest, or that there is none."""
        return self.low == self.found


def fewest_posts(grouping: Grouping, capacity: float, *, time_limit: float, seed: int) -> Fewest:
    """Find the smallest number of patches that are each within the visits of one full post.

    Parameters
    ----------
    grouping : Grouping
        The number of its patches does not matter, nor does anything that is priced.
    capacity : float
        Visits a year that one post can make.
    time_limit : float
        Seconds.
    seed : int
    """
    load = grouping.load
    by_visits = math.ceil(math.fsum(load.values()) / capacity - SAME_SUM)
    too_much = tuple(sorted(hub for hub, visits in load.items() if visits > capacity + SAME_SUM))
    patches = [p for p in grouping.listed if grouping.visits(p) <= capacity + SAME_SUM]
    held = {hub for patch in patches for hub in patch.members}
    if too_much or held != set(load):
        return Fewest(by_visits, None, None, too_much)
    columns = grouping.columns(patches)
    chosen, bound = best_cover(
        columns,
        len(load),
        (NumberOfClusters(-math.inf, math.inf),),
        prices=[1.0] * len(columns),
        time_limit=time_limit,
        seed=seed,
    )
    if chosen is None and bound == math.inf:
        return Fewest(by_visits, None, None)
    low = max(by_visits, math.ceil(bound - WHOLE_BOUND) if math.isfinite(bound) else 0)
    return Fewest(by_visits, low, None if chosen is None else len(chosen))
