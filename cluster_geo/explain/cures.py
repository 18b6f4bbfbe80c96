"""Cures: loosenings that a plan shows to work, ranked by the score that they lead to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cluster_geo.county import County
from cluster_geo.explain.ask import Asker
from cluster_geo.explain.demands import Demand
from cluster_geo.explain.loosen import Loosening, gentler, loosenings, opening, said
from cluster_geo.explain.reasons import Reason
from cluster_geo.plan import Plan
from cluster_geo.rules import Rulebook, Zones, find_clashes, regions_of, rulebook_within

# Zones next door that are tried; beyond them a boundary is opened far from the trouble.
MOST_ZONES = 8


@dataclass(frozen=True)
class Cure:
    """A change that makes a plan possible, and the plan that shows it.

    Parameters
    ----------
    demand : Demand
        What is loosened.
    words : str
        The change, as a request to the council.
    schools : frozenset of int
        The schools that the plan is of.
    plan : Plan
        Keeps every hard rule but the one loosened.
    score : float or None
        What the priced rules charge the plan, less the best found for the zones it lets in
        when they stay by themselves: so that cures can be compared. None where those zones
        have no plan of their own. In km-equivalents.
    distance : float or None
        How much lower the score could be at most, as far as is proven, counting the
        exceptions made at `loosen.EXCEPTION`.
    same_area : bool
        Whether it stays inside the zone of the coarser layers that the schools are in.
    """

    demand: Demand
    words: str
    schools: frozenset[int]
    plan: Plan
    score: float | None
    distance: float | None
    same_area: bool


@dataclass
class Healer:
    """Looks for the cures of clashes in one county.

    Parameters
    ----------
    asker : Asker
    county : County
    rulebook : Rulebook
    """

    asker: Asker
    county: County
    rulebook: Rulebook
    _alone: dict[frozenset[int], tuple[float, float] | None] = field(default_factory=dict)

    def cures(self, reason: Reason) -> list[Cure]:
        """Return the cures of a clash: inside the same Area first, then by score."""
        home = self._home(reason)
        found = []
        for ladder, schools in self._ladders(reason, home):
            if self.asker.left <= 0.0:
                break
            cure = self._first(ladder, schools, home)
            if cure is not None:
                found.append(cure)
        return sorted(found, key=_rank)

    def _home(self, reason: Reason) -> frozenset[int]:
        """Schools of the regions that a clash is in: what any cure must find a plan for."""
        regions = regions_of(self.rulebook, self.county.urns)
        return frozenset(u for region in regions if region & reason.schools for u in region)

    def _ladders(
        self, reason: Reason, home: frozenset[int]
    ) -> Iterator[tuple[list[Loosening], frozenset[int]]]:
        """Yield, for each demand of a clash, loosenings to try in turn and the schools they touch.

        Each zone next door is a ladder of its own.
        """
        book, part = self._bound(home)
        layers = {r.name: r for r in book.rules if isinstance(r, Zones)}
        for demand in reason.demands:
            if demand.rule not in layers:
                yield list(loosenings(demand, book, part)), home
        for demand in reason.demands:
            if demand.rule in layers:
                yield from self._openings(demand, layers[demand.rule], home)

    def _openings(
        self, demand: Demand, layer: Zones, home: frozenset[int]
    ) -> Iterator[tuple[list[Loosening], frozenset[int]]]:
        own = sorted({layer.zone_of.get(urn, "") for urn in home})
        if len(own) > 1:
            book, _ = self._bound(home)
            yield [opening(demand, book, tuple(own))], home
            return
        beside = self._beside(layer, home)
        for code in sorted(beside, key=lambda z: (not self._same_area(home, beside[z]), z)):
            schools = home | beside[code]
            book, _ = self._bound(schools)
            yield [opening(demand, book, (own[0], code))], schools

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

    def _same_area(self, home: frozenset[int], others: frozenset[int]) -> bool:
        """Whether all schools lie in one zone of each layer that holds the home as a whole.

        A layer that parts the home itself is finer, not an Area.
        """
        for layer in self.county.layers.values():
            zones = {layer.zone_of.get(urn) for urn in home}
            theirs = {layer.zone_of.get(urn) for urn in others}
            if len(zones) == len(theirs) == 1 and zones == theirs:
                return True
        return False

    def _bound(self, schools: frozenset[int]) -> tuple[Rulebook, County]:
        part = self.county.within(schools)
        whole = len(schools) == len(self.county.urns)
        plan_rules = self.rulebook.plan_rules if whole else ()
        return rulebook_within(self.rulebook, part, plan_rules), part

    def _first(
        self, ladder: Sequence[Loosening], schools: frozenset[int], home: frozenset[int]
    ) -> Cure | None:
        """Return the mildest loosening of a ladder that a plan shows to work."""
        part = self.county.within(schools)
        for loosening in ladder:
            if find_clashes(loosening.rulebook, part):
                continue
            any_plan = self.asker.can(part, gentler(loosening.rulebook))
            if any_plan.plan is None:
                continue
            best = self.asker.best(
                part, loosening.rulebook, start=any_plan.plan, gap=5e-3, seconds=self.asker.step / 2
            )
            plan = best.plan or any_plan.plan
            distance = None
            if best.cost is not None and best.bound is not None:
                distance = max(0.0, best.cost - best.bound)
            score, spread = self._score(plan, schools - home)
            return Cure(
                demand=loosening.demand,
                words=said(loosening, plan, part),
                schools=schools,
                plan=plan,
                score=score,
                distance=None if distance is None or spread is None else distance + spread,
                same_area=schools == home or self._same_area(home, schools - home),
            )
        return None

    def _score(self, plan: Plan, others: frozenset[int]) -> tuple[float | None, float | None]:
        """Score a plan by the rules as they were, less its guests' own best; and how sure."""
        own = sum(self.rulebook.price(self.rulebook.cluster(c.members)) for c in plan.clusters)
        if not others:
            return own, 0.0
        if others not in self._alone:
            book, part = self._bound(others)
            clash = find_clashes(book, part)
            found = None
            if not clash:
                found = self.asker.best(part, book, gap=5e-3, seconds=self.asker.step / 2)
            known = found is not None and found.cost is not None and found.bound is not None
            self._alone[others] = (
                (found.cost, found.cost - found.bound)  # type: ignore[operator,union-attr,assignment]
                if known
                else None
            )
        alone = self._alone[others]
        if alone is None:
            return None, None
        return own - alone[0], alone[1]


def _rank(cure: Cure) -> tuple[bool, bool, float, str]:
    return (not cure.same_area, cure.score is None, cure.score or 0.0, cure.words)
