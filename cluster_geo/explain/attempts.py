"""Attempts to make a plan possible: one or more loosenings, and the schools they touch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cluster_geo.county import County
from cluster_geo.explain.corridors import corridors
from cluster_geo.explain.loosen import Loosening, lending, loosenings, opening
from cluster_geo.explain.params import ExplainParams
from cluster_geo.explain.reasons import Reason
from cluster_geo.rules import Demand, Rulebook, Together, Zones, regions_of, rulebook_within
from cluster_geo.rules.one_piece import pieces_of


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
    corridor : frozenset of int
        Schools that a first plan is looked for with in one cluster; a better one may part them.
    """

    rulebook: Rulebook
    schools: frozenset[int]
    changes: tuple[Loosening, ...] = ()
    corridor: frozenset[int] = frozenset()

    def bound(self, county: County) -> tuple[Rulebook, County]:
        """Return the rules as they are for the schools, and the schools' part of the county."""
        part = county.within(self.schools)
        whole = len(self.schools) == len(county.urns)
        return rulebook_within(self.rulebook, part, self.rulebook.plan_rules if whole else ()), part

    def held(self, county: County) -> tuple[Rulebook, County]:
        """Return the same, with the corridor in one cluster."""
        book, part = self.bound(county)
        if not self.corridor:
            return book, part
        tie = Together("corridor", {"corridor": self.corridor}, hard=True)
        return replace(book, rules=(*book.rules, tie)), part

    def with_change(
        self,
        change: Loosening,
        more: frozenset[int] = frozenset(),
        corridor: frozenset[int] = frozenset(),
    ) -> Attempt:
        """Return the attempt with one change more, which may let other schools in."""
        schools, changes = self.schools | more, (*self.changes, change)
        return Attempt(change.rulebook, schools, changes, corridor or self.corridor)


@dataclass(frozen=True)
class Surroundings:
    """A county and its rules as they are, to find out what is next to what.

    Parameters
    ----------
    county : County
    rulebook : Rulebook
    params : ExplainParams
    """

    county: County
    rulebook: Rulebook
    params: ExplainParams = ExplainParams()

    def home(self, reason: Reason) -> frozenset[int]:
        """Schools of the regions that a clash is in: what any cure must find a plan for."""
        return self._around(reason.schools)

    def _around(self, schools: frozenset[int]) -> frozenset[int]:
        regions = regions_of(self.rulebook, self.county.urns)
        return frozenset(u for region in regions if region & schools for u in region)

    def ladders(
        self, demands: Sequence[Demand], before: Attempt, home: frozenset[int]
    ) -> Iterator[list[Attempt]]:
        """Yield, for each demand, attempts that loosen it further and further.

        Each zone next door is a ladder of its own; boundaries come last.
        """
        layers = {r.name: layer for r in self.rulebook.rules if (layer := r.layer) is not None}
        for demand in demands:
            if demand.rule not in layers:
                changes = loosenings(demand, before.rulebook, self.county)
                yield [before.with_change(change) for change in changes]
        tied = self._tied(demands) & home
        for demand in demands:
            if demand.rule in layers and tied:
                yield from self._corridors(demand, layers[demand.rule], before, tied)
            elif demand.rule in layers:
                yield from self._openings(demand, layers[demand.rule], before, home)

    def _tied(self, demands: Sequence[Demand]) -> frozenset[int]:
        """Schools of the groups that must be together."""
        ties = {r.name: r.tied for r in self.rulebook.rules if r.tied}
        groups = [ties[d.rule][d.part] for d in demands if d.rule in ties]
        return frozenset().union(*groups)

    def _corridors(
        self, demand: Demand, layer: Zones, before: Attempt, tied: frozenset[int]
    ) -> Iterator[list[Attempt]]:
        """Let a group be together in one of its zones, with schools of the others on the way.

        Where no boundary drawn around such schools leaves the rest a plan, the boundaries
        between the zones are opened wholly.
        """
        zones = sorted({layer.zone_of.get(urn, "") for urn in tied})
        last = [before.with_change(opening(demand, before.rulebook, tuple(zones)))]
        for zone in zones if len(zones) > 1 else ():
            drawn = []
            for way in corridors(tied, zone, layer.zone_of, self.county, self.params.detours):
                lent = frozenset(urn for urn in way if layer.zone_of.get(urn, "") != zone)
                change = lending(demand, before.rulebook, lent | self._cut_off(lent), zone)
                drawn.append(before.with_change(change, self._around(way), way))
            yield [*drawn, *last]
            last = []

    def _cut_off(self, lent: frozenset[int]) -> frozenset[int]:
        """Schools that are no longer in one piece with most of their region."""
        graph = self.county.neighbours.graph
        touched = [r for r in regions_of(self.rulebook, self.county.urns) if r & lent]
        return frozenset(u for r in touched for p in pieces_of(r - lent, graph)[1:] for u in p)

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
        nearest = sorted(edges, key=lambda code: (-edges[code], code))[: self.params.zones]
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
