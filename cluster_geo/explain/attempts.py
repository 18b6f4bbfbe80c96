"""Attempts to make a plan possible: one or more loosenings, and the schools they touch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cluster_geo.county import County
from cluster_geo.explain.demands import Demand
from cluster_geo.explain.loosen import Loosening, loosenings, opening
from cluster_geo.explain.reasons import Reason
from cluster_geo.rules import Rulebook, Zones, regions_of, rulebook_within

# Zones next door that are tried; beyond them a boundary is opened far from the trouble.
MOST_ZONES = 8


@dataclass(frozen=True)
class Attempt:
    """Rules loosened so far, and the schools that a plan is to be found for.

    Parameters
    ----------
    rulebook : Rulebook
        Of the county, with the changes made.
    schools : frozenset of int
    changes : tuple of Loosening
        In the order they were made.
    """

    rulebook: Rulebook
    schools: frozenset[int]
    changes: tuple[Loosening, ...] = ()

    def bound(self, county: County) -> tuple[Rulebook, County]:
        """Return the rules as they are for the schools, and the schools' part of the county."""
        part = county.within(self.schools)
        whole = len(self.schools) == len(county.urns)
        return rulebook_within(self.rulebook, part, self.rulebook.plan_rules if whole else ()), part

    def with_change(self, change: Loosening, more: frozenset[int] = frozenset()) -> Attempt:
        """Return the attempt with one change more, which may let other schools in."""
        return Attempt(change.rulebook, self.schools | more, (*self.changes, change))


@dataclass(frozen=True)
class Surroundings:
    """A county and its rules as they are, to find out what is next to what.

    Parameters
    ----------
    county : County
    rulebook : Rulebook
    """

    county: County
    rulebook: Rulebook

    def home(self, reason: Reason) -> frozenset[int]:
        """Schools of the regions that a clash is in: what any cure must find a plan for."""
        regions = regions_of(self.rulebook, self.county.urns)
        return frozenset(u for region in regions if region & reason.schools for u in region)

    def ladders(
        self, demands: Sequence[Demand], before: Attempt, home: frozenset[int]
    ) -> Iterator[list[Attempt]]:
        """Yield, for each demand, attempts that loosen it further and further.

        Each zone next door is a ladder of its own; boundaries come last.
        """
        layers = {r.name: r for r in self.rulebook.rules if isinstance(r, Zones)}
        for demand in demands:
            if demand.rule not in layers:
                changes = loosenings(demand, before.rulebook, self.county)
                yield [before.with_change(change) for change in changes]
        for demand in demands:
            if demand.rule in layers:
                yield from self._openings(demand, layers[demand.rule], before, home)

    def _openings(
        self, demand: Demand, layer: Zones, before: Attempt, home: frozenset[int]
    ) -> Iterator[list[Attempt]]:
        own = sorted({layer.zone_of.get(urn, "") for urn in home})
        if len(own) > 1:
            yield [before.with_change(opening(demand, before.rulebook, tuple(own)))]
            return
        beside = self._beside(layer, home)
        for code in sorted(beside, key=lambda z: (not self.same_area(home, beside[z]), z)):
            if not beside[code] <= before.schools:
                change = opening(demand, before.rulebook, (own[0], code))
                yield [before.with_change(change, beside[code])]

    def _beside(self, layer: Zones, home: frozenset[int]) -> dict[str, frozenset[int]]:
        """Schools of each zone next door, those with most neighbours here first."""
        graph = self.county.neighbours.graph
        edges: dict[str, int] = {}
        for urn in sorted(home):
            for other in graph[urn]:
                if other not in home:
                    code = layer.zone_of.get(other, "")
                    edges[code] = edges.get(code, 0) + 1
        nearest = sorted(edges, key=lambda code: (-edges[code], code))[:MOST_ZONES]
        return {
            code: frozenset(u for u in self.county.urns if layer.zone_of.get(u, "") == code)
            for code in nearest
        }

    def same_area(self, home: frozenset[int], others: frozenset[int]) -> bool:
        """Whether all schools lie in one zone of each layer that holds the home as a whole.

        A layer that parts the home itself is finer, not an Area.
        """
        if others <= home:
            return True
        for layer in self.county.layers.values():
            zones = {layer.zone_of.get(urn) for urn in home}
            theirs = {layer.zone_of.get(urn) for urn in others}
            if len(zones) == len(theirs) == 1 and zones == theirs:
                return True
        return False
