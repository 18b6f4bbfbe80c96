"""Patches of whole clusters: the best cover by the integer programme that picks clusters too.

A patch has two to four clusters, so that all patches there could be are a list of some thousands
(`candidates`). Pricing is not needed: each is judged once, and the integer master of the optimiser
picks the cover. Its bound is over the whole list, and so over every grouping there is.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from cluster_geo.errors import Fault, InputError
from cluster_geo.optimise import Result, solve
from cluster_geo.optimise.columns import Column
from cluster_geo.optimise.integer import best_cover
from cluster_geo.patches.candidates import MOST_LISTED, connected_sets
from cluster_geo.patches.level import Level
from cluster_geo.phrases import limits
from cluster_geo.plan import Cluster, Plan
from cluster_geo.rules import NumberOfClusters, OnePiece, Rulebook, Size, TravelToHub, Zones
from cluster_geo.scenario.team_section import TeamSection
from cluster_geo.tolerances import SAME_SCORE

# A list of more patches is begun with a grouping from a search of so many units of work.
LONG_LIST = 5_000
START_WORK = 20_000


@dataclass(frozen=True, eq=False)
class Grouping:
    """Clusters to be grouped into patches, and what judges a patch.

    Parameters
    ----------
    level : Level
    asked : TeamSection
    load : mapping of int to float
        Visits of each cluster, by the URN of its central school.
    number : int
        How many patches there are to be.
    """

    level: Level
    asked: TeamSection
    load: Mapping[int, float]
    number: int

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rules that a patch shares with a cluster: size, one piece, travel and zones."""
        size, travel = self.asked.clusters_per_post, self.level.county.travel
        rules = [
            Size(size.low, size.high),
            OnePiece(self.level.graph),
            TravelToHub(travel),
        ]
        layer = self.level.county.layers.get(self.asked.layer)
        if layer is not None:
            hard = self.asked.rule == "hard"
            price = 0.0 if hard else self.asked.weight
            rules.append(Zones(layer.name, layer.zone_of, price, hard=hard))
        return Rulebook(tuple(rules), travel, (NumberOfClusters(self.number, self.number),))

    @property
    def share(self) -> float:
        """Visits of each patch if all had the same."""
        return math.fsum(self.load.values()) / self.number

    def visits(self, patch: Cluster) -> float:
        """Return the visits of a patch."""
        return math.fsum(self.load[hub] for hub in patch.members)

    def price(self, patch: Cluster) -> float:
        """Return what a patch adds to the score: travel, zones, and visits off an even share.

        The share is of a patch whatever its number of clusters, so that no rule over clusters
        (`rules.Balance`, whose share grows with the members) could state it.
        """
        off = abs(self.visits(patch) - self.share)
        return self.rulebook.price(patch) + self.asked.balance * off

    @cached_property
    def listed(self) -> list[Cluster]:
        """Every patch that keeps the requirements.

        Raises
        ------
        InputError
            Where they are too many to list.
        """
        size = self.asked.clusters_per_post
        sets = connected_sets(self.level.graph, size.low, size.high)
        found = list(islice(sets, MOST_LISTED + 1))
        if len(found) > MOST_LISTED:
            of = f"{limits(size.low, size.high)} clusters"
            text = f"there are more than {MOST_LISTED:,} possible patches of {of}"
            fix = "Give fewer clusters per post, such as 2:4"
            raise InputError([Fault("scenario", text, fix, setting="clusters_per_post")])
        patches = map(self.rulebook.cluster, found)
        return [patch for patch in patches if self.rulebook.admits(patch)]

    def columns(self, patches: list[Cluster]) -> list[Column]:
        """Return patches as columns of a master, whose one rule over the plan is their number."""
        place = {hub: k for k, hub in enumerate(self.level.county.urns)}
        return [
            Column(tuple(place[hub] for hub in patch.members), patch, self.price(patch), (1.0,))
            for patch in patches
        ]

    def solve(self, *, time_limit: float, seed: int) -> Result:
        """Find the grouping of least score, or the best in the time, and a bound for every one."""
        began = time.monotonic()
        columns = self.columns(self.listed)
        start = self._start(columns, seed) if len(columns) > LONG_LIST else ()
        chosen, bound = best_cover(
            columns,
            len(self.level.county.urns),
            self.rulebook.plan_rules,
            start=start,
            time_limit=max(1.0, time_limit - (time.monotonic() - began)),
            seed=seed,
        )
        seconds = time.monotonic() - began
        # Where nothing better was found, the start stands.
        return self._result([columns[k] for k in chosen or start], bound, seconds, seed)

    def _start(self, columns: list[Column], seed: int) -> tuple[int, ...]:
        """Return the places of a first grouping, found by the search that finds clusters.

        An integer programme over a long list may need minutes to its first solution. The search
        knows nothing of even shares, and its limit is of work, so that it finds the same each time.
        """
        found = solve(self.level.county, self.rulebook, work=START_WORK, seed=seed, threads=1)
        place = {column.cluster.members: k for k, column in enumerate(columns)}
        members = () if found.plan is None else (c.members for c in found.plan.clusters)
        return tuple(place[group] for group in members)

    def _result(self, chosen: list[Column], bound: float, seconds: float, seed: int) -> Result:
        """Return a grouping, which may be none, with what is proven of every grouping."""
        if not chosen:
            impossible = bound == math.inf
            return Result(
                status="impossible" if impossible else "none found",
                stopped_by="proof" if impossible else "time limit",
                plan=None, cost=None, bound=None, seconds=seconds, seed=seed,
            )  # fmt: skip
        cost = math.fsum(column.cost for column in chosen)
        closed = cost - bound <= SAME_SCORE * max(1.0, abs(cost))
        return Result(
            status="optimal" if closed else "feasible",
            stopped_by="proof" if closed else "time limit",
            plan=Plan.of(column.cluster for column in chosen),
            cost=cost,
            bound=min(bound, cost) if math.isfinite(bound) else None,
            seconds=seconds,
            seed=seed,
        )
