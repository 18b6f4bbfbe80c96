"""The sections about specialist provision: SRPs, and the ways on between them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from cluster_geo.rules import PathwayTerms
from cluster_geo.scenario.sections import Section
from cluster_geo.scenario.values import Needs, Price, Wish


class SrpSection(Section):
    """A specialist resource provision in each cluster."""

    rule: Wish = Field("shown", description='"hard", "priced", "shown" or "hard-if-possible"')
    weight: Price = Field(
        5.0,
        description="Price of a cluster without an SRP, in km of travel, for each need and phase "
        "asked for",
    )
    needs: Needs = Field(
        (), description='Needs that each cluster has an SRP for, such as ["ASD", "SLCN"]; [] any'
    )
    phases: tuple[Literal["primary", "secondary"], ...] = Field(
        (), description="Phases that each cluster has an SRP in: primary, secondary; [] for any"
    )


class PathwaysSection(Section):
    """A way on from each primary SRP to a secondary SRP for the same need."""

    rule: Wish = Field("shown", description='"hard", "priced", "shown" or "hard-if-possible"')
    weight: Price = Field(
        5.0,
        description="Price of a cluster with a primary SRP for a need and no way on, in km of "
        "travel, for each need",
    )
    needs: Needs = Field((), description='Needs that it applies to, such as ["ASD"]; [] for all')
    by_team: Needs = Field(
        (),
        description='Needs met by a travelling team, not by places, such as ["VI"]: they need no '
        "way on",
    )
    within: float | None = Field(
        None,
        gt=0,
        description="Longest journey to a secondary SRP outside the cluster that also counts, in "
        "km (with a matrix: minutes)",
    )
    layer: str | None = Field(
        None,
        description="Layer, such as district: outside the cluster a secondary SRP counts if it is "
        "in the same zone (and within the journey, if one is set)",
    )
    published: str = Field(
        "",
        description="What was published about pathways, in a sentence; the report shows its own "
        "count beside it",
    )

    @property
    def terms(self) -> PathwayTerms:
        """What is asked of pathways."""
        return PathwayTerms(self.needs, self.by_team, self.within, self.layer or "", self.published)
