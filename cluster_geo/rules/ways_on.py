"""Ways on from primary to secondary specialist provision: the one definition of a pathway.

The rule about pathways, the report and the tables all take it from here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Literal

from cluster_geo.county import County

NOT_RECORDED = "need type not recorded"

Kind = Literal["team", "school", "cluster", "nearby", "none"]
"""How the children of a primary SRP go on.

"team": their need is met by a travelling team; "school": at the same school, which teaches both
phases; "cluster": at a secondary SRP of the same cluster; "nearby": at one outside the cluster
that counts as nearby; "none": no way on.
"""


@dataclass(frozen=True)
class PathwayTerms:
    """What is asked of pathways.

    Parameters
    ----------
    needs : tuple of str
        Codes of the needs that are asked about; () for all.
    by_team : tuple of str
        Codes of the needs that a travelling team meets, so that no places are needed for them.
    within : float, optional
        Longest journey to a secondary SRP outside the cluster that counts as a way on, in the
        unit of the county's travel; None for no limit.
    layer : str
        Layer of which the two must be in one zone, unless they are in one cluster; "" for none.
    published : str
        What was published about pathways, which the report compares with its own count.
    """

    needs: tuple[str, ...] = ()
    by_team: tuple[str, ...] = ()
    within: float | None = None
    layer: str = ""
    published: str = ""

    @property
    def beyond_cluster(self) -> bool:
        """Whether a secondary SRP outside the cluster can be a way on."""
        return self.within is not None or bool(self.layer)

    def asks_about(self, need: str) -> bool:
        """Whether pathways for a need are looked at."""
        return need != NOT_RECORDED and (not self.needs or need in self.needs)

    def condition(self, unit: str) -> str:
        """Say what counts outside the cluster: "within 8 km and in the same district"; or ""."""
        parts = [] if self.within is None else [f"within {self.within:g} {unit}"]
        parts += [f"in the same {self.layer}"] if self.layer else []
        return " and ".join(parts)

    def reaches(self, county: County, start: int, goal: int) -> bool:
        """Whether provision at one school is a way on from another, whatever the clusters.

        By these terms: near enough, and in the same zone of the layer, where they say so.
        """
        if not self.beyond_cluster:
            return False
        if self.within is not None and county.travel.between(start, goal) > self.within:
            return False
        if not self.layer:
            return True
        zone_of = county.layers[self.layer].zone_of
        return start in zone_of and zone_of[start] == zone_of.get(goal)


USUAL = PathwayTerms()


@dataclass(frozen=True)
class Pathway:
    """A need and where a child with it would go from a primary SRP.

    Parameters
    ----------
    urn : int
        School with a primary SRP.
    need : str
    onward : int or None
        The nearest school with a secondary SRP for the same need; the school itself where it
        teaches both phases; None where the county has none.
    travel : float or None
        From the one to the other, in the unit of the county's travel.
    goals : tuple of int
        Every school with such an SRP, the nearest first; in a tie by URN.
    nearby : frozenset of int
        Those that count as a way on from any cluster.
    by_team : bool
        Whether a travelling team meets the need.
    """

    urn: int
    need: str
    onward: int | None
    travel: float | None
    goals: tuple[int, ...] = field(default=(), compare=False, repr=False)
    nearby: frozenset[int] = field(default=frozenset(), compare=False, repr=False)
    by_team: bool = field(default=False, compare=False)

    def way_on(self, together: Collection[int]) -> tuple[Kind, int | None]:
        """Return how a child goes on, and to which school, from a cluster of these schools.

        Without a way on it is the nearest secondary SRP, None where there is none.
        """
        if self.by_team:
            return "team", self.onward
        if self.urn in self.goals:
            return "school", self.urn
        for kind, allowed in (("cluster", together), ("nearby", self.nearby)):
            if (goal := next((u for u in self.goals if u in allowed), None)) is not None:
                return kind, goal  # type: ignore[return-value]
        return "none", self.onward


def needs_of(county: County) -> dict[int, tuple[str, ...]]:
    """Return the need types of each school with an SRP, by URN in ascending order."""
    table = county.schools.table
    with_srp = sorted(county.schools.where("srp"))
    listed = table.loc[with_srp, "srp_needs"].astype(str)
    return {
        urn: tuple(sorted({need for need in text.split("|") if need})) or (NOT_RECORDED,)
        for urn, text in zip(with_srp, listed, strict=True)
    }


def with_srp_for(county: County, need: str, phase: str = "") -> frozenset[int]:
    """Return the schools with an SRP for a need ("" for any), of a phase ("" for any).

    A school with several needs on record provides for each, and an all-through school in both
    phases.
    """
    needs, schools = needs_of(county), county.schools
    phases = {"primary": schools.primaries, "secondary": schools.secondaries}
    here = phases.get(phase, frozenset(county.urns))
    return frozenset(u for u, kinds in needs.items() if u in here and (not need or need in kinds))


def pathways(county: County, terms: PathwayTerms = USUAL) -> list[Pathway]:
    """Return the way on from each primary SRP, need by need, in order of URN.

    Schools whose need types are not recorded are left out: nothing can be said of them.

    Parameters
    ----------
    county : County
    terms : PathwayTerms
    """
    needs = needs_of(county)
    primaries, secondaries = county.schools.primaries, county.schools.secondaries
    kinds = {need for found in needs.values() for need in found if terms.asks_about(need)}
    goals_of = {
        kind: [urn for urn, found in needs.items() if urn in secondaries and kind in found]
        for kind in kinds
    }
    return [
        _pathway(county, terms, urn, need, goals_of[need])
        for urn in sorted(needs.keys() & primaries)
        for need in needs[urn]
        if need in goals_of
    ]


def _pathway(
    county: County, terms: PathwayTerms, urn: int, need: str, goals: Iterable[int]
) -> Pathway:
    trips = {goal: county.travel.between(urn, goal) for goal in goals}
    # An all-through school is its own way on, even where another shares its address.
    ordered = sorted(trips, key=lambda goal: (goal != urn, trips[goal], goal))
    onward = ordered[0] if ordered else None
    near = frozenset(goal for goal in ordered if terms.reaches(county, urn, goal))
    return Pathway(
        urn,
        need,
        onward,
        None if onward is None else trips[onward],
        goals=tuple(ordered),
        nearby=near,
        by_team=need in terms.by_team,
    )
