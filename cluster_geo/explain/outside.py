"""Why a school's cluster lies in another zone than the school: what moving it home would do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from cluster_geo.boundaries import BoundaryLayer
from cluster_geo.county import County
from cluster_geo.explain.lone_moves import LoneMove, LoneMoves
from cluster_geo.phrases import counted, listed
from cluster_geo.plan import Plan, leading_zones, main_zone, title_of
from cluster_geo.rules import Rulebook
from cluster_geo.tolerances import HALF_SHOWN


@dataclass(frozen=True, eq=False)
class Outsiders:
    """Says why schools lie outside, by what moving each of them alone would do.

    Parameters
    ----------
    plan : Plan
    county : County
    rulebook : Rulebook or None
        Without one, only what follows from the boundaries is stated, not what a move would do.
    """

    plan: Plan
    county: County
    rulebook: Rulebook | None = None

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
            return "It is outside every zone of this layer."
        cluster = self.plan.clusters[self.plan.cluster_of[urn]]
        reason = self._reason(urn, zone, layer, titles)
        if zone not in leading_zones(cluster.members, layer.zone_of):
            return reason
        return f"As many schools of its cluster are in its zone as in the other. {reason}"

    def _reason(self, urn: int, zone: str, layer: BoundaryLayer, titles: Mapping[str, str]) -> str:
        own = [
            k
            for k, cluster in enumerate(self.plan.clusters)
            if main_zone(cluster, layer.zone_of) == zone
        ]
        if not own:
            return f"No cluster has most of its schools in {layer.name_of(zone)}."
        beside = [k for k in own if k in set(self._beside(urn))]
        if not beside:
            return f"No neighbouring cluster is mainly in {layer.name_of(zone)}."
        if self._moves is None:
            return "The plan was drawn this way."
        moves = [self._moves.to(urn, place) for place in beside]
        best = min(moves, key=lambda m: (len(m.rules), m.change, self.plan.labels[m.place]))
        return self._sentence(urn, best, titles)

    @cached_property
    def _moves(self) -> LoneMoves | None:
        return None if self.rulebook is None else LoneMoves(self.plan, self.rulebook)

    def _beside(self, urn: int) -> Iterator[int]:
        place_of = self.plan.cluster_of
        return (place_of[v] for v in self.county.neighbours.graph[urn] if v in place_of)

    def _sentence(self, urn: int, move: LoneMove, titles: Mapping[str, str]) -> str:
        name = title_of(self.plan.labels[move.place], self.plan.names)
        moving = f"Moving only this school to {name} would"
        if move.broken:
            sizes = dict(self._sizes(urn, move, name))
            others = [
                f"break “{titles.get(rule, rule)}”" for rule in sorted({*move.rules} - {*sizes})
            ]
            return f"{moving} {listed([*sizes.values(), *others])}."
        if move.change > HALF_SHOWN:
            return f"{moving} raise the score by {move.change:.1f}."
        if move.change < -HALF_SHOWN:
            return f"{moving} lower the score by {-move.change:.1f}."
        return f"{moving} not change the score."

    def _sizes(self, urn: int, move: LoneMove, name: str) -> Iterator[tuple[str, str]]:
        """Yield each limit of size that a move breaks, by its rule, and what the size would be."""
        assert self.rulebook is not None, "no move is judged without rules"
        place = self.plan.cluster_of[urn]
        home = title_of(self.plan.labels[place], self.plan.names)
        left = len(self.plan.clusters[place].members) - 1
        joined = len(self.plan.clusters[move.place].members) + 1
        for rule in self.rulebook.rules:
            if rule.name not in move.rules or rule.size_limits is None:
                continue
            low, high = rule.size_limits
            effects = []
            if 0 < left < low:
                effects.append(
                    f"leave {home} with {counted(left, 'school')} (the minimum is {low})"
                )
            if joined > high:
                schools = counted(joined, "school")
                effects.append(f"bring {name} to {schools} (the maximum is {high})")
            if effects:
                yield rule.name, listed(effects)
