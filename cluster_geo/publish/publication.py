"""A plan as it is published: what its map, its report and its files all show, each counted once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import geopandas as gpd
import pandas as pd

from cluster_geo.audience import audit_for, county_for, rulebook_for
from cluster_geo.audit import Audit
from cluster_geo.compare import moves_since
from cluster_geo.county import County
from cluster_geo.optimise import Result
from cluster_geo.plan import NO_PAPERS, Papers, Plan, known_part
from cluster_geo.publish.colours import area_colours
from cluster_geo.publish.edition import Edition
from cluster_geo.rules import Rulebook, most_schools
from cluster_geo.tables.areas import cluster_areas
from cluster_geo.tables.clusters import cluster_table
from cluster_geo.tables.trusts import trust_table


@dataclass(frozen=True, eq=False)
class Publication:
    """A plan as its audience may see it; made by `Publication.of`.

    Parameters
    ----------
    county : County
        Without the counts that are withheld from the audience.
    plan : Plan
        Of schools that the county knows, every cluster with a code.
    rulebook : Rulebook or None
        The rules by which a change of the plan may be judged before this audience.
    audit : Audit or None
        The verdicts that this audience may see.
    result : Result or None
        The solve that found the plan; None for a plan drawn by hand.
    record : mapping
        Facts of the scenario.
    papers : Papers
        Decisions, the version before and venues, as the planner gave them.
    """

    county: County
    plan: Plan
    rulebook: Rulebook | None
    audit: Audit | None
    result: Result | None
    record: Mapping[str, Any]
    papers: Papers

    @classmethod
    def of(
        cls,
        county: County,
        plan: Plan,
        *,
        rulebook: Rulebook | None = None,
        audit: Audit | None = None,
        result: Result | None = None,
        record: Mapping[str, Any] | None = None,
        papers: Papers = NO_PAPERS,
    ) -> Publication:
        """Return a plan as it may be published.

        Parameters
        ----------
        county : County
            With all its counts.
        plan : Plan
            Its clusters should be named; unnamed ones are numbered. Of schools that the county
            does not know nothing is published.
        rulebook : Rulebook, optional
            Tells the most schools of a cluster, for the fewest clusters a trust could have.
        audit : Audit, optional
            The rules' verdicts on the plan; without it no page tells of rules.
        result : Result, optional
            The solve that found the plan.
        record : mapping, optional
            Scenario facts as plain values: ``plan`` (title, version, status, effective_date ...),
            weights, solve settings. Where its audience is not "internal", the planner's own counts
            below 5 are withheld.
        papers : Papers, optional
        """
        record = record or {}
        return cls(
            county=county_for(county, record),
            plan=known_part(plan, county),
            rulebook=rulebook_for(rulebook, county, record),
            audit=audit_for(audit, county, record),
            result=result,
            record=record,
            papers=papers,
        )

    @property
    def edition(self) -> Edition:
        """Which plan this is."""
        return Edition.of(self.record, self.county.schools.as_at)

    @property
    def largest(self) -> int | None:
        """Most schools that a cluster may have, None where no rule says."""
        return most_schools(self.rulebook) if self.rulebook else None

    @cached_property
    def clusters(self) -> pd.DataFrame:
        """One row for each cluster: `tables.cluster_table`."""
        return cluster_table(self.county, self.plan)

    @cached_property
    def trusts(self) -> pd.DataFrame:
        """One row for each trust: `tables.trust_table`."""
        return trust_table(self.county, self.plan, self.largest)

    @cached_property
    def areas(self) -> gpd.GeoDataFrame:
        """The area of each cluster: `tables.cluster_areas`."""
        return cluster_areas(self.county, self.plan)

    @cached_property
    def colours(self) -> dict[str, str]:
        """Colour of each area by code; neighbours differ."""
        return area_colours(self.areas)

    @cached_property
    def moves(self) -> pd.DataFrame | None:
        """Who moved since the version before: `compare.moves_since`; None where none was named."""
        before = self.papers.previous
        if before is None:
            return None
        return moves_since(before, self.plan, self.county, self.rulebook)
