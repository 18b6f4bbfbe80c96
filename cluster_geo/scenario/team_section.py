"""The section of a role: its posts, the visits that are called for, and how patches are judged."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from cluster_geo.scenario.sections import Section
from cluster_geo.scenario.values import Price, Range, SizeRange


class TeamSection(Section):
    """A role whose posts are shared over the clusters, as in a Team Around the Cluster."""

    title: str = Field("", description="What the role is called (default: its name here)")
    posts: float = Field(
        gt=0, le=10_000, description="Posts there are, in full-time equivalents, such as 20.5"
    )
    share_step: float = Field(
        0.1, ge=0.01, le=1, description="Smallest part of a post that a cluster is given a share of"
    )
    demand: dict[str, Price] = Field(
        default_factory=dict,
        description="Visits a year that each unit of a column calls for, by column: 0.5 for ehcp "
        "is a visit every two years for each pupil with a plan; schools counts each school as 1, "
        "and clusters each cluster, visited at its central school",
    )
    visits_per_post: float | None = Field(
        None, ge=1, le=1e6, description="Visits a year that one full-time post can make"
    )
    cost_per_visit: float | None = Field(
        None, ge=0, le=1e6, description="What one visit costs, in GBP"
    )
    clusters_per_post: SizeRange = Field(
        Range(2, 4), description="Clusters in the patch of one post, a range such as 2:4"
    )
    layer: str = Field(
        "", description="Layer of zones that patches keep to, such as area (default: none)"
    )
    rule: Literal["hard", "priced"] = Field(
        "priced", description='"hard" (no patch crosses the layer) or "priced"'
    )
    weight: Price = Field(
        500.0,
        description="Price of a cluster outside its patch's main zone, in km of travel a year",
    )
    balance: Price = Field(
        5.0,
        description="Price of each visit a year above or below an even share, in km of travel a "
        "year",
    )
