"""The hub: the member with the least total travel from the other members."""

from __future__ import annotations

from dataclasses import dataclass

from cluster_geo.plan import central_school
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
        return central_school(members, self.travel, self.worst)
