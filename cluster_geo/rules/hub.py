"""The hub: the member with the least total travel from the other members."""

from __future__ import annotations

from dataclasses import dataclass

from cluster_geo.plan import central_school
from cluster_geo.travel import Travel


@dataclass(frozen=True)
class HubChoice:
    """How the hub of a set of members is chosen.

    The hub is the member with the least total travel from the other members, among the members
    that meet every hard rule on travel; ties go to the lowest URN. If no member meets them, the
    hub is the member with the least total travel, and the rule on travel refuses the cluster.

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
