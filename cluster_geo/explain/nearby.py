"""The part of a plan around some clusters, solved again while the rest stays as it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from cluster_geo import optimise
from cluster_geo.county import County
from cluster_geo.optimise import Result
from cluster_geo.plan import Cluster, Plan
from cluster_geo.rules import Rulebook


@dataclass(frozen=True)
class Nearby:
    """Clusters that may change, and those that stay.

    Parameters
    ----------
    county : County
    plan : Plan
    free, frozen : tuple of Cluster
    """

    county: County
    plan: Plan
    free: tuple[Cluster, ...]
    frozen: tuple[Cluster, ...]

    @classmethod
    def of(
        cls,
        plan: Plan,
        county: County,
        places: Collection[int],
        most: int,
        locked: Collection[int] = (),
    ) -> Nearby:
        """Free the clusters at these places of the plan, and those that border on most of them.

        Parameters
        ----------
        plan : Plan
        county : County
        places : collection of int
        most : int
            Clusters freed at most, where `places` are fewer.
        locked : collection of int
            Places of clusters that are not freed, unless they are among `places`.
        """
        place_of, graph = plan.cluster_of, county.neighbours.graph
        edges: dict[int, list[int]] = {}
        for k in sorted(places):
            for urn in plan.clusters[k].members:
                for other in graph[urn]:
                    beside = place_of.get(other, k)
                    if beside not in places and beside not in locked:
                        edges.setdefault(beside, []).append(k)
        order = sorted(edges, key=lambda k: (-len(set(edges[k])), -len(edges[k]), k))
        freed = {*places, *order[: max(0, most - len(places))]}
        free = tuple(c for k, c in enumerate(plan.clusters) if k in freed)
        frozen = tuple(c for k, c in enumerate(plan.clusters) if k not in freed)
        return cls(county, plan, free, frozen)

    def solve(
        self,
        rulebook: Rulebook,
        *,
        time_limit: float,
        gap: float,
        work: int | None = None,
        seed: int = 0,
        threads: int | None = None,
        start: Plan | None = None,
    ) -> Result:
        """Solve the clusters that may change; score and bound are the whole plan's."""
        begin = start if start is not None else self.plan
        frozen = set(self.frozen)
        return optimise.solve(
            self.county,
            rulebook,
            time_limit=time_limit,
            work=work,
            seed=seed,
            threads=threads,
            gap=gap,
            start=Plan.of(c for c in begin.clusters if c not in frozen),
            frozen=self.frozen,
        )
