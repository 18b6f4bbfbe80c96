"""Why a school's cluster lies in another zone than the school: what moving it home would do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from cluster_geo.boundaries import BoundaryLayer
from cluster_geo.county import County
from cluster_geo.explain.sums import newly_broken, sums_of
from cluster_geo.plan import Cluster, Plan, main_zone
from cluster_geo.rules import Rulebook
from cluster_geo.tables.plans import title_of

# Less than this of the score is the rounding of sums.
LEVEL = 0.05


@dataclass(frozen=True)
class HomeMove:
    """A school moved, and no other, to the cluster of its own zone that suits best.

    Parameters
    ----------
    cluster : str
        Label of that cluster.
    broken : tuple of str
        Names of the rules that must be kept and would then be broken anew.
    change : float
        Change of the score.
    """

    cluster: str
    broken: tuple[str, ...]
    change: float


@dataclass(frozen=True, eq=False)
class Outsiders:
    """Judges moves of single schools in a plan, each cluster once.

    Parameters
    ----------
    plan : Plan
    county : County
    rulebook : Rulebook or None
        Without one only places are told, not what a move would do.
    """

    plan: Plan
    county: County
    rulebook: Rulebook | None = None
    _known: dict[tuple[int, ...], tuple[frozenset[str], float]] = field(default_factory=dict)
    _sums: dict[str, float] = field(default_factory=dict)

    def reason(self, urn: int, layer: BoundaryLayer, titles: Mapping[str, str]) -> str:
        """Say why a school that lies outside its cluster's main zone is where it is.

        Parameters
        ----------
        urn : int
        layer : BoundaryLayer
        titles : mapping of str to str
            What a reader calls a rule, by its name.
        """
        zone = layer.zone_of.get(urn, "")
        if not zone:
            return "It lies in no zone of this layer."
        own = [
            k
            for k, cluster in enumerate(self.plan.clusters)
            if main_zone(cluster.members, layer.zone_of) == zone
        ]
        if not own:
            return f"No cluster has most of its schools in {layer.name_of(zone)}."
        beside = [k for k in own if k in set(self._beside(urn))]
        if not beside:
            return f"No cluster that lies mainly in {layer.name_of(zone)} is next to it."
        if self.rulebook is None:
            return "The plan was drawn so."
        moves = map(partial(self._move, urn, self.rulebook), beside)
        return self._said(min(moves, key=lambda m: (len(m.broken), m.change, m.cluster)), titles)

    def _beside(self, urn: int) -> Iterator[int]:
        place_of = self.plan.cluster_of
        return (place_of[v] for v in self.county.neighbours.graph[urn] if v in place_of)

    def _move(self, urn: int, rulebook: Rulebook, place: int) -> HomeMove:
        home = self.plan.clusters[self.plan.cluster_of[urn]]
        there = self.plan.clusters[place]
        left = tuple(u for u in home.members if u != urn)
        joined = tuple(sorted((*there.members, urn)))
        broken: frozenset[str] = frozenset()
        change = 0.0
        for before, after in ((home.members, left), (there.members, joined)):
            broken_then, score_then = self._judged(rulebook, before)
            broken_now, score_now = self._judged(rulebook, after)
            broken |= broken_now - broken_then
            change += score_now - score_then
        if left:
            broken |= self._over_plan(rulebook, (home.members, there.members), (left, joined))
        return HomeMove(self.plan.labels[place], tuple(sorted(broken)), change)

    def _over_plan(
        self,
        rulebook: Rulebook,
        before: Iterable[tuple[int, ...]],
        after: Iterable[tuple[int, ...]],
    ) -> frozenset[str]:
        """Names of the rules over the plan that a move would break anew."""
        if not rulebook.plan_rules:
            return frozenset()
        if not self._sums:
            self._sums.update(sums_of(self.plan.clusters, rulebook))
        was, now = map(rulebook.cluster, before), map(rulebook.cluster, after)
        return frozenset(rule.name for rule, _ in newly_broken(rulebook, self._sums, was, now))

    def _judged(self, rulebook: Rulebook, members: tuple[int, ...]) -> tuple[frozenset[str], float]:
        if not members:
            return frozenset(), 0.0
        if members not in self._known:
            cluster: Cluster = rulebook.cluster(members)
            verdicts = rulebook.judge(cluster)
            broken = frozenset(name for name, verdict in verdicts.items() if not verdict.kept)
            self._known[members] = broken, sum(verdict.price for verdict in verdicts.values())
        return self._known[members]

    def _said(self, move: HomeMove, titles: Mapping[str, str]) -> str:
        name = title_of(move.cluster, self.plan.names)
        if move.broken:
            rules = "; ".join(titles.get(rule, rule) for rule in move.broken)
            return f"Moved alone to {name} it would break: {rules}."
        if move.change > LEVEL:
            return f"Moved alone to {name} it would raise the score by {move.change:.1f}."
        if move.change < -LEVEL:
            return f"Moved alone to {name} it would lower the score by {-move.change:.1f}."
        return f"Moved alone to {name} it would leave the score as it is."
