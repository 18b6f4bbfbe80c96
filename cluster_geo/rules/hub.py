"""The hub: the member with the least total travel from the other members."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cluster_geo.travel import Travel


@dataclass(frozen=True)
class HubChoice:
    """How the hub of a set of members is chosen.

    The hub is the member with the least total travel from the members among those that meet
    every hard rule on travel, ties by lowest URN. Where no member meets them, the member with
    the least total travel stands in, and the rule on travel will refuse the cluster.

    Parameters
    ----------
    travel : Travel
        From member to hub.
    worst : float, optional
        Longest trip allowed, in the unit of `travel`.
    """

    travel: Travel
    worst: float | None = None

    def of(self, members: tuple[int, ...]) -> int:
        """URN of the hub of `members` (ascending URNs)."""
        rows = [self.travel.position[urn] for urn in members]
        trips = self.travel.matrix[np.ix_(rows, rows)]
        totals = trips.sum(axis=0)
        if self.worst is not None:
            near = trips.max(axis=0) <= self.worst + TOLERANCE
            if near.any():
                totals = np.where(near, totals, np.inf)
        least = totals.min()
        return members[int(np.flatnonzero(totals <= least + TOLERANCE)[0])]


# Sums of the same trips in another order differ in their last digits; a tie must stay a tie.
TOLERANCE = 1e-9
