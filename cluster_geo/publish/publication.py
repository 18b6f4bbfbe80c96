"""A plan as it is published: what its map, its report and its files all show, each counted once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import geopandas as gpd
import pandas as pd

from cluster_geo.audience import Disclosure
from cluster_geo.audit import Audit
from cluster_geo.compare import moves_since
from cluster_geo.county import County
from cluster_geo.optimise import Result
from cluster_geo.optimise.certainty import certainty, of_floor, of_frozen, of_shown
from cluster_geo.plan import NO_PAPERS, Papers, Plan, SecondCluster, known_part
from cluster_geo.publish.colours import area_colours
from cluster_geo.publish.edition import Edition, edition_of
from cluster_geo.publish.timetable import Timetable
from cluster_geo.rounding import share_up
from cluster_geo.rules import Rulebook, most_schools
from cluster_geo.tables.areas import cluster_areas
from cluster_geo.tables.by_area import area_table
from cluster_geo.tables.clusters import cluster_table
from cluster_geo.tables.funding import PotShares, pot_shares
from cluster_geo.tables.schools import AREA_LAYER
from cluster_geo.tables.trusts import trust_table


@dataclass(frozen=True, eq=False)
class Publication:
    """A plan as its audience may see it.

    Making one is what withholds: whatever it is given, it holds nothing that its audience must
    not see.

    Parameters
    ----------
    disclosed : Disclosure
        The county, as the audience may see it, and what was asked.
    plan : Plan
        Its clusters should be named; unnamed ones are numbered. It is held without the schools
        that the county does not know: nothing is published of them.
    rulebook : Rulebook, optional
        Held are the rules by which a change of the plan may be judged before this audience. They
        tell the most schools of a cluster, for the fewest clusters a trust could have.
    audit : Audit, optional
        Held are the verdicts that this audience may see; without it no page tells of rules.
    result : Result, optional
        The solve that found the plan; None for a plan drawn by hand. Its proof is held only where
        it reveals nothing that is withheld.
    papers : Papers, optional
        What the planner adds to the plan: decisions, the version before, venues, responses. Held is
        what this audience may see.
    floor : float, optional
        Of a plan that no search made: the score below which no plan that keeps the same rules can
        be, as an earlier run has proven.
    frozen : int
        How many clusters were frozen when that was proven: it holds for plans that keep them.
    preferences : str
        Of a plan that no search made: how preferences were judged, in a sentence.
    left_out : str
        Which rules are left out of every score, since they weigh withheld counts; "" for none.
    gap : float or None
        How far the search's plan may be from the best, as a share of its whole score.
    """

    disclosed: Disclosure
    plan: Plan
    rulebook: Rulebook | None = None
    audit: Audit | None = None
    result: Result | None = None
    papers: Papers = NO_PAPERS
    floor: float | None = None
    frozen: int = 0
    preferences: str = ""
    left_out: str = field(default="", init=False)
    gap: float | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "plan", known_part(self.plan, self.county))
        object.__setattr__(self, "papers", self.disclosed.papers(self.papers))
        left_out = "" if self.rulebook is None else self.disclosed.about_left_out(self.rulebook)
        object.__setattr__(self, "left_out", left_out)
        if self.result is not None:
            gap = self.result.gap
            # Of a score that is not shown as a whole, no digit more than needed.
            rounded = share_up(gap) if left_out and gap is not None else gap
            object.__setattr__(self, "gap", rounded)
            object.__setattr__(self, "result", self.disclosed.result(self.result, self.rulebook))
        if left_out:
            object.__setattr__(self, "floor", None)
        if self.rulebook is not None:
            object.__setattr__(self, "rulebook", self.disclosed.rulebook(self.rulebook))
        if self.audit is not None:
            object.__setattr__(self, "audit", self.disclosed.audit(self.audit))

    @property
    def previous_hash(self) -> str:
        """The hash of the file of the plan before, keyed where it may hold withheld counts."""
        return self.disclosed.hash_of_plan(self.papers.previous_sha256)

    @property
    def certified(self) -> bool:
        """Whether a certificate of the bound is asked for and can be written."""
        proven = self.result is not None and self.result.proof is not None
        return self.disclosed.brief.certificate and proven

    @property
    def county(self) -> County:
        """The county, without the counts that are withheld from the audience."""
        return self.disclosed.county

    @property
    def edition(self) -> Edition:
        """Which plan this is."""
        return edition_of(self.disclosed)

    @property
    def certainty(self) -> str:
        """How far the plan can be from the best possible, in sentences."""
        words = certainty(self.result)
        if self.left_out and self.result is not None and self.result.plan is not None:
            words = f"{of_shown(self.result.cost, self.gap)} {self.left_out}"
        if self.result is None and self.floor is not None and self.audit is not None:
            words = of_floor(self.audit.cost, self.floor, kept=self.audit.kept)
        frozen = of_frozen(self.frozen) if self.frozen else ""
        return " ".join(filter(None, (words, frozen, self.preferences)))

    @property
    def largest(self) -> int | None:
        """Most schools that a cluster may have, None where no rule says."""
        return most_schools(self.rulebook) if self.rulebook else None

    @cached_property
    def clusters(self) -> pd.DataFrame:
        """One row for each cluster: `tables.cluster_table`, and when it starts where not all do.

        The columns `starts` (ISO 8601) and `wave` stand after its name.
        """
        table = cluster_table(self.county, self.plan)
        if self.timetable is not None:
            waves = [self.timetable.waves[code] for code in table.index]
            table.insert(1, "starts", [wave.starts for wave in waves])
            table.insert(2, "wave", [wave.name for wave in waves])
        return table

    @cached_property
    def timetable(self) -> Timetable | None:
        """When each cluster starts; None where the planner gave no list of it."""
        if not self.papers.waves:
            return None
        return Timetable.of(self.plan, self.papers.waves, self.edition.effective_date)

    @cached_property
    def second_clusters(self) -> tuple[tuple[SecondCluster, ...], tuple[str, ...]]:
        """Schools that also work with a second cluster, and why others of the list are left out."""
        listed = self.papers.second_clusters
        return ((), ()) if listed is None else listed.of_plan(self.plan)

    @cached_property
    def trusts(self) -> pd.DataFrame:
        """One row for each trust: `tables.trust_table`."""
        return trust_table(self.county, self.plan, self.largest)

    @cached_property
    def funding(self) -> tuple[PotShares, ...]:
        """How each pot of money is shared over the clusters: `tables.funding.pot_shares`."""
        return pot_shares(self.county, self.plan, self.disclosed.brief.pots)

    @cached_property
    def by_area(self) -> pd.DataFrame | None:
        """Figures of the council's Areas: `tables.area_table`; None without that layer."""
        layer = self.county.layers.get(AREA_LAYER)
        return None if layer is None else area_table(self.county, self.plan, layer)

    @cached_property
    def areas(self) -> gpd.GeoDataFrame:
        """The area of each cluster: `tables.cluster_areas`."""
        return cluster_areas(self.county, self.plan)

    @cached_property
    def colours(self) -> dict[str, str]:
        """Colour of each area by code: the one it has had, but neighbours differ."""
        return area_colours(self.areas, kept=(self.plan.colours,))

    @cached_property
    def moves(self) -> pd.DataFrame | None:
        """Who moved since the version before: `compare.moves_since`; None where none was named."""
        before = self.papers.previous
        if before is None:
            return None
        return moves_since(before, self.plan, self.county, self.rulebook)
